"""What an order costs: minutes, parts, invoices, at the price of their time."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from decimal import Decimal
from typing import Any

import httpx
import pytest

from serai.kernel.clock import ManualClock
from serai.kernel.ids import encode
from tests.areas.housekeeping.people import Caller, journal
from tests.areas.work_orders.test_diary import opened
from tests.conftest import Hotel, SignIn

pytestmark = pytest.mark.integration
PARTS = "/maintenance/parts"


@pytest.fixture
async def head(client: httpx.AsyncClient, sign: SignIn) -> Caller:
    return Caller(client, await sign("executive_admin", everywhere=True))


async def store_part(head: Caller, hotel: Hotel, many: str = "10", cost: str = "12.50", **more: Any) -> dict[str, Any]:
    body = {"property_id": encode("prp", hotel.property_id), "part_number": "F-1", "name": "Filter", **more}
    part = await head.post(PARTS, body, 201)
    return await head.post(f"{PARTS}/{part['id']}/receive", {"quantity": many, "unit_cost": cost})


def total(order: dict[str, Any]) -> dict[tuple[str, str], str]:
    return {(one["kind"], one["currency"]): one["amount"] for one in order["costs"]}


async def test_minutes_cost_what_an_hour_cost_then(hotel: Hotel, head: Caller, tom: Caller, clock: ManualClock) -> None:
    url, _ = await opened(tom, hotel)
    free = await tom.post(f"{url}/time-entries", {"minutes": 10})
    assert total(free) == {("labour", "AFN"): "0.00"}, "nobody knew what an hour costs"
    now = clock.now()
    await head.post(
        f"/staff/{tom.id}/rates",
        {"amount": "30", "currency": "AFN", "valid_from": (now - timedelta(days=3)).isoformat()},
        201,
    )
    await head.post(
        f"/staff/{tom.id}/rates",
        {"amount": "60", "currency": "AFN", "valid_from": (now - timedelta(days=1)).isoformat()},
        201,
    )
    clock.set(now + timedelta(seconds=1))
    await tom.post(f"{url}/time-entries", {"minutes": 20})
    clock.set(now + timedelta(seconds=2))
    both = await tom.post(f"{url}/time-entries", {"minutes": 20, "worked_at": (now - timedelta(days=2)).isoformat()})
    assert total(both) == {("labour", "AFN"): "30.00"}
    lines = (await head.get(f"{url}/costs"))["items"]
    assert [(one["unit_price"], one["amount"], one["what"]) for one in lines] == [
        (None, "0.00", "Technician"), ("60", "20.00", "Technician"), ("30", "10.00", "Technician"),
    ]  # fmt: skip
    _, dear, _ = (await tom.get(f"{url}/time-entries"))["items"]
    after = await tom.ask("DELETE", f"{url}/time-entries/{dear['id']}")
    again = await tom.ask("DELETE", f"{url}/time-entries/{dear['id']}")
    assert again["version"] == after["version"], "a slip is struck once"
    assert after["labour_minutes"] == 30
    kept = [one for one in (await head.get(f"{url}/costs"))["items"] if one["struck_at"] is None]
    assert sum(Decimal(one["amount"]) for one in kept) == Decimal(total(after)["labour", "AFN"])
    await tom.ask("GET", f"{url}/costs", None, 403)


async def test_a_part_is_used_once_however_often_it_is_asked(hotel: Hotel, head: Caller, tom: Caller) -> None:
    part = await store_part(head, hotel)
    url, order = await opened(tom, hotel)
    body = {"part_id": part["id"], "quantity": "2"}
    answers: list[Any] = await asyncio.gather(
        *(tom.ask("POST", f"{url}/parts-usage", body, 201, **{"idempotency-key": "same"}) for _ in range(4)),
        return_exceptions=True,
    )
    done = [one for one in answers if isinstance(one, dict)]
    assert done
    assert all(one == done[0] for one in done), "the same answer"
    assert all(str(one).startswith("409") for one in answers if one not in done), "or that it is under way"
    assert (await head.get(f"{PARTS}/{part['id']}"))["on_hand"] == "8"
    found = await tom.get(f"/maintenance/work-orders/{order['id']}")
    assert total(found) == {("part", "AFN"): "25.00"}
    [used] = (await tom.get(f"{url}/parts-usage"))["items"]
    await head.post(f"{PARTS}/{part['id']}/receive", {"quantity": "1", "unit_cost": "20"})
    dearer = await tom.post(f"{url}/parts-usage", {"part_id": part["id"], "quantity": "1"}, 201)
    assert total(dearer) == {("part", "AFN"): "45.00"}, "what was used before keeps its price"
    struck = await tom.ask("DELETE", f"{url}/parts-usage/{used['id']}")
    assert total(struck) == {("part", "AFN"): "20.00"}
    await tom.ask("DELETE", f"{url}/parts-usage/{used['id']}", None, 409)
    assert (await head.get(f"{PARTS}/{part['id']}"))["on_hand"] == "10"
    history = await head.get(f"/inventory/parts/{part['id']}/history?count=true")
    assert history["total"] == 5
    assert sorted(one["kind"] for one in history["items"]) == ["give_back", "receive", "receive", "use", "use"]
    assert len(await journal(hotel, "maintenance.part_usage.recorded.v1")) == 2
    await tom.ask("POST", f"{url}/parts-usage", {"part_id": part["id"], "quantity": "11"}, 409)


async def test_parts_are_kept_for_an_order_until_it_is_over(
    hotel: Hotel, head: Caller, chief: Caller, tom: Caller
) -> None:
    part = await store_part(head, hotel, "3", reorder_at="1")
    url, _ = await opened(tom, hotel)
    other, _ = await opened(tom, hotel)
    await tom.ask("PUT", f"{url}/parts-kept", {"part_id": part["id"], "quantity": "2"})
    await tom.ask("PUT", f"{url}/parts-kept", {"part_id": part["id"], "quantity": "2"})
    shown = await head.get(f"{PARTS}/{part['id']}")
    assert (shown["reserved"], shown["available"], shown["low_since"] is not None) == ("2", "1", True)
    assert [one["id"] for one in (await head.get("/inventory/parts/low-stock"))["items"]] == [part["id"]]
    await tom.ask("POST", f"{other}/parts-usage", {"part_id": part["id"], "quantity": "2"}, 409)
    await tom.post(f"{url}/parts-usage", {"part_id": part["id"], "quantity": "1"}, 201)
    await chief.post(f"{url}/cancel", {"reason": "Not needed"})
    after = await head.get(f"{PARTS}/{part['id']}")
    assert (after["on_hand"], after["reserved"]) == ("2", "0")
    await tom.ask("POST", f"{url}/parts-usage", {"part_id": part["id"], "quantity": "1"}, 409)
    await tom.ask("PUT", f"{url}/parts-kept", {"part_id": part["id"], "quantity": "1"}, 409)
    assert len(await journal(hotel, "maintenance.part.low_stock.v1")) >= 1


async def test_the_last_lines_come_with_the_resolution_and_the_event_has_the_sums(
    hotel: Hotel, head: Caller, tom: Caller
) -> None:
    part = await store_part(head, hotel)
    await head.post(f"/staff/{tom.id}/rates", {"amount": "45", "currency": "AFN"}, 201)
    url, order = await opened(tom, hotel)
    await tom.post(f"{url}/start")
    lines = {"labour": [{"minutes": 40}], "parts": [{"part_id": part["id"], "quantity": "0.5"}]}
    await tom.ask(
        "POST", f"{url}/resolve", {"remedy": "New filter", "parts": [{"part_id": part["id"], "quantity": "99"}]}, 409
    )
    assert (await tom.get(f"/maintenance/work-orders/{order['id']}"))["state"] == "in_progress", "all or nothing"
    done = await tom.post(f"{url}/resolve", {"remedy": "New filter", **lines})
    assert total(done) == {("labour", "AFN"): "30.00", ("part", "AFN"): "6.25"}
    [told] = await journal(hotel, "maintenance.work_order.resolved.v1")
    assert told["costs"] == done["costs"]
    assert told["labour_minutes"] == 40


async def test_invoices_are_costs_in_their_own_currency_and_are_posted(
    hotel: Hotel, head: Caller, chief: Caller, tom: Caller, client: httpx.AsyncClient, sign: SignIn
) -> None:
    vendor = await head.post("/maintenance/vendors", {"name": "Omar", "channel": "sms", "phone": "+93700123456"}, 201)
    url, order = await opened(tom, hotel)
    await chief.ask("POST", f"{url}/vendor-invoice", {"amount": "10"}, 422)
    await tom.ask("POST", f"{url}/vendor-invoice", {"amount": "10", "vendor_id": vendor["id"]}, 403)
    await chief.post(f"{url}/assign", {"vendor_id": vendor["id"]})
    await chief.ask("POST", f"{url}/vendor-invoice", {"amount": "10.005"}, 422)
    await chief.ask("POST", f"{url}/vendor-invoice", {"amount": "10", "currency": "XXX"}, 422)
    here = await chief.post(f"{url}/vendor-invoice", {"amount": "120", "number": "7/26", "due_on": "2026-04-01"}, 201)
    assert total(here) == {("invoice", "AFN"): "120.00"}
    both = await chief.post(f"{url}/vendor-invoice", {"amount": "4500", "currency": "USD"}, 201)
    assert total(both) == {("invoice", "USD"): "4500.00", ("invoice", "AFN"): "120.00"}
    listed = await chief.get(f"/maintenance/vendor-invoices?order_id={order['id']}&count=true")
    right, slip = sorted(listed["items"], key=lambda one: one["currency"])
    assert (listed["total"], right["number"], right["due_on"]) == (2, "7/26", "2026-04-01")
    gone = await chief.ask("DELETE", f"{url}/vendor-invoice/{slip['id']}")
    assert total(gone) == {("invoice", "AFN"): "120.00"}
    books = Caller(client, await sign("integration"))
    posted = await books.post(f"/maintenance/vendor-invoices/{right['id']}/post", {"reference": "F-9"})
    assert posted["posted_reference"] == "F-9"
    await books.ask("POST", f"/maintenance/vendor-invoices/{slip['id']}/post", {}, 409)
    await chief.ask("DELETE", f"{url}/vendor-invoice/{right['id']}", None, 409)
    assert [one["id"] for one in (await chief.get("/maintenance/vendor-invoices?posted=false"))["items"]] == [
        slip["id"]
    ]


async def test_a_month_has_budgets_beside_what_was_spent(
    hotel: Hotel, head: Caller, chief: Caller, tom: Caller
) -> None:
    place = encode("prp", hotel.property_id)
    part = await store_part(head, hotel)
    url, _ = await opened(tom, hotel, category="plumbing")
    await tom.post(f"{url}/parts-usage", {"part_id": part["id"], "quantity": "2"}, 201)
    day = (await head.get(f"{url}/costs"))["items"][0]["day"]
    month = day[:7]
    for category, amount in ((None, "1000"), ("plumbing", "20"), ("hvac", "5")):
        await head.ask(
            "PUT",
            "/maintenance/budgets",
            {"property_id": place, "month": month, "amount": amount, "category": category},
        )
    await head.ask("PUT", "/maintenance/budgets", {"property_id": place, "month": month, "category": "hvac"})
    await chief.ask("PUT", "/maintenance/budgets", {"property_id": place, "month": month, "amount": "1"}, 403)
    found = (await chief.get(f"/maintenance/budgets?property_id={place}&month={month}"))["items"]
    assert [(one["category"], one["amount"], one["spent"], one["left"]) for one in found] == [
        (None, "1000.00", "25.00", "975.00"), ("plumbing", "20.00", "25.00", "-5.00"),
    ]  # fmt: skip
    assert (await chief.get(f"/maintenance/budgets?property_id={place}&month=2031-12"))["items"] == []


async def test_a_part_is_counted_changed_and_put_away(hotel: Hotel, head: Caller, chief: Caller) -> None:
    part = await store_part(head, hotel)
    url = f"{PARTS}/{part['id']}"
    counted = await head.post(f"{url}/adjust", {"quantity": "4", "note": "Counted"})
    assert counted["on_hand"] == "4"
    changed = await head.ask("PATCH", url, {"name": "Dust filter", "version": counted["version"]})
    assert changed["name"] == "Dust filter"
    await head.ask("PATCH", url, {"name": None, "version": changed["version"]}, 422)
    await head.ask("PATCH", url, {"active": False, "version": changed["version"]}, 422)
    nothing = await head.post(f"{url}/adjust", {"quantity": "0", "note": "All gone"})
    gone = await head.ask("PATCH", url, {"active": False, "version": nothing["version"]})
    assert gone["active"] is False
    assert (await chief.get(f"{PARTS}?active=true"))["items"] == []
    again = {"property_id": encode("prp", hotel.property_id), "part_number": "F-1", "name": "Filter"}
    await head.ask("POST", "/inventory/parts", again, 409)


async def test_parts_go_from_one_hotel_to_another(hotel: Hotel, head: Caller, chief: Caller) -> None:
    more = {"code": "far", "name": "Far", "zone": "Asia/Kabul", "currency": "AFN", "locale": "fa-AF"}
    far = await head.post("/properties", more, 201)
    part = await store_part(head, hotel)
    there = await head.post(PARTS, {"property_id": far["id"], "part_number": "F-1", "name": "Filter"}, 201)
    body = {"quantity": "4", "to_part_id": there["id"]}
    await head.ask("POST", f"{PARTS}/{part['id']}/transfer", {**body, "to_part_id": part["id"]}, 422)
    await head.ask("POST", f"{PARTS}/{part['id']}/transfer", {**body, "quantity": "11"}, 409)
    sent = await head.post(f"{PARTS}/{part['id']}/transfer", body)
    came = await head.get(f"{PARTS}/{there['id']}")
    assert (sent["on_hand"], came["on_hand"], came["last_cost"]) == ("6", "4", "12.5")
    [move] = (await head.get(f"{PARTS}/{there['id']}/history"))["items"]
    assert (move["kind"], move["other_part_id"]) == ("transfer_in", part["id"])
    url, _ = await opened(head, hotel)
    await head.ask("POST", f"{url}/parts-usage", {"part_id": there["id"], "quantity": "1"}, 404)
    await head.ask("PUT", f"{url}/parts-kept", {"part_id": there["id"], "quantity": "1"}, 404)


async def test_a_part_is_used_through_the_inventory_for_an_order_or_none(
    hotel: Hotel, head: Caller, tom: Caller
) -> None:
    part = await store_part(head, hotel)
    url, order = await opened(tom, hotel)
    loose = await tom.post(f"/inventory/parts/{part['id']}/usage", {"quantity": "1"}, 201)
    assert (loose["order_id"], loose["amount"]) == (None, "12.50")
    bound = await tom.post(f"/inventory/parts/{part['id']}/usage", {"quantity": "2", "work_order_id": order["id"]}, 201)
    assert (bound["order_id"], bound["amount"]) == (order["id"], "25.00")
    assert total(await tom.get(url)) == {("part", "AFN"): "25.00"}


async def test_of_fifty_who_want_the_last_ten_ten_get_one(hotel: Hotel, head: Caller, tom: Caller) -> None:
    part = await store_part(head, hotel)
    url, _ = await opened(tom, hotel)

    async def use() -> int:
        try:
            await tom.ask("POST", f"{url}/parts-usage", {"part_id": part["id"], "quantity": "1"}, 201)
        except AssertionError as refused:
            assert str(refused).startswith("409"), refused  # noqa: PT017  # all else is a fault
            return 0
        return 1

    assert sum(await asyncio.gather(*(use() for _ in range(50)))) == 10
    assert (await head.get(f"{PARTS}/{part['id']}"))["on_hand"] == "0"
    assert total(await tom.get(url)) == {("part", "AFN"): "125.00"}


async def test_a_part_is_priced_in_its_own_unit_whatever_that_is_called(
    hotel: Hotel, head: Caller, tom: Caller
) -> None:
    part = await store_part(head, hotel, unit="minute")
    url, _ = await opened(tom, hotel)
    used = await tom.post(f"{url}/parts-usage", {"part_id": part["id"], "quantity": "2"}, 201)
    assert total(used) == {("part", "AFN"): "25.00"}
    [line] = (await head.get(f"{url}/costs"))["items"]
    assert (line["unit"], line["quantity"]) == ("minute", "2")
