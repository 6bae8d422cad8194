"""The facts about work orders."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from serai.kernel.event import EventType


@dataclass(frozen=True, slots=True)
class ReportData:
    """One report of the fault. `origin` says how it came."""

    at: datetime
    by: str
    by_id: str | None
    origin: str
    text: str | None
    booking_reference: str | None


@dataclass(frozen=True, slots=True)
class WorkOrderData:
    """A work order. `number` counts in its property; `blocked_until` is when work may go on, as far as known."""

    id: str
    property_id: str
    number: int
    title: str
    description: str | None
    category: str
    severity: str
    safety_concern: bool
    state: str
    triaged: bool
    space_id: str | None
    room_number: str | None
    reports: tuple[ReportData, ...]
    assignee_id: str | None
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
    resolved_by: str | None
    verified_at: datetime | None
    verified_by: str | None
    cancelled_at: datetime | None


_order = partial(EventType, subject="mnt", payload=WorkOrderData, permission="workorder.read")
_updated = partial(_order, socketio="work-order:updated", redis="maintenance:work-order:updated")
_NAME = "maintenance.work_order.{}.v1"
CREATED = _order(
    _NAME.format("created"), "A fault was reported, or work asked for.",
    socketio="work-order:created", redis="maintenance:work-order:created",
)  # fmt: skip
REPORTED_AGAIN = _updated(_NAME.format("reported_again"), "Somebody reported the same fault.")
TRIAGED = _updated(_NAME.format("triaged"), "Somebody judged how bad it is and whose trade.")
UPDATED = _updated(_NAME.format("updated"), "What is described was changed.")
ASSIGNED = _updated(_NAME.format("assigned"), "It was given to somebody.")
STARTED = _updated(_NAME.format("started"), "Work began.")
BLOCKED = _updated(_NAME.format("blocked"), "Work waits for something.")
UNBLOCKED = _updated(_NAME.format("unblocked"), "Work may go on.")
RESOLVED = _order(
    _NAME.format("resolved"), "The fault is mended.", rabbitmq="maintenance.resolved",
    socketio="work-order:completed", redis="maintenance:work-order:completed",
)  # fmt: skip
VERIFIED = _updated(_NAME.format("verified"), "Somebody else found it good.")
REOPENED = _updated(_NAME.format("reopened"), "It was found not good; work goes on.")
CANCELLED = _updated(_NAME.format("cancelled"), "It was called off.")
ESCALATED = _updated(_NAME.format("escalated"), "It was brought to somebody higher.")

ALL = (
    CREATED, REPORTED_AGAIN, TRIAGED, UPDATED, ASSIGNED, STARTED, BLOCKED, UNBLOCKED, RESOLVED, VERIFIED, REOPENED,
    CANCELLED, ESCALATED,
)  # fmt: skip
