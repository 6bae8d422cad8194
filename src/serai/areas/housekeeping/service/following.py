"""What follows for tasks when a booking or a room changes."""

from __future__ import annotations

from uuid import UUID

from serai.areas.housekeeping import model, store
from serai.areas.housekeeping.model import Move, Task
from serai.areas.housekeeping.service.making import place_in, rescored, score_of
from serai.areas.housekeeping.service.working import keep
from serai.areas.spaces.model import Room
from serai.runtime.work import Work


async def cancel_for_stay(work: Work, stay_id: UUID, reason: str, *, keeping: str | None = None) -> list[Task]:
    """Call off the tasks of a stay that have not begun, except the one whose origin is `keeping`.

    A consequence of another act, whose permission was asked there. Work in progress is left to who does it.
    """
    return [
        await keep(work, task, model.cancel(task, Move(reason=reason), work.actor, work.now))
        for task in await store.lock_unstarted_of_stay(work.tx, work.tenant_id, stay_id)
        if keeping is None or task.origin != keeping
    ]


async def move_for_stay(work: Work, stay_id: UUID, room: Room, left: UUID | None) -> list[Task]:
    """The tasks of a stay that were for the room it left (None: for no room) go with the guest.

    A consequence, as `cancel_for_stay` is; the caller has locked the new room.
    """
    moved: list[Task] = []
    for task in await store.lock_unstarted_of_stay(work.tx, work.tenant_id, stay_id):
        if task.space_id == left:
            decision = model.follow(task, place_in(room, task.type))
            moved.append(await keep(work, task, await rescored(work.tx, decision, work.now)))
    return moved


async def rescore_room(work: Work, room_id: UUID) -> None:
    """Compute the priorities of a room's open tasks anew; no version rises."""
    for task in await store.lock_open_of_room(work.tx, work.tenant_id, room_id):
        await store.save_score(work.tx, task, await score_of(work.tx, task, work.now))


async def rescore(work: Work, task_ids: list[UUID]) -> None:
    """The priorities of these tasks change by themselves now."""
    for task in await store.lock_many(work.tx, work.tenant_id, task_ids):
        await store.save_score(work.tx, task, await score_of(work.tx, task, work.now))
