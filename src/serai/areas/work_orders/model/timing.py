"""When the promises of a work order fall due, and why then."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from serai.areas.sla.model import EscalationStep, Stretch, Terms, Why, due, stretches
from serai.areas.sla.model import Wait as Pause
from serai.areas.work_orders.model.order import LIVE, WorkOrder


class Target(StrEnum):
    """What is promised."""

    RESPOND = "respond"
    RESOLVE = "resolve"


class Standing(StrEnum):
    """How a promise stands."""

    NONE = "none"
    RUNNING = "running"
    STANDS = "stands"
    KEPT = "kept"
    BREACHED = "breached"


@dataclass(frozen=True, slots=True)
class Explained:
    """One promise: its minutes, when it falls due, how it stands, and the stretches that make it so."""

    target: Target
    minutes: int | None
    warning_at: datetime | None
    due_at: datetime | None
    met_at: datetime | None
    standing: Standing
    lines: tuple[Stretch, ...]


MOMENTS: Final = (
    ("respond_warned_at", Target.RESPOND, True),
    ("respond_breached_at", Target.RESPOND, False),
    ("resolve_warned_at", Target.RESOLVE, True),
    ("resolve_breached_at", Target.RESOLVE, False),
)
"""The field that keeps a moment, of which promise it is, and whether it only warns."""


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """Something that falls due: `field` keeps that it was told, or `step` is taken."""

    at: datetime
    field: str
    warns: bool = False
    step: EscalationStep | None = dataclasses.field(default=None, compare=False)


def timed(order: WorkOrder) -> WorkOrder:
    """The order with its deadlines as they follow from its terms, its report and its waits."""
    after = replace(
        order, respond_due_at=_due(order, Target.RESPOND), resolve_due_at=_due(order, Target.RESOLVE), sla_at=None
    )
    if order.terms_old and order.state in LIVE:
        return replace(after, sla_at=order.reported_at)
    return replace(after, sla_at=min((one.at for one in untold(after)), default=None))


def untold(order: WorkOrder) -> Iterator[Moment]:
    """The moments to come or passed of which nothing was done yet."""
    if order.state not in LIVE:
        return
    for field, target, warns in MOMENTS:
        if getattr(order, field) is None and not (target is Target.RESPOND and order.responded_at):
            at = _due(order, target, order.terms.warn_percent if warns else 100)
            if at is not None:
                yield Moment(at, field, warns)
    for step in order.terms.steps:
        target = Target(step.target)
        if step.key not in order.escalated and not (target is Target.RESPOND and order.responded_at):
            at = _due(order, target, later=step.after_minutes)
            if at is not None:
                yield Moment(at, f"step {step.key}", step=step)


def explain(order: WorkOrder, target: Target, now: datetime) -> Explained:
    """One promise, line by line, until it falls due or now, whichever is later."""
    minutes, due_at = _minutes(order.terms, target), _due(order, target)
    met_at = order.responded_at if target is Target.RESPOND else order.resolved_at
    breached = order.respond_breached_at if target is Target.RESPOND else order.resolve_breached_at
    if minutes is None:
        standing = Standing.NONE
    elif breached is not None or (due_at is not None and due_at <= (met_at or now)):
        standing = Standing.BREACHED
    elif met_at is not None:
        standing = Standing.KEPT
    else:
        standing = Standing.STANDS if order.state not in LIVE or order.blocked_at else Standing.RUNNING
    until = max(due_at or now, order.reported_at)
    lines = (
        () if minutes is None else stretches(order.reported_at, until, order.terms.hours, _zone(order), waits(order))
    )
    warning_at = _due(order, target, order.terms.warn_percent)
    return Explained(target, minutes, warning_at, due_at, met_at, standing, tuple(lines))


def waits(order: WorkOrder) -> list[Pause]:
    """When the clock of this order stood: while it was held to be mended, and while it was blocked, if that counts."""
    kept = [one for one in order.waits if order.terms.pauses or one.why is not Why.BLOCKED]
    if order.blocked_at is not None and order.terms.pauses:
        kept.append(Pause(order.blocked_at, None, Why.BLOCKED))
    return kept


def _due(order: WorkOrder, target: Target, percent: int = 100, later: int = 0) -> datetime | None:
    minutes = _minutes(order.terms, target)
    if minutes is None:
        return None
    return due(order.reported_at, minutes * percent / 100 + later, order.terms.hours, _zone(order), waits(order))


def _minutes(terms: Terms, target: Target) -> int | None:
    return terms.respond_minutes if target is Target.RESPOND else terms.resolve_minutes


def _zone(order: WorkOrder) -> ZoneInfo:
    return ZoneInfo(order.terms.zone)
