"""A work order as others see it."""

from __future__ import annotations

from typing import Final

from serai.areas.work_orders.events import ReportData, WorkOrderData
from serai.areas.work_orders.model.order import OrderState, Report, RequestState, WorkOrder
from serai.kernel.ids import encode, encode_some


def data(order: WorkOrder) -> WorkOrderData:
    """The public record."""
    return WorkOrderData(
        id=encode("mnt", order.id), property_id=encode("prp", order.property_id), number=order.number,
        title=order.title, description=order.description, category=order.category.value,
        severity=order.severity.value, safety_concern=order.safety_concern, state=order.state.value,
        triaged=order.triaged_at is not None, space_id=encode_some("spc", order.space_id),
        room_number=order.room_number, reports=tuple(map(_report, order.reports)),
        assignee_id=encode_some("stf", order.assignee_id), planned_start=order.planned_start,
        estimated_minutes=order.estimated_minutes, blocked_reason=order.blocked_reason,
        blocked_until=order.blocked_until, escalation_level=order.escalation_level, reopened=order.reopened,
        problem=order.problem, cause=order.cause, remedy=order.remedy, reason=order.reason,
        reported_at=order.reported_at, assigned_at=order.assigned_at, started_at=order.started_at,
        blocked_at=order.blocked_at, blocked_seconds=order.blocked_seconds, resolved_at=order.resolved_at,
        resolved_by=encode_some("stf", order.resolved_by), verified_at=order.verified_at,
        verified_by=encode_some("stf", order.verified_by), cancelled_at=order.cancelled_at,
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
