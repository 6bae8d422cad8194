"""A work order as a record, its words, and the commands about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID


class OrderState(StrEnum):
    """Where an order stands."""

    OPEN = "open"
    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    BLOCKED = "blocked"
    RESOLVED = "resolved"
    VERIFIED = "verified"
    CANCELLED = "cancelled"


LIVE: Final = (OrderState.OPEN, OrderState.ASSIGNED, OrderState.IN_PROGRESS, OrderState.BLOCKED)
"""Before it is resolved: somebody still has to do something about the fault."""


class RequestState(StrEnum):
    """Where an order stands, seen as a request."""

    REPORTED = "reported"
    TRIAGED = "triaged"
    SCHEDULED = "scheduled"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class Severity(StrEnum):
    """How bad it is."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


class Category(StrEnum):
    """Whose trade it is."""

    PLUMBING = "plumbing"
    ELECTRICAL = "electrical"
    HVAC = "hvac"
    LOCK = "lock"
    GENERATOR = "generator"
    WATER = "water"
    STRUCTURAL = "structural"
    IT = "it"
    FURNITURE = "furniture"
    APPLIANCE = "appliance"
    SAFETY = "safety"
    OTHER = "other"


class Origin(StrEnum):
    """How a report came."""

    STAFF = "staff"
    GUEST_COMPLAINT = "guest_complaint"
    HOUSEKEEPING = "housekeeping"
    LOCK_ALERT = "lock_alert"
    PREVENTIVE = "preventive"
    DEVICE_ALARM = "device_alarm"
    PREDICTION = "prediction"
    PORTAL = "portal"
    VENDOR = "vendor"


@dataclass(frozen=True, slots=True)
class Report:
    """One report of the fault; `by_id` is the person's public id."""

    at: datetime
    by: str
    by_id: str | None
    origin: Origin
    text: str | None = None
    booking_reference: str | None = None


@dataclass(frozen=True, slots=True)
class WorkOrder:
    """One fault from its first report on. `number` counts in its property; seconds blocked are summed when it goes on.

    `reason` is why it was called off, reopened or escalated last.
    """

    id: UUID
    tenant_id: UUID
    property_id: UUID
    version: int
    number: int
    title: str
    description: str | None
    category: Category
    severity: Severity
    safety_concern: bool
    state: OrderState
    triaged_at: datetime | None
    space_id: UUID | None
    room_number: str | None
    reports: tuple[Report, ...]
    assignee_id: UUID | None
    planned_start: datetime | None
    estimated_minutes: int | None
    blocked_reason: str | None
    blocked_until: datetime | None
    escalation_level: int
    reopened: int
    problem: str | None
    cause: str | None
    remedy: str | None
    reason: str | None
    reported_at: datetime
    assigned_at: datetime | None
    started_at: datetime | None
    blocked_at: datetime | None
    blocked_seconds: int
    resolved_at: datetime | None
    resolved_by: UUID | None
    verified_at: datetime | None
    verified_by: UUID | None
    cancelled_at: datetime | None
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class CreateOrder:
    """Report a fault. What is automatic names its `origin`; `booking_reference` is the guest's who complained."""

    property_id: UUID
    title: str
    category: Category = Category.OTHER
    severity: Severity = Severity.MEDIUM
    safety_concern: bool = False
    description: str | None = None
    space_id: UUID | None = None
    origin: Origin = Origin.STAFF
    booking_reference: str | None = None
    planned_start: datetime | None = None
    estimated_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class ReportAgain:
    """The same fault, seen by somebody else."""

    text: str | None = None
    origin: Origin = Origin.STAFF
    booking_reference: str | None = None


@dataclass(frozen=True, slots=True)
class ChangeOrder:
    """Change what is given; `version` is the one that was read."""

    version: int
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Triage:
    """Judge a report: None leaves a value as it is."""

    severity: Severity | None = None
    category: Category | None = None
    safety_concern: bool | None = None


@dataclass(frozen=True, slots=True)
class Wait:
    """Work waits: for what, and until when if that is known."""

    reason: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Resolution:
    """What was wrong, why, and what was done about it."""

    remedy: str
    problem: str | None = None
    cause: str | None = None
