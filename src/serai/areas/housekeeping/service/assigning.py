"""Giving tasks to people: one, many, or by a plan that says why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from serai.access.identity import service as identity
from serai.access.identity.model import Staff
from serai.access.tenancy import service as tenancy
from serai.areas.housekeeping import model, store
from serai.areas.housekeeping.model import Choice, Hand, Job, Task, TaskState, TaskType
from serai.areas.housekeeping.service.working import keep
from serai.areas.staffing import service as staffing
from serai.areas.staffing.model import Available
from serai.areas.stays import service as stays
from serai.kernel.errors import Conflict, NotFound, Refusal
from serai.kernel.text import Text, text
from serai.runtime.db.tx import ReadTx
from serai.runtime.work import Work

SHIFT: Final = 480
"""Minutes of a shift, where nobody says how many an attendant has."""
AHEAD: Final = timedelta(hours=2)
"""Who begins to work this soon is counted in."""
SOON: Final = timedelta(hours=24)
"""Arrivals nearer than this come first."""
MOST: Final = 200
_BY_SOMEBODY: Final = text("It was given by hand.")
_BY_HAND: Final = {
    TaskType.INSPECTION: text("An inspection is given out by hand."),
    TaskType.MAINTENANCE_REPAIR: text("A repair is given out by hand."),
}


@dataclass(frozen=True, slots=True)
class AutoAssign:
    """Give out the tasks of a property: these (None: all that wait) to these people.

    `staff` maps people to the minutes they have, None: what is left of their shift, else a whole one. Without it
    the housekeepers on shift, or all of them where the property keeps no roster.
    """

    property_id: UUID
    task_ids: tuple[UUID, ...] | None = None
    staff: Mapping[UUID, int | None] | None = None
    preview: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """Who got what and why, what was kept as it was, and the minutes that each has left after it."""

    given: list[Choice] = field(default_factory=list[Choice])
    kept: list[Choice] = field(default_factory=list[Choice])
    left: list[Choice] = field(default_factory=list[Choice])
    hands: list[Hand] = field(default_factory=list[Hand])
    tasks: Mapping[UUID, Task] = field(default_factory=dict[UUID, Task])


@dataclass(frozen=True, slots=True)
class Given:
    """What became of one task of many: the task, or why it was refused."""

    task_id: UUID
    task: Task | None
    refusal: Refusal | None = None


async def assign(work: Work, task_id: UUID, staff_id: UUID) -> Task:
    """Give a task to somebody who works in its property; plans keep the choice."""
    task = await store.lock(work.tx, work.tenant_id, task_id)
    work.actor.need("task.assign", task.property_id)
    await identity.get_worker(work.tx, task.tenant_id, staff_id, task.property_id)
    return await keep(work, task, model.assign(task, staff_id, work.actor, work.now))


async def bulk_assign(work: Work, pairs: Sequence[tuple[UUID, UUID]], *, planned: bool = False) -> list[Given]:
    """Give out many tasks at once. An id that is not here refuses all; a task that is not open only itself.

    `planned`: as a plan does it, so that what somebody gave by hand meanwhile stays where it is.
    """
    tasks = {one.id: one for one in await store.lock_many(work.tx, work.tenant_id, [one for one, _ in pairs])}
    for task_id, staff_id in pairs:
        if task_id not in tasks:
            raise NotFound
        work.actor.need("task.assign", tasks[task_id].property_id)
        await identity.get_worker(work.tx, work.tenant_id, staff_id, tasks[task_id].property_id)
    results: list[Given] = []
    for task_id, staff_id in pairs:
        try:
            if planned and tasks[task_id].locked and tasks[task_id].assignee_id != staff_id:
                raise Conflict(_BY_SOMEBODY)
            decision = model.assign(tasks[task_id], staff_id, work.actor, work.now, by_hand=not planned)
        except Refusal as refusal:
            results.append(Given(task_id, None, refusal))
        else:
            tasks[task_id] = await keep(work, tasks[task_id], decision)
            results.append(Given(task_id, tasks[task_id]))
    return results


async def auto_assign(work: Work, cmd: AutoAssign) -> Outcome:
    """Plan and (unless it is a preview) give out. What has begun or was chosen by hand stays where it is."""
    work.actor.need("task.assign", cmd.property_id)
    tasks = await store.lock_given(work.tx, work.tenant_id, cmd.property_id)
    wanted = {one.id for one in tasks} if cmd.task_ids is None else set(cmd.task_ids)
    if wanted - {one.id for one in tasks}:
        raise NotFound("Some of the tasks are not here, or not open.")
    hands = await _hands(work, cmd, tasks)
    kept, jobs = _sorted_out([one for one in tasks if one.id in wanted], {one.id for one in hands}, cmd)
    hotel = await tenancy.get_property(work.tx, work.tenant_id, cmd.property_id)
    choices = model.plan([await _job(work.tx, one, work.now) for one in jobs], hands, ZoneInfo(hotel.zone))
    given = [one for one in choices if one.staff_id is not None]
    by_id = {one.id: one for one in tasks}
    if not cmd.preview:
        for one in given:
            by_id[one.task_id] = await _give(work, by_id[one.task_id], one)
    held = [one for one in choices if one.staff_id is None]
    return Outcome(
        given,
        [one for one in kept if one.staff_id is not None],
        held + [one for one in kept if one.staff_id is None],
        [_after(hand, given, by_id) for hand in hands],
        by_id,
    )


async def _give(work: Work, task: Task, choice: Choice) -> Task:
    if choice.staff_id is None:
        return task
    return await keep(work, task, model.assign(task, choice.staff_id, work.actor, work.now, by_hand=False))


def _sorted_out(tasks: Sequence[Task], hands: set[UUID], cmd: AutoAssign) -> tuple[list[Choice], list[Task]]:
    """What the plan leaves alone, with the reason, and what it gives out."""
    kept: list[Choice] = []
    jobs: list[Task] = []
    for task in tasks:
        why = _why_kept(task, hands)
        if why is None and cmd.task_ids is None and task.type in _BY_HAND:
            why = _BY_HAND[task.type]
        if why is None:
            jobs.append(task)
        else:
            kept.append(Choice(task.id, task.assignee_id, why))
    return kept, jobs


def _why_kept(task: Task, hands: set[UUID]) -> Text | None:
    if task.state in model.BEGUN:
        return text("It has begun.")
    if task.state is TaskState.ASSIGNED and task.locked:
        return _BY_SOMEBODY
    if task.state is TaskState.ASSIGNED and task.assignee_id in hands:
        return text("It is given already.")
    return None


async def _hands(work: Work, cmd: AutoAssign, tasks: Sequence[Task]) -> list[Hand]:
    role = "housekeeper" if cmd.staff is None else None
    here = {one.id: one for one in await identity.list_staff(work.tx, work.tenant_id, cmd.property_id, role)}
    found = await staffing.on_shift(work.tx, work.tenant_id, cmd.property_id, work.now, ahead=AHEAD)
    there = {one.staff_id: one for one in found}
    if cmd.staff is not None:
        asked: Mapping[UUID, int | None] = cmd.staff
    elif await staffing.keeps_roster(work.tx, work.tenant_id, cmd.property_id, work.now):
        asked = dict.fromkeys(one for one in here if one in there)
    else:
        asked = dict.fromkeys(here)
    if set(asked) - set(here):
        raise NotFound("Some of the people do not work here.")
    return [_hand(here[one], minutes, there.get(one), tasks) for one, minutes in asked.items()]


async def release_of(work: Work, property_id: UUID, staff_id: UUID) -> int:
    """Who has them does not come: what was given to this person and has not begun waits again; how many."""
    tasks = await store.lock_given(work.tx, work.tenant_id, property_id)
    given = [one for one in tasks if one.assignee_id == staff_id and one.state is TaskState.ASSIGNED]
    for task in given:
        await keep(work, task, model.release(task, work.actor))
    return len(given)


def _hand(person: Staff, minutes: int | None, shift: Available | None, tasks: Sequence[Task]) -> Hand:
    if minutes is None:
        minutes = shift.minutes if shift else SHIFT
    return _loaded(Hand(person.id, person.name, minutes, skills=shift.skills if shift else frozenset()), tasks)


def _loaded(hand: Hand, tasks: Sequence[Task]) -> Hand:
    own = [one for one in tasks if one.assignee_id == hand.id]
    floors = frozenset(one.floor for one in own if one.floor is not None)
    return replace(hand, minutes=hand.minutes - sum(one.minutes for one in own), floors=floors)


def _after(hand: Hand, given: Sequence[Choice], tasks: Mapping[UUID, Task]) -> Hand:
    used = sum(tasks[one.task_id].minutes for one in given if one.staff_id == hand.id)
    return replace(hand, minutes=hand.minutes - used)


async def _job(tx: ReadTx, task: Task, now: datetime) -> Job:
    job = Job(
        task.id, task.minutes, task.priority, task.floor, task.room_number, due_at=task.due_at, skill=task.type.value
    )
    if task.room_number is None or task.space_id is None:
        return job
    coming = await stays.next_arrival(tx, task.tenant_id, task.space_id, now)
    at = None if coming is None else coming.eta or coming.arrival
    return job if at is None or at - now > SOON else replace(job, arrival_at=at)
