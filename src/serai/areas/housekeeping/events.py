"""The facts about housekeeping tasks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from serai.kernel.event import EventType


@dataclass(frozen=True, slots=True)
class TaskData:
    """A task; `status`, `venue_id` and `booking_reference` are the names by which older consumers know it."""

    id: str
    property_id: str
    type: str
    state: str
    status: str
    venue_id: str | None
    space_id: str | None
    room_id: str | None
    room_number: str | None
    floor: str | None
    stay_id: str | None
    booking_reference: str | None
    origin: str | None
    reclean_of: str | None
    assignee_id: str | None
    locked: bool
    note: str | None
    due_at: datetime | None
    delayed: bool
    delayed_at: datetime | None
    delay_reason: str | None
    priority: int
    priority_level: str
    priority_parts: list[dict[str, Any]]
    pinned: bool
    credits: float | None
    minutes: int
    checklist: list[dict[str, Any]]
    reason: str | None
    opened_at: datetime
    assigned_at: datetime | None
    started_at: datetime | None
    paused_at: datetime | None
    paused_seconds: int
    completed_at: datetime | None
    completed_by: str | None
    verified_at: datetime | None
    verified_by: str | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class HelpData(TaskData):
    """A task for which somebody asks for help: what they said, and when that was."""

    help_note: str | None
    help_asked_at: datetime


def _task(verb: str, summary: str, rabbitmq: str | None = None, payload: type[TaskData] = TaskData) -> EventType:
    return EventType(
        f"housekeeping.task.{verb}.v1",
        summary,
        "tsk",
        payload,
        rabbitmq=rabbitmq,
        socketio=f"task:{verb.replace('_', '-')}",
        permission="task.read",
    )


CREATED = _task("created", "A task was made.", "task.created")
ASSIGNED = _task("assigned", "A task was given to somebody.")
STARTED = _task("started", "Work on a task began.")
PAUSED = _task("paused", "Work on a task was interrupted.")
RESUMED = _task("resumed", "Work on a task went on.")
COMPLETED = _task("completed", "The work of a task was done.", "task.completed")
VERIFIED = _task("verified", "A completed task was found good.")
REJECTED = _task("rejected", "A task was found not good; a re-clean follows.")
CANCELLED = _task("cancelled", "A task that had not begun was called off.")
REFUSED = _task("refused", "The guest did not want the service, or was not to be disturbed.")
DELAYED = _task("delayed", "A task will be, or is, later than it was due.", "task.delayed")
UPDATED = _task("updated", "A task was changed.")
HELP_ASKED = _task("help_asked", "Somebody asks for help with a task; nothing else of it changed.", payload=HelpData)

ALL = (
    CREATED, ASSIGNED, STARTED, PAUSED, RESUMED, COMPLETED, VERIFIED, REJECTED, CANCELLED, REFUSED, DELAYED, UPDATED,
    HELP_ASKED,
)  # fmt: skip
