"""A work order as a record, its words, and the commands about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from serai.areas.categories.model import OTHER
from serai.areas.costs.model import CostSum
from serai.areas.sla.model import Terms
from serai.areas.sla.model import Wait as Pause


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
class Relocation:
    """A stay (its public id) whose guest needs another room while this one is closed."""

    stay_id: str
    booking_reference: str


@dataclass(frozen=True, slots=True)
class WorkStep:
    """One step of the work (its public id); `reading` is what was measured at it."""

    id: str
    title: str
    done_at: datetime | None = None
    done_by: str | None = None
    reading: str | None = None


class LinkKind(StrEnum):
    """What one order has to do with another."""

    RELATED = "related"
    CAUSED_BY = "caused_by"
    BLOCKS = "blocks"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True)
class Link:
    """What this order has to do with another (its public id)."""

    kind: LinkKind
    order_id: str


@dataclass(frozen=True, slots=True)
class WorkOrder:
    """One fault from its first report on. `number` counts in its property; seconds blocked are summed when it goes on.

    `reason` is why it was called off, reopened or escalated last; `room_blocked_at` when its room was closed first.
    `symptom` is how what reports by itself knows the same fault again; `watchers` are public ids of staff.
    `terms` are what is promised of it, `waits` when its clock stood, `sla_at` when the next promise falls due.
    `terms_old`: something else may be promised by now, and the clock is to look before anything falls due.
    `escalated` are the steps of its terms that were taken, `escalated_to` the role that was told last.
    `costs` are the sums of its lines, by kind and currency.
    """

    id: UUID
    tenant_id: UUID
    property_id: UUID
    version: int
    number: int
    title: str
    description: str | None
    category: str
    severity: Severity
    safety_concern: bool
    state: OrderState
    triaged_at: datetime | None
    space_id: UUID | None
    room_number: str | None
    asset_id: UUID | None
    reports: tuple[Report, ...]
    assignee_id: UUID | None
    planned_start: datetime | None
    estimated_minutes: int | None
    blocked_reason: str | None
    blocked_until: datetime | None
    escalation_level: int
    escalated: tuple[str, ...]
    escalated_to: str | None
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
    room_blocked_at: datetime | None
    relocations: tuple[Relocation, ...]
    symptom: str | None
    steps: tuple[WorkStep, ...]
    links: tuple[Link, ...]
    watchers: tuple[str, ...]
    last_note: str | None
    labour_minutes: int
    costs: tuple[CostSum, ...]
    vendor_id: UUID | None
    terms: Terms
    terms_old: bool
    waits: tuple[Pause, ...]
    responded_at: datetime | None
    respond_due_at: datetime | None
    resolve_due_at: datetime | None
    respond_warned_at: datetime | None
    respond_breached_at: datetime | None
    resolve_warned_at: datetime | None
    resolve_breached_at: datetime | None
    sla_at: datetime | None
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class CreateOrder:
    """Report a fault. What is automatic names its `origin`; `booking_reference` is the guest's who complained."""

    property_id: UUID
    title: str
    category: str = OTHER
    severity: Severity = Severity.MEDIUM
    safety_concern: bool = False
    description: str | None = None
    space_id: UUID | None = None
    origin: Origin = Origin.STAFF
    booking_reference: str | None = None
    planned_start: datetime | None = None
    estimated_minutes: int | None = None
    symptom: str | None = None
    asset_id: UUID | None = None
    file_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportAgain:
    """The same fault, seen by somebody else."""

    text: str | None = None
    origin: Origin = Origin.STAFF
    booking_reference: str | None = None
    file_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody says while the work goes on."""

    id: UUID
    tenant_id: UUID
    property_id: UUID
    order_id: UUID
    at: datetime
    by: str
    by_id: UUID | None
    text: str


@dataclass(frozen=True, slots=True)
class TimeEntry:
    """Minutes that somebody worked; one that was a slip is void and counts no more."""

    id: UUID
    tenant_id: UUID
    property_id: UUID
    order_id: UUID
    staff_id: UUID
    minutes: int
    worked_at: datetime
    note: str | None
    at: datetime
    by: str
    voided_at: datetime | None


@dataclass(frozen=True, slots=True)
class Worked:
    """Minutes to write down; `worked_at` None is now, `staff_id` None is who says it."""

    minutes: int
    staff_id: UUID | None = None
    worked_at: datetime | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class ChangeStep:
    """What to change of a step: None leaves it as it is."""

    title: str | None = None
    done: bool | None = None
    reading: str | None = None


@dataclass(frozen=True, slots=True)
class ChangeOrder:
    """Change what is given; `version` is the one that was read."""

    version: int
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Triage:
    """Judge a report: None leaves a value as it is."""

    severity: Severity | None = None
    category: str | None = None
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
