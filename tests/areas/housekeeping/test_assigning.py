"""Tasks are given to people: one, many, or by a plan."""

from __future__ import annotations

from uuid import uuid4

from serai.areas.stays.model import State
from serai.kernel.ids import encode
from tests.areas.housekeeping.people import Caller, asked, journal, rooms, spc, told
from tests.conftest import Hotel


async def test_auto_assign_balances_keeps_choices_and_says_why(
    hotel: Hotel, boss: Caller, ana: Caller, ben: Caller
) -> None:
    low = await rooms(hotel, "101", "102", "103", floor="1")
    high = await rooms(hotel, "201", "202", "203", floor="2")
    tasks = [await asked(boss, hotel, room_id=spc(room), minutes=30) for room in (*low, *high)]
    await boss.post(f"/tasks/{tasks[0]['id']}/assign", {"staff_id": ben.id})
    await ana.post(f"/tasks/{tasks[1]['id']}/start")
    await told(hotel, "B-1", State.CONFIRMED, high[2], arrival="2026-03-02", departure="2026-03-03")
    body = {"property_id": encode("prp", hotel.property_id)}
    plan = await boss.post("/tasks/auto-assign?preview=true", body)
    assert plan["preview"]
    assert (await boss.get("/tasks?state=pending&count=true"))["total"] == 4
    done = await boss.post("/tasks/auto-assign", body)
    assert done["assignments"] == plan["assignments"]
    assert done["assignments"][0]["room_number"] == "203"
    assert "guest is expected" in done["assignments"][0]["reason"]
    assert {one["task_id"]: one["reason"] for one in done["kept"]} == {
        tasks[0]["id"]: "It was given by hand.",
        tasks[1]["id"]: "It has begun.",
    }
    assert [one["minutes_left"] for one in done["staff"]] == [390, 390]
    assert len(await journal(hotel, "housekeeping.task.assigned.v1")) == 6
    again = await boss.post("/tasks/auto-assign", {**body, "staff_ids": [ben.id]})
    assert {one["assignee_id"] for one in again["assignments"]} == {ben.id}
    assert (await boss.get(f"/tasks/{tasks[1]['id']}"))["assignee_id"] == ana.id


async def test_auto_assign_leaves_what_nobody_has_the_minutes_for(hotel: Hotel, boss: Caller, ana: Caller) -> None:
    [room] = await rooms(hotel, "101")
    await asked(boss, hotel, room_id=spc(room))
    await asked(boss, hotel, room_id=spc(room), type="inspection")
    body = {"property_id": encode("prp", hotel.property_id), "staff": [{"staff_id": ana.id, "minutes": 10}]}
    done = await boss.post("/tasks/auto-assign", body)
    assert not done["assignments"]
    assert {one["reason"] for one in done["unassigned"]} == {
        "Nobody has 35 minutes left.",
        "An inspection is given out by hand.",
    }


async def test_auto_assign_says_why_in_the_language_of_who_asks(hotel: Hotel, boss: Caller, ana: Caller) -> None:
    [room] = await rooms(hotel, "101")
    await asked(boss, hotel, room_id=spc(room))
    body = {"property_id": encode("prp", hotel.property_id), "staff": [{"staff_id": ana.id, "minutes": 10}]}
    for spoken, why in (("fa-AF", "هیچ‌کس ۳۵ دقیقه وقت ندارد."), ("de", "Nobody has 35 minutes left.")):
        done = await boss.ask("POST", "/tasks/auto-assign", body, **{"accept-language": spoken})
        assert [one["reason"] for one in done["unassigned"]] == [why]


async def test_bulk_assign_answers_for_each_task(hotel: Hotel, boss: Caller, ana: Caller) -> None:
    one, two = [await asked(boss, hotel, type="laundry") for _ in range(2)]
    await boss.post(f"/tasks/{two['id']}/cancel", {"reason": "Not needed."})
    items = [{"task_id": task["id"], "staff_id": ana.id} for task in (one, two)]
    results = (await boss.post("/tasks/bulk-assign", {"items": items}))["results"]
    assert [(one["ok"], one["status"], one["code"]) for one in results] == [
        (True, 200, None),
        (False, 409, "illegal_move"),
    ]
    stranger = {"task_id": encode("tsk", uuid4()), "staff_id": ana.id}
    fresh = await asked(boss, hotel, type="laundry")
    await boss.post("/tasks/bulk-assign", {"items": [{"task_id": fresh["id"], "staff_id": ana.id}, stranger]}, 404)
    assert (await boss.get(f"/tasks/{fresh['id']}"))["state"] == "pending"


async def test_a_plan_that_was_seen_is_taken_as_it_was(hotel: Hotel, boss: Caller, ana: Caller, ben: Caller) -> None:
    one, two = [await asked(boss, hotel, type="laundry") for _ in range(2)]
    await boss.post(f"/tasks/{two['id']}/assign", {"staff_id": ben.id})
    items = [{"task_id": task["id"], "staff_id": ana.id} for task in (one, two)]
    results = (await boss.post("/tasks/bulk-assign", {"items": items, "planned": True}))["results"]
    assert [(one["ok"], one["detail"]) for one in results] == [(True, None), (False, "It was given by hand.")]
    assert [results[0]["task"][name] for name in ("assignee_id", "locked")] == [ana.id, False]
    assert (await boss.get(f"/tasks/{two['id']}"))["assignee_id"] == ben.id
