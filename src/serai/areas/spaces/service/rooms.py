"""The one writer of room status, one room or many, and the questions about rooms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from serai.access.tenancy.service import get_property
from serai.areas.spaces import model, store
from serai.areas.spaces.model import Condition, Policies, Room, Service, Source, StatusChange, StatusEvent
from serai.kernel.actor import Actor
from serai.kernel.decision import Decision
from serai.kernel.errors import NotFound, Refusal
from serai.runtime.db.tx import ReadTx
from serai.runtime.http import ListQuery, Page, page
from serai.runtime.work import Work


@dataclass(frozen=True, slots=True)
class RoomView:
    """A room with the policies of its property, from which its status is derived."""

    room: Room
    policies: Policies


@dataclass(frozen=True, slots=True)
class StatusResult:
    """What became of one room of many: the room as it is now, or why it was refused."""

    room_id: UUID
    view: RoomView | None
    refusal: Refusal | None = None


async def get_room(tx: ReadTx, tenant_id: UUID, room_id: UUID) -> Room:
    """A room, or NotFound."""
    space = await store.get(tx, tenant_id, room_id)
    if not isinstance(space, Room):
        raise NotFound
    return space


async def view_room(tx: ReadTx, actor: Actor, room_id: UUID) -> RoomView:
    """A room as this caller may read it."""
    room = await get_room(tx, actor.tenant_id, room_id)
    actor.need("room.read", room.property_id)
    return RoomView(room, await _policies(tx, room))


async def lock_room(work: Work, room_id: UUID) -> Room:
    """A room, locked until the end of this work; one that this caller does not see is absent."""
    room = await store.lock_room(work.tx, work.tenant_id, room_id)
    if not work.actor.sees(room.property_id):
        raise NotFound
    return room


async def lock_rooms(work: Work, room_ids: Sequence[UUID]) -> dict[UUID, Room]:
    """Those of the rooms that this caller sees, locked in the order of their ids."""
    found = await store.lock(work.tx, work.tenant_id, room_ids)
    return {
        room_id: one for room_id, one in found.items() if isinstance(one, Room) and work.actor.sees(one.property_id)
    }


async def lock_rooms_of(work: Work, property_id: UUID) -> list[Room]:
    """All living rooms of a property, locked in the order of their ids."""
    return await store.lock_property(work.tx, work.tenant_id, property_id)


async def set_room_status(work: Work, room_id: UUID, change: StatusChange) -> Room:
    """Change the status of a room, as the rules allow; the only way to do it."""
    return (await set_status(work, room_id, change)).room


async def set_status(work: Work, room_id: UUID, change: StatusChange) -> RoomView:
    """As `set_room_status`, answering with the policies at hand."""
    room = await lock_room(work, room_id)
    return await _change(work, room, await _policies(work.tx, room), change)


async def set_by_role(work: Work, room_id: UUID, change: StatusChange) -> RoomView:
    """As `set_status`, through the source that follows from the caller's role; `change.source` is not asked."""
    room = await lock_room(work, room_id)
    policies = await _policies(work.tx, room)
    source = model.source_of(work.actor, room, change, policies)
    return await _change(work, room, policies, replace(change, source=source))


async def mark_maintenance(work: Work, room_id: UUID, change: StatusChange) -> RoomView:
    """Raise the repair flag; a room that has it keeps it as it is."""
    return await set_status(work, room_id, replace(change, named=model.RoomStatus.MAINTENANCE_REQUIRED))


async def set_service(
    work: Work, room_id: UUID, service: Service, note: str, *, condition: Condition | None = None
) -> Room:
    """Whether the room is sold, as its windows say: for them alone, who have asked for the permission."""
    room = await lock_room(work, room_id)
    policies = await _policies(work.tx, room)
    decision = model.change_service(room, service, condition, policies, work.now)
    return (await _save(work, room, decision, policies, StatusChange(Source.SYSTEM, note=note))).room


async def set_many(work: Work, changes: Sequence[tuple[UUID, StatusChange]]) -> list[StatusResult]:
    """Change many rooms in this one work, locked in the order of their ids.

    A refusal is a result of its room and does not lose the others. Results stand in the order asked.
    """
    rooms = await lock_rooms(work, [room_id for room_id, _ in changes])
    policies = {one.property_id: await _policies(work.tx, one) for one in _first_of_each_property(rooms)}
    results: list[StatusResult] = []
    for room_id, change in changes:
        room = rooms.get(room_id)
        if room is None:
            results.append(StatusResult(room_id, None, NotFound()))
            continue
        try:
            work.actor.need("room.bulk", room.property_id)
            view = await _change(work, room, policies[room.property_id], change)
        except Refusal as refusal:
            results.append(StatusResult(room_id, None, refusal))
        else:
            rooms[room_id] = view.room
            results.append(StatusResult(room_id, view))
    return results


def _first_of_each_property(rooms: dict[UUID, Room]) -> list[Room]:
    return list({one.property_id: one for one in rooms.values()}.values())


async def history(tx: ReadTx, actor: Actor, room_id: UUID, query: ListQuery) -> Page[StatusEvent]:
    """The history of a room's status, newest first."""
    query.sorted_by(("-at",))
    room = await get_room(tx, actor.tenant_id, room_id)
    actor.need("room.read", room.property_id)
    after = query.after(int)
    found = await store.status_events(tx, actor.tenant_id, room_id, after[0] if after else None, query.limit + 1)
    total = await store.count_status_events(tx, actor.tenant_id, room_id) if query.count else None
    return page(found, query, lambda one: (one.version,), total)


async def _policies(tx: ReadTx, room: Room) -> Policies:
    return (await get_property(tx, room.tenant_id, room.property_id)).policies


async def _change(work: Work, room: Room, policies: Policies, change: StatusChange) -> RoomView:
    decision = model.change_status(room, change, policies, work.actor, work.now)
    return await _save(work, room, decision, policies, change)


async def _save(work: Work, room: Room, decision: Decision[Room], policies: Policies, change: StatusChange) -> RoomView:
    if decision.changed:
        names = model.room_status(room, policies), model.room_status(decision.record, policies)
        await store.save_status(work, room, decision.record, names, change)
        work.record(decision.events)
    return RoomView(decision.record, policies)
