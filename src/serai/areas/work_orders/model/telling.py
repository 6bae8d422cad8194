"""How what becomes of a work order is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from serai.areas.work_orders.model.order import LIVE, WorkOrder
from serai.areas.work_orders.model.public import data
from serai.areas.work_orders.model.timing import timed
from serai.kernel.decision import Decision
from serai.kernel.errors import Conflict
from serai.kernel.event import Event, EventType, changes
from serai.kernel.text import text, word

_INTERNAL: Final = frozenset({"changed_at", "escalated", "sla_at", "terms", "terms_old", "waits"})


def live(order: WorkOrder) -> None:
    """Refuse what is said of an order that is resolved or called off."""
    if order.state not in LIVE:
        raise Conflict(text("The order is {state}.", state=word(order.state)), state=order.state.value)


def told(kind: EventType, before: WorkOrder, after: WorkOrder, now: datetime) -> Decision[WorkOrder]:
    """The order after a change, with its fact; no change is none."""
    return Decision(before) if after == before else then(Decision(before), kind, after, now)


def then(first: Decision[WorkOrder], kind: EventType, after: WorkOrder, now: datetime) -> Decision[WorkOrder]:
    """One more change behind those that were decided."""
    after = timed(replace(after, version=first.record.version + 1, changed_at=now))
    return Decision(after, (*first.events, fact(kind, first.record, after)))


def fact(kind: EventType, before: WorkOrder | None, after: WorkOrder) -> Event:
    """The fact of a change."""
    changed = {name: pair for name, pair in changes(before, after).items() if name not in _INTERNAL}
    return Event(kind, after.property_id, after.id, after.version, data(after), changed)
