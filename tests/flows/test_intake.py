"""What guests, housekeepers and locks say is broken becomes a work order, once."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest

from serai.areas.work_orders.model import Severity
from serai.flows.intake import DANGER, lock_severity
from serai.kernel.clock import ManualClock
from serai.kernel.ids import encode
from serai.runtime.jobs.background import Background
from tests.areas.housekeeping.people import Caller, look, rooms, spc
from tests.conftest import Hotel, SignIn

pytestmark = pytest.mark.integration
COMPLAINT = "guest.complaint_filed"
LOCK = "lock_integration.device.health_alert.v1"


@pytest.fixture
async def pms(client: Any, sign: SignIn) -> Caller:
    """Who sends events."""
    return Caller(client, await sign("venue_admin"))


async def tell(pms: Caller, hotel: Hotel, number: int, kind: str, expect: int = 202, **data: Any) -> Any:
    """An event, a second after the last one; what became of it."""
    clock = hotel.house.clock
    assert isinstance(clock, ManualClock)
    clock.set(clock.now() + timedelta(seconds=1))
    body = {
        "specversion": "1.0", "id": str(number), "source": "/guests", "type": kind, "data": data,
        "time": clock.now().isoformat(), "propertyid": encode("prp", hotel.property_id),
    }  # fmt: skip
    answer = await pms.ask("POST", "/events", body, expect, **{"content-type": "application/cloudevents+json"})
    return answer["results"][0]["status"] if expect == HTTPStatus.ACCEPTED else answer["detail"]


async def orders(pms: Caller) -> list[dict[str, Any]]:
    return (await pms.get("/maintenance/work-orders?sort=reported_at"))["items"]


async def test_a_complaint_becomes_an_order_with_the_guests_reference(pms: Caller, hotel: Hotel) -> None:
    [room] = await rooms(hotel, "101")
    said = {
        "venue_id": "101",
        "complaint": "The shower\ndoes not drain.",
        "booking_reference": "B-1",
        "priority": "urgent",
    }
    assert await tell(pms, hotel, 1, COMPLAINT, **said) == "applied"
    assert await tell(pms, hotel, 1, COMPLAINT, **said) == "applied"
    [order] = await orders(pms)
    assert (order["title"], order["category"], order["severity"]) == ("The shower", "plumbing", "high")
    assert (order["space_id"], order["safety_concern"], order["state"]) == (spc(room), False, "open")
    [report] = order["reports"]
    assert (report["origin"], report["booking_reference"]) == ("guest_complaint", "B-1")


async def test_the_same_fault_told_again_is_added_and_the_order_gets_as_bad_as_its_worst_word(
    pms: Caller, hotel: Hotel, background: Background
) -> None:
    [room, other] = await rooms(hotel, "101", "102")
    body = {"property_id": encode("prp", hotel.property_id), "title": "AC", "room_id": spc(room), "category": "hvac"}
    await pms.post("/maintenance/work-orders", body, 201)
    await tell(pms, hotel, 1, COMPLAINT, room_number="101", text="The air conditioning is loud", guestId="G1")
    await tell(pms, hotel, 2, "housekeeping.room.maintenance_required.v1", room_number="101", category="hvac",
               description="Sparks from the unit")  # fmt: skip
    await tell(pms, hotel, 3, COMPLAINT, room_number="102", text="The air conditioning is loud")
    await tell(pms, hotel, 4, COMPLAINT, room_number="101", text="The lamp is dead")
    first, second, third = await orders(pms)
    assert [one["origin"] for one in first["reports"]] == ["staff", "guest_complaint", "housekeeping"]
    assert (first["severity"], first["safety_concern"]) == ("high", True)
    assert (second["room_number"], third["category"]) == ("102", "electrical")
    await background.settle()
    assert (await look(hotel, room)).service == "out_of_order"
    assert (await look(hotel, other)).service == "in_service"


async def test_a_mended_fault_that_comes_back_is_a_new_order(pms: Caller, hotel: Hotel) -> None:
    await rooms(hotel, "101")
    await tell(pms, hotel, 1, COMPLAINT, room_number="101", text="No hot water")
    [order] = await orders(pms)
    await pms.post(f"/work-orders/{order['id']}/complete", {"remedy": "Mended"})
    await tell(pms, hotel, 2, COMPLAINT, room_number="101", text="No hot water")
    assert [one["state"] for one in await orders(pms)] == ["resolved", "open"]


async def test_a_lock_has_one_order_as_bad_as_its_battery_and_line(pms: Caller, hotel: Hotel) -> None:
    await rooms(hotel, "101")
    await tell(pms, hotel, 1, LOCK, device_id="L-7", batteryLevel=22, online=True)
    await tell(pms, hotel, 2, LOCK, deviceId="L-7", battery_level=21)
    await tell(pms, hotel, 3, LOCK, device_id="L-7", online=False, message="No answer")
    await tell(pms, hotel, 4, LOCK, device_id="L-8", room_number="101", battery=3)
    first, second = await orders(pms)
    assert (first["title"], first["severity"], len(first["reports"])) == ("Lock L-7", "high", 3)
    assert [one["text"] for one in first["reports"]] == ["battery 22 %", "battery 21 %", "No answer. offline"]
    assert (second["room_number"], second["severity"], second["symptom"]) == ("101", "high", "lock:L-8")


async def test_what_is_told_at_once_from_many_sides_is_one_order(pms: Caller, hotel: Hotel) -> None:
    await rooms(hotel, "101")
    await asyncio.gather(*(tell(pms, hotel, n, COMPLAINT, room_number="101", text="No water") for n in range(12)))
    [order] = await orders(pms)
    assert len(order["reports"]) == 12


async def test_a_place_that_nobody_knows_is_told_in_words(pms: Caller, hotel: Hotel) -> None:
    await tell(pms, hotel, 1, COMPLAINT, location="Rooftop bar", text="The lamp flickers", category="nonsense")
    [order] = await orders(pms)
    assert (order["title"], order["space_id"], order["category"]) == (
        "The lamp flickers (Rooftop bar)", None, "electrical",
    )  # fmt: skip


async def test_what_says_nothing_is_refused(pms: Caller, hotel: Hotel) -> None:
    assert "description" in await tell(pms, hotel, 1, COMPLAINT, 422, room_number="101")
    assert "device_id" in await tell(pms, hotel, 2, LOCK, 422, battery=3)
    assert "battery" in await tell(pms, hotel, 3, LOCK, 422, device_id="L-7", battery=400)
    assert await orders(pms) == []


@pytest.mark.parametrize(
    ("battery", "online", "severity"),
    [
        (None, None, Severity.LOW),
        (80, True, Severity.LOW),
        (24.9, True, Severity.MEDIUM),
        (9, None, Severity.HIGH),
        (80, False, Severity.HIGH),
        (5, False, Severity.CRITICAL),
    ],
)
def test_how_bad_a_lock_is(battery: float | None, online: bool | None, severity: Severity) -> None:  # noqa: FBT001
    assert lock_severity(battery, online=online) is severity


@pytest.mark.parametrize("words", ["there is smoke", "i smell gas", "ten sparks", "در اتاق دود است", "برق گرفتگی"])
def test_danger_is_heard(words: str) -> None:
    assert DANGER.search(words)


@pytest.mark.parametrize("words", ["the gasket leaks", "the lamp is dead", "the tap drips", "چراغ خراب است"])
def test_what_is_no_danger_is_not(words: str) -> None:
    assert not DANGER.search(words)


async def test_a_room_that_was_closed_elsewhere_is_linked_to_its_orders(pms: Caller, hotel: Hotel) -> None:
    [room] = await rooms(hotel, "101")
    body = {"property_id": encode("prp", hotel.property_id), "title": "AC", "room_id": spc(room), "severity": "low"}
    made = await pms.post("/maintenance/work-orders", body, 201)
    name = "property.room.taken_out_of_order.v1"
    assert await tell(pms, hotel, 1, name, room_id=spc(room), reason="Water damage") == "applied"
    after = await pms.get(f"/maintenance/work-orders/{made['id']}")
    assert after["room_blocked_at"] is not None
    assert after["last_note"] == "The room was taken out of order elsewhere. Water damage"
    assert "/room_id" in await tell(pms, hotel, 2, name, expect=422, room_number="999")


async def test_a_locks_asset_is_made_and_its_health_follows(pms: Caller, hotel: Hotel) -> None:
    await tell(pms, hotel, 1, LOCK, device_id="L-7", battery_level=8)
    await tell(pms, hotel, 2, LOCK, device_id="L-7", battery_level=90, online=False)
    await tell(pms, hotel, 3, LOCK, device_id="L-7", message="It beeps")
    [asset] = (await pms.get("/maintenance/assets"))["items"]
    assert (asset["kind"], asset["external_code"], asset["health_index"]) == ("lock_device", "L-7", 20)
    points = (await pms.get(f"/maintenance/assets/{asset['id']}/health"))["items"]
    assert [(one["health_index"], one["source"]) for one in points] == [(20, "event"), (8, "event")]
    [order] = await orders(pms)
    assert (order["asset_id"], len(order["reports"])) == (asset["id"], 3)


async def test_an_invoice_that_the_books_have_is_marked(pms: Caller, hotel: Hotel) -> None:
    place = encode("prp", hotel.property_id)
    vendor = {"name": "Omar", "channel": "sms", "phone": "+93700123456", "property_id": place}
    omar = await pms.post("/maintenance/vendors", vendor, 201)
    order = await pms.post("/maintenance/work-orders", {"property_id": place, "title": "AC"}, 201)
    bill = {"amount": "10", "vendor_id": omar["id"]}
    await pms.post(f"/maintenance/work-orders/{order['id']}/vendor-invoice", bill, 201)
    [invoice] = (await pms.get("/maintenance/vendor-invoices"))["items"]
    said = {"invoice_id": invoice["id"], "reference": "F-1"}
    became = [await tell(pms, hotel, number, "billing.vendor_invoice.posted.v1", **said) for number in (1, 2)]
    assert became == ["applied", "ignored"]
    [after] = (await pms.get("/maintenance/vendor-invoices?posted=true"))["items"]
    assert (after["posted_reference"], after["version"]) == ("F-1", 2)
    await tell(pms, hotel, 3, "billing.vendor_invoice.posted.v1", expect=422, invoice_id="vin_nothing")
