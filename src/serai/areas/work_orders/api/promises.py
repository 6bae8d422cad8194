"""The routes of promises about work orders."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import Query, Response
from pydantic import AwareDatetime

from serai.areas.sla.model import Stretch
from serai.areas.work_orders import service
from serai.areas.work_orders.api.bodies import PropertyId, WorkOrderPage
from serai.areas.work_orders.api.listing import listed
from serai.areas.work_orders.api.routes import ONE, Filters
from serai.areas.work_orders.model import Explained, Severity, Standing, WorkOrder
from serai.kernel.actor import Actor
from serai.kernel.ids import encode
from serai.runtime.http import Call, ListQuery, Out, Router, asked, needs

router = Router(tags=["SLA"])


class SlaLine(Out):
    """A stretch of time in which the clock ran, or (`why`) stood: blocked, resolved, outside its hours."""

    begins: datetime
    ends: datetime
    counts: bool
    minutes: float
    why: str | None


class SlaTarget(Out):
    """One promise, line by line. `due_at` is null while the clock stands."""

    minutes: int | None
    warning_at: datetime | None
    due_at: datetime | None
    met_at: datetime | None
    standing: Standing
    lines: list[SlaLine]


class SlaOut(Out):
    """What is promised of an order, and why it falls due when it does."""

    order_id: str
    policy_id: str | None
    policy_version: int | None
    zone: str
    pauses: bool
    respond: SlaTarget
    resolve: SlaTarget


class Kept(Out):
    """How the promises of some orders were kept; minutes are means, from the report on.

    A promise that still runs is neither kept nor breached.
    """

    category: str
    severity: Severity
    orders: int
    respond_promised: int
    respond_breached: int
    respond_kept: int
    resolve_promised: int
    resolve_breached: int
    resolve_kept: int
    respond_minutes: float | None
    resolve_minutes: float | None


class PerformanceOut(Out):
    """How promises were kept, by category and severity."""

    items: list[Kept]


def show_explained(found: tuple[WorkOrder, list[Explained]], _: Actor) -> dict[str, Any]:
    """An order's promises (the shape of `SlaOut`)."""
    order, targets = found
    terms = order.terms
    return {
        "order_id": encode("mnt", order.id), "policy_id": terms.policy_id, "policy_version": terms.policy_version,
        "zone": terms.zone, "pauses": terms.pauses, **{one.target.value: _target(one) for one in targets},
    }  # fmt: skip


def _target(one: Explained) -> dict[str, Any]:
    return {
        "minutes": one.minutes, "warning_at": one.warning_at, "due_at": one.due_at, "met_at": one.met_at,
        "standing": one.standing, "lines": [_line(line) for line in one.lines],
    }  # fmt: skip


def _line(one: Stretch) -> dict[str, Any]:
    return {
        "begins": one.begins, "ends": one.ends, "counts": one.why is None,
        "minutes": round(one.length.total_seconds() / 60, 2), "why": one.why,
    }  # fmt: skip


@router.get(f"/maintenance/work-orders{ONE}/sla", summary="Why an order is due when it is", response_model=SlaOut,
            **needs("workorder.read"))  # fmt: skip
async def explain_order(order_id: UUID, call: Call) -> Response:
    """Both promises, each with every stretch of time that counted or did not."""
    return await call.query(lambda tx: service.explain(tx, call.actor, order_id, call.now), show_explained)


router.get(f"/work-orders{ONE}/sla", name="explain_work_order", summary="Why an order is due when it is",
           response_model=SlaOut, **needs("workorder.read"))(explain_order)  # fmt: skip


@router.get("/sla/violations", summary="Broken promises", response_model=WorkOrderPage, **needs("workorder.read"))
async def list_violations(
    call: Call, query: Annotated[ListQuery, asked(ListQuery)], filters: Annotated[Filters, asked(Filters)]
) -> Response:
    """The orders of which a promise was broken, with the filters of the orders' list."""
    return await listed(call, service.breached(filters.wanted), query)


@router.get("/sla/performance", summary="How promises are kept", response_model=PerformanceOut,
            **needs("workorder.read"))  # fmt: skip
async def performance(
    call: Call,
    date_from: Annotated[AwareDatetime, Query(alias="from", description="Reported at this moment or later.")],
    date_to: Annotated[AwareDatetime, Query(alias="to", description="Reported before this moment.")],
    property_id: Annotated[PropertyId | None, Query()] = None,
) -> Response:
    """Of the orders reported then, without those that were called off."""
    span = (date_from, date_to)

    def show_kept(rows: list[Any], _: Actor) -> dict[str, Any]:
        return {"items": [dict(one) for one in rows]}

    return await call.query(lambda tx: service.performance(tx, call.actor, property_id, span), show_kept)
