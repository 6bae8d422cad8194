"""Work orders over HTTP: one fault from its report to the day it is found good."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import httpx
import pytest

from serai.kernel.clock import ManualClock
from serai.kernel.ids import encode
from tests.areas.housekeeping.people import Caller, journal, rooms, spc
from tests.conftest import Hotel, SignIn, make_hotel

pytestmark = pytest.mark.integration
URL = "/maintenance/work-orders"


def fault(hotel: Hotel, **more: Any) -> dict[str, Any]:
    """What is broken."""
    return {"property_id": encode("prp", hotel.property_id), "title": "The tap drips", **more}


async def test_a_fault_from_its_report_to_the_day_it_is_found_good(
    hotel: Hotel, ana: Caller, chief: Caller, tom: Caller, clock: ManualClock
) -> None:
    [room] = await rooms(hotel, "101")
    order = await ana.post(URL, fault(hotel, room_id=spc(room), description="All night.", category="plumbing"), 201)
    url = f"{URL}/{order['id']}"
    assert (order["state"], order["number"], order["room_number"], order["triaged"]) == ("open", 1, "101", False)
    assert [(one["text"], one["origin"]) for one in order["reports"]] == [("All night.", "staff")]
    assert order["allowed_actions"] == ["report"]
    assert len((await ana.post(f"{url}/report", {"text": "Still."}))["reports"]) == 2

    judged = await chief.post(f"{url}/triage", {"severity": "high"})
    assert (judged["severity"], judged["category"], judged["triaged"]) == ("high", "plumbing", True)
    given = await chief.post(f"{url}/assign", {"assignee_id": tom.id})
    assert (given["state"], given["assignee_id"]) == ("assigned", tom.id)
    begun = await tom.post(f"{url}/start")
    assert begun["allowed_actions"] == ["block", "resolve", "report", "update", "escalate"]
    waits = await tom.post(f"{url}/block", {"reason": "A washer", "until": "2026-03-02T12:00:00Z"})
    assert (waits["state"], waits["blocked_reason"]) == ("blocked", "A washer")
    clock.set(clock.now() + timedelta(minutes=10))
    goes_on = await tom.post(f"{url}/unblock")
    assert (goes_on["state"], goes_on["blocked_seconds"], goes_on["blocked_until"]) == ("in_progress", 600, None)
    done = await tom.post(f"{url}/resolve", {"remedy": "A new washer", "cause": "Worn"})
    assert (done["state"], done["remedy"], done["resolved_by"]) == ("resolved", "A new washer", tom.id)
    again = await chief.post(f"{url}/reopen", {"reason": "It still drips"})
    assert (again["state"], again["reopened"], again["resolved_at"]) == ("assigned", 1, None)
    await tom.post(f"{url}/start")
    await tom.post(f"{url}/block", {"reason": "A better washer"})
    await tom.post(f"{url}/resolve", {"remedy": "A better washer"})
    good = await chief.post(f"{url}/verify")
    assert (good["state"], good["verified_by"], good["allowed_actions"]) == ("verified", chief.id, [])
    assert await tom.get(url) == {**good, "allowed_actions": []}
    told = [one["state"] for one in await journal(hotel, "maintenance.work_order.resolved.v1")]
    assert told == ["resolved", "resolved"]


async def test_who_mended_it_does_not_find_it_good_and_another_does_not_do_ones_work(
    client: httpx.AsyncClient, hotel: Hotel, chief: Caller, tom: Caller, sign: SignIn
) -> None:
    order = await chief.post(URL, fault(hotel), 201)
    url = f"{URL}/{order['id']}"
    mine = await tom.post(f"{url}/start")
    assert (mine["assignee_id"], mine["state"]) == (tom.id, "in_progress")
    ida = await sign("technician")
    refused = await client.post(f"{url}/resolve", json={"remedy": "x"}, headers=ida)
    assert (refused.status_code, refused.json()["code"]) == (409, "not_yours")
    done = await chief.post(f"{url}/resolve", {"remedy": "Tightened"})
    assert "verify" not in done["allowed_actions"]
    refused = await client.post(f"{url}/verify", headers=chief.headers)
    assert (refused.status_code, refused.json()["code"]) == (409, "own_work")
    refused = await client.post(f"{url}/cancel", json={"reason": "x"}, headers=chief.headers)
    assert (refused.status_code, refused.json()["code"]) == (409, "illegal_move")


async def test_what_is_over_is_not_changed_and_a_slip_is_told(
    client: httpx.AsyncClient, hotel: Hotel, ana: Caller, chief: Caller, sign: SignIn
) -> None:
    order = await chief.post(URL, fault(hotel, severity="low"), 201)
    url = f"{URL}/{order['id']}"
    changed = await client.patch(
        url, json={"title": "The tap runs", "estimated_minutes": 20, "version": 1}, headers=chief.headers
    )
    assert (changed.json()["title"], changed.json()["version"]) == ("The tap runs", 2)
    stale = await client.patch(url, json={"title": "x", "version": 1}, headers=chief.headers)
    assert stale.status_code == 412
    empty = await client.patch(url, json={"title": None, "version": 2}, headers=chief.headers)
    assert (empty.status_code, empty.json()["errors"][0]["pointer"]) == (422, "/title")
    assert (await chief.post(f"{url}/escalate", {"reason": "Nobody comes"}))["escalation_level"] == 1
    gone = await chief.post(f"{url}/cancel", {"reason": "It was the rain"})
    assert (gone["state"], gone["reason"]) == ("cancelled", "It was the rain")
    for step, body in (("report", {}), ("triage", {}), ("escalate", {"reason": "x"})):
        refused = await client.post(f"{url}/{step}", json=body, headers=chief.headers)
        assert (refused.status_code, refused.json()["state"]) == (409, "cancelled")
    two = fault(hotel, space_id=encode("spc", hotel.property_id), room_id=encode("spc", hotel.tenant_id))
    assert (await client.post(URL, json=two, headers=ana.headers)).status_code == 422
    nobody = await client.post(f"{url}/assign", json={"assignee_id": encode("stf", hotel.tenant_id)},
                               headers=chief.headers)  # fmt: skip
    assert nobody.status_code == 404


async def test_a_place_of_another_hotel_or_that_is_archived_is_refused(
    client: httpx.AsyncClient, hotel: Hotel, chief: Caller, sign: SignIn
) -> None:
    other = await make_hotel(hotel.house, "other")
    [theirs] = await rooms(other, "9")
    foreign = await client.post(URL, json=fault(hotel, room_id=spc(theirs)), headers=chief.headers)
    assert foreign.status_code == 404
    [room] = await rooms(hotel, "101")
    boss = await sign("venue_admin")
    tag = (await client.get(f"/spaces/{spc(room)}", headers=boss)).headers["etag"]
    archived = await client.delete(f"/spaces/{spc(room)}", headers={**boss, "if-match": tag})
    assert archived.is_success, archived.text
    refused = await client.post(URL, json=fault(hotel, room_id=spc(room)), headers=chief.headers)
    assert refused.status_code == 409


async def test_two_at_once_give_two_numbers_and_the_list_is_filtered(
    client: httpx.AsyncClient, hotel: Hotel, chief: Caller, tom: Caller
) -> None:
    made = await asyncio.gather(
        *(chief.post(URL, fault(hotel, severity=one), 201) for one in ("low", "high", "critical", "high"))
    )
    assert sorted(one["number"] for one in made) == [1, 2, 3, 4]
    high = (await chief.get(f"{URL}?severity=high&severity=critical&count=true"))["total"]
    assert high == 3
    await tom.post(f"{URL}/{made[0]['id']}/start")
    mine = (await tom.get(f"{URL}?assignee_id={tom.id}&state=in_progress"))["items"]
    assert [one["id"] for one in mine] == [made[0]["id"]]
    place = encode("prp", hotel.property_id)
    first = await chief.get(f"{URL}?property_id={place}&limit=3&sort=reported_at&triaged=false&category=other")
    rest = await chief.get(f"{URL}?property_id={place}&limit=3&sort=reported_at&triaged=false&category=other"
                           f"&cursor={first['next_cursor']}")  # fmt: skip
    assert sorted(one["number"] for one in (*first["items"], *rest["items"])) == [1, 2, 3, 4]
    newest = (await chief.get(URL))["items"]
    assert len(newest) == 4


async def test_the_older_names_are_other_faces_of_the_same_order(
    client: httpx.AsyncClient, hotel: Hotel, chief: Caller, tom: Caller
) -> None:
    order = await chief.post("/work-orders", fault(hotel, description="Drip", severity="low"), 201)
    one, request = f"/work-orders/{order['id']}", f"/maintenance/{order['id']}"
    whole = {"title": "The tap runs", "severity": "high", "version": 1}
    anew = await chief.ask("PUT", one, whole)
    assert (anew["title"], anew["description"], anew["severity"]) == ("The tap runs", None, "high")
    assert (await chief.get(request))["status"] == "reported"
    assert (await chief.post(f"{request}/triage", {"category": "plumbing"}))["status"] == "triaged"
    assert (await chief.post(f"{one}/assign", {"technician_id": tom.id}))["assignee_id"] == tom.id
    assert (await chief.get(request))["status"] == "scheduled"
    assert (await client.post(f"{one}/assign", json={}, headers=chief.headers)).status_code == 422
    assert (await tom.post(f"{request}/start"))["status"] == "in_progress"
    assert (await chief.post(f"{request}/escalate", {"reason": "Slow"}))["escalation_level"] == 1
    assert (await tom.post(f"{one}/complete", {"remedy": "Mended"}))["state"] == "resolved"
    assert (await chief.get(request))["status"] == "completed"
    refused = await client.delete(one, headers=chief.headers)
    assert (refused.status_code, refused.json()["code"]) == (409, "illegal_move")


async def test_a_request_is_completed_at_once_and_found_by_where_it_stands(
    client: httpx.AsyncClient, hotel: Hotel, chief: Caller, tom: Caller
) -> None:
    quick, planned, called_off, fresh = [
        await chief.post("/maintenance", fault(hotel, **more), 201)
        for more in ({}, {"planned_start": "2026-03-03T08:00:00Z"}, {}, {})
    ]
    done = await tom.post(f"/maintenance/{quick['id']}/complete", {"remedy": "Tightened"})
    assert (done["status"], done["assignee_id"], done["started_at"] is not None) == ("completed", tom.id, True)
    gone = await chief.ask("DELETE", f"/work-orders/{called_off['id']}?reason=Rain")
    assert (gone["state"], gone["reason"]) == ("cancelled", "Rain")
    changed = await chief.ask("PATCH", f"/maintenance/{fresh['id']}", {"title": "It runs", "version": 1})
    assert changed["status"] == "reported"
    for status, order in (
        ("completed", quick), ("scheduled", planned), ("cancelled", called_off), ("reported", fresh)
    ):  # fmt: skip
        found = (await chief.get(f"/maintenance?status={status}"))["items"]
        assert [(one["id"], one["status"]) for one in found] == [(order["id"], status)]
    for status in ("triaged", "in_progress"):
        assert (await chief.get(f"/maintenance?status={status}"))["items"] == []
    assert len((await chief.get("/work-orders"))["items"]) == len((await chief.get("/maintenance"))["items"]) == 4


async def test_two_who_resolve_at_once_resolve_once(
    client: httpx.AsyncClient, hotel: Hotel, chief: Caller, tom: Caller
) -> None:
    order = await chief.post(URL, fault(hotel), 201)
    url = f"{URL}/{order['id']}"
    await tom.post(f"{url}/start")
    answers = await asyncio.gather(
        *(client.post(f"{url}/resolve", json={"remedy": one.id}, headers=one.headers) for one in (chief, tom))
    )
    assert sorted(one.status_code for one in answers) == [200, 409]
    assert len(await journal(hotel, "maintenance.work_order.resolved.v1")) == 1
