"""What housekeeping sees is compared with what the front desk believes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from serai.areas.discrepancies import model, store
from serai.areas.discrepancies.model import Discrepancy, Place, View
from serai.areas.files import service as files
from serai.areas.spaces import service as spaces
from serai.areas.spaces.model import Occupancy, Room
from serai.areas.stays import service as stays
from serai.kernel.actor import Actor
from serai.kernel.ids import encode
from serai.runtime.db.tx import ReadTx
from serai.runtime.http import ListQuery, Page, page
from serai.runtime.work import Work

SORTS = ("found_at",)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which ones to list; None says nothing."""

    property_id: UUID | None = None
    state: str | None = None
    room_id: UUID | None = None


async def observe(
    work: Work, room_id: UUID, seen: View, note: str | None, file_ids: Sequence[UUID] = ()
) -> Discrepancy | None:
    """Say what is seen in a room: the difference to what the desk says, or None where they agree.

    Files become part of the difference; where there is none they stay loose.
    """
    found = await _observe(work, room_id, seen, note)
    if found is not None:
        await files.attach(work, found.property_id, file_ids, encode("dsc", found.id))
    return found


async def _observe(work: Work, room_id: UUID, seen: View, note: str | None) -> Discrepancy | None:
    room = await spaces.lock_room(work, room_id)
    work.actor.need("room.clean", room.property_id)
    told = await _told(work, room)
    kind, known = model.compare(seen, told), await store.lock_open(work, room_id)
    if known is not None:
        decision = model.look_again(known, kind, seen, told, note, work.actor, work.now)
        if decision.changed:
            await store.save(work, decision.record)
            work.record(decision.events)
        return decision.record if kind else None
    if kind is None:
        return None
    place = Place(work.tenant_id, room.property_id, room.id, room.stay_id)
    born = work.new_id()
    made = model.find(born, place, kind, seen, told, note, work.actor, work.now)
    await store.insert(work, made.record)
    work.record(made.events)
    return made.record


async def desk_changed(work: Work, room_id: UUID) -> None:
    """The desk says something else of a room: an open difference may be none any more."""
    room = await spaces.lock_room(work, room_id)
    known = await store.lock_open(work, room_id)
    if known is None:
        return
    told = await _told(work, room)
    kind = model.compare(known.seen, told)
    decision = model.look_again(known, kind, known.seen, told, None, work.actor, work.now)
    if decision.changed:
        await store.save(work, decision.record)
        work.record(decision.events)


async def resolve(work: Work, discrepancy_id: UUID, resolution: str) -> Discrepancy:
    """Say how it was cleared up."""
    known = await store.get(work.tx, work.tenant_id, discrepancy_id, lock=True)
    work.actor.need("discrepancy.resolve", known.property_id)
    decision = model.resolve(known, resolution, work.actor, work.now)
    if decision.changed:
        await store.save(work, decision.record)
        work.record(decision.events)
    return decision.record


async def get(tx: ReadTx, actor: Actor, discrepancy_id: UUID) -> Discrepancy:
    """One, as this caller may read it."""
    found = await store.get(tx, actor.tenant_id, discrepancy_id)
    actor.need("discrepancy.read", found.property_id)
    return found


async def find(tx: ReadTx, actor: Actor, wanted: Wanted, query: ListQuery) -> Page[Discrepancy]:
    """Those that this caller may read, the oldest first."""
    query.sorted_by(SORTS)
    after = query.after(datetime.fromisoformat, UUID)
    filters = (actor.places("discrepancy.read", wanted.property_id), wanted.state, wanted.room_id)
    found = await store.find(tx, actor.tenant_id, filters, (after[0], after[1]) if after else None, query.limit + 1)
    total = await store.count(tx, actor.tenant_id, filters) if query.count else None
    return page(found, query, lambda one: (one.found_at, one.id), total)


async def _told(work: Work, room: Room) -> View:
    if room.occupancy is Occupancy.VACANT or room.stay_id is None:
        return View(room.occupancy)
    stay = await stays.get_stay(work.tx, work.tenant_id, room.stay_id)
    return View(room.occupancy, stay.adults + stay.children)
