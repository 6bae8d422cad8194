"""Making a hotel: tenant, property, rooms and people; what is there stays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from serai.access.identity import service as identity
from serai.access.identity.service import CreateStaff, Role, RoleGrant
from serai.access.tenancy import service as tenancy
from serai.access.tenancy.model import CreateProperty, CreateTenant, Property
from serai.areas.spaces import service as spaces
from serai.areas.spaces.model import Condition, Draft, Kind, Policies, Room, Source, Space, StatusChange
from serai.kernel.actor import system
from serai.kernel.errors import NotFound
from serai.runtime.db.tx import ReadTx
from serai.runtime.http import ListQuery, Page
from serai.runtime.work import House, Work

PER_FLOOR = 24
AT_ONCE = 500


@dataclass(slots=True)
class Hotel:
    """A hotel that was made, or found."""

    tenant_id: UUID
    property: Property
    rooms: int = 0
    people: dict[str, UUID] = field(default_factory=dict[str, UUID])


async def make(house: House, tenant: CreateTenant, property_: CreateProperty) -> Hotel:
    """The tenant and its property, made where they are missing."""
    found = await tenancy.find_tenant(house, tenant.code)
    tenant_id = found.tenant_id if found else (await tenancy.create_tenant(house, tenant)).tenant_id
    actor = system(tenant_id, "hotel")
    try:
        place = await house.read(actor, lambda tx: tenancy.property_by_code(tx, tenant_id, property_.code))
    except NotFound:
        place = await house.do(actor, lambda work: tenancy.create_property(work, property_))
    return Hotel(tenant_id, place)


async def fill(house: House, hotel: Hotel, wanted: Mapping[str, int]) -> None:
    """Rooms of each type, numbered floor by floor and inspected; those that exist are left as they are."""
    actor = system(hotel.tenant_id, "hotel")
    total = sum(wanted.values())
    there = await house.read(actor, lambda tx: _rooms(tx, hotel, ListQuery(limit=1, count=True)))
    if (there.total or 0) < total:
        await house.do(actor, lambda work: _furnish(work, hotel, wanted))
    hotel.rooms = total


async def rooms_by_type(house: House, hotel: Hotel) -> dict[str, list[str]]:
    """The numbers of the rooms of each type, in natural order."""
    found: dict[str, list[str]] = {}
    query = ListQuery(limit=200)
    actor = system(hotel.tenant_id, "hotel")
    while True:
        page = await house.read(actor, lambda tx, query=query: _rooms(tx, hotel, query))
        for one, _ in page.items:
            if isinstance(one, Room):
                found.setdefault(one.room_type, []).append(one.number)
        if page.next_cursor is None:
            return found
        query = ListQuery(limit=200, cursor=page.next_cursor)


async def _rooms(tx: ReadTx, hotel: Hotel, query: ListQuery) -> Page[tuple[Space, Policies]]:
    actor = system(hotel.tenant_id, "hotel")
    return await spaces.list_spaces(tx, actor, query, property_id=hotel.property.id, kind=Kind.ROOM, parent_id=None)


async def _furnish(work: Work, hotel: Hotel, wanted: Mapping[str, int]) -> None:
    kinds = [kind for kind, number in sorted(wanted.items()) for _ in range(number)]
    drafts = [_draft(place, kind) for place, kind in enumerate(kinds)]
    for first in range(0, len(drafts), AT_ONCE):
        made = await spaces.create_rooms(work, hotel.property.id, drafts[first : first + AT_ONCE])
        for one in made:
            for condition in (Condition.CLEANING, Condition.CLEAN, Condition.INSPECTED):
                change = StatusChange(condition=condition, source=Source.SYSTEM, note="The hotel opens.")
                await spaces.set_room_status(work, one.room.id, change)


def _draft(place: int, kind: str) -> Draft:
    floor, along = divmod(place, PER_FLOOR)
    number = f"{floor + 1}{along + 1:02}"
    wing = "east" if along < PER_FLOOR / 2 else "west"
    credits = {"checkout_cleaning": 2 if kind in "EFGH" else 1, "stay_over_cleaning": 1}
    return Draft(
        Kind.ROOM, number=number, room_type=kind, floor=str(floor + 1), section=wing, capacity=2, credits=credits
    )


async def employ(house: House, hotel: Hotel, people: Mapping[str, tuple[str, str]], password: str) -> None:
    """People by login → (name, role) in this property; who is employed already keeps the password."""
    actor = system(hotel.tenant_id, "hotel")
    there = await house.read(actor, lambda tx: identity.list_staff(tx, hotel.tenant_id, hotel.property.id, None))
    hotel.people.update({one.login: one.id for one in there})
    for login, (name, role) in people.items():
        if login not in hotel.people:
            roles = (RoleGrant(Role(role), hotel.property.id),)
            cmd = CreateStaff(name, login, roles=roles, password=password)
            made = await house.do(actor, lambda work, cmd=cmd: identity.create_staff(work, cmd))
            hotel.people[login] = made.id
