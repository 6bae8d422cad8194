"""A work order as others see it."""

from __future__ import annotations

from typing import Final

from serai.areas.work_orders.events import CostData, LinkData, RelocationData, ReportData, StepData, WorkOrderData
from serai.areas.work_orders.model.order import OrderState, Report, RequestState, WorkOrder
from serai.kernel.ids import encode, encode_some


def data(order: WorkOrder) -> WorkOrderData:
    """The public record."""
    return WorkOrderData(
        id=encode("mnt", order.id), property_id=encode("prp", order.property_id), number=order.number,
        title=order.title, description=order.description, category=order.category,
        severity=order.severity.value, safety_concern=order.safety_concern, state=order.state.value,
        triaged=order.triaged_at is not None, space_id=encode_some("spc", order.space_id),
        room_number=order.room_number, asset_id=encode_some("ast", order.asset_id),
        reports=tuple(map(_report, order.reports)),
        assignee_id=encode_some("stf", order.assignee_id), planned_start=order.planned_start,
        estimated_minutes=order.estimated_minutes, blocked_reason=order.blocked_reason,
        blocked_until=order.blocked_until, escalation_level=order.escalation_level,
        escalated_to=order.escalated_to, reopened=order.reopened,
        problem=order.problem, cause=order.cause, remedy=order.remedy, reason=order.reason,
        reported_at=order.reported_at, assigned_at=order.assigned_at, started_at=order.started_at,
        blocked_at=order.blocked_at, blocked_seconds=order.blocked_seconds, resolved_at=order.resolved_at,
        resolved_by=encode_some("stf", order.resolved_by), verified_at=order.verified_at,
        verified_by=encode_some("stf", order.verified_by), cancelled_at=order.cancelled_at,
        room_blocked_at=order.room_blocked_at,
        relocations=tuple(RelocationData(one.stay_id, one.booking_reference) for one in order.relocations),
        symptom=order.symptom,
        steps=tuple(StepData(one.id, one.title, one.done_at, one.done_by, one.reading) for one in order.steps),
        links=tuple(LinkData(one.kind.value, one.order_id) for one in order.links), watchers=order.watchers,
        last_note=order.last_note, labour_minutes=order.labour_minutes,
        costs=tuple(CostData(one.kind.value, one.amount, one.currency) for one in order.costs),
        vendor_id=encode_some("vnd", order.vendor_id), sla_policy_id=order.terms.policy_id,
        responded_at=order.responded_at, respond_due_at=order.respond_due_at, resolve_due_at=order.resolve_due_at,
        respond_warned_at=order.respond_warned_at, respond_breached_at=order.respond_breached_at,
        resolve_warned_at=order.resolve_warned_at, resolve_breached_at=order.resolve_breached_at,
    )  # fmt: skip


_SEEN: Final = {
    OrderState.IN_PROGRESS: RequestState.IN_PROGRESS,
    OrderState.BLOCKED: RequestState.IN_PROGRESS,
    OrderState.RESOLVED: RequestState.COMPLETED,
    OrderState.VERIFIED: RequestState.COMPLETED,
    OrderState.CANCELLED: RequestState.CANCELLED,
}


def request_state(order: WorkOrder) -> RequestState:
    """Where it stands, seen as a request: what is planned for a moment, or given to somebody, is scheduled."""
    if order.state in _SEEN:
        return _SEEN[order.state]
    if order.planned_start is not None or order.state is OrderState.ASSIGNED:
        return RequestState.SCHEDULED
    return RequestState.TRIAGED if order.triaged_at else RequestState.REPORTED


def _report(one: Report) -> ReportData:
    return ReportData(one.at, one.by, one.by_id, one.origin.value, one.text, one.booking_reference)
