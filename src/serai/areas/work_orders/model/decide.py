"""What becomes of a work order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from serai.areas.sla.model import EscalationStep, Terms, Why
from serai.areas.sla.model import Wait as Pause
from serai.areas.work_orders import events
from serai.areas.work_orders.model.life import take
from serai.areas.work_orders.model.order import (
    ChangeOrder,
    CreateOrder,
    OrderState,
    Relocation,
    Report,
    ReportAgain,
    Resolution,
    Severity,
    Triage,
    Wait,
    WorkOrder,
)
from serai.areas.work_orders.model.telling import fact, live, then, told
from serai.areas.work_orders.model.timing import timed, untold
from serai.kernel.actor import Actor, ActorKind
from serai.kernel.decision import Decision
from serai.kernel.errors import Conflict, Stale
from serai.kernel.ids import encode_some
from serai.kernel.text import text

MOST_REPORTS: Final = 100
_SEVERITIES: Final = tuple(Severity)


def create(
    order_id: UUID, number: int, cmd: CreateOrder, room_number: str | None, terms: Terms, actor: Actor, now: datetime
) -> Decision[WorkOrder]:
    """A new order, open, with its first report."""
    report = Report(now, actor.name, _who(actor), cmd.origin, cmd.description, cmd.booking_reference)
    made = WorkOrder(
        id=order_id, tenant_id=actor.tenant_id, property_id=cmd.property_id, version=1, number=number,
        title=cmd.title, description=cmd.description, category=cmd.category, severity=cmd.severity,
        safety_concern=cmd.safety_concern, state=OrderState.OPEN, triaged_at=None,
        space_id=cmd.space_id, room_number=room_number, asset_id=cmd.asset_id, reports=(report,),
        assignee_id=None, planned_start=cmd.planned_start, estimated_minutes=cmd.estimated_minutes,
        blocked_reason=None, blocked_until=None, escalation_level=0, escalated=(), escalated_to=None, reopened=0,
        problem=None, cause=None, remedy=None, reason=None,
        reported_at=now, assigned_at=None, started_at=None, blocked_at=None, blocked_seconds=0,
        resolved_at=None, resolved_by=None, verified_at=None, verified_by=None, cancelled_at=None,
        room_blocked_at=None, relocations=(), symptom=cmd.symptom, steps=(), links=(), watchers=(), last_note=None,
        labour_minutes=0, costs=(), vendor_id=None, terms=terms, terms_old=False, waits=(), responded_at=None,
        respond_due_at=None, resolve_due_at=None,
        respond_warned_at=None, respond_breached_at=None, resolve_warned_at=None, resolve_breached_at=None, sla_at=None,
        changed_at=now,
    )  # fmt: skip
    made = timed(made)
    return Decision(made, (fact(events.CREATED, None, made),))


def report(order: WorkOrder, cmd: ReportAgain, actor: Actor, now: datetime) -> Decision[WorkOrder]:
    """The same fault again: the order keeps all who reported it."""
    live(order)
    if len(order.reports) >= MOST_REPORTS:
        raise Conflict(text("This order has {most} reports.", most=MOST_REPORTS))
    added = Report(now, actor.name, _who(actor), cmd.origin, cmd.text, cmd.booking_reference)
    return told(events.REPORTED_AGAIN, order, replace(order, reports=(*order.reports, added)), now)


def triage(order: WorkOrder, cmd: Triage, now: datetime) -> Decision[WorkOrder]:
    """Judge it; judged again it is told only if something differs."""
    live(order)
    after = replace(
        order,
        severity=cmd.severity or order.severity,
        category=cmd.category or order.category,
        safety_concern=order.safety_concern if cmd.safety_concern is None else cmd.safety_concern,
        triaged_at=order.triaged_at or now,
    )
    return told(events.TRIAGED, order, after, now)


def update(order: WorkOrder, cmd: ChangeOrder, now: datetime) -> Decision[WorkOrder]:
    """Change what is described. A change meanwhile by somebody else is refused."""
    if order.version != cmd.version:
        raise Stale
    live(order)
    return told(events.UPDATED, order, replace(order, **cmd.fields), now)


def assign(order: WorkOrder, staff_id: UUID, actor: Actor, now: datetime) -> Decision[WorkOrder]:
    """Give it to somebody; given to the same person again nothing changes."""
    state = take("assign", order, actor)
    if order.assignee_id == staff_id:
        return Decision(order)
    after = replace(_answered(order, now), state=state, assignee_id=staff_id, vendor_id=None, assigned_at=now)
    return told(events.ASSIGNED, order, after, now)


def assign_vendor(order: WorkOrder, vendor_id: UUID, actor: Actor, now: datetime) -> Decision[WorkOrder]:
    """Give it to a vendor; given to the same one again nothing changes."""
    state = take("assign", order, actor)
    if order.vendor_id == vendor_id:
        return Decision(order)
    after = replace(_answered(order, now), state=state, assignee_id=None, vendor_id=vendor_id, assigned_at=now)
    return told(events.ASSIGNED, order, after, now)


def unassign(order: WorkOrder, now: datetime) -> Decision[WorkOrder]:
    """The vendor does not come: it is nobody's again, unless the work has begun."""
    state = OrderState.OPEN if order.state is OrderState.ASSIGNED else order.state
    return told(events.UPDATED, order, replace(order, state=state, vendor_id=None), now)


def start(order: WorkOrder, actor: Actor, now: datetime) -> Decision[WorkOrder]:
    """Begin. Who starts what nobody has (or, as a supervisor, what another has) takes it; a vendor's stays its own."""
    state = take("start", order, actor)
    first = Decision(order)
    if actor.kind is ActorKind.STAFF and order.assignee_id != actor.id and order.vendor_id is None:
        own = replace(_answered(order, now), state=OrderState.ASSIGNED, assignee_id=actor.id, assigned_at=now)
        first = told(events.ASSIGNED, order, own, now)
    after = replace(_answered(first.record, now), state=state, started_at=order.started_at or now)
    return then(first, events.STARTED, after, now)


def block(order: WorkOrder, cmd: Wait, actor: Actor, now: datetime) -> Decision[WorkOrder]:
    """Work waits."""
    state = take("block", order, actor)
    after = replace(order, state=state, blocked_reason=cmd.reason, blocked_until=cmd.until, blocked_at=now)
    return told(events.BLOCKED, order, after, now)


def unblock(order: WorkOrder, actor: Actor, now: datetime) -> Decision[WorkOrder]:
    """Work goes on; the seconds that it waited are summed."""
    state = take("unblock", order, actor)
    return told(events.UNBLOCKED, order, replace(_free(order, now), state=state), now)


def resolve(order: WorkOrder, cmd: Resolution, actor: Actor, now: datetime) -> Decision[WorkOrder]:
    """The fault is mended."""
    state = take("resolve", order, actor)
    after = replace(
        _free(order, now), state=state, remedy=cmd.remedy, problem=cmd.problem or order.problem,
        cause=cmd.cause or order.cause, resolved_at=now, resolved_by=actor.id,
    )  # fmt: skip
    return told(events.RESOLVED, order, after, now)


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
    return told(events.VERIFIED, order, replace(order, state=state, verified_at=now, verified_by=actor.id), now)


def reopen(order: WorkOrder, reason: str, actor: Actor, now: datetime) -> Decision[WorkOrder]:
    """Found not good: it is its assignee's again."""
    state = take("reopen", order, actor)
    begun = order.resolved_at or now
    stood = (*order.waits, Pause(begun, now, Why.RESOLVED))
    after = replace(
        order, state=state, reason=reason, reopened=order.reopened + 1, resolved_at=None, resolved_by=None, waits=stood
    )
    return told(events.REOPENED, order, after, now)


def cancel(order: WorkOrder, reason: str, actor: Actor, now: datetime) -> Decision[WorkOrder]:
    """Called off."""
    state = take("cancel", order, actor)
    return told(events.CANCELLED, order, replace(_free(order, now), state=state, reason=reason, cancelled_at=now), now)


def escalate(order: WorkOrder, reason: str, now: datetime) -> Decision[WorkOrder]:
    """Bring it to somebody higher."""
    live(order)
    return told(
        events.ESCALATED,
        order,
        replace(order, reason=reason, escalation_level=order.escalation_level + 1, escalated_to=None),
        now,
    )


def note_block(order: WorkOrder, now: datetime) -> Decision[WorkOrder]:
    """Its room is closed for it; noted once."""
    return told(events.ROOM_BLOCKED, order, replace(order, room_blocked_at=order.room_blocked_at or now), now)


def relocate(order: WorkOrder, stays: Sequence[Relocation], now: datetime) -> Decision[WorkOrder]:
    """These guests need another room; told once for each stay."""
    known = {one.stay_id for one in order.relocations}
    added = tuple(one for one in stays if one.stay_id not in known)
    after = replace(order, relocations=(*order.relocations, *added))
    return told(events.RELOCATION_REQUIRED, order, after, now)


def under(before: WorkOrder, decision: Decision[WorkOrder], terms: Terms) -> Decision[WorkOrder]:
    """What was decided, under the terms of what the order is by now; of one fact."""
    [told_of] = decision.events
    after = timed(replace(decision.record, terms=terms))
    return Decision(after, (fact(told_of.type, before, after),))


def retime(order: WorkOrder, terms: Terms, now: datetime) -> Decision[WorkOrder]:
    """What is promised of it was looked up again; nobody is told where it is the same."""
    known = replace(order, terms_old=False)
    if terms == order.terms:
        return Decision(timed(known))
    return told(events.UPDATED, order, replace(known, terms=terms), now)


def tick(order: WorkOrder, now: datetime) -> Decision[WorkOrder]:
    """The first thing that is due: tell that a promise is about to be broken, or is, or take a step; each once."""
    moment = min((one for one in untold(order) if one.at <= now), default=None)
    if moment is None:
        return Decision(order)
    if moment.step is not None:
        return told(events.ESCALATED, order, _stepped(order, moment.step), now)
    kind = events.SLA_WARNING if moment.warns else events.SLA_BREACHED
    marked: dict[str, Any] = {moment.field: now}
    return told(kind, order, replace(order, **marked), now)


def _stepped(order: WorkOrder, step: EscalationStep) -> WorkOrder:
    worse = _SEVERITIES[min(_SEVERITIES.index(order.severity) + 1, len(_SEVERITIES) - 1)] if step.raises else None
    return replace(
        order, escalated=(*order.escalated, step.key), escalated_to=step.tells or order.escalated_to,
        escalation_level=order.escalation_level + 1, severity=worse or order.severity,
        reason=f"Late by {step.after_minutes} minutes ({step.target}).",
    )  # fmt: skip


def _who(actor: Actor) -> str | None:
    return encode_some("stf", actor.id) if actor.kind is ActorKind.STAFF else None


def _free(order: WorkOrder, now: datetime) -> WorkOrder:
    if order.blocked_at is None:
        return order
    waited = max(0, int((now - order.blocked_at).total_seconds()))
    return replace(
        order, blocked_reason=None, blocked_until=None, blocked_at=None, blocked_seconds=order.blocked_seconds + waited,
        waits=(*order.waits, Pause(order.blocked_at, now, Why.BLOCKED)),
    )  # fmt: skip


def _answered(order: WorkOrder, now: datetime) -> WorkOrder:
    return replace(order, responded_at=order.responded_at or now)
