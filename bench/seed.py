"""Ten hotel companies with rooms, tasks and orders: one by services, then SQL."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.request import Request, urlopen
from uuid import UUID

import asyncpg

from bench.place import Place, Server
from serai import assembly
from serai.access.identity import service as identity
from serai.access.tenancy import service as tenancy
from serai.areas.housekeeping import service as tasks
from serai.areas.housekeeping.model import CreateTask, Move, TaskType
from serai.areas.spaces import service as spaces
from serai.areas.spaces.model import Condition, Draft, Kind, Source, StatusChange
from serai.areas.work_orders import service as orders
from serai.areas.work_orders.model import CreateOrder, Resolution
from serai.kernel.actor import system
from serai.runtime.work import House

TENANTS = 10
ROOMS = 300
MANY_ROOMS = 1_000
"""Of the last tenant."""
OPEN = 80
"""Open tasks of a hotel in the morning, and as many open work orders."""
PASSWORD = "a benchmark needs no secret"  # noqa: S105  # of a database that is dropped


MENDED = (Resolution("Mended."), orders.FinalLines())


@dataclass
class Hotel:
    """A tenant with the hotel that is read (`main`) and the one that is written to (`busy`)."""

    number: int
    tenant: UUID
    main: UUID
    busy: UUID
    staff: list[UUID]
    token: str = ""
    rooms: list[UUID] = field(default_factory=list)
    templates: dict[tuple[str, str], UUID] = field(default_factory=dict[tuple[str, str], UUID])


async def hotels(place: Place) -> list[Hotel]:
    """The companies, their people, rooms and one task in each state that is multiplied later."""
    house = assembly.build(place.urls["serai_app"], place.urls["serai_relay"], "x" * 32)
    await house.db.open()
    try:
        return [await _hotel(house, number) for number in range(TENANTS)]
    finally:
        await house.db.close()


async def _hotel(house: House, number: int) -> Hotel:
    made = await tenancy.create_tenant(house, tenancy.CreateTenant(code=f"bench{number}", name=f"Bench {number}"))
    actor = system(made.id, "bench")
    places: list[UUID] = []
    for code in ("main", "busy"):
        cmd = tenancy.CreateProperty(code=code, name=code.title(), zone="UTC", currency="EUR")
        places.append((await house.do(actor, lambda work, cmd=cmd: tenancy.create_property(work, cmd))).id)
    boss = identity.CreateStaff(
        "Boss", f"boss{number}", roles=(identity.RoleGrant(identity.Role.EXECUTIVE_ADMIN),), password=PASSWORD
    )
    await house.do(actor, lambda work: identity.create_staff(work, boss))
    people: list[UUID] = []
    for place in places:
        for one in range(6):
            login = f"maid{number}-{places.index(place)}-{one}"
            grant = identity.RoleGrant(identity.Role.HOUSEKEEPER, place)
            cmd = identity.CreateStaff(f"Maid {one}", login, roles=(grant,))
            people.append((await house.do(actor, lambda work, cmd=cmd: identity.create_staff(work, cmd))).id)
    hotel = Hotel(number, made.id, places[0], places[1], people)
    for place, count in ((hotel.main, MANY_ROOMS if number == TENANTS - 1 else ROOMS), (hotel.busy, 200)):
        drafts = [
            Draft(Kind.ROOM, number=f"{1 + n // 30}{n % 30:02}", room_type="DBL", floor=str(1 + n // 30), section="A")
            for n in range(count)
        ]
        for first in range(0, count, 500):
            part = drafts[first : first + 500]
            views = await house.do(actor, lambda work, part=part, place=place: spaces.create_rooms(work, place, part))
            hotel.rooms += [one.room.id for one in views] if place == hotel.busy else []
    await _templates(house, hotel)
    return hotel


async def _templates(house: House, hotel: Hotel) -> None:
    """One task in each state that matters, in the busy hotel, and a change of a room's status."""
    actor = system(hotel.tenant, "bench")
    change = StatusChange(Source.SYSTEM, condition=Condition.CLEANING)
    await house.do(actor, lambda work: spaces.set_room_status(work, hotel.rooms[-1], change))
    for state in ("pending", "assigned", "in_progress", "completed"):
        cmd = CreateTask(hotel.busy, TaskType.TURNDOWN, hotel.rooms[0], note="Two bathrobes and the blue slippers.")
        made = await house.do(actor, lambda work, cmd=cmd: tasks.create_task(work, cmd))
        hotel.templates["task", state] = made.id
        own = hotel.staff[6]
        if state != "pending":
            await house.do(actor, lambda work, made=made, own=own: tasks.assign(work, made.id, own))
        if state in {"in_progress", "completed"}:
            await house.do(actor, lambda work, made=made: tasks.start(work, made.id, Move()))
        if state == "completed":
            await house.do(actor, lambda work, made=made: tasks.complete(work, made.id, Move()))
    for state in ("open", "assigned", "in_progress", "resolved", "verified"):
        report = CreateOrder(hotel.busy, "The tap drips", "plumbing", space_id=hotel.rooms[0])
        order = await house.do(actor, lambda work, cmd=report: orders.create(work, cmd))
        hotel.templates["work_order", state] = order.id
        own = hotel.staff[6]
        if state != "open":
            await house.do(actor, lambda work, made=order, own=own: orders.assign(work, made.id, own))
        if state in {"in_progress", "resolved", "verified"}:
            await house.do(actor, lambda work, made=order: orders.start(work, made.id))
        if state in {"resolved", "verified"}:
            await house.do(actor, lambda work, made=order: orders.resolve(work, made.id, *MENDED))
        if state == "verified":
            await house.do(actor, lambda work, made=order: orders.verify(work, made.id))


def sign_in(server: Server, hotel: Hotel) -> None:
    """Fetch the boss's access token over HTTP."""
    body = json.dumps({"login": f"boss{hotel.number}", "password": PASSWORD}).encode()
    request = Request(  # our own server on loopback
        f"http://{server.host}:{server.port}/api/v1/auth/token", body, {"content-type": "application/json"}
    )
    with urlopen(request, timeout=10) as answer:  # noqa: S310
        hotel.token = json.load(answer)["access_token"]


async def guests(owner: Any, hotel: Hotel, now: datetime) -> None:
    """Six rooms of ten are occupied, two of them due out; two of the vacant expect an arrival today."""
    today = now.replace(hour=11, minute=0, second=0, microsecond=0)
    await owner.execute(_BOOKINGS, hotel.tenant, hotel.main)
    await owner.execute(_STAYS, hotel.tenant, hotel.main, today, now)
    await owner.execute(_OCCUPIED, hotel.tenant, hotel.main)
    await owner.execute(_VACANT, hotel.tenant, hotel.main)


_NUMBERED = (
    "with r as (select *, row_number() over (order by sort_key) as n from app.space "
    "where tenant_id = $1 and property_id = $2 and kind = 'room') "
)
_BOOKINGS = (
    _NUMBERED + "insert into app.booking (tenant_id, property_id, booking_reference) "
    "select $1, $2, 'BK' || n from r where n % 10 < 8"
)
_STAYS = (
    _NUMBERED
    + "insert into app.stay (tenant_id, id, property_id, booking_reference, line, room_id, room_type, arrival, "
    "departure, adults, children, vip, eta, state, last_event_at, said, version) "
    "select $1, gen_random_uuid(), $2, 'BK' || n, 1, id, room_type, "
    "$3::timestamptz + case when n % 10 < 6 then interval '-44 hours' else interval '4 hours' end, "
    "$3::timestamptz + case when n % 10 < 2 then interval '0' else interval '48 hours' end, "
    "2 - (n % 4 = 0)::int, (n % 7 = 0)::int, n % 17 = 0, "
    "case when n % 10 = 7 then $3::timestamptz + interval '5 hours' end, "
    "case when n % 10 < 6 then 'checked_in' else 'confirmed' end, $4, '{}', 1 from r where n % 10 < 8"
)
_OCCUPIED = (
    "update app.space r set occupancy = 'occupied', stay_id = s.id, version = 2 from app.stay s "
    "where r.tenant_id = $1 and r.property_id = $2 and s.tenant_id = $1 and s.room_id = r.id and s.state = 'checked_in'"
)
_VACANT = (
    _NUMBERED + "update app.space s set condition = (array['inspected', 'dirty', 'clean', 'inspected'])[n % 10 - 5], "
    "version = 3 from r where s.tenant_id = $1 and s.id = r.id and n % 10 > 5"
)


async def multiply(
    owner: Any, hotel: Hotel, table: str, state: str, count: int, *, place: UUID, ago: timedelta | None = None
) -> None:
    """Many more rows like the one in this state, over the rooms of a place; `ago` moves all of its moments back."""
    found = await owner.fetch(_COLUMNS, table)
    columns: list[str] = [row["column_name"] for row in found]
    moments = {row["column_name"] for row in found if row["data_type"] == "timestamp with time zone"}
    newer = int(await owner.fetchval("show server_version_num")) >= 180_000
    shift = "" if ago is None else f" - interval '{int(ago.total_seconds())} seconds' - g * interval '17 seconds'"
    own: Mapping[str, str] = {
        "id": "uuidv7()" if newer else "gen_random_uuid()",
        "property_id": "$2",
        "space_id": "r.id",
        "room_number": "r.number",
        "floor": "r.floor",
        "origin": "null",
        "priority": "20 + (g % 9)::int * 5",
        "delay_at": "null",
        "priority_at": "null",
        "number": "(select coalesce(max(number), 0) from app.work_order where tenant_id = $1 and property_id = $2) + g",
        "category": "(array['plumbing', 'electrical', 'hvac', 'it', 'furniture'])[1 + g % 5]",
        "severity": "(array['low', 'medium', 'medium', 'high'])[1 + g / 5 % 4]",
        "sla_at": "null",
    }
    chosen = [own.get(one, f"t.{one}{shift if one in moments else ''}") for one in columns]
    await owner.execute(
        f"with r as (select id, number, floor, row_number() over (order by sort_key) - 1 as n, "
        f"count(*) over () as all_ from app.space where tenant_id = $1 and property_id = $2 and kind = 'room') "
        f"insert into app.{table} ({', '.join(columns)}) select {', '.join(chosen)} "
        f"from app.{table} t cross join generate_series(1, $4) g join r on r.n = g * 7 % r.all_ "
        f"where t.tenant_id = $1 and t.id = $3",
        hotel.tenant,
        place,
        hotel.templates[table, state],
        count,
    )
    if table == "work_order":
        await owner.execute(_COUNT, hotel.tenant, place)


_COLUMNS = (
    "select column_name, data_type from information_schema.columns where table_schema = 'app' and table_name = $1 "
    "order by ordinal_position"
)
_COUNT = (
    "insert into app.work_order_count (tenant_id, property_id, last) "
    "select $1, $2, max(number) from app.work_order where tenant_id = $1 and property_id = $2 "
    "on conflict (tenant_id, property_id) do update set last = excluded.last"
)
_OPEN = (
    ("task", (("pending", 50), ("assigned", 20), ("in_progress", 10)), "completed"),
    ("work_order", (("open", 40), ("assigned", 30), ("in_progress", 10)), "verified"),
)
"""A morning: table, states and how many, and the state of what is long done."""


async def grow(place: Place, made: list[Hotel], size: int, now: datetime) -> None:
    """Bring the hotels to `size` tasks and orders in all: a morning's open ones, the rest long done; then vacuum."""
    owner: Any = await asyncpg.connect(place.urls["serai_owner"])
    each = size // len(made)
    for hotel in made:
        first = not await owner.fetchval(
            "select true from app.stay where tenant_id = $1 and property_id = $2 limit 1", hotel.tenant, hotel.main
        )
        if first:
            await guests(owner, hotel, now)
        for table, morning, done in _OPEN:
            for state, count in morning if first else ():
                await multiply(owner, hotel, table, state, count, place=hotel.main)
            have = await owner.fetchval(
                f"select count(*) from app.{table} where tenant_id = $1 and property_id = $2", hotel.tenant, hotel.main
            )
            await multiply(owner, hotel, table, done, max(0, each - have), place=hotel.main, ago=timedelta(days=2))
    await owner.close()
    await settle(place)


async def settle(place: Place) -> None:
    """Vacuum, statistics and a checkpoint, so that none of it falls into what is measured."""
    admin: Any = await asyncpg.connect(place.admin)
    for table in ("task", "work_order", "space", "stay", "booking", "journal", "stream", "room_status_event"):
        await admin.execute(f"vacuum (analyze) app.{table}")
    await admin.execute("checkpoint")
    await admin.close()


def today() -> datetime:
    """Now, in UTC."""
    return datetime.now(UTC)
