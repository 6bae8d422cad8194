"""How repairs went, what stands open, what they cost, which nights they took."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from serai.access.tenancy import service as tenancy
from serai.kernel.money import Money
from serai.runtime.db.tx import ReadTx, Row
from serai.runtime.wire import to_json
from serai.views.day import Day, sql
from serai.views.kept import Shown
from serai.views.metrics import Dates, between, by_day, mean, share
from serai.views.room_board import shown_id

_METRICS, _BACKLOG, _WORST = sql("order_metrics"), sql("order_backlog"), sql("worst_assets")
_NIGHTS, _COSTS = sql("room_nights"), sql("order_costs")
_COUNTS = ("made", "live", "resolved", "verified", "cancelled", "reopened", "labour_minutes")
_SUMS = (
    *_COUNTS, "respond_kept", "respond_broken", "resolve_kept", "resolve_broken", "responded",
    "minutes_to_respond", "minutes_to_resolve",
)  # fmt: skip


async def order_metrics(tx: ReadTx, tenant_id: UUID, day: Day, first: date | None, last: date | None) -> Shown:
    """How the orders of one property went that were reported on these dates, in the shape of `OrderMetricsOut`."""
    dates = await between(tx, tenant_id, day, first, last)
    rows = await tx.fetch(_METRICS, tenant_id, day.property_id, *dates.bounds, dates.begins)
    return Shown(
        to_json(
            {
                **_head(day, dates),
                "total": _figures(rows),
                "by_category": [{"category": one, **_figures(some)} for one, some in _grouped(rows, "category")],
                "by_severity": [{"severity": one, **_figures(some)} for one, some in _grouped(rows, "severity")],
                "by_day": by_day(dates, rows, _figures),
            }
        )
    )


async def overview(
    tx: ReadTx, tenant_id: UUID, day: Day, first: date | None, last: date | None, now: datetime
) -> Shown:
    """What stands open, how it went and which nights it took, in the shape of `OverviewOut`."""
    dates = await between(tx, tenant_id, day, first, last)
    backlog = await tx.fetch(_BACKLOG, tenant_id, day.property_id)
    rows = await tx.fetch(_METRICS, tenant_id, day.property_id, *dates.bounds, dates.begins)
    worst = await tx.fetch(_WORST, tenant_id, day.property_id, *dates.bounds)
    nights = await _nights(tx, tenant_id, day, dates, now)
    return Shown(
        to_json(
            {
                **_head(day, dates),
                "open": {
                    "total": sum(row["n"] for row in backlog),
                    "late": sum(row["late"] for row in backlog),
                    "by_state": _counted(backlog, "state"),
                    "by_severity": _counted(backlog, "severity"),
                    "oldest": min((row["oldest"] for row in backlog), default=None),
                },
                "total": _figures(rows),
                "room_nights": nights,
                "worst_assets": [
                    {**{name: row[name] for name in ("name", "kind", "health_index", "orders", "labour_minutes")},
                     "asset_id": shown_id("ast", row["id"])}
                    for row in worst
                ],
            }
        )
    )  # fmt: skip


async def order_costs(
    tx: ReadTx, tenant_id: UUID, day: Day, first: date | None, last: date | None, now: datetime
) -> Shown:
    """What repairs cost, in the shape of `OrderCostsOut`. Amounts of two currencies are never added."""
    dates = await between(tx, tenant_id, day, first, last)
    rows = await tx.fetch(_COSTS, tenant_id, day.property_id, dates.first, dates.last)
    occupied = (await _nights(tx, tenant_id, day, dates, now))["occupied"]
    assets = [row for row in rows if row["asset_id"] is not None]
    whole = _sums(rows)
    return Shown(
        to_json(
            {
                **_head(day, dates),
                "total": [one.as_dict() for one in whole],
                "by_kind": _costs(rows, "kind", str),
                "by_category": _costs(rows, "category", str),
                "by_asset": _costs(assets, "asset_id", lambda one: shown_id("ast", one), "asset_name"),
                "occupied_room_nights": occupied,
                "per_occupied_room": [
                    Money((one.amount / occupied).quantize(Decimal("1e-12")), one.currency).as_dict() for one in whole
                ]
                if occupied
                else [],
            }
        )
    )


async def _nights(tx: ReadTx, tenant_id: UUID, day: Day, dates: Dates, now: datetime) -> dict[str, Any]:
    hotel = await tenancy.get_property(tx, tenant_id, day.property_id)
    row = await tx.fetchrow(
        _NIGHTS, tenant_id, day.property_id, dates.first, dates.last, hotel.rollover, hotel.zone, now
    )
    found = dict(row or {})
    sold = found["rooms"] - found["out_of_order"] - found["out_of_inventory"]
    return {
        **found,
        "occupancy_of_all": share(found["occupied"], found["rooms"] - found["out_of_inventory"]),
        "occupancy_of_sold": share(found["occupied"], sold),
    }


def _head(day: Day, dates: Dates) -> dict[str, Any]:
    return {"property_id": shown_id("prp", day.property_id), "first": dates.first, "last": dates.last}


def _grouped(rows: Iterable[Row], name: str) -> list[tuple[Any, list[Row]]]:
    found: dict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[name]].append(row)
    return sorted(found.items())


def _counted(rows: Iterable[Row], name: str) -> dict[str, int]:
    return {one: sum(row["n"] for row in some) for one, some in _grouped(rows, name)}


def _figures(rows: Sequence[Row]) -> dict[str, Any]:
    found: Counter[str] = Counter()
    for row in rows:
        for name in _SUMS:
            found[name] += row[name]
    return {
        **{name: found[name] for name in _COUNTS},
        "respond_kept": share(found["respond_kept"], found["respond_kept"] + found["respond_broken"]),
        "resolve_kept": share(found["resolve_kept"], found["resolve_kept"] + found["resolve_broken"]),
        "minutes_to_respond": mean(found["minutes_to_respond"], found["responded"]),
        "minutes_to_resolve": mean(found["minutes_to_resolve"], found["resolved"]),
    }


def _sums(rows: Iterable[Row]) -> list[Money]:
    found: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows:
        found[row["currency"]] += row["amount"]
    return [Money(amount, currency) for currency, amount in sorted(found.items())]


def _costs(
    rows: Iterable[Row], name: str, show: Callable[[Any], str], label: str | None = None
) -> list[dict[str, Any]]:
    return [
        {
            name: show(one),
            **({"name": some[0][label]} if label else {}),
            "amounts": [money.as_dict() for money in _sums(some)],
            "lines": sum(row["lines"] for row in some),
        }
        for one, some in _grouped(rows, name)
    ]
