"""What becomes of a work order."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final
from uuid import UUID

from serai.areas.work_orders import events
from serai.areas.work_orders.model.life import take
from serai.areas.work_orders.model.order import (
    LIVE,
    ChangeOrder,
    CreateOrder,
    OrderState,
    Report,
    ReportAgain,
    Resolution,
    Triage,
    Wait,
    WorkOrder,
)
from serai.areas.work_orders.model.public import data
from serai.kernel.actor import Actor, ActorKind
from serai.kernel.decision import Decision
from serai.kernel.errors import Conflict, Stale
from serai.kernel.event import Event, EventType, changes
from serai.kernel.ids import encode_some

MOST_REPORTS: Final = 100
_INTERNAL: Final = frozenset({"changed_at"})


def create(
    order_id: UUID, number: int, cmd: CreateOrder, room_number: str | None, actor: Actor, now: datetime
) -> Decision[WorkOrder]:
    """A new order, open, with its first report."""
    report = Report(now, actor.name, _who(actor), cmd.origin, cmd.description, cmd.booking_reference)
    made = WorkOrder(
        id=order_id, tenant_id=actor.tenant_id, property_id=cmd.property_id, version=1, number=number,
        title=cmd.title, description=cmd.description, category=cmd.category, severity=cmd.severity,
        safety_concern=cmd.safety_concern, state=OrderState.OPEN, triaged_at=None,
        space_id=cmd.space_id, room_number=room_number, reports=(report,),
        assignee_id=None, planned_start=cmd.planned_start, estimated_minutes=cmd.estimated_minutes,
        blocked_reason=None, blocked_until=None, escalation_level=0, reopened=0,
        problem=None, cause=None, remedy=None, reason=None,
        reported_at=now, assigned_at=None, started_at=None, blocked_at=None, blocked_seconds=0,
        resolved_at=None, resolved_by=None, verified_at=None, verified_by=None, cancelled_at=None, changed_at=now,
    )  # fmt: skip
    return Decision(made, (_event(events.CREATED, None, made),))


def report(order: WorkOrder, cmd: ReportAgain, actor: Actor, now: datetime) -> Decision[WorkOrder]:
    """The same fault again: the order keeps all who reported it."""
    _live(order)
    if len(order.reports) >= MOST_REPORTS:
        raise Conflict(f"This order has {MOST_REPORTS} reports.")
    added = Report(now, actor.name, _who(actor), cmd.origin, cmd.text, cmd.booking_reference)
    return _told(events.REPORTED_AGAIN, order, replace(order, reports=(*order.reports, added)), now)


def triage(order: WorkOrder, cmd: Triage, now: datetime) -> Decision[WorkOrder]:
    """Judge it; judged again it is told only if something differs."""
    _live(order)
    after = replace(
        order,
        severity=cmd.severity or order.severity,
        category=cmd.category or order.category,
        safety_concern=order.safety_concern if cmd.safety_concern is None else cmd.safety_concern,
        triaged_at=order.triaged_at or now,
    )
    return _told(events.TRIAGED, order, after, now)


def update(order: WorkOrder, cmd: ChangeOrder, now: datetime) -> Decision[WorkOrder]:
    """Change what is described. A change meanwhile by somebody else is refused."""
    if order.version != cmd.version:
        raise Stale
    _live(order)
    return _told(events.UPDATED, order, replace(order, **cmd.fields), now)


def assign(order: WorkOrder, staff_id: UUID, actor: Actor, now: datetime) -> Decision[WorkOrder]:
    """Give it to somebody; given to the same person again nothing changes."""
    state = take("assign", order, actor)
    if order.assignee_id == staff_id:
        return Decision(order)
    return _told(events.ASSIGNED, order, replace(order, state=state, assignee_id=staff_id, assigned_at=now), now)


def start(order: WorkOrder, actor: Actor, now: datetime) -> Decision[WorkOrder]:
    """Begin. Who starts what nobody has (or, as a supervisor, what another has) takes it."""
    state = take("start", order, actor)
    first = Decision(order)
    if actor.kind is ActorKind.STAFF and order.assignee_id != actor.id:
        own = replace(order, state=OrderState.ASSIGNED, assignee_id=actor.id, assigned_at=now)
        first = _told(events.ASSIGNED, order, own, now)
    after = replace(first.record, state=state, started_at=order.started_at or now)
    return _then(first, events.STARTED, after, now)


def block(order: WorkOrder, cmd: Wait, actor: Actor, now: datetime) -> Decision[WorkOrder]:
    """Work waits."""
    state = take("block", order, actor)
    after = replace(order, state=state, blocked_reason=cmd.reason, blocked_until=cmd.until, blocked_at=now)
    return _told(events.BLOCKED, order, after, now)


def unblock(order: WorkOrder, actor: Actor, now: datetime) -> Decision[WorkOrder]:
    """Work goes on; the seconds that it waited are summed."""
    state = take("unblock", order, actor)
    return _told(events.UNBLOCKED, order, replace(_free(order, now), state=state), now)


def resolve(order: WorkOrder, cmd: Resolution, actor: Actor, now: datetime) -> Decision[WorkOrder]:
    """The fault is mended."""
    state = take("resolve", order, actor)
    after = replace(
        _free(order, now), state=state, remedy=cmd.remedy, problem=cmd.problem or order.problem,
        cause=cmd.cause or order.cause, resolved_at=now, resolved_by=actor.id,
    )  # fmt: skip
    return _told(events.RESOLVED, order, after, now)


def finish(order: WorkOrder, cmd: Resolution, actor: Actor, now: datetime) -> Decision[WorkOrder]:
    """Resolve it from wherever it stands: what was not started is taken and started in the same act."""
    if order.state not in {OrderState.OPEN, OrderState.ASSIGNED}:
        return resolve(order, cmd, actor, now)
    begun = start(order, actor, now)
    ended = resolve(begun.record, cmd, actor, now)
    return Decision(ended.record, (*begun.events, *ended.events))


def verify(order: WorkOrder, actor: Actor, now: datetime) -> Decision[WorkOrder]:
    """Found good, by somebody else than who resolved it."""
    state = take("verify", order, actor)
    return _told(events.VERIFIED, order, replace(order, state=state, verified_at=now, verified_by=actor.id), now)


def reopen(order: WorkOrder, reason: str, actor: Actor, now: datetime) -> Decision[WorkOrder]:
    """Found not good: it is its assignee's again."""
    state = take("reopen", order, actor)
    after = replace(order, state=state, reason=reason, reopened=order.reopened + 1, resolved_at=None, resolved_by=None)
    return _told(events.REOPENED, order, after, now)


def cancel(order: WorkOrder, reason: str, actor: Actor, now: datetime) -> Decision[WorkOrder]:
    """Called off."""
    state = take("cancel", order, actor)
    return _told(events.CANCELLED, order, replace(_free(order, now), state=state, reason=reason, cancelled_at=now), now)


def escalate(order: WorkOrder, reason: str, now: datetime) -> Decision[WorkOrder]:
    """Bring it to somebody higher."""
    _live(order)
    return _told(
        events.ESCALATED, order, replace(order, reason=reason, escalation_level=order.escalation_level + 1), now
    )


def _who(actor: Actor) -> str | None:
    return encode_some("stf", actor.id) if actor.kind is ActorKind.STAFF else None


def _free(order: WorkOrder, now: datetime) -> WorkOrder:
    if order.blocked_at is None:
        return order
    waited = max(0, int((now - order.blocked_at).total_seconds()))
    return replace(
        order, blocked_reason=None, blocked_until=None, blocked_at=None, blocked_seconds=order.blocked_seconds + waited
    )


def _live(order: WorkOrder) -> None:
    if order.state not in LIVE:
        raise Conflict(f"The order is {order.state.value}.", state=order.state.value)


def _told(kind: EventType, before: WorkOrder, after: WorkOrder, now: datetime) -> Decision[WorkOrder]:
    return Decision(before) if after == before else _then(Decision(before), kind, after, now)


def _then(first: Decision[WorkOrder], kind: EventType, after: WorkOrder, now: datetime) -> Decision[WorkOrder]:
    after = replace(after, version=first.record.version + 1, changed_at=now)
    return Decision(after, (*first.events, _event(kind, first.record, after)))


def _event(kind: EventType, before: WorkOrder | None, after: WorkOrder) -> Event:
    changed = {name: pair for name, pair in changes(before, after).items() if name not in _INTERNAL}
    return Event(kind, after.property_id, after.id, after.version, data(after), changed)
