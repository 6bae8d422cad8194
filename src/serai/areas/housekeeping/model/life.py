"""The life of a task, as data."""

from __future__ import annotations

from typing import Any

from serai.areas.housekeeping import events
from serai.areas.housekeeping.model.task import BEGUN, OPEN, UNSTARTED, Task, TaskState, TaskType
from serai.kernel.actor import Actor, Held
from serai.kernel.errors import Conflict
from serai.kernel.machine import Machine, Step
from serai.kernel.text import text


class NotYours(Conflict):
    """Somebody else has this task."""

    code = "not_yours"


def only_inspections_fail_early(task: Task) -> str | None:
    """What is still being done cannot be found bad, unless it is the finding itself."""
    if task.state is TaskState.COMPLETED or task.type is TaskType.INSPECTION:
        return None
    return text("Only an inspection can fail before it is completed.")


MACHINE = Machine(
    "task",
    TaskState,
    TaskState.PENDING,
    (
        Step("assign", UNSTARTED, TaskState.ASSIGNED, "task.assign", events.ASSIGNED.name),
        Step("release", (TaskState.ASSIGNED,), TaskState.PENDING, "task.assign", events.UPDATED.name, door="flow"),
        Step("start", UNSTARTED, TaskState.IN_PROGRESS, "task.start", events.STARTED.name),
        Step("pause", (TaskState.IN_PROGRESS,), TaskState.PAUSED, "task.start", events.PAUSED.name),
        Step("resume", (TaskState.PAUSED,), TaskState.IN_PROGRESS, "task.start", events.RESUMED.name),
        Step("complete", BEGUN, TaskState.COMPLETED, "task.start", events.COMPLETED.name),
        Step("verify", (TaskState.COMPLETED,), TaskState.VERIFIED, "task.verify", events.VERIFIED.name),
        Step(
            "reject",
            (TaskState.COMPLETED, TaskState.IN_PROGRESS),
            TaskState.REJECTED,
            "task.verify",
            events.REJECTED.name,
            (only_inspections_fail_early,),
        ),
        Step("cancel", UNSTARTED, TaskState.CANCELLED, "task.cancel", events.CANCELLED.name),
        Step("refuse", OPEN, TaskState.REFUSED, "task.start", events.REFUSED.name),
    ),
)
_OURS = frozenset(one.name for one in MACHINE.steps if one.door != "route")
"""Moves that nobody asks for."""
_OWN = frozenset({"start", "pause", "resume", "complete", "refuse"})
"""The moves of the one who has the task, or of a supervisor."""


def mine(task: Held, actor: Actor) -> bool:
    """Whether this actor may do the task's work: nobody's, their own, or they give out tasks themselves."""
    return actor.works_on(task, "task.assign")


def take(name: str, task: Task, actor: Actor) -> Any:
    """The state after the step; refused when the machine does not open it, or the task is another's."""
    state = MACHINE.take(name, task)
    if name in _OWN and not mine(task, actor):
        raise NotYours
    return state


def allowed(task: Task, actor: Actor) -> tuple[str, ...]:
    """What this actor can do with the task now."""
    steps = MACHINE.open(task, lambda permission: actor.may(permission, task.property_id))
    found = [name for name in steps if name not in _OURS and (name not in _OWN or mine(task, actor))]
    if task.state in OPEN:
        marks = [("delay", "task.delay"), ("update", "task.update")]
        marks += [("help", "task.start")] if mine(task, actor) else []
        found += [name for name, permission in marks if actor.may(permission, task.property_id)]
    return tuple(found)
