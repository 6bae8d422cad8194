"""Who could get an order, and who gets at once what came by itself."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import httpx
import pytest

from serai.kernel.ids import encode
from tests.areas.housekeeping.people import Caller
from tests.areas.work_orders.test_diary import opened
from tests.conftest import Hotel, SignIn
from tests.flows.test_intake import COMPLAINT, tell

pytestmark = pytest.mark.integration


async def shift(head: Caller, hotel: Hotel, who: str, *skills: str) -> None:
    now = hotel.house.clock.now()
    body = {
        "property_id": encode("prp", hotel.property_id), "staff_id": who,
        "starts_at": (now - timedelta(hours=1)).isoformat(), "ends_at": (now + timedelta(hours=7)).isoformat(),
    }  # fmt: skip
    made = await head.post("/shifts", body, 201)
    await head.post(f"/shifts/{made['id']}/start", {})
    if skills:
        await head.ask("PATCH", f"/staff/{who}/profile", {"skills": list(skills), "version": 0})


async def technician(head: Caller, hotel: Hotel, name: str) -> str:
    place = encode("prp", hotel.property_id)
    body = {"name": name, "login": name.casefold(), "roles": [{"role": "technician", "property_id": place}]}
    return (await head.post("/staff", body, 201))["id"]


@pytest.fixture
async def head(client: httpx.AsyncClient, sign: SignIn) -> Caller:
    return Caller(client, await sign("executive_admin", everywhere=True))


async def test_hints_are_ranked_with_reasons_for_who_gives_orders_out(
    hotel: Hotel, head: Caller, chief: Caller, tom: Caller
) -> None:
    url, _ = await opened(tom, hotel, category="plumbing", estimated_minutes=90)
    before = (await chief.get(f"{url}/hints"))["items"]
    assert [(one["name"], one["fits"], one["reasons"][0]) for one in before] == [
        ("Technician", True, "Nobody keeps a roster."),
    ]  # fmt: skip
    dan, eve = await technician(head, hotel, "Dan"), await technician(head, hotel, "Eve")
    await shift(head, hotel, dan, "plumbing")
    await shift(head, hotel, eve, "hvac")
    other, _ = await opened(tom, hotel)
    await chief.post(f"{other}/assign", {"assignee_id": dan})
    found = (await chief.get(f"{url}/hints"))["items"]
    assert [(one["name"], one["fits"], one["open_minutes"]) for one in found] == [
        ("Dan", True, 60), ("Eve", False, 0), ("Technician", False, 0),
    ]  # fmt: skip
    await tom.ask("GET", f"{url}/hints", None, 403)


async def test_what_came_by_itself_is_given_to_the_best_at_once_unless_the_hotel_does_not_want_it(
    hotel: Hotel, head: Caller
) -> None:
    dan = await technician(head, hotel, "Dan")
    await shift(head, hotel, dan, "plumbing")
    said: dict[str, Any] = {"venue_id": "lobby", "complaint": "The tap drips"}
    await tell(head, hotel, 1, COMPLAINT, **said)
    [order] = (await head.get("/maintenance/work-orders"))["items"]
    assert (order["category"], order["state"], order["assignee_id"]) == ("plumbing", "assigned", dan)
    place = f"/properties/{encode('prp', hotel.property_id)}"
    await head.ask("PATCH", place, {"policies": {"gives_orders": False}, "version": 1})
    await tell(head, hotel, 2, COMPLAINT, venue_id="bar", complaint="The heating is cold")
    [_, second] = (await head.get("/maintenance/work-orders?sort=reported_at"))["items"]
    assert (second["state"], second["assignee_id"]) == ("open", None)


async def test_what_is_of_another_trade_waits_for_somebody(hotel: Hotel, head: Caller) -> None:
    dan = await technician(head, hotel, "Dan")
    await shift(head, hotel, dan, "hvac")
    await tell(head, hotel, 1, COMPLAINT, venue_id="lobby", complaint="The tap drips")
    [order] = (await head.get("/maintenance/work-orders"))["items"]
    assert order["state"] == "open"
