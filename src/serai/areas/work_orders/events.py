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
class RelocationData:
    """A stay whose guest needs another room."""

    stay_id: str
    booking_reference: str


@dataclass(frozen=True, slots=True)
class StepData:
    """One step of the work; `reading` is what was measured at it."""

    id: str
    title: str
    done_at: datetime | None
    done_by: str | None
    reading: str | None


@dataclass(frozen=True, slots=True)
class LinkData:
    """What an order has to do with another."""

    kind: str
    order_id: str


@dataclass(frozen=True, slots=True)
class CostData:
    """What it cost by now: labour, parts or invoices, in one currency; an exact decimal."""

    kind: str
    amount: str
    currency: str


@dataclass(frozen=True, slots=True)
class WorkOrderData:
    """A work order. `number` counts in its property; `blocked_until` is when work may go on, as far as known.

    `room_blocked_at` is when its room was first closed for it; `relocations` are the stays that were told of it.
    """

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
    asset_id: str | None
    reports: tuple[ReportData, ...]
    assignee_id: str | None
    planned_start: datetime | None
    estimated_minutes: int | None
    blocked_reason: str | None
    blocked_until: datetime | None
    escalation_level: int
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
    resolved_by: str | None
    verified_at: datetime | None
    verified_by: str | None
    cancelled_at: datetime | None
    room_blocked_at: datetime | None
    relocations: tuple[RelocationData, ...]
    symptom: str | None
    steps: tuple[StepData, ...]
    links: tuple[LinkData, ...]
    watchers: tuple[str, ...]
    last_note: str | None
    labour_minutes: int
    costs: tuple[CostData, ...]
    vendor_id: str | None
    sla_policy_id: str | None
    responded_at: datetime | None
    respond_due_at: datetime | None
    resolve_due_at: datetime | None
    respond_warned_at: datetime | None
    respond_breached_at: datetime | None
    resolve_warned_at: datetime | None
    resolve_breached_at: datetime | None


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
IN_PROGRESS = _updated(_NAME.format("in_progress"), "Somebody said how the work goes.")
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
SLA_WARNING = _order(_NAME.format("sla_warning"), "A promise is about to be broken.", socketio="sla:warning")
SLA_BREACHED = _order(
    _NAME.format("sla_breached"), "A promise is broken.", socketio="sla:violation", redis="maintenance:sla:violation",
)  # fmt: skip
ROOM_BLOCKED = _order(_NAME.format("room_blocked"), "Its room is closed until it is mended.",
                      socketio="work-order:room-blocked")  # fmt: skip
RELOCATION_REQUIRED = _order(_NAME.format("relocation_required"), "A guest needs another room meanwhile.",
                             socketio="work-order:relocation-required")  # fmt: skip

ALL = (
    CREATED, REPORTED_AGAIN, TRIAGED, UPDATED, ASSIGNED, STARTED, IN_PROGRESS, BLOCKED, UNBLOCKED, RESOLVED, VERIFIED,
    REOPENED, CANCELLED, ESCALATED, ROOM_BLOCKED, RELOCATION_REQUIRED, SLA_WARNING,
    SLA_BREACHED,
)  # fmt: skip
