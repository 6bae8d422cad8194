"""Tasks over HTTP and against the database."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx

from serai.areas.housekeeping import service
from serai.areas.housekeeping.model import CreateTask, Move, TaskType
from serai.areas.spaces.model import Condition, Occupancy
from serai.areas.stays.model import State
from serai.kernel.actor import system
from serai.kernel.clock import ManualClock
from serai.kernel.ids import decode, encode
from serai.runtime.jobs.background import Background
from tests.areas.housekeeping.people import (
    CLEANING,
    Caller,
    asked,
    in_house,
    journal,
    look,
    put,
    ready,
    rooms,
    spc,
    told,
)
from tests.conftest import Hotel, make_hotel


async def test_a_cleaning_goes_from_made_to_verified_and_takes_its_room_along(
    hotel: Hotel, boss: Caller, ana: Caller
) -> None:
    [room] = await rooms(hotel, "101")
    task = await asked(boss, hotel, venue_id=spc(room), note="Two beds")
    assert (task["state"], task["room_number"], task["floor"], task["credits"]) == ("pending", "101", "1", 1.5)
    assert task["venue_id"] == task["space_id"] == task["room_id"] == spc(room)
    assert sum(one["points"] for one in task["priority_parts"]) == task["priority"]
    path = f"/tasks/{task['id']}"
    begun = await ana.post(f"{path}/start")
    assert (begun["state"], begun["assignee_id"]) == ("in_progress", ana.id)
    assert (await look(hotel, room)).condition is Condition.CLEANING
    assert (await ana.post(f"{path}/pause", {"reason": "Lunch"}))["status"] == "in_progress"
    await ana.post(f"{path}/resume")
    assert (await ana.post(f"{path}/complete"))["state"] == "completed"
    assert (await look(hotel, room)).condition is Condition.CLEAN
    await ana.post(f"{path}/verify", expect=403)
    assert (await boss.post(f"{path}/verify"))["verified_by"] == boss.id
    assert (await look(hotel, room)).condition is Condition.INSPECTED
    assert len(await journal(hotel, "property.room.ready.v1")) == 1
    facts = [await journal(hotel, f"housekeeping.task.{one}.v1") for one in ("created", "completed", "verified")]
    assert [len(one) for one in facts] == [1, 1, 1]


async def test_of_two_who_take_one_task_one_wins_and_the_other_is_told(
    hotel: Hotel, boss: Caller, ana: Caller, ben: Caller, client: httpx.AsyncClient
) -> None:
    [room] = await rooms(hotel, "101")
    task = await asked(boss, hotel, room_id=spc(room))

    async def take(who: Caller) -> httpx.Response:
        return await client.post(f"/tasks/{task['id']}/start", json={}, headers=who.headers)

    answers = await asyncio.gather(*(take(one) for one in (ana, ben) * 3))
    won = [one for one in answers if one.status_code == 200]
    assert len(won) == 1
    lost = [one.json() for one in answers if one.status_code != 200]
    assert {(one["status"], one["code"]) for one in lost} == {(409, "illegal_move")}
    assert all("in progress" in one["detail"] and "pause" in one["allowed"] for one in lost)
    assert len(await journal(hotel, "housekeeping.task.started.v1")) == 1


async def test_anothers_task_is_not_started(hotel: Hotel, boss: Caller, ana: Caller, ben: Caller) -> None:
    [room] = await rooms(hotel, "101")
    task = await asked(boss, hotel, room_id=spc(room))
    await boss.post(f"/tasks/{task['id']}/assign", {"assignee_id": ana.id})
    refused = await ben.post(f"/tasks/{task['id']}/start", expect=409)
    assert refused["code"] == "not_yours"
    assert (await look(hotel, room)).condition is Condition.DIRTY


async def test_fifty_copies_of_one_origin_make_one_task(hotel: Hotel) -> None:
    [room] = await rooms(hotel, "101")
    cmd = CreateTask(hotel.property_id, TaskType.CHECKOUT_CLEANING, room.id, origin="checkout:one")

    async def once() -> Any:
        return await hotel.do(lambda work: service.create_task(work, cmd))

    found = await asyncio.gather(*(once() for _ in range(50)), return_exceptions=True)
    made = {one.id for one in found if not isinstance(one, BaseException)}
    assert len(made) == 1
    assert len(await journal(hotel, "housekeeping.task.created.v1")) == 1
    [task_id] = made
    await hotel.do(lambda work: service.cancel(work, task_id, Move(reason="Not needed.")))
    assert (await once()).id == task_id


async def test_a_rejected_cleaning_makes_the_room_dirty_and_a_linked_re_clean(
    hotel: Hotel, boss: Caller, ana: Caller
) -> None:
    [room] = await rooms(hotel, "101")
    task = await asked(boss, hotel, room_id=spc(room))
    await ana.post(f"/tasks/{task['id']}/start")
    await ana.post(f"/tasks/{task['id']}/complete")
    await boss.post(f"/tasks/{task['id']}/reject", {}, 422)
    rejected = await boss.post(f"/tasks/{task['id']}/reject", {"reason": "Hair in the bath."})
    assert (rejected["state"], rejected["reason"]) == ("rejected", "Hair in the bath.")
    assert (await look(hotel, room)).condition is Condition.DIRTY
    [again] = (await boss.get(f"/tasks?state=pending&room_id={spc(room)}"))["items"]
    assert (again["reclean_of"], again["note"], again["type"]) == (task["id"], "Hair in the bath.", CLEANING)
    assert again["origin"] is None


async def test_a_failed_inspection_rejects_the_cleaning_it_looked_at(hotel: Hotel, boss: Caller, ana: Caller) -> None:
    [room] = await rooms(hotel, "101")
    task = await asked(boss, hotel, room_id=spc(room))
    await ana.post(f"/tasks/{task['id']}/start")
    await ana.post(f"/tasks/{task['id']}/complete")
    look_at = await asked(boss, hotel, room_id=spc(room), type="inspection")
    await boss.post(f"/tasks/{look_at['id']}/start")
    await boss.post(f"/tasks/{look_at['id']}/reject", {"reason": "Dust."})
    assert (await boss.get(f"/tasks/{task['id']}"))["state"] == "rejected"
    [again] = (await boss.get("/tasks?state=pending"))["items"]
    assert again["reclean_of"] == task["id"]
    assert (await look(hotel, room)).condition is Condition.DIRTY


async def test_completing_an_inspection_verifies_the_cleaning(hotel: Hotel, boss: Caller, ana: Caller) -> None:
    [room] = await rooms(hotel, "101")
    task = await asked(boss, hotel, room_id=spc(room))
    await ana.post(f"/tasks/{task['id']}/start")
    look_at = await asked(boss, hotel, room_id=spc(room), type="inspection")
    await boss.post(f"/tasks/{look_at['id']}/start")
    refused = await boss.post(f"/tasks/{look_at['id']}/complete", expect=409)
    assert "still being cleaned" in refused["detail"]
    await ana.post(f"/tasks/{task['id']}/complete")
    assert (await boss.post(f"/tasks/{look_at['id']}/complete"))["state"] == "completed"
    assert (await boss.get(f"/tasks/{task['id']}"))["state"] == "verified"
    assert (await look(hotel, room)).condition is Condition.INSPECTED


async def test_a_refusal_notes_the_guests_wish_and_leaves_the_room_dirty(
    hotel: Hotel, boss: Caller, ana: Caller
) -> None:
    [room] = await rooms(hotel, "101")
    await in_house(hotel, "B-1", room)
    await put(hotel, room, condition=Condition.DIRTY)
    task = await asked(boss, hotel, room_id=spc(room), type="stay_over_cleaning")
    await ana.post(f"/tasks/{task['id']}/start")
    await ana.post(f"/tasks/{task['id']}/refuse", {"reason": "service_declined"})
    now = await look(hotel, room)
    assert (now.condition, now.guest_service.value) == (Condition.DIRTY, "service_declined")
    other = await asked(boss, hotel, room_id=spc(room), type="stay_over_cleaning")
    assert "declined" in (await ana.post(f"/tasks/{other['id']}/start", expect=409))["detail"]
    assert (await ana.get(f"/tasks/{other['id']}"))["state"] == "pending"


async def test_a_cleaning_of_a_room_made_dirty_meanwhile_leaves_it_dirty(
    hotel: Hotel, boss: Caller, ana: Caller
) -> None:
    [room] = await rooms(hotel, "101")
    task = await asked(boss, hotel, room_id=spc(room))
    await ana.post(f"/tasks/{task['id']}/start")
    await put(hotel, room, condition=Condition.DIRTY)
    await ana.post(f"/tasks/{task['id']}/complete")
    assert (await look(hotel, room)).condition is Condition.DIRTY
    assert "dirty" in (await boss.post(f"/tasks/{task['id']}/verify", expect=409))["detail"]
    again = await asked(boss, hotel, room_id=spc(room))
    assert (await boss.post(f"/tasks/{task['id']}/verify"))["state"] == "verified"
    assert (await look(hotel, room)).condition is Condition.DIRTY
    assert (await boss.get(f"/tasks/{again['id']}"))["state"] == "pending"


async def test_the_clock_marks_a_delay_within_a_second_and_tells_it_once(
    hotel: Hotel, boss: Caller, clock: ManualClock, background: Background
) -> None:
    [room] = await rooms(hotel, "101")
    task = await asked(boss, hotel, room_id=spc(room))
    due = clock.now() + timedelta(minutes=60)
    clock.set(due - timedelta(seconds=1))
    await background.settle()
    assert not await journal(hotel, "housekeeping.task.delayed.v1")
    clock.set(due)
    await asyncio.gather(background.settle(), background.settle())
    clock.set(due + timedelta(hours=3))
    await background.settle()
    [told] = await journal(hotel, "housekeeping.task.delayed.v1")
    assert told["delayed_at"] == task["due_at"].replace("Z", "+00:00")
    assert (told["delayed"], told["delay_reason"]) == (True, "It was not finished when it was due.")


async def test_what_is_due_when_it_comes_is_done_though_the_clock_stands(
    hotel: Hotel, boss: Caller, clock: ManualClock, background: Background
) -> None:
    going = asyncio.create_task(background.run())
    await asyncio.sleep(0.3)  # it has looked, and waits
    [room] = await rooms(hotel, "101")
    task = await asked(boss, hotel, room_id=spc(room))
    sql, past = "update app.task set delay_at = $2 where id = $1", clock.now() - timedelta(minutes=1)
    await hotel.do(lambda work: work.tx.execute(sql, decode("tsk", task["id"]), past))
    async with asyncio.timeout(20):
        while not await journal(hotel, "housekeeping.task.delayed.v1"):
            await asyncio.sleep(0.05)
    background.stop()
    await going


async def test_a_delay_by_hand_is_told_once_and_again_at_its_new_due_moment(
    hotel: Hotel, boss: Caller, clock: ManualClock, background: Background
) -> None:
    [room] = await rooms(hotel, "101")
    task = await asked(boss, hotel, room_id=spc(room))
    body = {"reason": "No linen", "due_at": "2026-03-02T10:00:00Z"}
    for _ in range(3):
        assert (await boss.post(f"/tasks/{task['id']}/delay", body))["delayed"]
    clock.set(clock.now() + timedelta(minutes=90))
    await background.settle()
    assert len(await journal(hotel, "housekeeping.task.delayed.v1")) == 1
    clock.set(clock.now() + timedelta(minutes=30))
    await background.settle()
    assert len(await journal(hotel, "housekeeping.task.delayed.v1")) == 2


async def test_the_priority_rises_by_itself_and_never_raises_the_version(
    hotel: Hotel, boss: Caller, clock: ManualClock, background: Background
) -> None:
    [room] = await rooms(hotel, "101")
    task = await asked(boss, hotel, room_id=spc(room), due_at="2026-03-02T20:00:00Z")
    for hour in (4, 6, 10):
        clock.set(clock.now().replace(hour=8) + timedelta(hours=hour))
        await background.settle()
    actor = system(hotel.tenant_id, "test")
    later = await hotel.do(lambda work: service.get_task(work.tx, actor, decode("tsk", task["id"])))
    assert later.priority > task["priority"]
    assert later.version == task["version"]
    assert {one.name for one in later.priority_parts} == {"type", "due", "waiting"}


async def test_an_arrival_and_a_waiting_guest_raise_the_priority(
    hotel: Hotel, boss: Caller, background: Background
) -> None:
    [room] = await rooms(hotel, "101")
    task = await asked(boss, hotel, room_id=spc(room))
    await told(
        hotel,
        "B-7",
        State.CONFIRMED,
        room,
        arrival="2026-03-02",
        departure="2026-03-03",
        vip=True,
        eta="2026-03-02T09:00:00+00:00",
    )
    await put(hotel, room, queue=True)
    await background.settle()
    parts = {one["name"]: one["points"] for one in (await boss.get(f"/tasks/{task['id']}"))["priority_parts"]}
    assert parts == {"type": 30, "due": 15, "arrival": 17, "vip": 10, "queue": 20}


async def test_a_checklist_is_copied_and_must_be_answered(hotel: Hotel, boss: Caller, ana: Caller) -> None:
    [room] = await rooms(hotel, "101")
    template = {
        "property_id": encode("prp", hotel.property_id),
        "name": "Check-out",
        "task_type": CLEANING,
        "items": [
            {"key": "minibar", "label": "Minibar filled", "kind": "yes_no"},
            {"key": "fridge", "label": "Fridge", "kind": "number", "low": 2, "high": 8, "unit": "°C"},
            {"key": "smell", "label": "Smell", "kind": "choice", "choices": ["fresh", "stale"], "required": False},
        ],
    }
    kept = await boss.post("/checklists", template, 201)
    await boss.post("/checklists", template, 409)
    task = await asked(boss, hotel, room_id=spc(room))
    path = f"/checklists/{kept['id']}"
    await boss.ask("PATCH", path, {"active": False}, 428)
    await boss.ask("PATCH", path, {"active": False, "version": 1})
    await ana.post(f"/tasks/{task['id']}/start")
    refused = await ana.post(f"/tasks/{task['id']}/complete", expect=422)
    assert {one["pointer"] for one in refused["errors"]} == {"/checklist/minibar", "/checklist/fridge"}
    now = await ana.get(f"/tasks/{task['id']}")
    answered = await ana.ask(
        "PATCH", f"/tasks/{task['id']}", {"checklist": {"minibar": True}, "version": now["version"]}
    )
    assert answered["checklist"][0]["answer"] is True
    ended = await ana.post(f"/tasks/{task['id']}/complete", {"checklist": {"fridge": 9}})
    assert (ended["state"], ended["checklist"][1]["outside"]) == ("completed", True)
    assert (await asked(boss, hotel, room_id=spc(room)))["checklist"] == []
    assert [one["active"] for one in (await boss.get("/checklists?count=true"))["items"]] == [False]


async def test_a_change_needs_the_version_and_a_pin_stays(hotel: Hotel, boss: Caller, clock: ManualClock) -> None:
    task = await asked(boss, hotel, type="laundry")
    path = f"/tasks/{task['id']}"
    await boss.ask("PATCH", path, {"priority": "urgent"}, 428)
    pinned = await boss.ask("PATCH", path, {"priority": "urgent", "note": "Now"}, 200, **{"if-match": '"1-ab"'})
    assert (pinned["priority"], pinned["priority_level"], pinned["pinned"], pinned["version"]) == (
        90,
        "urgent",
        True,
        2,
    )
    await boss.ask("PATCH", path, {"note": "Later", "version": 1}, 412)
    await boss.ask("PATCH", path, {"priority": 101, "version": 2}, 422)
    await boss.ask("PATCH", path, {"state": "completed", "version": 2}, 422)
    await boss.ask("PATCH", path, {"minutes": None, "version": 2}, 422)
    freed = await boss.ask("PATCH", path, {"priority": None, "version": 2})
    assert (freed["priority"], freed["pinned"]) == (10, False)


async def test_the_list_filters_sorts_counts_and_turns_its_pages(
    hotel: Hotel, boss: Caller, ana: Caller, clock: ManualClock
) -> None:
    first, second, third = await rooms(hotel, "101", "102", "103")
    one = await asked(boss, hotel, room_id=spc(first), due_at="2026-03-02T12:00:00Z")
    clock.set(clock.now() + timedelta(seconds=1))
    two = await asked(boss, hotel, room_id=spc(second), due_at="2026-03-02T09:00:00Z", priority="high")
    clock.set(clock.now() + timedelta(seconds=1))
    three = await asked(boss, hotel, room_id=spc(third), type="turndown", booking_reference="B-9")
    await boss.post(f"/tasks/{one['id']}/assign", {"staff_id": ana.id})

    async def ids(query: str) -> list[str]:
        return [item["id"] for item in (await boss.get(f"/tasks?{query}"))["items"]]

    assert await ids("sort=due_at") == [two["id"], one["id"], three["id"]]
    assert (await ids("sort=-priority"))[0] == two["id"]
    assert await ids("sort=created_at") == [one["id"], two["id"], three["id"]]
    assert await ids("sort=-created_at") == [three["id"], two["id"], one["id"]]
    assert (await ids("sort=priority"))[-1] == two["id"]
    assert await ids(f"assignee_id={ana.id}&state=assigned&state=pending&type={CLEANING}") == [one["id"]]
    assert await ids("due_before=2026-03-02T10:00:00Z&floor=1") == [two["id"]]
    assert await ids("booking_reference=B-9") == [three["id"]]
    assert await ids("delayed=true") == []
    page = await boss.get("/tasks?sort=due_at&limit=2&count=true")
    assert (len(page["items"]), page["total"]) == (2, 3)
    rest = await boss.get(f"/tasks?sort=due_at&limit=2&cursor={page['next_cursor']}")
    assert ([item["id"] for item in rest["items"]], rest["next_cursor"]) == ([three["id"]], None)
    clock.set(clock.now() + timedelta(minutes=1))
    done = f"{clock.now():%Y-%m-%dT%H:%M:%SZ}"
    await ana.post(f"/tasks/{one['id']}/start")
    await ana.post(f"/tasks/{one['id']}/complete")
    assert await ids(f"completed_after={done}") == [one["id"]]
    assert await ids(f"completed_after={clock.now() + timedelta(minutes=1):%Y-%m-%dT%H:%M:%SZ}") == []
    await boss.ask("GET", "/tasks?sort=note", expect=422)
    await boss.ask("GET", "/tasks?state=lost", expect=422)
    await boss.ask("GET", "/tasks?sort=due_at&cursor=nonsense", expect=422)


async def test_what_is_elsewhere_is_not_here(hotel: Hotel, boss: Caller, ana: Caller) -> None:
    other = await make_hotel(hotel.house, "other")
    [room] = await rooms(other, "101")
    cmd = CreateTask(other.property_id, TaskType.CHECKOUT_CLEANING, room.id)
    foreign = await other.do(lambda work: service.create_task(work, cmd))
    path = f"/tasks/{encode('tsk', foreign.id)}"
    await boss.get(path, 404)
    for move, body in [
        ("start", {}), ("pause", {}), ("resume", {}), ("complete", {}), ("verify", {}),
        ("assign", {"staff_id": ana.id}), ("reject", {"reason": "x"}), ("cancel", {"reason": "x"}),
        ("refuse", {"reason": "other"}), ("delay", {"reason": "x"}), ("help", {}),
    ]:  # fmt: skip
        await boss.post(f"{path}/{move}", body, 404)
    await boss.ask("PATCH", path, {"note": "x", "version": 1}, 404)
    mine = encode("prp", hotel.property_id)
    await boss.post("/tasks", {"property_id": mine, "type": CLEANING, "room_id": spc(room)}, 404)
    await boss.post("/tasks", {"property_id": encode("prp", other.property_id), "type": CLEANING}, 404)
    await boss.post("/tasks", {"property_id": mine, "type": CLEANING, "stay_id": encode("sty", uuid4())}, 404)
    await boss.post("/tasks/auto-assign", {"property_id": mine, "staff_ids": [encode("stf", uuid4())]}, 404)
    await boss.post("/tasks/auto-assign", {"property_id": mine, "task_ids": [encode("tsk", foreign.id)]}, 404)
    own = await asked(boss, hotel, type="laundry")
    await boss.post(f"/tasks/{own['id']}/assign", {"staff_id": encode("stf", uuid4())}, 404)
    assert (await boss.get("/tasks?count=true"))["total"] == 1


async def test_a_place_named_twice_must_be_one_place(hotel: Hotel, boss: Caller) -> None:
    one, two = await rooms(hotel, "101", "102")
    body = {"property_id": encode("prp", hotel.property_id), "type": CLEANING, "room_id": spc(one)}
    await boss.post("/tasks", {**body, "venue_id": spc(two)}, 422)
    await boss.post("/tasks", {**body, "venue_id": spc(one)}, 201)
    await boss.post("/tasks", {**body, "note": "a\x00b"}, 422)
    await boss.get(f"/tasks?room_id={spc(one)}&venue_id={spc(two)}", 422)
    task = await asked(boss, hotel, room_id=spc(one))
    await boss.post(f"/tasks/{task['id']}/assign", {}, 422)


async def test_a_guest_in_an_occupied_room_is_cleaned_around(hotel: Hotel, boss: Caller, ana: Caller) -> None:
    [room] = await rooms(hotel, "101")
    await ready(hotel, room)
    await put(hotel, room, occupancy=Occupancy.OCCUPIED)
    await put(hotel, room, condition=Condition.DIRTY)
    task = await asked(boss, hotel, room_id=spc(room), type="stay_over_cleaning")
    await ana.post(f"/tasks/{task['id']}/start")
    await ana.post(f"/tasks/{task['id']}/complete")
    now = await look(hotel, room)
    assert (now.condition, now.occupancy) == (Condition.CLEAN, Occupancy.OCCUPIED)
