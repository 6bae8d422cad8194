"""A fresh database a test; a hotel in it; signed-in callers."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID, uuid4

import asyncpg
import httpx
import pytest

from serai import assembly
from serai.access.identity import service as identity
from serai.access.tenancy import service as tenancy
from serai.asgi import create_app
from serai.kernel.actor import system
from serai.kernel.clock import ManualClock
from serai.runtime.db import embedded, migrate, roles
from serai.runtime.files.store import Files
from serai.runtime.jobs.background import Background
from serai.runtime.transports.memory import MemoryTransport
from serai.runtime.work import House, Work

START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
"""A Monday morning; every test begins here."""
SECRET = "tests-need-a-secret-of-thirty-two-bytes"
PASSWORD = "correct horse battery"
Result = TypeVar("Result")


@dataclass(frozen=True)
class Server:
    """A PostgreSQL with a migrated template: embedded, or the one SERAI_TEST_ADMIN names."""

    admin: str
    urls: dict[str, str]
    template: str


def _folder() -> Path:
    root = Path("/var/lib/serai") if os.geteuid() == 0 else Path.home() / ".local/share/serai"
    return root / "tests"


@pytest.fixture(scope="session")
def server(worker_id: str) -> Iterator[Server]:
    """Each worker has a template of its own."""
    mine = None if (admin := os.environ.get("SERAI_TEST_ADMIN")) else embedded.start(_folder())
    passwords = {one: mine.passwords[one] for one in roles.LOGINS} if mine else None
    admin = admin or (mine.url() if mine else "")
    template = f"serai_test_{worker_id}_{uuid4().hex[:8]}"

    async def make() -> dict[str, str]:
        urls = await roles.init(admin, template, passwords)
        await migrate.upgrade(urls["serai_owner"])
        return urls

    async def drop() -> None:
        connection: Any = await asyncpg.connect(admin)
        await connection.execute(f"drop database if exists {template} with (force)")
        await connection.close()

    urls = asyncio.run(make())
    yield Server(admin, urls, template)
    asyncio.run(drop())
    if mine:
        mine.stop()


@pytest.fixture
async def database(server: Server) -> AsyncGenerator[dict[str, str]]:
    """URLs of a fresh database, by role."""
    name = f"{server.template}_{uuid4().hex[:8]}"
    admin: Any = await asyncpg.connect(server.admin)
    await admin.execute(f"create database {name} template {server.template} owner serai_owner")
    yield {role: roles.with_database(url, name) for role, url in server.urls.items()}
    await admin.execute(f"drop database {name} with (force)")
    await admin.close()


@pytest.fixture
def clock() -> ManualClock:
    """The clock of the house, moved by the test."""
    return ManualClock(START)


@pytest.fixture
async def house(database: dict[str, str], clock: ManualClock, tmp_path: Path) -> AsyncGenerator[House]:
    """A house on the fresh database."""
    keep = Files(f"{tmp_path}/files")
    house = assembly.build(database["serai_app"], database["serai_relay"], SECRET, clock=clock, demo=True, keep=keep)
    await house.db.open()
    yield house
    await house.db.close()


@dataclass
class Hotel:
    """A tenant with one property and its people."""

    house: House
    tenant_id: UUID
    property_id: UUID
    code: str
    heard: list[str] = field(default_factory=list)

    async def do(self, act: Callable[[Work], Awaitable[Result]]) -> Result:
        """Run a command as the house itself."""
        return await self.house.do(system(self.tenant_id, "test"), act)


async def make_hotel(house: House, code: str = "inn") -> Hotel:
    """A hotel in Kabul time that inspects its rooms."""
    tenant = await tenancy.create_tenant(house, tenancy.CreateTenant(code=code, name=f"The {code}"))
    made = await house.do(
        system(tenant.id, "test"),
        lambda work: tenancy.create_property(
            work, tenancy.CreateProperty(code="main", name="Main", zone="Asia/Kabul", currency="AFN", locale="fa-AF")
        ),
    )
    return Hotel(house, tenant.id, made.id, code)


@pytest.fixture
async def hotel(house: House) -> Hotel:
    """The hotel of this test."""
    return await make_hotel(house)


@pytest.fixture
async def client(house: House) -> AsyncGenerator[httpx.AsyncClient]:
    """HTTP straight into the application."""
    transport = httpx.ASGITransport(create_app(house), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://test/api/v1") as client:
        yield client


SignIn = Callable[..., Awaitable[dict[str, str]]]


@pytest.fixture
def sign(client: httpx.AsyncClient, hotel: Hotel) -> SignIn:
    """Sign a new member of staff in over HTTP; what is called with a role gives the headers."""

    async def sign(role: str, *, at: Hotel | None = None, everywhere: bool = False) -> dict[str, str]:
        place = at or hotel
        login = f"{role}-{uuid4().hex[:8]}"
        where = None if everywhere else place.property_id
        grant = identity.RoleGrant(identity.Role(role), where)
        cmd = identity.CreateStaff(role.replace("_", " ").title(), login, roles=(grant,), password=PASSWORD)
        staff = await place.do(lambda work: identity.create_staff(work, cmd))
        answer = await client.post("/auth/token", json={"login": login, "password": PASSWORD})
        assert answer.status_code == 200, answer.text
        return {"authorization": f"Bearer {answer.json()['access_token']}", "x-staff": str(staff.id)}

    return sign


@pytest.fixture
def memory() -> MemoryTransport:
    """The transport of `background`."""
    return MemoryTransport()


@pytest.fixture
def background(house: House, memory: MemoryTransport) -> Background:
    """All reactions and loops; `await background.settle()` lets them finish."""
    return assembly.background(house, [memory])
