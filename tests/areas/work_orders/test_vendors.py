"""A work order in the hands of a vendor: given, promised, declined, taken back."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import httpx
import pytest

from serai.access.tenancy import service as tenancy
from serai.kernel.clock import ManualClock
from serai.kernel.ids import encode, new_id
from tests.areas.housekeeping.people import Caller, journal
from tests.conftest import Hotel, SignIn, make_hotel

pytestmark = pytest.mark.integration
URL = "/maintenance/work-orders"
NAME = "maintenance.vendor.{}.v1"


async def omar(chief: Caller, hotel: Hotel, **more: Any) -> str:
    """A plumber with a phone."""
    place = encode("prp", hotel.property_id)
    body = {"name": "Omar", "channel": "whatsapp", "phone": "+93700123456", "property_id": place}
    return (await chief.post("/maintenance/vendors", {**body, **more}, 201))["id"]


async def opened(who: Caller, hotel: Hotel, **more: Any) -> tuple[str, str]:
    """A new order's path and id."""
    body = {"property_id": encode("prp", hotel.property_id), "title": "No water", "category": "plumbing", **more}
    order = await who.post(URL, body, 201)
    return f"{URL}/{order['id']}", order["id"]


async def test_a_vendor_gets_an_order_and_says_on_the_phone_when_it_comes(
    hotel: Hotel, ana: Caller, chief: Caller, tom: Caller, clock: ManualClock
) -> None:
    vendor = await omar(chief, hotel)
    url, order_id = await opened(ana, hotel)
    given = await chief.post(f"{url}/assign", {"vendor_id": vendor})
    assert (given["state"], given["vendor_id"], given["assignee_id"]) == ("assigned", vendor, None)
    same = await chief.post(f"{url}/assign", {"vendor_id": vendor})
    assert same["version"] == given["version"]
    [told] = await journal(hotel, NAME.format("assigned"))
    assert (told["order_id"], told["vendor_name"], told["channel"]) == (order_id, "Omar", "whatsapp")

    five = (clock.now() + timedelta(hours=5)).isoformat()
    await tom.post(f"{url}/vendor-acknowledged", {"promised_at": five, "channel": "sms", "note": "With a helper"})
    [one] = (await chief.get(f"/maintenance/dispatches?order_id={order_id}"))["items"]
    assert (one["state"], one["promised_at"], one["via"]) == ("acknowledged", five, "sms")
    assert (one["recorded_by"], one["note"]) == ("Technician", "With a helper")
    late = {"promised_at": (clock.now() - timedelta(minutes=1)).isoformat()}
    refused = await tom.ask("POST", f"{url}/vendor-acknowledged", late, 422)
    assert refused["errors"][0]["pointer"] == "/promised_at"

    begun = await tom.post(f"{url}/start")
    assert (begun["state"], begun["vendor_id"], begun["assignee_id"]) == ("in_progress", vendor, None)
    await tom.post(f"{url}/resolve", {"remedy": "A new pipe"})
    await chief.post(f"{url}/verify")
    listed = await chief.get(f"/maintenance/dispatches?vendor_id={vendor}&count=true")
    assert (listed["items"][0]["state"], listed["total"]) == ("released", 1)
    assert [len(await journal(hotel, NAME.format(name))) for name in ("acknowledged", "released")] == [1, 1]
    assert [one["id"] for one in (await chief.get(f"{URL}?vendor_id={vendor}"))["items"]] == [order_id]


async def test_a_vendor_that_does_not_come_has_it_no_more(
    hotel: Hotel, ana: Caller, chief: Caller, tom: Caller
) -> None:
    url, order_id = await opened(ana, hotel)
    await tom.ask("POST", f"{url}/vendor-acknowledged", {}, 409)
    await chief.post(f"{url}/assign", {"vendor_id": await omar(chief, hotel)})
    free = await tom.post(f"{url}/vendor-acknowledged", {"accepted": False, "note": "A wedding"})
    assert (free["state"], free["vendor_id"]) == ("open", None)
    [one] = (await chief.get("/maintenance/dispatches?state=declined"))["items"]
    assert (one["order_id"], one["note"], one["via"]) == (order_id, "A wedding", "whatsapp")
    await tom.ask("POST", f"{url}/vendor-acknowledged", {}, 409)


async def test_an_order_is_in_one_hand_at_a_time(
    client: httpx.AsyncClient, hotel: Hotel, ana: Caller, chief: Caller, tom: Caller
) -> None:
    first, second = await omar(chief, hotel), await omar(chief, hotel, name="Zia")
    url, order_id = await opened(ana, hotel)
    await asyncio.gather(*(
        client.post(f"{url}/assign", json={"vendor_id": one}, headers=chief.headers) for one in (first, second) * 4
    ))  # fmt: skip
    states = [one["state"] for one in (await chief.get(f"/maintenance/dispatches?order_id={order_id}"))["items"]]
    assert states.count("sent") == 1
    taken = await chief.post(f"{url}/assign", {"assignee_id": tom.id})
    assert (taken["vendor_id"], taken["assignee_id"]) == (None, tom.id)
    states = [one["state"] for one in (await chief.get(f"/maintenance/dispatches?order_id={order_id}"))["items"]]
    assert set(states) == {"released"}
    both = await chief.ask("POST", f"{url}/assign", {"assignee_id": tom.id, "vendor_id": first}, 422)
    assert both["errors"][0]["pointer"] == "/assignee_id"
    await chief.post(f"{url}/assign", {"vendor_id": first})
    await chief.post(f"{url}/cancel", {"reason": "A mistake"})
    assert (await chief.get("/maintenance/dispatches?state=sent"))["items"] == []


async def test_who_cannot_be_called_for_it_is_not_given_it(
    client: httpx.AsyncClient, hotel: Hotel, ana: Caller, chief: Caller, sign: SignIn
) -> None:
    url, _ = await opened(ana, hotel)
    electrician = await omar(chief, hotel, categories=["electrical"])
    refused = await chief.ask("POST", f"{url}/assign", {"vendor_id": electrician}, 409)
    assert refused["categories"] == ["electrical"]
    resting = await omar(chief, hotel)
    await chief.ask("PATCH", f"/maintenance/vendors/{resting}", {"active": False, "version": 1})
    await chief.ask("POST", f"{url}/assign", {"vendor_id": resting}, 409)
    await chief.ask("POST", f"{url}/assign", {"vendor_id": encode("vnd", new_id())}, 404)
    other = await make_hotel(hotel.house, "other")
    far = Caller(client, await sign("maintenance_supervisor", at=other))
    await chief.ask("POST", f"{url}/assign", {"vendor_id": await omar(far, other)}, 404)
    assert (await far.get("/maintenance/dispatches"))["items"] == []


async def test_a_vendor_of_a_sister_hotel_is_not_called(
    hotel: Hotel, ana: Caller, client: httpx.AsyncClient, sign: SignIn
) -> None:
    cmd = tenancy.CreateProperty(code="two", name="Two", zone="Asia/Kabul", currency="AFN")
    sister = await hotel.do(lambda work: tenancy.create_property(work, cmd))
    everywhere = Caller(client, await sign("maintenance_supervisor", everywhere=True))
    vendor = await omar(everywhere, hotel, property_id=encode("prp", sister.id))
    url, _ = await opened(ana, hotel)
    refused = await everywhere.ask("POST", f"{url}/assign", {"vendor_id": vendor}, 422)
    assert refused["errors"][0]["pointer"] == "/vendor_id"
