"""Taking in what is said of stays, by events and by the desk, and finding them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from serai.access.tenancy import service as tenancy
from serai.areas.stays import model, store
from serai.areas.stays.model import BookingFact, Hours, NewStay, Said, Stay
from serai.kernel.actor import Actor
from serai.kernel.clock import at_local
from serai.kernel.decision import Decision
from serai.kernel.errors import Conflict, Fault, Invalid, NotFound, Stale
from serai.kernel.ids import new_id
from serai.kernel.text import text
from serai.runtime.db.tx import ReadTx
from serai.runtime.http import ListQuery, Page, page
from serai.runtime.work import Work


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which stays to list; None says nothing. `arrival_date` is a day of the property."""

    property_id: UUID | None = None
    room_id: UUID | None = None
    state: str | None = None
    arrival_date: date | None = None
    booking_reference: str | None = None


class UnclearLine(Conflict):
    """The booking has several rooms and this is none of them; say the line."""


async def apply_booking(work: Work, fact: BookingFact) -> list[Stay]:
    """Take in what an event says of a booking: its stays are made or changed, and returned.

    An event older than what was heard changes nothing but what is still empty; then nothing is recorded.
    """
    work.actor.need("event.send", fact.property_id)
    hours = await _hours(work.tx, work.tenant_id, fact.property_id)
    place = (work.tenant_id, fact.property_id, fact.booking_reference)
    whole, stays = await store.lock_booking(work.tx, *place)
    told = _told(fact, stays)
    if not told:
        common = model.words(fact.state, fact.at, fact.key, fact.about, fact.sequence)
        told = dict.fromkeys(stays or (1,), common)
        of_all = {name: word for name, word in common.items() if name != "room_id"}
        if (joined := model.join(whole, of_all)) != whole:
            await store.keep_booking(work.tx, *place, joined)
    after: list[Stay] = []
    for line in sorted(told):
        if line in stays:
            after.append(await _keep(work, stays[line], model.hear(stays[line], told[line], hours)))
        else:
            new = NewStay(new_id(), *place, line)
            after.append(await _make(work, model.begin(new, model.join(whole, told[line]), hours)))
    return after


def _told(fact: BookingFact, stays: Mapping[int, Stay]) -> dict[int, Said]:
    """What is said of which lines; nothing when it is said of the whole booking."""
    lines: dict[int, Mapping[str, Any]] = dict(fact.lines)
    room = fact.about.get("room_id")
    if not lines and room is not None and len(stays) > 1:
        lines = {line: {} for line, stay in stays.items() if str(stay.room_id) == room}
        if not lines:
            raise UnclearLine
    return {
        line: model.words(fact.state, fact.at, fact.key, {**fact.about, **own}, fact.sequence)
        for line, own in lines.items()
    }


async def check_in(work: Work, stay_id: UUID, at: datetime) -> Stay:
    """The guest has come, at that instant."""
    stay, hours = await _locked(work, stay_id)
    return await _keep(work, stay, model.check_in(stay, at, _teller(work.actor), hours))


async def complete(work: Work, stay_id: UUID, at: datetime) -> Stay:
    """The guest has left, at that instant."""
    stay, hours = await _locked(work, stay_id)
    return await _keep(work, stay, model.complete(stay, at, _teller(work.actor), hours))


async def lock_stay(work: Work, stay_id: UUID) -> Stay:
    """The stay, held until the end of this work; one that this caller does not see is absent."""
    stay = await store.lock(work.tx, work.tenant_id, stay_id)
    if not work.actor.sees(stay.property_id):
        raise NotFound
    return stay


async def assign_room(work: Work, stay_id: UUID, room_id: UUID | None) -> Stay:
    """Give the stay a room of its property (that the caller has looked up and locked), or none.

    A room that another live stay has in those days is refused.
    """
    stay, hours = await _locked(work, stay_id)
    if room_id == stay.room_id:
        return stay
    if room_id is not None and (other := await store.clash(work.tx, stay, room_id)):
        raise Conflict(text("Booking {booking} has this room in those days.", booking=other.booking_reference))
    told = {"room_id": None if room_id is None else str(room_id)}
    return await _keep(work, stay, model.amend(stay, told, work.now, _teller(work.actor), hours))


async def expect(work: Work, stay_id: UUID, version: int, said: Mapping[str, datetime | int | None]) -> Stay:
    """Set when the guest is expected to come (`eta`) and to leave (`etd`), and how often the room is serviced.

    None takes it back.
    """
    stay, hours = await _locked(work, stay_id)
    if stay.version != version:
        raise Stale
    told = {name: one.isoformat() if isinstance(one, datetime) else one for name, one in said.items()}
    return await _keep(work, stay, model.amend(stay, told, work.now, _teller(work.actor), hours))


async def get_stay(tx: ReadTx, tenant_id: UUID, stay_id: UUID) -> Stay:
    """The stay, or NotFound."""
    return await store.get(tx, tenant_id, stay_id)


async def current_stay(tx: ReadTx, tenant_id: UUID, room_id: UUID) -> Stay | None:
    """The stay whose guest is in the room."""
    return await store.current(tx, tenant_id, room_id)


async def next_arrival(tx: ReadTx, tenant_id: UUID, room_id: UUID, after: datetime) -> Stay | None:
    """The first confirmed stay in the room that is not over by `after`: a late guest is still to come."""
    return await store.next_arrival(tx, tenant_id, room_id, after)


async def stays_in(
    tx: ReadTx, tenant_id: UUID, room_id: UUID, span: tuple[datetime, datetime], now: datetime
) -> list[Stay]:
    """The live stays in a room in [from, until); a guest who is still there has not left, whatever was planned."""
    return await store.in_room(tx, tenant_id, room_id, span, now)


async def list_stays(tx: ReadTx, actor: Actor, wanted: Wanted, query: ListQuery) -> Page[Stay]:
    """The stays that this caller may read."""
    sort = query.sorted_by(store.SORTS)
    after = query.after(datetime.fromisoformat, UUID)
    properties = actor.places("stay.read", wanted.property_id)
    start, end = await _day(tx, actor.tenant_id, wanted.arrival_date, properties)
    chosen = store.Filter(properties, wanted.room_id, wanted.state, start, end, wanted.booking_reference)
    key = (after[0], after[1]) if after else None
    found = await store.find(tx, actor.tenant_id, chosen, sort, key, query.limit + 1)
    total = await store.count(tx, actor.tenant_id, chosen) if query.count else None
    return page(found, query, lambda one: (one.arrival, one.id), total)


async def _day(
    tx: ReadTx, tenant_id: UUID, day: date | None, properties: list[UUID] | None
) -> tuple[datetime | None, datetime | None]:
    if day is None:
        return None, None
    if properties is None or len(properties) != 1:
        raise Invalid(faults=[Fault("/query/property_id", "say the property whose day it is")])
    zone = ZoneInfo((await tenancy.get_property(tx, tenant_id, properties[0])).zone)
    try:
        return at_local(day, time(), zone), at_local(day + timedelta(days=1), time(), zone)
    except OverflowError:
        raise Invalid(faults=[Fault("/query/arrival_date", "is too far away")]) from None


async def _hours(tx: ReadTx, tenant_id: UUID, property_id: UUID) -> Hours:
    hotel = await tenancy.get_property(tx, tenant_id, property_id)
    rules = hotel.policies
    return Hours(ZoneInfo(hotel.zone), hotel.check_in, hotel.check_out, rules.day_use_start, rules.day_use_end)


async def _locked(work: Work, stay_id: UUID) -> tuple[Stay, Hours]:
    stay = await store.lock(work.tx, work.tenant_id, stay_id)
    work.actor.need("stay.manage", stay.property_id)
    return stay, await _hours(work.tx, work.tenant_id, stay.property_id)


def _teller(actor: Actor) -> str:
    return f"{actor.kind.value}:{actor.id or actor.name}"


async def _make(work: Work, decision: Decision[Stay]) -> Stay:
    await store.insert(work, decision.record)
    work.record(decision.events)
    return decision.record


async def _keep(work: Work, before: Stay, decision: Decision[Stay]) -> Stay:
    if decision.changed:
        await store.save(work, decision.record, before.version)
        work.record(decision.events)
    elif decision.record is not before:
        await store.keep(work.tx, decision.record)
    return decision.record
