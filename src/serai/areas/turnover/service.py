"""One act at a door: the room, its task and its stay move together or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from serai.access.tenancy.service import get_property
from serai.areas.housekeeping import service as housekeeping
from serai.areas.housekeeping.model import BEGUN, CreateTask, Move, TaskState, TaskType
from serai.areas.spaces import model as rooms
from serai.areas.spaces import service as spaces
from serai.areas.spaces.model import Condition, Occupancy, Room, Source, StatusChange
from serai.areas.spaces.service import RoomView, StatusResult
from serai.areas.stays import service as stays
from serai.areas.stays.model import Stay
from serai.kernel.errors import Conflict, NotFound, Refusal
from serai.kernel.ids import encode
from serai.runtime.work import Work

LEFT = "The guest has left."


def origin_of(stay_id: UUID) -> str:
    """The key under which a check-out asks for its one cleaning."""
    return f"checkout:{encode('sty', stay_id)}"


async def start_cleaning(work: Work, room_id: UUID, change: StatusChange) -> RoomView:
    """A room is being cleaned; its open cleaning task is started (or goes on) with it."""
    await _at(work, room_id, "room.clean")
    view = await spaces.set_status(work, room_id, _housekeeping(change, Condition.CLEANING))
    task = await housekeeping.open_cleaning(work, room_id)
    if task is not None and task.state is TaskState.PAUSED:
        await housekeeping.resume(work, task.id, _move(change))
    elif task is not None and task.state not in BEGUN:
        await housekeeping.start(work, task.id, _move(change))
    return view


async def mark_cleaned(work: Work, room_id: UUID, change: StatusChange) -> RoomView:
    """A room is clean; its open cleaning task is completed with it."""
    before = await _at(work, room_id, "room.clean")
    view = await spaces.set_status(work, room_id, _housekeeping(change, Condition.CLEAN))
    task = await housekeeping.open_cleaning(work, room_id)
    if task is not None and (view.room.version != before.version or task.state in BEGUN):
        await housekeeping.finish(work, task.id, _move(change))
    return view


async def inspect(work: Work, room_id: UUID, change: StatusChange) -> RoomView:
    """A room is found good: inspected, its cleaning verified, its open inspections completed."""
    await _at(work, room_id, "room.inspect")
    view = await spaces.set_status(work, room_id, _housekeeping(change, Condition.INSPECTED))
    await housekeeping.inspect_room(work, room_id, _move(change))
    return view


async def check_in(work: Work, room_id: UUID, stay_id: UUID | None, change: StatusChange) -> RoomView:
    """A guest moves in: of a stay, which gets this room if it has another or none, or without one (walk-in)."""
    stay = None if stay_id is None else await stays.lock_stay(work, stay_id)
    room = await _at(work, room_id, "room.front_desk")
    if stay is not None:
        if stay.property_id != room.property_id:
            raise NotFound
        await stays.assign_room(work, stay.id, room_id)
        await stays.check_in(work, stay.id, change.occurred_at or work.now)
    change = replace(change, occupancy=Occupancy.OCCUPIED, stay_id=stay_id)
    return await spaces.set_status(work, room_id, _desk(change))


async def check_out(work: Work, room_id: UUID, change: StatusChange, *, depart: bool) -> RoomView:
    """The guest leaves: the room is vacant and dirty, its cleaning asked for once; `depart` ends the stay too."""
    seen = await spaces.get_room(work.tx, work.tenant_id, room_id)
    stay = await _stay_in(work, seen, depart=depart)
    room = await _at(work, room_id, "room.front_desk")
    return await _leave(work, room, stay, _desk(change), depart=depart)


async def check_out_many(
    work: Work, room_ids: Sequence[UUID], change: StatusChange, *, depart: bool
) -> list[StatusResult]:
    """Many guests leave, in one work; a refusal is the result of its room. Stays, then rooms, are locked by id."""
    change = replace(change, source=Source.SYSTEM)
    held = [await _seen(work, room_id) for room_id in room_ids]
    by_stay = sorted((one for one in held if one is not None), key=lambda one: (one.stay_id is None, one.stay_id))
    guests: dict[UUID, Stay | Refusal | None] = {}
    for one in by_stay:
        try:
            guests[one.id] = await _stay_in(work, one, depart=depart)
        except Refusal as refusal:
            guests[one.id] = refusal
    locked = await spaces.lock_rooms(work, room_ids)
    done: dict[UUID, StatusResult] = {}
    for room_id in room_ids:
        if room_id not in done:
            done[room_id] = await _one_of_many(work, room_id, locked.get(room_id), guests, change, depart=depart)
    return [done[room_id] for room_id in room_ids]


async def vacate(work: Work, room: Room, stay: Stay | None, change: StatusChange, since: datetime) -> RoomView:
    """The room is vacant and dirty and gets its cleaning: once a stay, or once for a guest without one.

    What else was planned for the stay and has not begun is called off. A consequence: permissions were asked before.
    """
    turns = room.occupancy is Occupancy.OCCUPIED  # then dirty follows from vacant, and needs no word of its own
    change = replace(change, occupancy=Occupancy.VACANT, condition=None if turns else Condition.DIRTY)
    view = await spaces.set_status(work, room.id, change)
    await ask_for_cleaning(work, room, stay, since)
    return view


async def ask_for_cleaning(work: Work, room: Room, stay: Stay | None, since: datetime) -> None:
    """The cleaning after a guest, as `vacate` asks for it, the room staying as it is."""
    asked = CreateTask(room.property_id, TaskType.CHECKOUT_CLEANING, room.id, since=since)
    if stay is not None:
        await housekeeping.cancel_for_stay(work, stay.id, LEFT, keeping=origin_of(stay.id))
        await housekeeping.make_task(work, replace(asked, origin=origin_of(stay.id), stay_id=stay.id))
        return
    task = await housekeeping.open_cleaning(work, room.id)
    if task is None or task.state in BEGUN:
        await housekeeping.make_task(work, asked)


async def _leave(work: Work, room: Room, stay: Stay | None, change: StatusChange, *, depart: bool) -> RoomView:
    if room.stay_id != (stay.id if stay else None):
        raise Conflict("The room has just changed hands; look again.")
    at = change.occurred_at or work.now
    if depart and stay is not None:
        await stays.complete(work, stay.id, at)
        other = await stays.current_stay(work.tx, work.tenant_id, room.id)
        if other is not None:  # the one who shares the room stays in it; the reaction gives it to them
            return await spaces.set_status(work, room.id, change)
    if room.occupancy is Occupancy.VACANT:
        return await spaces.set_status(work, room.id, change)
    return await vacate(work, room, stay, change, at)


async def _one_of_many(
    work: Work,
    room_id: UUID,
    room: Room | None,
    guests: dict[UUID, Stay | Refusal | None],
    change: StatusChange,
    *,
    depart: bool,
) -> StatusResult:
    """What raises here raises before it writes, so the others are not lost."""
    guest = guests.get(room_id)
    try:
        if room is None:
            raise NotFound
        if isinstance(guest, Refusal):
            raise guest
        work.actor.need("room.bulk", room.property_id)
        wanted = replace(change, occupancy=Occupancy.VACANT)
        policies = (await get_property(work.tx, work.tenant_id, room.property_id)).policies
        rooms.change_status(room, wanted, policies, work.actor, work.now)
        return StatusResult(room_id, await _leave(work, room, guest, change, depart=depart))
    except Refusal as refusal:
        return StatusResult(room_id, None, refusal)


async def _seen(work: Work, room_id: UUID) -> Room | None:
    try:
        return await spaces.get_room(work.tx, work.tenant_id, room_id)
    except NotFound:
        return None


async def _stay_in(work: Work, room: Room, *, depart: bool) -> Stay | None:
    """The stay that has the room; locked when it is to end."""
    if room.stay_id is None:
        return None
    if depart:
        return await stays.lock_stay(work, room.stay_id)
    return await stays.get_stay(work.tx, work.tenant_id, room.stay_id)


async def _at(work: Work, room_id: UUID, permission: str) -> Room:
    room = await spaces.lock_room(work, room_id)
    work.actor.need(permission, room.property_id)
    return room


def _housekeeping(change: StatusChange, condition: Condition) -> StatusChange:
    return replace(change, source=Source.HOUSEKEEPING, condition=condition)


def _desk(change: StatusChange) -> StatusChange:
    return replace(change, source=Source.FRONT_DESK)


def _move(change: StatusChange) -> Move:
    return Move(change.occurred_at, note=change.note)
