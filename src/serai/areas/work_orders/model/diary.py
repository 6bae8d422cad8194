"""What is written down while a work order goes on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from serai.areas.costs.model import CostSum
from serai.areas.work_orders import events
from serai.areas.work_orders.model.order import (
    ChangeStep,
    Link,
    LinkKind,
    Note,
    OrderState,
    Severity,
    TimeEntry,
    Worked,
    WorkOrder,
    WorkStep,
)
from serai.areas.work_orders.model.telling import live, then, told
from serai.kernel.actor import Actor
from serai.kernel.decision import Decision
from serai.kernel.errors import Conflict, Fault, Invalid, NotFound
from serai.kernel.ids import encode
from serai.kernel.text import text

MOST_STEPS: Final = 100
MOST_LINKS: Final = 50
LATE: Final = timedelta(days=31)
"""How far back work may be written down."""
_WORSE: Final = {severity: place for place, severity in enumerate(Severity)}


def note(order: WorkOrder, new_id: UUID, text: str, actor: Actor, now: datetime) -> tuple[Note, Decision[WorkOrder]]:
    """A word about the work, in whatever state it is."""
    made = Note(new_id, order.tenant_id, order.property_id, order.id, now, actor.name, actor.id, text)
    kind = events.IN_PROGRESS if order.state is OrderState.IN_PROGRESS else events.UPDATED
    return made, then(Decision(order), kind, replace(order, last_note=text), now)


def charged(order: WorkOrder) -> None:
    """Refuse to write costs on an order that is called off."""
    if order.state is OrderState.CANCELLED:
        raise Conflict("The order is cancelled.", state=order.state.value)


def work(order: WorkOrder, new_id: UUID, cmd: Worked, actor: Actor, now: datetime) -> TimeEntry:
    """Minutes that were worked. Refused: in the future, or over 31 days ago; on an order that is called off."""
    charged(order)
    at = cmd.worked_at or now
    if not now - LATE <= at <= now:
        raise Invalid(faults=[Fault("/worked_at", "lies within the last 31 days")])
    staff_id = cmd.staff_id or actor.id
    if staff_id is None:
        raise Invalid(faults=[Fault("/staff_id", "says who worked")])
    return TimeEntry(
        new_id, order.tenant_id, order.property_id, order.id, staff_id, cmd.minutes, at, cmd.note, now, actor.name, None
    )


def void(entry: TimeEntry, now: datetime) -> TimeEntry:
    """It was a slip: the minutes count no more."""
    return replace(entry, voided_at=now)


def cost(order: WorkOrder, sums: tuple[CostSum, ...], now: datetime, *, minutes: int = 0) -> Decision[WorkOrder]:
    """It cost so much by now, and took so many minutes more."""
    after = replace(order, costs=sums, labour_minutes=order.labour_minutes + minutes)
    return told(events.UPDATED, order, after, now)


def add_steps(order: WorkOrder, steps: Sequence[tuple[UUID, str]], now: datetime) -> Decision[WorkOrder]:
    """More steps, behind those there are."""
    live(order)
    if len(order.steps) + len(steps) > MOST_STEPS:
        raise Conflict(text("An order has {most} steps at the most.", most=MOST_STEPS))
    added = tuple(WorkStep(encode("mtk", step_id), title) for step_id, title in steps)
    return told(events.UPDATED, order, replace(order, steps=(*order.steps, *added)), now)


def change_step(order: WorkOrder, step_id: str, cmd: ChangeStep, actor: Actor, now: datetime) -> Decision[WorkOrder]:
    """A step is done, or not yet after all; what it is called, what was measured."""
    live(order)
    before = _step(order, step_id)
    after = replace(
        before, title=cmd.title or before.title, reading=before.reading if cmd.reading is None else cmd.reading
    )
    if cmd.done is not None and cmd.done is (before.done_at is None):
        after = replace(after, done_at=now if cmd.done else None, done_by=actor.name if cmd.done else None)
    steps = tuple(after if one is before else one for one in order.steps)
    return told(events.UPDATED, order, replace(order, steps=steps), now)


def drop_step(order: WorkOrder, step_id: str, now: datetime) -> Decision[WorkOrder]:
    """A step is not needed; one that is done stays."""
    live(order)
    gone = _step(order, step_id)
    if gone.done_at is not None:
        raise Conflict("The step is done.")
    return told(events.UPDATED, order, replace(order, steps=tuple(one for one in order.steps if one is not gone)), now)


def link(order: WorkOrder, made: Link, now: datetime) -> Decision[WorkOrder]:
    """It has to do with another order."""
    if made in order.links:
        return Decision(order)
    if len(order.links) >= MOST_LINKS:
        raise Conflict(text("An order has {most} links at the most.", most=MOST_LINKS))
    return told(events.UPDATED, order, replace(order, links=(*order.links, made)), now)


def unlink(order: WorkOrder, order_id: str, now: datetime) -> Decision[WorkOrder]:
    """It has nothing to do with that order after all."""
    if any(one.order_id == order_id and one.kind is LinkKind.DUPLICATE for one in order.links):
        raise Conflict("It was called off as a duplicate of that order.")
    links = tuple(one for one in order.links if one.order_id != order_id)
    return told(events.UPDATED, order, replace(order, links=links), now)


def absorb(order: WorkOrder, other: WorkOrder, most: int, now: datetime) -> Decision[WorkOrder]:
    """The other is the same fault: its reports come here, and this is as bad as the worse of the two."""
    live(order)
    reports = (*order.reports, *other.reports)[:most]
    after = worse(replace(order, reports=reports), other.severity, danger=other.safety_concern)
    return told(events.REPORTED_AGAIN, order, after, now)


def worse(order: WorkOrder, severity: Severity, *, danger: bool) -> WorkOrder:
    """The order as bad as it is said to be, or as it was where that is worse."""
    worst = max(order.severity, severity, key=_WORSE.__getitem__)
    return replace(order, severity=worst, safety_concern=order.safety_concern or danger)


def watch(order: WorkOrder, staff_id: str, now: datetime, *, stop: bool = False) -> Decision[WorkOrder]:
    """Somebody wants to hear of it, or no more."""
    others = tuple(one for one in order.watchers if one != staff_id)
    watchers = others if stop else order.watchers if staff_id in order.watchers else (*others, staff_id)
    return told(events.UPDATED, order, replace(order, watchers=watchers), now)


def _step(order: WorkOrder, step_id: str) -> WorkStep:
    for one in order.steps:
        if one.id == step_id:
            return one
    raise NotFound
