"""Making tasks, once an origin, with what they take from their surroundings."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from serai.access.tenancy.service import get_property
from serai.areas.checklists import service as checklists
from serai.areas.housekeeping import model, store
from serai.areas.housekeeping.model import CreateTask, Place, Scene, Score, Setting, Task, TaskType
from serai.areas.spaces import service as spaces
from serai.areas.spaces.model import Room
from serai.areas.stays import service as stays
from serai.kernel.decision import Decision
from serai.kernel.errors import NotFound
from serai.runtime.db.tx import ReadTx
from serai.runtime.work import Work


async def create_task(work: Work, cmd: CreateTask) -> Task:
    """Make a task at somebody's wish. An origin that has made its task already gets that one."""
    work.actor.need("task.create", cmd.property_id)
    return await make_task(work, cmd)


async def make_task(work: Work, cmd: CreateTask) -> Task:
    """Make a task as a consequence of another act, whose permission was asked there."""
    if cmd.origin is not None and (there := await store.by_origin(work.tx, work.tenant_id, cmd.origin)):
        return there
    hotel = await get_property(work.tx, work.tenant_id, cmd.property_id)
    if cmd.stay_id is not None:
        stay = await stays.get_stay(work.tx, work.tenant_id, cmd.stay_id)
        if stay.property_id != cmd.property_id:
            raise NotFound
        cmd = replace(cmd, booking_reference=stay.booking_reference)
    space = await spaces.usable_space(work, cmd.property_id, cmd.space_id)
    room = space if isinstance(space, Room) else None
    setting = Setting(
        place_in(room, cmd.type) if room else Place(space.id if space else None),
        await checklists.lines_for(work.tx, work.tenant_id, cmd.property_id, cmd.type.value),
        hotel.policies.sla_minutes.get(cmd.type.value),
    )
    decision = model.create(work.new_id(), cmd, setting, work.actor, work.now)
    decision = model.scored(decision, await score_of(work.tx, decision.record, work.now, room))
    await store.insert(work, decision.record)
    work.record(decision.events)
    return decision.record


def place_in(room: Room, kind: TaskType) -> Place:
    """A room as a place of a task, with its credits for that kind of work."""
    return Place(room.id, room.number, room.floor, room.credits.get(kind.value))


async def rescored(tx: ReadTx, decision: Decision[Task], now: datetime) -> Decision[Task]:
    """The decision with the priority that follows from it."""
    return model.scored(decision, await score_of(tx, decision.record, now))


async def score_of(tx: ReadTx, task: Task, now: datetime, room: Room | None = None) -> Score:
    """The priority of a task, with what is known of its room (read, if it was not yet) and the next arrival there."""
    scene = Scene(task.type.value, task.opened_at, task.due_at, pinned=task.pinned)
    if task.room_number is not None and task.space_id is not None:
        room = room or await spaces.get_room(tx, task.tenant_id, task.space_id)
        coming = await stays.next_arrival(tx, task.tenant_id, task.space_id, now)
        scene = replace(scene, queued=room.queue)
        if coming is not None:
            scene = replace(scene, arrival_at=coming.eta or coming.arrival, vip=coming.vip)
    return model.score(scene, now)
