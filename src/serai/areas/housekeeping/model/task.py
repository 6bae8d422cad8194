"""A task as a record, its types and states, and the commands about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from serai.areas.checklists.model import Line
from serai.areas.housekeeping.model.priority import Part


class TaskType(StrEnum):
    """What is to be done."""

    CHECKOUT_CLEANING = "checkout_cleaning"
    STAY_OVER_CLEANING = "stay_over_cleaning"
    DEEP_CLEANING = "deep_cleaning"
    ARRIVAL_CHECK = "arrival_check"
    VACANT_CHECK = "vacant_check"
    INSPECTION = "inspection"
    TURNDOWN = "turndown"
    LINEN_CHANGE = "linen_change"
    PUBLIC_AREA_CLEANING = "public_area_cleaning"
    RESTOCKING = "restocking"
    MAINTENANCE_REPAIR = "maintenance_repair"
    LAUNDRY = "laundry"
    FLUSH = "flush"
    CUSTOM = "custom"


CLEANINGS: Final = (
    TaskType.CHECKOUT_CLEANING, TaskType.STAY_OVER_CLEANING, TaskType.DEEP_CLEANING, TaskType.FLUSH,
)  # fmt: skip
"""The types that move their room: starting makes it cleaning, completing makes it clean.

A flush is for a room that nobody used for days: the taps run, and it is made fit for a guest again.
"""
MINUTES: Final = {
    TaskType.CHECKOUT_CLEANING: 35,
    TaskType.STAY_OVER_CLEANING: 20,
    TaskType.DEEP_CLEANING: 120,
    TaskType.ARRIVAL_CHECK: 10,
    TaskType.VACANT_CHECK: 5,
    TaskType.INSPECTION: 10,
    TaskType.TURNDOWN: 10,
    TaskType.LINEN_CHANGE: 15,
    TaskType.PUBLIC_AREA_CLEANING: 30,
    TaskType.RESTOCKING: 15,
    TaskType.MAINTENANCE_REPAIR: 45,
    TaskType.LAUNDRY: 60,
    TaskType.FLUSH: 10,
    TaskType.CUSTOM: 20,
}
"""How many minutes of work a task is, where nobody said."""


class TaskState(StrEnum):
    """Where a task stands."""

    PENDING = "pending"
    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    PAUSED = "paused"
    COMPLETED = "completed"
    VERIFIED = "verified"
    REJECTED = "rejected"
    CANCELLED = "cancelled"
    REFUSED = "refused"


UNSTARTED: Final = (TaskState.PENDING, TaskState.ASSIGNED)
BEGUN: Final = (TaskState.IN_PROGRESS, TaskState.PAUSED)
OPEN: Final = (*UNSTARTED, *BEGUN)
STATUS: Final = {
    TaskState.PAUSED: "in_progress",
    TaskState.REJECTED: "completed",
    TaskState.REFUSED: "cancelled",
}
"""The five older words (and cancelled) for the states that they do not know."""


@dataclass(frozen=True, slots=True)
class Task:
    """A task. `minutes` is the work expected; `locked`: given by hand; `pinned`: a priority set by hand.

    `delayed_for` is the due value that `delayed` was last told for; `delay_at` and `priority_at` are the next
    moments at which the clock has something to do. `changed_at` is the instant of the last move.
    """

    id: UUID
    tenant_id: UUID
    property_id: UUID
    version: int
    type: TaskType
    state: TaskState
    space_id: UUID | None
    room_number: str | None
    floor: str | None
    stay_id: UUID | None
    booking_reference: str | None
    origin: str | None
    reclean_of: UUID | None
    assignee_id: UUID | None
    locked: bool
    note: str | None
    due_at: datetime | None
    delayed_at: datetime | None
    delayed_for: datetime | None
    delay_reason: str | None
    delay_at: datetime | None
    priority: int
    priority_parts: tuple[Part, ...]
    priority_at: datetime | None
    pinned: int | None
    credits: float | None
    minutes: int
    checklist: tuple[Line, ...]
    reason: str | None
    opened_at: datetime
    changed_at: datetime
    assigned_at: datetime | None
    started_at: datetime | None
    paused_at: datetime | None
    paused_seconds: int
    completed_at: datetime | None
    completed_by: UUID | None
    verified_at: datetime | None
    verified_by: UUID | None
    created_at: datetime

    @property
    def moves_room(self) -> bool:
        """Whether its start and end move its room."""
        return self.room_number is not None and self.type in CLEANINGS

    @property
    def status(self) -> str:
        """The state in the older words."""
        return STATUS.get(self.state, self.state.value)


@dataclass(frozen=True, slots=True)
class CreateTask:
    """A new task. `origin` makes it once and for all; `since` is when its cause happened, for the SLA.

    `space_id` is a room or another space; `due_at` None takes the property's minutes for the type.
    """

    property_id: UUID
    type: TaskType
    space_id: UUID | None = None
    origin: str | None = None
    stay_id: UUID | None = None
    booking_reference: str | None = None
    due_at: datetime | None = None
    since: datetime | None = None
    note: str | None = None
    minutes: int | None = None
    pinned: int | None = None
    reclean_of: UUID | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a task is, as it was when it was made or last moved."""

    space_id: UUID | None = None
    room_number: str | None = None
    floor: str | None = None
    credits: float | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """A move of a task; `occurred_at` is when it was done, up to 24 hours back. `reason` where one is asked."""

    occurred_at: datetime | None = None
    reason: str | None = None
    note: str | None = None
    answers: Mapping[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True, slots=True)
class Delay:
    """It will be later: why, and until when (None: not known)."""

    reason: str
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ChangeTask:
    """The fields to change, by name (note, due_at, pinned, minutes), answers by key, and the version read."""

    version: int
    fields: Mapping[str, Any] = field(default_factory=dict[str, Any])
    answers: Mapping[str, Any] = field(default_factory=dict[str, Any])
