"""Everything the play needs: the hotel, its people, a server on loopback."""

from __future__ import annotations

import asyncio
import random
import secrets
import socket
from collections.abc import AsyncGenerator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, nullcontext
from decimal import Decimal
from functools import partial
from typing import Any

import httpx
import uvicorn

from serai.access.identity import service as identity
from serai.access.identity.model import CreateKey
from serai.access.identity.service import Role
from serai.access.tenancy import service as tenancy
from serai.access.tenancy.model import CreateProperty, CreateTenant, Policies
from serai.areas.parts import service as store
from serai.areas.parts.model import AddPart, Moved, MoveKind
from serai.areas.sla import service as sla
from serai.areas.sla.model import EscalationStep, SetPolicy
from serai.areas.staffing import service as staffing
from serai.areas.vendors import service as vendors
from serai.areas.vendors.model import AddVendor, Channel
from serai.asgi import create_app
from serai.cli import hotel as hotels
from serai.cli.hotel import Hotel
from serai.cli.replay.faults import Crew, Technician
from serai.cli.replay.over import OverHttp, Teller
from serai.cli.replay.people import Doors, Person, Program, Tally
from serai.cli.replay.plan import Deed, Script, What, rooms_needed
from serai.cli.replay.play import SHIFTS, Attendant, Cast
from serai.kernel.actor import system
from serai.kernel.clock import Clock
from serai.kernel.ids import encode
from serai.runtime.work import House, Work

MINUTES_A_ROOM, MINUTES_A_SHIFT = 33, 330
ROOMS_A_TECHNICIAN = 100
STORE = (("F-1", "Filter", "12.50"), ("V-2", "Valve", "8.20"), ("L-3", "Lamp", "3.15"))
"""Parts of the store: number, name, what one costs."""
PROMISED = (
    ("critical", 30, 240, EscalationStep("respond", 30, tells="venue_admin")),
    ("high", 60, 480, EscalationStep("respond", 60, tells="venue_admin", reassigns=True)),
    ("medium", 120, 720, EscalationStep("resolve", 120, tells="maintenance_supervisor", raises=True)),
)
"""What is promised: severity, minutes until somebody has it and until it is mended, what follows where not."""
AS_TOLD = Policies(service_nights=0, vacant_days=0)
"""Bookings tell of arrivals and departures alone: what else is cleaned would need a roster that they do not tell."""
NAMES = ("Amina", "Bahar", "Darya", "Farid", "Gul", "Hamid", "Jamila", "Karim", "Laila", "Maryam", "Nadia", "Omid")


class OtherData(Exception):
    """The tenant holds data that is not of this replay."""


def attendants_needed(deeds: Sequence[Deed]) -> int:
    """How many attendants clean the most departures of a day within one shift."""
    days: dict[Any, int] = {}
    for one in deeds:
        if one.what is What.LEAVE:
            days[one.at.date()] = days.get(one.at.date(), 0) + 1
    return 2 + -(-max(days.values(), default=1) * MINUTES_A_ROOM // MINUTES_A_SHIFT)


async def find(house: House, code: str) -> Hotel | None:
    """The hotel of an earlier replay in the tenant of that code."""
    entry = await tenancy.find_tenant(house, code)
    if entry is None:
        return None
    actor = system(entry.tenant_id, "replay")
    properties = await house.read(actor, lambda tx: tenancy.all_properties(tx, entry.tenant_id))
    if len(properties) > 1 or any(one.code != "hotel" for one in properties):
        raise OtherData(f"The tenant {code} holds other hotels; name another with --tenant.")
    return Hotel(entry.tenant_id, properties[0]) if properties else None


async def build(house: House, script: Script, code: str) -> tuple[Hotel, str]:
    """The hotel with its rooms and people, and the password that all of them have."""
    place = CreateProperty("hotel", script.hotel, script.zone.key, "EUR", policies=AS_TOLD)
    hotel = await hotels.make(house, CreateTenant(code, script.hotel), place)
    await hotels.fill(house, hotel, rooms_needed(script.bookings))
    people = {
        "desk": ("Front desk", "front_desk"), "supervisor": ("Supervisor", "housekeeping_supervisor"),
        "chief": ("Chief engineer", "maintenance_supervisor"),
    }  # fmt: skip
    for number in range(1 + hotel.rooms // ROOMS_A_TECHNICIAN):
        people[f"technician-{number + 1}"] = (f"Technician {number + 1}", "technician")
    for number in range(attendants_needed(script.deeds)):
        name = NAMES[number % len(NAMES)] + (f" {number // len(NAMES) + 1}" if number >= len(NAMES) else "")
        people[f"attendant-{number + 1}"] = (name, "housekeeper")
    password = secrets.token_urlsafe(12)
    await hotels.employ(house, hotel, {f"{login}.{code}": one for login, one in people.items()}, password)
    return hotel, password


@asynccontextmanager
async def cast(
    house: House,
    clock: Clock,
    hotel: Hotel,
    password: str,
    tally: Tally,
    addresses: Sequence[str],
    pms: Teller | None = None,
) -> AsyncGenerator[Cast]:
    """Everybody, with a client to each of the web processes; `pms` where bookings do not come by HTTP."""
    roles = identity.gate(house).roles
    wanted = CreateKey("Property management system", frozenset({Role("integration")}), frozenset({hotel.property.id}))
    _, key = await house.do(system(hotel.tenant_id, "replay"), lambda work: identity.create_key(work, wanted, roles))
    async with AsyncExitStack() as open_:
        clients = [await open_.enter_async_context(httpx.AsyncClient(base_url=one, timeout=30)) for one in addresses]
        http = Doors(clients)
        logins = sorted(hotel.people)
        people = {login: Person(http, tally, clock, login, password) for login in logins}
        attendants: list[Attendant] = []
        for number, login in enumerate(one for one in logins if one.startswith("attendant")):
            dice = random.Random(number)  # noqa: S311  # the same days in every run
            people[login].id = identity_text(hotel, login)
            attendants.append(Attendant(people[login], SHIFTS[number % 3 == 2], dice=dice))  # noqa: PLR2004  # every third is late
        desk = next(people[one] for one in logins if one.startswith("desk"))
        supervisor = next(people[one] for one in logins if one.startswith("supervisor"))
        crew = await _crew(house, hotel, people, supervisor)
        yield Cast(pms or OverHttp(Program(http, tally, key)), desk, supervisor, attendants, crew)


async def _crew(house: House, hotel: Hotel, people: dict[str, Person], inspector: Person) -> Crew:
    """The technicians with what an hour of them costs, a vendor, and a store."""
    actor, place = system(hotel.tenant_id, "replay"), hotel.property.id
    menders: list[Technician] = []
    for number, login in enumerate(sorted(one for one in people if one.startswith("technician"))):
        paid = partial(staffing.set_rate, staff_id=hotel.people[login], cmd=staffing.SetRate(Decimal(18), "EUR"))
        await house.do(actor, paid)
        people[login].id = identity_text(hotel, login)
        menders.append(Technician(people[login], dice=random.Random(f"technician {number}")))  # noqa: S311  # as above
    omar = AddVendor("Omar Cooling", Channel.CALL_ONLY, place, phone="+93700123456")
    vendor = await house.do(actor, lambda work: vendors.add(work, omar))
    for severity, respond, resolve, step in PROMISED:
        made = SetPolicy(place, None, severity, respond, resolve, steps=(step,))
        await house.do(actor, partial(sla.promise, cmd=made))
    parts: list[str] = []
    for number, name, cost in STORE:
        parts.append(await house.do(actor, partial(_stock, add=AddPart(place, number, name), cost=Decimal(cost))))
    chief = next(one for login, one in people.items() if login.startswith("chief"))
    return Crew(chief, inspector, menders, encode("vnd", vendor.id), parts)


def identity_text(hotel: Hotel, login: str) -> str:
    """The id of a person as the API writes it."""
    return encode("stf", hotel.people[login])


async def _stock(work: Work, add: AddPart, cost: Decimal) -> str:
    part = await store.add(work, add)
    await store.move(work, part.id, MoveKind.RECEIVE, Moved(Decimal(10_000), cost))
    return encode("prt", part.id)


@asynccontextmanager
async def served(house: House) -> AsyncGenerator[list[str]]:
    """The application on loopback, in this process: its one address."""
    # asyncio sends without delay only on sockets that say TCP; else every answer waits 40 ms for an ACK
    with socket.socket(proto=socket.IPPROTO_TCP) as listening:
        listening.bind(("127.0.0.1", 0))
        config = uvicorn.Config(create_app(house), log_level="warning", access_log=False, lifespan="off")
        server = uvicorn.Server(config)
        server.capture_signals = nullcontext  # pyright: ignore[reportAttributeAccessIssue]  # Ctrl-C is the command's own
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        while not server.started:  # noqa: ASYNC110  # uvicorn has no event for it
            await asyncio.sleep(0.01)
        try:
            yield [f"http://127.0.0.1:{listening.getsockname()[1]}/api/v1"]
        finally:
            server.should_exit = True
            await serving
