"""People and calls for the tests of access."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import httpx

from serai.access.identity import service as identity
from serai.access.identity.model import CreateStaff, Staff
from serai.access.identity.roles import RoleGrant
from serai.access.tenancy import service as tenancy
from serai.kernel.actor import system
from serai.runtime.work import House

PASSWORD = "correct horse battery"


@dataclass(frozen=True)
class Company:
    """A tenant with two properties."""

    house: House
    tenant_id: UUID
    here: UUID
    there: UUID

    async def person(self, role: str, place: UUID | None, *, login: str | None = None, **values: Any) -> Staff:
        """Somebody with one role."""
        login = login or f"{role.replace('_', '-')}-{uuid4().hex[:8]}"
        cmd = CreateStaff(login.title(), login, roles=[RoleGrant(role, place)], password=PASSWORD, **values)
        return await self.house.do(system(self.tenant_id, "test"), lambda work: identity.create_staff(work, cmd))


async def company(house: House, code: str, *, platform: bool = False) -> Company:
    """A company with two hotels."""
    tenant = await tenancy.create_tenant(house, tenancy.CreateTenant(code, code.title(), platform=platform))

    async def hotel(name: str) -> UUID:
        cmd = tenancy.CreateProperty(name, name.title(), "Europe/Lisbon", "EUR")
        made = await house.do(system(tenant.id, "test"), lambda work: tenancy.create_property(work, cmd))
        return made.id

    return Company(house, tenant.id, await hotel("here"), await hotel("there"))


async def tokens(client: httpx.AsyncClient, login: str, password: str = PASSWORD, **more: str) -> dict[str, Any]:
    """The answer to a sign-in."""
    answer = await client.post("/auth/token", json={"login": login, "password": password, **more})
    assert answer.status_code == 200, answer.text
    return answer.json()


def bearer(token: str) -> dict[str, str]:
    """The header of a token."""
    return {"authorization": f"Bearer {token}"}


async def signed(client: httpx.AsyncClient, login: str) -> dict[str, str]:
    """The header of a new sign-in."""
    return bearer((await tokens(client, login))["access_token"])
