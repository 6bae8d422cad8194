"""The moves of the work: start, pause, resume, refuse, delay, call off; help."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from serai.areas.housekeeping import model, store
from serai.areas.housekeeping.model import ChangeTask, Delay, Move, Task
from serai.areas.housekeeping.service.making import rescored
from serai.areas.spaces import service as spaces
from serai.areas.spaces.model import Condition, GuestService, Occupancy, Room, Source, StatusChange
from serai.kernel.decision import Decision
from serai.kernel.errors import Conflict
from serai.runtime.work import Work

_SIGNS = {
    "do_not_disturb": GuestService.DO_NOT_DISTURB,
    "service_declined": GuestService.SERVICE_DECLINED,
}
"""The reasons that an occupied room keeps as the guest's wish."""


async def start(work: Work, task_id: UUID, cmd: Move) -> Task:
    """Begin the work; a cleaning makes its room cleaning, in this same work."""
    task, room = await locked_with_room(work, task_id, "task.start")
    kept = await keep(work, task, model.start(task, cmd, work.actor, work.now))
    if room and task.moves_room:
        await set_condition(work, room, Condition.CLEANING, cmd)
    return kept


async def pause(work: Work, task_id: UUID, cmd: Move) -> Task:
    """Interrupt the work; the room stays as it is."""
    return await _move(work, task_id, "task.start", lambda task: model.pause(task, cmd, work.actor, work.now))


async def resume(work: Work, task_id: UUID, cmd: Move) -> Task:
    """Go on with the work."""
    return await _move(work, task_id, "task.start", lambda task: model.resume(task, cmd, work.actor, work.now))


async def ask_help(work: Work, task_id: UUID, cmd: Move) -> Task:
    """Ask for help with the work: who supervises is told by what follows."""
    return await _move(work, task_id, "task.start", lambda task: model.ask_help(task, cmd, work.actor, work.now))


async def cancel(work: Work, task_id: UUID, cmd: Move) -> Task:
    """Call off what has not begun."""
    return await _move(work, task_id, "task.cancel", lambda task: model.cancel(task, cmd, work.actor, work.now))


async def refuse(work: Work, task_id: UUID, cmd: Move) -> Task:
    """The service was not done: a cleaning that had begun leaves the room dirty; the guest's wish is noted there."""
    task, room = await locked_with_room(work, task_id, "task.start")
    kept = await keep(work, task, model.refuse(task, cmd, work.actor, work.now))
    if room is not None:
        await _note_refusal(work, task, room, cmd)
    return kept


async def _note_refusal(work: Work, task: Task, room: Room, cmd: Move) -> None:
    begun = task.moves_room and task.state in model.BEGUN and room.condition is Condition.CLEANING
    sign = _SIGNS.get(cmd.reason or "") if room.occupancy is Occupancy.OCCUPIED else None
    if begun or sign:
        change = StatusChange(
            Source.HOUSEKEEPING,
            condition=Condition.DIRTY if begun else None,
            guest_service=sign,
            note=cmd.note,
            occurred_at=cmd.occurred_at,
        )
        await spaces.set_room_status(work, room.id, change)


async def delay(work: Work, task_id: UUID, cmd: Delay) -> Task:
    """Say that it will be later."""
    task = await _locked(work, task_id, "task.delay")
    return await keep(work, task, await rescored(work.tx, model.delay(task, cmd, work.now), work.now))


async def mark_delayed(work: Work, task_ids: list[UUID]) -> None:
    """The due moments of these tasks have passed."""
    for task in await store.lock_many(work.tx, work.tenant_id, task_ids):
        await keep(work, task, model.overdue(task, work.now))


async def update(work: Work, task_id: UUID, cmd: ChangeTask) -> Task:
    """Change what is described, pin the priority, answer the checklist."""
    task = await _locked(work, task_id, "task.update")
    return await keep(work, task, await rescored(work.tx, model.update(task, cmd), work.now))


async def finish(work: Work, task_id: UUID, cmd: Move) -> Task:
    """End a cleaning from wherever it stands; its room becomes clean."""
    task, room = await locked_with_room(work, task_id, "task.start")
    kept = await keep(work, task, model.finish(task, cmd, work.actor, work.now))
    if room and task.moves_room:
        await set_condition(work, room, Condition.CLEAN, cmd)
    return kept


async def open_cleaning(work: Work, room_id: UUID) -> Task | None:
    """The open cleaning of a room (that the caller has locked), if there is one."""
    return await store.open_cleaning(work.tx, work.tenant_id, room_id)


async def keep(work: Work, before: Task, decision: Decision[Task]) -> Task:
    """Save and record what was decided, if anything changed."""
    if decision.changed:
        await store.save(work, before, decision.record)
        work.record(decision.events)
    return decision.record


async def locked_with_room(work: Work, task_id: UUID, permission: str) -> tuple[Task, Room | None]:
    """The task and, first, its room, both locked: who starts from a task reads it, locks the room, checks again."""
    seen = await store.get(work.tx, work.tenant_id, task_id)
    work.actor.need(permission, seen.property_id)
    room = None
    if seen.room_number is not None and seen.space_id is not None:
        room = await spaces.lock_room(work, seen.space_id)
    task = await store.lock(work.tx, work.tenant_id, task_id)
    if task.space_id != seen.space_id:
        raise Conflict("The task has just moved to another room; read it again.")
    return task, room


async def set_condition(work: Work, room: Room, condition: Condition, cmd: Move) -> None:
    """The room's condition as the work has made it."""
    change = StatusChange(Source.HOUSEKEEPING, condition=condition, note=cmd.note, occurred_at=cmd.occurred_at)
    await spaces.set_room_status(work, room.id, change)


async def _locked(work: Work, task_id: UUID, permission: str) -> Task:
    task = await store.lock(work.tx, work.tenant_id, task_id)
    work.actor.need(permission, task.property_id)
    return task


async def _move(work: Work, task_id: UUID, permission: str, decide: Callable[[Task], Decision[Task]]) -> Task:
    task = await _locked(work, task_id, permission)
    return await keep(work, task, decide(task))
