"""Ending and judging work: complete, verify, reject; the inspection's doors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from serai.access.tenancy.service import get_property
from serai.areas.files import service as files
from serai.areas.housekeeping import model, store
from serai.areas.housekeeping.model import CreateTask, Move, Task, TaskType
from serai.areas.housekeeping.service.making import make_task
from serai.areas.housekeeping.service.working import keep, locked_with_room, set_condition
from serai.areas.spaces import service as spaces
from serai.areas.spaces.model import Condition, Room
from serai.kernel.ids import encode
from serai.runtime.work import Work

_DONE = (Condition.CLEAN, Condition.INSPECTED)


async def complete(work: Work, task_id: UUID, cmd: Move) -> Task:
    """The work is done: a cleaning makes its room clean, an inspection is the act of `inspect_room`.

    A room that was made dirty again while it was cleaned stays dirty.
    """
    task, room = await locked_with_room(work, task_id, "task.start")
    kept = await keep(work, task, model.complete(task, cmd, work.actor, work.now))
    if room and task.moves_room and room.condition is Condition.CLEANING:
        await set_condition(work, room, Condition.CLEAN, cmd)
    if room and task.type is TaskType.INSPECTION and await _inspects(work, room):
        await _found_good(work, room, cmd)
    return kept


async def verify(work: Work, task_id: UUID, cmd: Move) -> Task:
    """Found good. Of a cleaning that is the room's last one, this is the act of `inspect_room`.

    A room that was made dirty since is left to its next cleaning, if it has one.
    """
    task, room = await locked_with_room(work, task_id, "task.verify")
    kept = await keep(work, task, model.verify(task, cmd, work.actor, work.now))
    if room and _is_last(task, room) and await _inspects(work, room) and not await _cleaned_anew(work, room):
        await _found_good(work, room, cmd)
    return kept


async def inspect_room(work: Work, room_id: UUID, cmd: Move) -> Room:
    """A room is found good: it is inspected, its cleaning verified, its open inspections completed.

    One act with three doors: this one, verifying the cleaning, completing an inspection.
    """
    room = await spaces.lock_room(work, room_id)
    work.actor.need("room.inspect", room.property_id)
    return await _found_good(work, room, cmd)


async def reject(work: Work, task_id: UUID, cmd: Move, file_ids: Sequence[UUID] = ()) -> Task:
    """Found not good: the task ends, its room becomes dirty, and a linked re-clean with the reason is made.

    A failed inspection rejects the cleaning it looked at. Files become part of the task that was named.
    """
    task, room = await locked_with_room(work, task_id, "task.verify")
    kept = await keep(work, task, model.reject(task, cmd, work.actor, work.now))
    await files.attach(work, task.property_id, file_ids, encode("tsk", task.id))
    bad = kept
    if room is not None and task.type is TaskType.INSPECTION:
        bad = await _reject_cleaning(work, room, cmd) or replace(kept, type=TaskType.CHECKOUT_CLEANING)
    if room and room.condition in _DONE and (_is_last(task, room) or task.type is TaskType.INSPECTION):
        await set_condition(work, room, Condition.DIRTY, replace(cmd, note=cmd.reason))
    await make_task(work, _again(bad, cmd))
    return kept


async def _reject_cleaning(work: Work, room: Room, cmd: Move) -> Task | None:
    cleaning = await store.lock_cleaned(work.tx, work.tenant_id, room.id)
    if cleaning is None:
        return None
    return await keep(work, cleaning, model.reject(cleaning, cmd, work.actor, work.now))


def _again(task: Task, cmd: Move) -> CreateTask:
    return CreateTask(
        task.property_id,
        task.type,
        task.space_id,
        stay_id=task.stay_id,
        booking_reference=task.booking_reference,
        note=cmd.reason,
        minutes=task.minutes if task.type in model.CLEANINGS else None,
        reclean_of=task.id,
    )


async def _found_good(work: Work, room: Room, cmd: Move) -> Room:
    await set_condition(work, room, Condition.INSPECTED, cmd)
    told = Move(cmd.occurred_at, note=cmd.note)
    cleaning = await store.lock_cleaned(work.tx, work.tenant_id, room.id)
    if cleaning is not None:
        await keep(work, cleaning, model.verify(cleaning, told, work.actor, work.now))
    for task in await store.lock_open_of_room(work.tx, work.tenant_id, room.id):
        if task.type is TaskType.INSPECTION:
            await keep(work, task, model.finish(task, told, work.actor, work.now))
    return await spaces.get_room(work.tx, work.tenant_id, room.id)


def _is_last(task: Task, room: Room) -> bool:
    """Whether the room is still as this cleaning left it."""
    if task.completed_at is None or not task.moves_room:
        return False
    return room.cleaned_at is None or room.cleaned_at <= task.completed_at


async def _cleaned_anew(work: Work, room: Room) -> bool:
    return room.condition not in _DONE and await store.open_cleaning(work.tx, work.tenant_id, room.id) is not None


async def _inspects(work: Work, room: Room) -> bool:
    return (await get_property(work.tx, work.tenant_id, room.property_id)).policies.inspects
