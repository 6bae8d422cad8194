"""What becomes of a task: decisions about its life, its delay and its place."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from serai.areas.checklists.model import Line, answer, unanswered
from serai.areas.housekeeping import events
from serai.areas.housekeeping.model.life import NotYours, mine, take
from serai.areas.housekeeping.model.priority import Score
from serai.areas.housekeeping.model.public import data, fields
from serai.areas.housekeeping.model.task import (
    MINUTES,
    OPEN,
    ChangeTask,
    CreateTask,
    Delay,
    Move,
    Place,
    Task,
    TaskState,
)
from serai.kernel.actor import Actor, ActorKind
from serai.kernel.clock import as_told
from serai.kernel.decision import Decision
from serai.kernel.errors import Conflict, Fault, Invalid, Stale
from serai.kernel.event import Event, EventType, changes
from serai.kernel.text import text, word

LATE: Final = timedelta(hours=24)
"""How far back a move may be reported that was made offline."""
FRESH: Final = timedelta(minutes=5)
"""A cause that is told later than this starts the clock when it is told."""
OVERDUE: Final = "It was not finished when it was due."
_INTERNAL: Final = frozenset({"delay_at", "priority_at", "changed_at"})


@dataclass(frozen=True, slots=True)
class Setting:
    """What a new task takes from its surroundings: its place, its checklist, the minutes promised."""

    place: Place = field(default_factory=Place)
    checklist: tuple[Line, ...] = ()
    sla_minutes: int | None = None


def create(task_id: UUID, cmd: CreateTask, setting: Setting, actor: Actor, now: datetime) -> Decision[Task]:
    """A new task, pending. It is due when asked, else after the property's minutes from its cause."""
    opened = cmd.since if cmd.since is not None and timedelta(0) <= now - cmd.since <= FRESH else now
    due = cmd.due_at
    if due is None and setting.sla_minutes is not None:
        due = opened + timedelta(minutes=setting.sla_minutes)
    place = setting.place
    made = Task(
        id=task_id, tenant_id=actor.tenant_id, property_id=cmd.property_id, version=1,
        type=cmd.type, state=TaskState.PENDING,
        space_id=place.space_id, room_number=place.room_number, floor=place.floor,
        stay_id=cmd.stay_id, booking_reference=cmd.booking_reference, origin=cmd.origin, reclean_of=cmd.reclean_of,
        assignee_id=None, locked=False, note=cmd.note,
        due_at=due, delayed_at=None, delayed_for=None, delay_reason=None, delay_at=due,
        priority=0, priority_parts=(), priority_at=None, pinned=cmd.pinned,
        credits=place.credits, minutes=cmd.minutes or MINUTES[cmd.type], checklist=setting.checklist, reason=None,
        opened_at=opened, changed_at=now, assigned_at=None, started_at=None, paused_at=None, paused_seconds=0,
        completed_at=None, completed_by=None, verified_at=None, verified_by=None, created_at=now,
    )  # fmt: skip
    return Decision(made, (_event(events.CREATED, None, made),))


def assign(task: Task, staff_id: UUID, actor: Actor, now: datetime, *, by_hand: bool = True) -> Decision[Task]:
    """Give the task to somebody. By hand the choice is kept by every later plan."""
    state = take("assign", task, actor)
    if task.assignee_id == staff_id and task.locked >= by_hand:
        return Decision(task)
    assigned_at = task.assigned_at if task.assignee_id == staff_id else now
    after = replace(task, state=state, assignee_id=staff_id, locked=by_hand, assigned_at=assigned_at)
    return _told(events.ASSIGNED, task, after)


def release(task: Task, actor: Actor) -> Decision[Task]:
    """Nobody's again: who had it does not come."""
    after = replace(task, state=take("release", task, actor), assignee_id=None, locked=False, assigned_at=None)
    return _told(events.UPDATED, task, after)


def start(task: Task, cmd: Move, actor: Actor, now: datetime) -> Decision[Task]:
    """Begin. Who starts what nobody has (or, as a supervisor, what another has) takes it."""
    state = take("start", task, actor)
    at = moment(task, cmd, now)
    first = Decision(task)
    if actor.kind is ActorKind.STAFF and task.assignee_id != actor.id:
        own = replace(task, state=TaskState.ASSIGNED, assignee_id=actor.id, locked=True, assigned_at=at)
        first = _told(events.ASSIGNED, task, own)
    after = replace(first.record, state=state, started_at=at, changed_at=at, note=cmd.note or task.note)
    return _then(first, events.STARTED, after)


def pause(task: Task, cmd: Move, actor: Actor, now: datetime) -> Decision[Task]:
    """Interrupt the work; the time until it goes on is not worked."""
    state, at = take("pause", task, actor), moment(task, cmd, now)
    return _told(events.PAUSED, task, replace(task, state=state, paused_at=at, changed_at=at, reason=cmd.reason))


def resume(task: Task, cmd: Move, actor: Actor, now: datetime) -> Decision[Task]:
    """Go on."""
    state, at = take("resume", task, actor), moment(task, cmd, now)
    return _told(events.RESUMED, task, replace(_unpaused(task, at), state=state, changed_at=at, reason=None))


def complete(task: Task, cmd: Move, actor: Actor, now: datetime) -> Decision[Task]:
    """The work is done. Refused while a required line of the checklist has no answer."""
    state, at = take("complete", task, actor), moment(task, cmd, now)
    lines = answer(task.checklist, cmd.answers)
    if missing := unanswered(lines):
        raise Invalid("The checklist is not finished.", faults=missing)
    after = replace(
        _unpaused(task, at), state=state, checklist=lines, completed_at=at, completed_by=actor.id, changed_at=at,
        reason=None, note=cmd.note or task.note,
    )  # fmt: skip
    return _told(events.COMPLETED, task, after)


def finish(task: Task, cmd: Move, actor: Actor, now: datetime) -> Decision[Task]:
    """Complete it from wherever it stands: what was not started is started in the same act."""
    if task.state in {TaskState.IN_PROGRESS, TaskState.PAUSED}:
        return complete(task, cmd, actor, now)
    begun = start(task, Move(occurred_at=cmd.occurred_at), actor, now)
    ended = complete(begun.record, cmd, actor, now)
    return Decision(ended.record, (*begun.events, *ended.events))


def verify(task: Task, cmd: Move, actor: Actor, now: datetime) -> Decision[Task]:
    """Found good."""
    state, at = take("verify", task, actor), moment(task, cmd, now)
    after = replace(task, state=state, verified_at=at, verified_by=actor.id, changed_at=at, note=cmd.note or task.note)
    return _told(events.VERIFIED, task, after)


def reject(task: Task, cmd: Move, actor: Actor, now: datetime) -> Decision[Task]:
    """Found not good: the task ends, with the reason."""
    return _ended("reject", events.REJECTED, task, cmd, actor, now)


def cancel(task: Task, cmd: Move, actor: Actor, now: datetime) -> Decision[Task]:
    """Called off before it began."""
    return _ended("cancel", events.CANCELLED, task, cmd, actor, now)


def refuse(task: Task, cmd: Move, actor: Actor, now: datetime) -> Decision[Task]:
    """Not done, as the guest wished or for another reason."""
    return _ended("refuse", events.REFUSED, task, cmd, actor, now)


def delay(task: Task, cmd: Delay, now: datetime) -> Decision[Task]:
    """Mark it as delayed, by hand. It is told once per due value; a further word on the same one is an update.

    Refused: a new due time that is not later than the old one, or a delay without any due time.
    """
    _still_open(task)
    due = cmd.due_at or task.due_at
    if due is None or (due != task.due_at and due <= max(now, task.due_at or now)):
        raise Invalid(faults=[Fault("/due_at", "a new due time that lies ahead")])
    if task.delayed_at is not None and due == task.due_at and cmd.reason == task.delay_reason:
        return Decision(task)
    kind = events.UPDATED if _told_late(task) else events.DELAYED
    after = replace(task, due_at=due, delayed_at=now, delayed_for=task.due_at, delay_reason=cmd.reason)
    return _told(kind, task, after)


def ask_help(task: Task, cmd: Move, actor: Actor, now: datetime) -> Decision[Task]:
    """Ask for help with what is open and one's own, or nobody's; it is told, and nothing of the task changes."""
    _still_open(task)
    if not mine(task, actor):
        raise NotYours
    at = moment(task, cmd, now)
    told = _told(events.HELP_ASKED, task, task)
    asked = events.HelpData(**fields(told.record), help_note=cmd.note, help_asked_at=at)
    return Decision(told.record, tuple(replace(one, data=asked) for one in told.events))


def overdue(task: Task, now: datetime) -> Decision[Task]:
    """The due moment has passed: marked by the clock, once per due value."""
    after = replace(task, delayed_at=now, delayed_for=task.due_at, delay_reason=task.delay_reason or OVERDUE)
    return _told(events.DELAYED, task, after)


def update(task: Task, cmd: ChangeTask) -> Decision[Task]:
    """Change what is described, and answer the checklist. A change meanwhile by somebody else is refused."""
    if task.version != cmd.version:
        raise Stale
    _still_open(task)
    after = replace(task, **cmd.fields, checklist=answer(task.checklist, cmd.answers))
    if after.due_at != task.due_at:
        after = replace(after, delayed_at=None, delay_reason=None)
    return _told(events.UPDATED, task, after) if after != task else Decision(task)


def follow(task: Task, place: Place) -> Decision[Task]:
    """Go with the guest to another room; what has begun stays where it is."""
    if task.started_at is not None or task.state not in OPEN or task.space_id == place.space_id:
        return Decision(task)
    after = replace(
        task, space_id=place.space_id, room_number=place.room_number, floor=place.floor, credits=place.credits
    )
    return _told(events.UPDATED, task, after)


def scored(decision: Decision[Task], score: Score) -> Decision[Task]:
    """The same decision with the priority as it is after it; the priority itself is no fact."""
    after = replace(
        decision.record, priority=score.value, priority_parts=score.parts, priority_at=_while_open(decision, score)
    )
    told = [*decision.events]
    if told:
        told[-1] = replace(told[-1], data=data(after))
    return Decision(after, tuple(told))


def moment(task: Task, cmd: Move, now: datetime) -> datetime:
    """When the move was made: now, or as told; not ahead, not over 24 hours back, not before the last move."""
    if cmd.occurred_at is None:
        return max(now, task.changed_at)
    at = as_told(cmd.occurred_at, task.changed_at, now)
    if not now - LATE <= at <= now:
        raise Invalid(faults=[Fault("/occurred_at", "within the last 24 hours")])
    if at < task.changed_at:
        raise Invalid(faults=[Fault("/occurred_at", "not before the last change of the task")])
    return at


def _while_open(decision: Decision[Task], score: Score) -> datetime | None:
    return score.changes_at if decision.record.state in OPEN else None


def _ended(name: str, kind: EventType, task: Task, cmd: Move, actor: Actor, now: datetime) -> Decision[Task]:
    state, at = take(name, task, actor), moment(task, cmd, now)
    if not cmd.reason:
        raise Invalid("Say why.", faults=[Fault("/reason", "is needed")])
    after = replace(_unpaused(task, at), state=state, reason=cmd.reason, changed_at=at, note=cmd.note or task.note)
    return _told(kind, task, after)


def _unpaused(task: Task, at: datetime) -> Task:
    if task.paused_at is None:
        return task
    waited = max(0, int((at - task.paused_at).total_seconds()))
    return replace(task, paused_at=None, paused_seconds=task.paused_seconds + waited)


def _still_open(task: Task) -> None:
    if task.state not in OPEN:
        raise Conflict(text("The task is {state}.", state=word(task.state)), state=task.state.value)


def _told_late(task: Task) -> bool:
    """Whether `delayed` has been told for the due value it has."""
    return task.due_at is not None and task.delayed_for == task.due_at


def _clocked(task: Task) -> Task:
    """The task with the moment at which the clock looks at its due time; none when that is told or it has ended."""
    waits = task.state in OPEN and not _told_late(task)
    return replace(
        task, delay_at=task.due_at if waits else None, priority_at=task.priority_at if task.state in OPEN else None
    )


def _told(kind: EventType, before: Task, after: Task) -> Decision[Task]:
    return _then(Decision(before), kind, after)


def _then(first: Decision[Task], kind: EventType, after: Task) -> Decision[Task]:
    after = _clocked(replace(after, version=first.record.version + 1))
    return Decision(after, (*first.events, _event(kind, first.record, after)))


def _event(kind: EventType, before: Task | None, after: Task) -> Event:
    changed: dict[str, Any] = {name: pair for name, pair in changes(before, after).items() if name not in _INTERNAL}
    return Event(kind, after.property_id, after.id, after.version, data(after), changed)
