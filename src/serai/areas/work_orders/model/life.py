"""The life of a work order, as data."""

from __future__ import annotations

from uuid import UUID

from serai.areas.work_orders import events
from serai.areas.work_orders.model.order import LIVE, OrderState, WorkOrder
from serai.kernel.actor import Actor, Held
from serai.kernel.errors import Conflict
from serai.kernel.machine import Machine, Step

_WORKED = (OrderState.IN_PROGRESS, OrderState.BLOCKED)
MACHINE = Machine(
    "work_order",
    OrderState,
    OrderState.OPEN,
    (
        Step("assign", (OrderState.OPEN, OrderState.ASSIGNED), OrderState.ASSIGNED, "workorder.assign",
             events.ASSIGNED.name),
        Step("start", (OrderState.OPEN, OrderState.ASSIGNED), OrderState.IN_PROGRESS, "workorder.work",
             events.STARTED.name),
        Step("block", (OrderState.IN_PROGRESS,), OrderState.BLOCKED, "workorder.work", events.BLOCKED.name),
        Step("unblock", (OrderState.BLOCKED,), OrderState.IN_PROGRESS, "workorder.work", events.UNBLOCKED.name),
        Step("resolve", _WORKED, OrderState.RESOLVED, "workorder.work", events.RESOLVED.name),
        Step("verify", (OrderState.RESOLVED,), OrderState.VERIFIED, "workorder.verify", events.VERIFIED.name),
        Step("reopen", (OrderState.RESOLVED,), OrderState.ASSIGNED, "workorder.verify", events.REOPENED.name),
        Step("cancel", LIVE, OrderState.CANCELLED, "workorder.cancel", events.CANCELLED.name),
    ),
)  # fmt: skip
_OWN = frozenset({"start", "block", "unblock", "resolve"})
"""The moves of the one who has the order, or of a supervisor."""


class NotYours(Conflict):
    """Somebody else has this order."""

    code = "not_yours"


class OwnWork(Conflict):
    """Somebody else than who resolved it must find it good."""

    code = "own_work"


def mine(order: Held, actor: Actor) -> bool:
    """Whether this actor may do the order's work: nobody's, their own, or they give out orders themselves."""
    return actor.works_on(order, "workorder.assign")


def others_work(resolved_by: UUID | None, actor: Actor) -> bool:
    """Whether somebody else resolved it."""
    return actor.id is None or resolved_by != actor.id


def take(name: str, order: WorkOrder, actor: Actor) -> OrderState:
    """The state after the step; refused when the machine does not open it, or the order or its work is another's."""
    state = OrderState(MACHINE.take(name, order))
    if name in _OWN and not mine(order, actor):
        raise NotYours
    if name == "verify" and not others_work(order.resolved_by, actor):
        raise OwnWork
    return state


def allowed(order: WorkOrder, actor: Actor) -> tuple[str, ...]:
    """What this actor can do with the order now."""
    steps = MACHINE.open(order, lambda permission: actor.may(permission, order.property_id))
    found = [
        name
        for name in steps
        if (name not in _OWN or mine(order, actor)) and (name != "verify" or others_work(order.resolved_by, actor))
    ]
    if order.state in LIVE:
        marks = (("report", "workorder.create"), ("triage", "workorder.assign"), ("update", "workorder.update"),
                 ("escalate", "workorder.update"))  # fmt: skip
        found += [name for name, permission in marks if actor.may(permission, order.property_id)]
    return tuple(found)
