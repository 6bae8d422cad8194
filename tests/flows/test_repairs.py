"""A room that needs a repair has an order; when the order ends, so does the need."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from serai.kernel.ids import encode
from serai.runtime.jobs.background import Background
from tests.areas.housekeeping.people import Caller, look, ready, rooms, spc
from tests.conftest import Hotel

pytestmark = pytest.mark.integration
ORDERS = "/maintenance/work-orders"


async def orders(chief: Caller) -> list[dict[str, Any]]:
    return (await chief.get(f"{ORDERS}?sort=reported_at"))["items"]


async def test_a_flag_becomes_an_order_and_the_order_takes_it_away(
    hotel: Hotel, boss: Caller, chief: Caller, tom: Caller, background: Background
) -> None:
    [room] = await rooms(hotel, "101")
    await ready(hotel, room)
    for _ in range(2):
        await boss.post(f"/rooms/{spc(room)}/mark-maintenance", {})
        await background.settle()
    [order] = await orders(chief)
    assert (order["title"], order["space_id"], order["symptom"]) == ("Room 101 needs a repair", spc(room), "repair")
    assert (await look(hotel, room)).repair_required == 1
    await tom.post(f"{ORDERS}/{order['id']}/start")
    await tom.post(f"{ORDERS}/{order['id']}/resolve", {"remedy": "New bulb"})
    await background.settle()
    assert (await look(hotel, room)).repair_required == 0
    assert len(await orders(chief)) == 1


async def test_the_repair_done_at_the_room_resolves_its_order(
    hotel: Hotel, boss: Caller, chief: Caller, background: Background
) -> None:
    [room] = await rooms(hotel, "101")
    await ready(hotel, room)
    await boss.post(f"/rooms/{spc(room)}/mark-maintenance", {})
    await background.settle()
    await boss.post(f"/rooms/{spc(room)}/complete-maintenance", {})
    await background.settle()
    [order] = await orders(chief)
    assert (order["state"], order["remedy"]) == ("resolved", "The repair is done, somebody said at the room.")
    assert (await look(hotel, room)).repair_required == 0


async def test_of_a_room_that_is_gone_nothing_is_wanted_any_more(
    hotel: Hotel, boss: Caller, chief: Caller, client: httpx.AsyncClient, sign: Any, background: Background
) -> None:
    manager = Caller(client, await sign("venue_admin"))
    old, older = await rooms(hotel, "101", "102")
    for room in (old, older):
        await boss.post(f"/rooms/{spc(room)}/mark-maintenance", {})
        if room is old:
            await background.settle()
        await manager.ask("DELETE", f"/spaces/{spc(room)}")
    [order] = await orders(chief)
    await chief.post(f"{ORDERS}/{order['id']}/cancel", {"reason": "The room is gone."})
    await background.settle()
    assert len(await orders(chief)) == 1
    assert (await look(hotel, old)).repair_required == 1
    assert await hotel.do(lambda work: work.tx.fetchval("select count(*) from app.dead_letter")) == 0


async def test_a_vendor_answers_by_message_and_what_is_unclear_goes_to_a_person(
    hotel: Hotel, chief: Caller, background: Background, client: httpx.AsyncClient, sign: Any
) -> None:
    head = Caller(client, await sign("executive_admin", everywhere=True))
    await chief.ask("POST", "/maintenance/message-hook", None, 403)
    hook = (await head.post("/maintenance/message-hook"))["url"].rpartition("/api/v1")[2]
    place = encode("prp", hotel.property_id)
    omar = {"name": "Omar", "channel": "sms", "phone": "+93700123456", "property_id": place}
    vendor = await chief.post("/maintenance/vendors", omar, 201)
    made = [await chief.post(ORDERS, {"property_id": place, "title": one}, 201) for one in ("No water", "No light")]
    await chief.post(f"{ORDERS}/{made[0]['id']}/assign", {"vendor_id": vendor["id"]})

    async def write(text: str, phone: str = "+93700123456") -> Any:
        answer = await client.post(hook, json={"from": phone, "text": text, "channel": "whatsapp"})
        assert answer.status_code == 200, answer.text
        return answer.json()["understood"]

    assert await write("yes", "+93799999999") is None, "nobody knows this number"
    assert await write("بلی ساعت ۲۳:۵۹") == "accept"  # digits of Dari
    [given] = (await chief.get("/maintenance/dispatches"))["items"]
    assert (given["state"], given["via"], given["recorded_by"]) == ("acknowledged", "whatsapp", "A vendor's message")
    assert given["promised_at"] is not None
    await chief.post(f"{ORDERS}/{made[1]['id']}/assign", {"vendor_id": vendor["id"]})
    assert await write("done") is None, "of which?"
    await background.settle()
    told = (await chief.get("/notifications"))["items"]
    assert "vendor_unclear" in [one["topic"] for one in told]
    assert await write(f"#{made[1]['number']} done") == "done"
    assert (await chief.get(f"{ORDERS}/{made[1]['id']}"))["state"] == "resolved"
    assert (await chief.get(f"{ORDERS}/{made[0]['id']}"))["state"] == "assigned"
    bad = await client.post(hook[:-2] + "AA", json={"from": "+93700123456", "text": "1"})
    assert bad.status_code == 404
