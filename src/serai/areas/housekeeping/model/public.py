"""A task as others see it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from serai.areas.housekeeping.events import TaskData
from serai.areas.housekeeping.model.priority import level
from serai.areas.housekeeping.model.task import Task
from serai.kernel.ids import encode, encode_some

_AS_THEY_ARE = (
    "room_number", "floor", "booking_reference", "origin", "locked", "note", "due_at", "delayed_at", "delay_reason",
    "priority", "credits", "minutes", "reason", "opened_at", "assigned_at", "started_at", "paused_at",
    "paused_seconds", "completed_at", "verified_at", "created_at",
)  # fmt: skip


def data(task: Task) -> TaskData:
    """The public record."""
    return TaskData(**fields(task))


def fields(task: Task) -> dict[str, Any]:
    """The public record as a new dict, for answers."""
    place = encode_some("spc", task.space_id)
    return dict(
        id=encode("tsk", task.id),
        property_id=encode("prp", task.property_id),
        type=task.type.value,
        state=task.state.value,
        status=task.status,
        venue_id=place,
        space_id=place,
        room_id=place if task.room_number is not None else None,
        stay_id=encode_some("sty", task.stay_id),
        reclean_of=encode_some("tsk", task.reclean_of),
        assignee_id=encode_some("stf", task.assignee_id),
        completed_by=encode_some("stf", task.completed_by),
        verified_by=encode_some("stf", task.verified_by),
        delayed=task.delayed_at is not None,
        priority_level=level(task.priority).value,
        priority_parts=[{"name": one.name, "points": one.points, "why": one.why} for one in task.priority_parts],
        pinned=task.pinned is not None,
        checklist=[asdict(one) for one in task.checklist],
        **{name: getattr(task, name) for name in _AS_THEY_ARE},
    )
