"""How repairs went, what they cost, and which nights they took, over HTTP."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from serai.areas.spaces.model import Service
from serai.areas.stays.model import State
from serai.kernel.clock import ManualClock
from serai.kernel.ids import encode
from serai.runtime.jobs.background import Background
from serai.views.repairs_api import OrderCostsOut, OrderMetricsOut, OverviewOut
from tests.areas.housekeeping.people import Caller, look, ready, rooms, spc, told
from tests.conftest import Hotel, SignIn

pytestmark = pytest.mark.integration
URL = "/maintenance/work-orders"


async def sign_in(client: httpx.AsyncClient, sign: SignIn) -> Caller:
    """The company's head, with a fresh session."""
    return Caller(client, await sign("executive_admin", everywhere=True))


async def test_a_quiet_hotel_has_figures_of_nothing(client: httpx.AsyncClient, hotel: Hotel, sign: SignIn) -> None:
    head = await sign_in(client, sign)
    metrics = OrderMetricsOut.model_validate(await head.get("/dashboard/metrics/maintenance"))
    assert (metrics.total.made, metrics.total.respond_kept, metrics.by_category) == (0, None, [])
    seen = OverviewOut.model_validate(await head.get("/analytics/overview"))
    assert (seen.open.total, seen.open.oldest, seen.room_nights.nights, seen.worst_assets) == (0, None, 0, [])
    costs = OrderCostsOut.model_validate(await head.get("/analytics/costs"))
    assert (costs.total, costs.per_occupied_room) == ([], [])
    await head.ask("GET", "/analytics/costs?first=2026-03-02&last=2026-03-01", None, 422)
    cleaner = Caller(client, await sign("housekeeper"))
    await cleaner.ask("GET", "/analytics/costs", None, 403)


async def test_a_day_of_repairs_is_counted_priced_and_takes_its_nights(
    client: httpx.AsyncClient, hotel: Hotel, sign: SignIn, clock: ManualClock, background: Background
) -> None:
    head = await sign_in(client, sign)
    place = encode("prp", hotel.property_id)
    broken, slept = await rooms(hotel, "101", "102")
    await ready(hotel, broken)
    await ready(hotel, slept)
    await told(hotel, "S", State.CHECKED_IN, slept, arrival="2026-03-01", departure="2026-03-04")
    boiler = await head.post("/maintenance/assets", {"property_id": place, "kind": "boiler", "name": "Boiler"}, 201)
    part = await head.post("/maintenance/parts", {"property_id": place, "part_number": "F", "name": "F"}, 201)
    await head.post(f"/maintenance/parts/{part['id']}/receive", {"quantity": "9", "unit_cost": "10.01"})
    body = {"property_id": place, "title": "No water"}
    grave = await head.post(URL, {**body, "room_id": spc(broken), "severity": "high", "category": "water"}, 201)
    small = await head.post(URL, {**body, "asset_id": boiler["id"], "category": "hvac"}, 201)
    await background.settle()
    assert (await look(hotel, broken)).service is Service.OUT_OF_ORDER
    clock.set(clock.now() + timedelta(minutes=10))
    await head.post(f"{URL}/{small['id']}/start")
    await head.post(f"{URL}/{small['id']}/parts-usage", {"part_id": part["id"], "quantity": "3"}, 201)
    await head.post(f"{URL}/{small['id']}/time-entries", {"minutes": 20})
    await head.post(f"{URL}/{small['id']}/resolve", {"remedy": "Done"})
    clock.set(clock.now() + timedelta(days=1))
    await background.settle()
    head = await sign_in(client, sign)
    metrics = OrderMetricsOut.model_validate(
        await head.get("/dashboard/metrics/maintenance?first=2026-03-02&last=2026-03-02")
    )
    assert (metrics.total.made, metrics.total.live, metrics.total.resolved) == (2, 1, 1)
    assert (metrics.total.minutes_to_respond, metrics.total.minutes_to_resolve) == (10.0, 10.0)
    assert metrics.total.respond_kept == 0.5
    assert {one.category: one.labour_minutes for one in metrics.by_category} == {"hvac": 20, "water": 0}
    assert [one.severity for one in metrics.by_severity] == ["high", "medium"]
    assert [one.model_dump(exclude={"date"}) for one in metrics.by_day] == [metrics.total.model_dump()]
    seen = OverviewOut.model_validate(await head.get("/analytics/overview?first=2026-03-02&last=2026-03-03"))
    assert (seen.open.total, seen.open.late, seen.open.by_severity) == (1, 1, {"high": 1})
    nights = seen.room_nights
    assert (nights.nights, nights.rooms, nights.out_of_order, nights.occupied) == (1, 2, 1, 1)
    assert (nights.occupancy_of_all, nights.occupancy_of_sold) == (0.5, 1.0)
    assert [(one.name, one.orders) for one in seen.worst_assets] == [("Boiler", 1)]
    costs = OrderCostsOut.model_validate(await head.get("/analytics/costs?first=2026-03-02&last=2026-03-03"))
    assert [(one.amount, one.currency) for one in costs.total] == [("30.03", "AFN")]
    assert [(one.asset_id, one.amounts[0].amount) for one in costs.by_asset] == [(boiler["id"], "30.03")]
    assert [(one.kind, one.lines) for one in costs.by_kind] == [("labour", 1), ("part", 1)]
    assert (costs.occupied_room_nights, costs.per_occupied_room[0].amount) == (1, "30.03")
    alerts = (await head.get("/dashboard/alerts"))["items"]
    late = next(one for one in alerts if one["kind"] == "order_late")
    assert (late["subject"], late["severity"], late["room_number"]) == (grave["id"], "critical", "101")


async def test_an_order_belongs_to_the_business_date_on_which_it_was_reported(
    client: httpx.AsyncClient, hotel: Hotel, sign: SignIn, clock: ManualClock
) -> None:
    body = {"property_id": encode("prp", hotel.property_id), "title": "No water"}
    for day, hour, minute in ((2, 8, 0), (2, 23, 29), (2, 23, 30), (4, 23, 29)):  # 23:30 is 04:00 in Kabul
        clock.set(datetime(2026, 3, day, hour, minute, tzinfo=UTC))
        head = await sign_in(client, sign)
        await head.post(URL, body, 201)
    found = OrderMetricsOut.model_validate(
        await head.get("/dashboard/metrics/maintenance?first=2026-03-01&last=2026-03-05")
    )
    assert [(one.date.isoformat(), one.made) for one in found.by_day] == [
        ("2026-03-01", 0), ("2026-03-02", 2), ("2026-03-03", 1), ("2026-03-04", 1), ("2026-03-05", 0),
    ]  # fmt: skip
    assert (sum(one.live for one in found.by_day), found.total.live, found.by_day[0].respond_kept) == (4, 4, None)
