"""What is written down while a work order goes on, over HTTP."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import httpx
import pytest

from serai.kernel.clock import ManualClock
from serai.kernel.ids import encode, new_id
from tests.areas.files.test_files import photo, send
from tests.areas.housekeeping.people import Caller, journal, rooms, spc
from tests.conftest import Hotel, SignIn, make_hotel

pytestmark = pytest.mark.integration
URL = "/maintenance/work-orders"


async def opened(who: Caller, hotel: Hotel, **more: Any) -> tuple[str, dict[str, Any]]:
    """A new order and its path."""
    body = {"property_id": encode("prp", hotel.property_id), "title": "The tap drips", **more}
    order = await who.post(URL, body, 201)
    return f"{URL}/{order['id']}", order


async def test_words_are_kept_and_told_as_progress_while_the_work_goes_on(
    hotel: Hotel, ana: Caller, tom: Caller, clock: ManualClock
) -> None:
    url, order = await opened(ana, hotel)
    await ana.post(f"{url}/notes", {"text": "The guest is back at six."})
    await tom.post(f"{url}/start")
    clock.set(clock.now() + timedelta(minutes=1))
    after = await tom.post(f"{url}/notes", {"text": "The valve is stuck."})
    assert (after["last_note"], after["version"]) == ("The valve is stuck.", 5)
    found = (await ana.get(f"{url}/notes"))["items"]
    assert [(one["text"], one["by_id"]) for one in found] == [
        ("The valve is stuck.", tom.id), ("The guest is back at six.", ana.id),
    ]  # fmt: skip
    page = await ana.get(f"{url}/notes?limit=1&count=true")
    assert page["total"] == 2
    assert (await ana.get(f"{url}/notes?limit=1&cursor={page['next_cursor']}"))["items"] == found[1:]
    assert [one["id"] for one in await journal(hotel, "maintenance.work_order.in_progress.v1")] == [order["id"]]
    again = await tom.post(f"{url}/notes", {"text": "The valve is stuck."})
    assert len((await ana.get(f"{url}/notes"))["items"]) == 3, "said twice, kept twice"
    assert again["version"] == 6


async def test_minutes_are_ones_own_and_a_slip_is_taken_back(
    hotel: Hotel, ana: Caller, chief: Caller, tom: Caller, clock: ManualClock
) -> None:
    url, _ = await opened(ana, hotel)
    await ana.ask("POST", f"{url}/time-entries", {"minutes": 5}, 403)
    first = await tom.post(f"{url}/time-entries", {"minutes": 45, "note": "Took it apart"})
    assert first["labour_minutes"] == 45
    clock.set(clock.now() + timedelta(seconds=1))
    yesterday = (clock.now() - timedelta(days=1)).isoformat()
    both = await chief.post(f"{url}/time-entries", {"minutes": 30, "staff_id": tom.id, "worked_at": yesterday})
    assert both["labour_minutes"] == 75
    await tom.ask("POST", f"{url}/time-entries", {"minutes": 5, "staff_id": chief.id}, 403)
    listed = await tom.get(f"{url}/time-entries?count=true")
    found = listed["items"]
    assert listed["total"] == 2
    assert [(one["minutes"], one["staff_id"], one["by"]) for one in found] == [
        (30, tom.id, "Maintenance Supervisor"), (45, tom.id, "Technician"),
    ]  # fmt: skip
    slip = f"{url}/time-entries/{found[1]['id']}"
    assert (await tom.ask("DELETE", slip))["labour_minutes"] == 30
    assert (await chief.ask("DELETE", slip))["labour_minutes"] == 30
    assert (await tom.get(f"{url}/time-entries"))["items"][1]["voided_at"] is not None
    await tom.ask("DELETE", f"{url}/time-entries/{encode('tme', new_id())}", None, 404)
    for worked_at in (clock.now() + timedelta(minutes=1), clock.now() - timedelta(days=32)):
        body = {"minutes": 5, "worked_at": worked_at.isoformat()}
        refused = await tom.ask("POST", f"{url}/time-entries", body, 422)
        assert refused["errors"][0]["pointer"] == "/worked_at"
    await chief.post(f"{url}/cancel", {"reason": "Not needed"})
    await tom.ask("POST", f"{url}/time-entries", {"minutes": 5}, 409)


async def test_a_big_job_is_done_step_by_step(hotel: Hotel, ana: Caller, tom: Caller) -> None:
    url, _ = await opened(ana, hotel, title="The water tank")
    made = await tom.post(f"{url}/steps", {"titles": ["Drain", "Refill", "Test"]})
    drain, refill, test = made["steps"]
    assert (drain["title"], drain["done_at"]) == ("Drain", None)
    done = await tom.ask("PATCH", f"{url}/steps/{test['id']}", {"done": True, "reading": "0.5 mg/l chlorine"})
    assert (done["steps"][2]["done_by"], done["steps"][2]["reading"]) == ("Technician", "0.5 mg/l chlorine")
    same = await tom.ask("PATCH", f"{url}/steps/{test['id']}", {"done": True})
    assert same["version"] == done["version"]
    await tom.ask("DELETE", f"{url}/steps/{test['id']}", None, 409)
    undone = await tom.ask("PATCH", f"{url}/steps/{test['id']}", {"done": False, "title": "Test again"})
    assert [undone["steps"][2][name] for name in ("title", "done_at", "done_by")] == ["Test again", None, None]
    left = await tom.ask("DELETE", f"{url}/steps/{refill['id']}")
    assert [one["id"] for one in left["steps"]] == [drain["id"], test["id"]]
    await tom.ask("PATCH", f"{url}/steps/{refill['id']}", {"done": True}, 404)
    await tom.post(f"{url}/steps", {"titles": ["x"] * 50})
    await tom.ask("POST", f"{url}/steps", {"titles": ["x"] * 50}, 409)


async def test_two_orders_of_one_fault_become_one_with_all_who_reported_it(
    hotel: Hotel, ana: Caller, ben: Caller, chief: Caller, tom: Caller
) -> None:
    first, one = await opened(ana, hotel, description="Drips.")
    second, _ = await opened(ben, hotel, description="Pours!", severity="high")
    await tom.ask("POST", f"{second}/links", {"kind": "duplicate", "order_id": one["id"]}, 403)
    gone = await chief.post(f"{second}/links", {"kind": "duplicate", "order_id": one["id"]})
    assert (gone["state"], gone["reason"]) == ("cancelled", "The same fault as no. 1.")
    assert gone["links"] == [{"kind": "duplicate", "order_id": one["id"]}]
    kept = await chief.get(first)
    assert ([report["text"] for report in kept["reports"]], kept["severity"]) == (["Drips.", "Pours!"], "high")
    again = await chief.post(f"{second}/links", {"kind": "duplicate", "order_id": one["id"]})
    assert again["version"] == gone["version"]
    await chief.ask("DELETE", f"{second}/links/{one['id']}", None, 409)


async def test_orders_are_linked_in_their_own_hotel_and_not_to_themselves(
    client: httpx.AsyncClient, hotel: Hotel, ana: Caller, chief: Caller, sign: SignIn
) -> None:
    url, one = await opened(ana, hotel)
    _, two = await opened(ana, hotel)
    linked = await chief.post(f"{url}/links", {"kind": "caused_by", "order_id": two["id"]})
    assert linked["links"] == [{"kind": "caused_by", "order_id": two["id"]}]
    assert (await chief.ask("DELETE", f"{url}/links/{two['id']}"))["links"] == []
    itself = await chief.ask("POST", f"{url}/links", {"kind": "related", "order_id": one["id"]}, 422)
    assert itself["errors"][0]["pointer"] == "/order_id"
    other = await make_hotel(hotel.house, "other")
    far = Caller(client, await sign("maintenance_supervisor", at=other))
    _, three = await opened(far, other)
    await chief.ask("POST", f"{url}/links", {"kind": "related", "order_id": three["id"]}, 404)


async def test_two_who_call_each_others_order_a_duplicate_never_lose_both(
    client: httpx.AsyncClient, hotel: Hotel, ana: Caller, chief: Caller
) -> None:
    first, one = await opened(ana, hotel)
    second, two = await opened(ana, hotel)
    await asyncio.gather(*(
        client.post(f"{url}/links", json={"kind": "duplicate", "order_id": other["id"]}, headers=chief.headers)
        for url, other in ((first, two), (second, one))
    ))  # fmt: skip
    assert sorted([(await chief.get(first))["state"], (await chief.get(second))["state"]]) == ["cancelled", "open"]


async def test_who_wants_to_hear_of_it_watches_it(hotel: Hotel, ana: Caller, ben: Caller) -> None:
    url, _ = await opened(ana, hotel)
    await ana.post(f"{url}/watch")
    assert (await ben.post(f"{url}/watch"))["watchers"] == [ana.id, ben.id]
    assert (await ben.post(f"{url}/watch"))["version"] == 3
    assert (await ana.post(f"{url}/unwatch"))["watchers"] == [ben.id]


async def test_pictures_belong_to_the_report_and_to_the_order(
    client: httpx.AsyncClient, hotel: Hotel, ana: Caller, tom: Caller
) -> None:
    [room] = await rooms(hotel, "101")
    files = [(await send(client, ana.headers, hotel, photo())).json()["id"] for _ in range(3)]
    url, order = await opened(ana, hotel, room_id=spc(room), file_ids=files[:1])
    await ana.post(f"{url}/report", {"text": "Worse.", "file_ids": files[1:2]})
    assert (await ana.post(f"{url}/attachments", {"file_ids": files[2:]}))["file_ids"] == files[2:]
    found = (await tom.get(f"/files?attached_to={order['id']}"))["items"]
    assert [one["id"] for one in found] == files
    _, other = await opened(ana, hotel)
    await ana.ask("POST", f"{URL}/{other['id']}/attachments", {"file_ids": files[:1]}, 409)
    await ana.ask("POST", f"{url}/attachments", {"file_ids": [encode("fil", new_id())]}, 422)


async def test_the_history_says_who_did_what_when(hotel: Hotel, ana: Caller, chief: Caller, tom: Caller) -> None:
    url, order = await opened(ana, hotel)
    await chief.post(f"{url}/triage", {"severity": "high"})
    await tom.post(f"{url}/start")
    lines = (await ana.get(f"{url}/history"))["items"]
    assert [one["type"].split(".")[-2] for one in lines] == ["started", "assigned", "triaged", "created"]
    assert {one["subject"] for one in lines} == {order["id"]}
    assert lines[2]["changes"]["severity"] == {"before": "medium", "after": "high"}
    assert (lines[2]["actor_id"], lines[3]["actor_id"]) == (chief.id, ana.id)
