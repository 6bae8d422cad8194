"""A guest leaves, comes or moves: the rooms and their tasks follow."""

from __future__ import annotations

from uuid import UUID

from serai.areas.discrepancies import service as discrepancies
from serai.areas.housekeeping import service as housekeeping
from serai.areas.spaces import service as spaces
from serai.areas.spaces.events import ROOM_STATUS_CHANGED
from serai.areas.spaces.model import Occupancy, Room, Source, StatusChange
from serai.areas.stays import events
from serai.areas.stays import service as stays
from serai.areas.stays.model import State, Stay
from serai.areas.turnover import service as turnover
from serai.runtime.events.catalog import Incoming
from serai.runtime.slice import Reaction
from serai.runtime.work import Work

PMS = "Told by the booking system."
_BY_THE_HOUSE = StatusChange(Source.SYSTEM, note=PMS)


async def follow_stay(work: Work, fact: Incoming) -> None:
    """What a stay's fact means for its room and tasks, as the stay stands by now: repeats change nothing."""
    stay = await stays.lock_stay(work, fact.subject)
    if fact.type == events.STAY_MOVED.name:
        await guest_moved(work, stay, _before(fact))
    elif fact.type == events.STAY_CHECKED_IN.name and stay.state is State.CHECKED_IN:
        await guest_came(work, stay)
    elif fact.type == events.STAY_COMPLETED.name and stay.state is State.COMPLETED:
        await guest_left(work, stay)
    elif stay.state in {State.CANCELLED, State.NO_SHOW}:
        await guest_stays_away(work, stay)
    if stay.room_id is not None:
        await housekeeping.rescore_room(work, stay.room_id)


async def guest_left(work: Work, stay: Stay) -> None:
    """The room is vacant and dirty and gets its one cleaning, unless the door has seen to it."""
    origin = turnover.origin_of(stay.id)
    if stay.room_id is None:
        await housekeeping.cancel_for_stay(work, stay.id, turnover.LEFT)
        return
    room = await _standing(work, stay.room_id)
    if room is None:
        await housekeeping.cancel_for_stay(work, stay.id, turnover.LEFT)
        return
    if await housekeeping.task_of_origin(work.tx, work.tenant_id, origin) is not None:
        return
    if room.stay_id in {None, stay.id}:
        await turnover.vacate(work, room, stay, _BY_THE_HOUSE, stay.last_event_at)
        await _give_to_who_shares(work, room)
    else:
        await turnover.ask_for_cleaning(work, room, stay, stay.last_event_at)


async def guest_came(work: Work, stay: Stay) -> None:
    """The room is occupied: who is in a room is the desk's say, even where it is not ready."""
    if stay.room_id is not None and (room := await _standing(work, stay.room_id)):
        await _occupy(work, room, stay)


async def guest_stays_away(work: Work, stay: Stay) -> None:
    """What was planned for the stay is called off; a room that it had already is turned."""
    await housekeeping.cancel_for_stay(work, stay.id, f"The booking is {stay.state.value.replace('_', ' ')}.")
    if stay.room_id is not None:
        room = await _standing(work, stay.room_id)
        if room is not None and room.stay_id == stay.id:
            await turnover.vacate(work, room, None, _BY_THE_HOUSE, stay.last_event_at)


async def guest_moved(work: Work, stay: Stay, left: UUID | None) -> None:
    """The tasks go along; a guest who is in the house leaves one room dirty and occupies the other."""
    locked = await spaces.lock_rooms(work, [one for one in (left, stay.room_id) if one is not None])
    rooms = {room_id: room for room_id, room in locked.items() if room.archived_at is None}
    old = None if left is None else rooms.get(left)
    new = None if stay.room_id is None else rooms.get(stay.room_id)
    if new is not None and new is not old:
        await housekeeping.move_for_stay(work, stay.id, new, left)
    if old is not None and old is not new and old.stay_id == stay.id:
        await turnover.vacate(work, old, None, _BY_THE_HOUSE, work.now)
    if new is not None and stay.state is State.CHECKED_IN:
        await _occupy(work, new, stay)
    if old is not None:
        await housekeeping.rescore_room(work, old.id)


async def room_changed(work: Work, fact: Incoming) -> None:
    """A guest waits for the room, or no longer: its tasks are more or less urgent."""
    await housekeeping.rescore_room(work, fact.subject)


async def desk_spoke(work: Work, fact: Incoming) -> None:
    """The desk says something else of who is in a room: what housekeeping saw may agree by now."""
    await discrepancies.desk_changed(work, fact.subject)


async def _standing(work: Work, room_id: UUID) -> Room | None:
    """The room, locked, or None where it was archived since: whoever is told to be in it is not in our house."""
    room = await spaces.lock_room(work, room_id)
    return room if room.archived_at is None else None


async def _occupy(work: Work, room: Room, stay: Stay) -> None:
    """Nothing to do where the guest has the room, or shares it with one who still has it."""
    if room.stay_id == stay.id:
        return
    if room.stay_id is not None:
        other = await stays.get_stay(work.tx, work.tenant_id, room.stay_id)
        if other.state is State.CHECKED_IN:
            return
        await turnover.vacate(work, room, other, _BY_THE_HOUSE, work.now)
    await spaces.set_room_status(work, room.id, _occupied_by(stay))


async def _give_to_who_shares(work: Work, room: Room) -> None:
    other = await stays.current_stay(work.tx, work.tenant_id, room.id)
    if other is not None:
        await spaces.set_room_status(work, room.id, _occupied_by(other))


def _occupied_by(stay: Stay) -> StatusChange:
    return StatusChange(Source.SYSTEM, occupancy=Occupancy.OCCUPIED, stay_id=stay.id, note=PMS)


def _before(fact: Incoming) -> UUID | None:
    was = fact.changes["room_id"][0]
    return None if was is None else UUID(was)


REACTIONS = (
    Reaction("turnover", events.ALL, follow_stay),
    Reaction("discrepancies", (ROOM_STATUS_CHANGED,), desk_spoke, changed="occupancy"),
    Reaction("queue-priorities", (ROOM_STATUS_CHANGED,), room_changed, changed="queue"),
)
