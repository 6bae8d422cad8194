"""The overnight roll: what was clean yesterday and is not for today's guest."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from serai.access.tenancy import events as tenancy
from serai.access.tenancy.model import Property
from serai.access.tenancy.service import get_property
from serai.areas.housekeeping import service as housekeeping
from serai.areas.housekeeping.model import CreateTask, TaskType
from serai.areas.spaces import service as spaces
from serai.areas.spaces.model import Condition, GuestService, Occupancy, Room, Service, Source, StatusChange
from serai.areas.stays import service as stays
from serai.areas.stays.model import Stay
from serai.flows.overnight import store
from serai.kernel.clock import at_local, business_date
from serai.kernel.ids import encode
from serai.runtime.events.catalog import Incoming
from serai.runtime.slice import Loop, Reaction
from serai.runtime.work import Work

FRESH = timedelta(hours=2)
"""A cleaning begun this recently is not undone."""
_CLEAN = (Condition.CLEAN, Condition.INSPECTED)
_CLOSED = (Service.OUT_OF_ORDER, Service.OUT_OF_INVENTORY)


async def plan(work: Work, fact: Incoming) -> None:
    """A hotel was opened, or its zone or hour changed: the moment of its next roll."""
    hotel = await get_property(work.tx, work.tenant_id, fact.subject)
    today = _today(hotel, work)
    await store.plan(work, hotel.id, today, _next(hotel, today))


async def roll(work: Work, properties: list[UUID]) -> None:
    """The business date of these properties has changed: once each, however many nights were missed."""
    for property_id in properties:
        hotel = await get_property(work.tx, work.tenant_id, property_id)
        today = _today(hotel, work)
        last = await store.lock_last(work, property_id)
        if last < today:
            for room in await spaces.lock_rooms_of(work, property_id):
                await _roll_room(work, hotel, room, today)
        await store.done(work, property_id, today, _next(hotel, today))


async def _roll_room(work: Work, hotel: Property, room: Room, today: date) -> None:
    if room.service in _CLOSED or _being_cleaned(room, work):
        return
    if room.occupancy is Occupancy.VACANT:
        await _refresh(work, hotel, room, today)
        return
    stay = None if room.stay_id is None else await stays.get_stay(work.tx, work.tenant_id, room.stay_id)
    if room.guest_service is GuestService.SERVICE_DECLINED:
        change = StatusChange(Source.SYSTEM, guest_service=GuestService.NONE, note="A new day.")
        await spaces.set_room_status(work, room.id, change)
    if not serviced(hotel, room, stay, today):
        return
    if room.condition is not Condition.DIRTY:
        await spaces.set_room_status(work, room.id, _dirty("The guest slept here."))
    if stay is None or _day(hotel, stay.departure) > today:
        await _ask(work, room, TaskType.STAY_OVER_CLEANING, f"stay_over:{encode('spc', room.id)}:{today}", stay)


async def _refresh(work: Work, hotel: Property, room: Room, today: date) -> None:
    days = hotel.policies.vacant_days
    if not days or room.condition not in _CLEAN or room.cleaned_at is None:
        return
    if (today - _day(hotel, room.cleaned_at)).days >= days:
        await spaces.set_room_status(work, room.id, _dirty(f"Nobody used it for {days} days."))
        await _ask(work, room, TaskType.FLUSH, f"flush:{encode('spc', room.id)}:{today}", None)


def serviced(hotel: Property, room: Room, stay: Stay | None, today: date) -> bool:
    """Whether an occupied room is serviced today: every so many nights of its stay, or because the guest asks.

    A guest of whom no stay is known counts by the calendar.
    """
    if room.guest_service is GuestService.MAKE_UP_ROOM:
        return True
    every = hotel.policies.service_nights
    if stay is not None and stay.service_nights is not None:
        every = stay.service_nights
    nights = today.toordinal() if stay is None else (today - _day(hotel, stay.arrival)).days
    return every > 0 and nights > 0 and nights % every == 0


async def _ask(work: Work, room: Room, kind: TaskType, origin: str, stay: Stay | None) -> None:
    if await housekeeping.open_cleaning(work, room.id) is None:
        cmd = CreateTask(room.property_id, kind, room.id, origin=origin, stay_id=stay and stay.id)
        await housekeeping.make_task(work, cmd)


def _being_cleaned(room: Room, work: Work) -> bool:
    begun = room.status_changed_at
    return room.condition is Condition.CLEANING and begun is not None and work.now - begun < FRESH


def _dirty(note: str) -> StatusChange:
    return StatusChange(Source.SYSTEM, condition=Condition.DIRTY, note=note)


def _day(hotel: Property, at: datetime) -> date:
    return business_date(at, ZoneInfo(hotel.zone), hotel.rollover)


def _today(hotel: Property, work: Work) -> date:
    return _day(hotel, work.now)


def _next(hotel: Property, today: date) -> datetime:
    return at_local(today + timedelta(days=1), hotel.rollover, ZoneInfo(hotel.zone))


REACTIONS = (Reaction("overnight-plan", (tenancy.PROPERTY_CREATED, tenancy.PROPERTY_UPDATED), plan),)
LOOPS = (Loop("overnight", "overnight", "due_at", roll),)
