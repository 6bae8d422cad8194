"""The routes of how repairs went, and the shapes of their answers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query, Response
from pydantic import Field

from serai.areas.assets.model import AssetKind
from serai.areas.costs.model import CostKind
from serai.areas.work_orders.model import OrderState, Severity
from serai.runtime.db.tx import ReadTx
from serai.runtime.http import Call, Id, Out, Router, needs
from serai.views.day import the_day
from serai.views.kept import Shown
from serai.views.repairs import order_costs, order_metrics, overview

router = Router(tags=["Dashboard"])
_One = Annotated[Annotated[UUID, Id("prp")] | None, Query(description="Needed when you see several.")]
_Date = Annotated[date | None, Query(description="A business date.")]


class OrderFigures(Out):
    """How work orders went that were reported in the time asked for."""

    made: int
    live: int = Field(description="Not yet resolved.")
    resolved: int
    verified: int
    cancelled: int
    reopened: int
    labour_minutes: int
    respond_kept: float | None = Field(description="Share of promises to respond that were kept.")
    resolve_kept: float | None = Field(description="Share of promises to resolve that were kept.")
    minutes_to_respond: float | None = Field(description="On average, from the report.")
    minutes_to_resolve: float | None = Field(description="On average, from the report, waits counted.")


class CategoryFigures(OrderFigures):
    """Those of one trade."""

    category: str


class SeverityFigures(OrderFigures):
    """Those of one severity."""

    severity: Severity


class OrderDayFigures(OrderFigures):
    """Those reported on one business date."""

    date: date


class OrderMetricsOut(Out):
    """The work orders of one property over some business dates."""

    property_id: str
    first: date
    last: date
    total: OrderFigures
    by_category: list[CategoryFigures]
    by_severity: list[SeverityFigures]
    by_day: list[OrderDayFigures] = Field(description="Every business date from first to last.")


class BacklogOut(Out):
    """What stands open now."""

    total: int
    late: int = Field(description="Of which a promise was broken.")
    by_state: dict[OrderState, int]
    by_severity: dict[Severity, int]
    oldest: datetime | None


class RoomNightsOut(Out):
    """Nights as they stood when their business date ended; those that have not ended are left out."""

    nights: int
    rooms: int = Field(description="Room-nights that the property has.")
    out_of_order: int
    out_of_inventory: int
    occupied: int
    occupancy_of_all: float | None = Field(description="Of all room-nights in the inventory.")
    occupancy_of_sold: float | None = Field(description="Of those without the nights out of order.")


class WorstAssetOut(Out):
    """An asset with many orders."""

    asset_id: str
    name: str
    kind: AssetKind
    health_index: int | None
    orders: int
    labour_minutes: int


class OverviewOut(Out):
    """Maintenance of one property at a glance."""

    property_id: str
    first: date
    last: date
    open: BacklogOut
    total: OrderFigures
    room_nights: RoomNightsOut
    worst_assets: list[WorstAssetOut]


class AmountSum(Out):
    """A sum in one currency; an exact decimal."""

    amount: str
    currency: str


class KindCosts(Out):
    """What one kind of line cost."""

    kind: CostKind
    amounts: list[AmountSum]
    lines: int


class CategoryCosts(Out):
    """What one trade cost."""

    category: str
    amounts: list[AmountSum]
    lines: int


class AssetCosts(Out):
    """What one asset cost."""

    asset_id: str
    name: str
    amounts: list[AmountSum]
    lines: int


class OrderCostsOut(Out):
    """What repairs of one property cost on some business dates."""

    property_id: str
    first: date
    last: date
    total: list[AmountSum]
    by_kind: list[KindCosts]
    by_category: list[CategoryCosts]
    by_asset: list[AssetCosts]
    occupied_room_nights: int
    per_occupied_room: list[AmountSum] = Field(description="Empty where no night was occupied.")


@router.get("/dashboard/metrics/maintenance", summary="How work orders went", response_model=OrderMetricsOut,
            **needs("dashboard.read"))  # fmt: skip
async def get_order_metrics(call: Call, property_id: _One = None, first: _Date = None, last: _Date = None) -> Response:
    """Counts, promises and minutes of the orders reported on these business dates; without dates, today's."""

    async def seen(tx: ReadTx) -> Shown:
        day = await the_day(tx, call.actor, property_id, "dashboard.read", call.now)
        return await order_metrics(tx, call.actor.tenant_id, day, first, last)

    return (await call.house.read(call.actor, seen)).answer(call.request)


@router.get("/analytics/overview", summary="Maintenance at a glance", response_model=OverviewOut,
            **needs("dashboard.read"))  # fmt: skip
async def get_overview(call: Call, property_id: _One = None, first: _Date = None, last: _Date = None) -> Response:
    """What stands open now; how orders went, which nights rooms were out of order, and which assets break most."""

    async def seen(tx: ReadTx) -> Shown:
        day = await the_day(tx, call.actor, property_id, "dashboard.read", call.now)
        return await overview(tx, call.actor.tenant_id, day, first, last, call.now)

    return (await call.house.read(call.actor, seen)).answer(call.request)


@router.get("/analytics/costs", summary="What repairs cost", response_model=OrderCostsOut, **needs("cost.read"))
async def get_order_costs(call: Call, property_id: _One = None, first: _Date = None, last: _Date = None) -> Response:
    """By kind, trade and asset, and for each occupied room-night; amounts of two currencies are never added."""

    async def seen(tx: ReadTx) -> Shown:
        day = await the_day(tx, call.actor, property_id, "cost.read", call.now)
        return await order_costs(tx, call.actor.tenant_id, day, first, last, call.now)

    return (await call.house.read(call.actor, seen)).answer(call.request)
