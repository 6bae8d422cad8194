"""The doors of a turn-over: room, task and stay move together or not."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx

from serai.areas.spaces.model import Condition, Occupancy, Room
from serai.areas.stays import service as stays
from serai.areas.stays.model import State, Stay
from serai.kernel.clock import ManualClock
from serai.kernel.ids import encode
from serai.runtime.jobs.background import Background
from serai.runtime.work import Work
from tests.areas.housekeeping.people import Caller, in_house, journal, look, put, ready, rooms, spc, told
from tests.conftest import Hotel, SignIn, make_hotel


async def stay_now(hotel: Hotel, stay: Stay) -> Stay:
    async def act(work: Work) -> Stay:
        return await stays.get_stay(work.tx, hotel.tenant_id, stay.id)

    return await hotel.do(act)


async def tasks(boss: Caller, room: Room) -> list[dict[str, Any]]:
    return (await boss.get(f"/tasks?sort=created_at&room_id={spc(room)}"))["items"]


def states(found: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(one["type"], one["state"]) for one in found]


async def test_a_whole_turn_over_through_the_doors(
    hotel: Hotel, boss: Caller, ana: Caller, desk: Caller, background: Background
) -> None:
    [room] = await rooms(hotel, "101")
    stay = await in_house(hotel, "B-1", room)
    left = await desk.post(f"/rooms/{spc(room)}/check-out", {"mode": "depart"})
    assert (left["room_status"], left["stay_id"], left["occupancy"]) == ("CHECKOUT_DIRTY", None, "vacant")
    assert (await stay_now(hotel, stay)).state is State.COMPLETED
    [task] = await tasks(boss, room)
    assert (task["origin"], task["booking_reference"]) == (f"checkout:{encode('sty', stay.id)}", "B-1")
    assert task["due_at"] == "2026-03-02T09:00:00+00:00"
    begun = await ana.post(f"/rooms/{spc(room)}/start-cleaning")
    assert begun["status"] == "CLEANING_IN_PROGRESS"
    assert (await tasks(boss, room))[0]["assignee_id"] == ana.id
    assert (await ana.post(f"/rooms/{spc(room)}/mark-cleaned"))["status"] == "CLEANED_UNINSPECTED"
    await ana.post(f"/rooms/{spc(room)}/inspect", expect=403)
    good = await boss.post(f"/rooms/{spc(room)}/inspect")
    assert (good["status"], good["ready"]) == ("READY_FOR_GUEST", True)
    await background.settle()
    assert states(await tasks(boss, room)) == [("checkout_cleaning", "verified")]
    assert (await look(hotel, room)).condition is Condition.INSPECTED
    next_guest = await told(hotel, "B-2", State.CONFIRMED, arrival="2026-03-02", departure="2026-03-04")
    came = await desk.post(f"/rooms/{spc(room)}/check-in", {"stay_id": encode("sty", next_guest.id)})
    assert (came["status"], came["stay_id"]) == ("OCCUPIED", encode("sty", next_guest.id))
    now = await stay_now(hotel, next_guest)
    assert (now.state, now.room_id) == (State.CHECKED_IN, room.id)
    await background.settle()
    assert (await look(hotel, room)).stay_id == next_guest.id


async def test_a_late_reaction_does_not_make_a_cleaned_room_dirty_again(
    hotel: Hotel, boss: Caller, ana: Caller, desk: Caller, background: Background
) -> None:
    [room] = await rooms(hotel, "101")
    await in_house(hotel, "B-1", room)
    await desk.post(f"/rooms/{spc(room)}/check-out")
    await ana.post(f"/rooms/{spc(room)}/start-cleaning")
    await ana.post(f"/rooms/{spc(room)}/mark-cleaned")
    await background.settle()
    assert (await look(hotel, room)).condition is Condition.CLEAN
    assert len(await tasks(boss, room)) == 1


async def test_what_was_planned_for_the_guest_is_called_off_and_what_has_begun_goes_on(
    hotel: Hotel, boss: Caller, ana: Caller, desk: Caller
) -> None:
    [room] = await rooms(hotel, "101")
    stay = await in_house(hotel, "B-1", room)
    await put(hotel, room, condition=Condition.DIRTY)
    body = {"property_id": encode("prp", hotel.property_id), "room_id": spc(room), "stay_id": encode("sty", stay.id)}
    begun = await boss.post("/tasks", {**body, "type": "stay_over_cleaning"}, 201)
    await ana.post(f"/tasks/{begun['id']}/start")
    await boss.post("/tasks", {**body, "type": "turndown"}, 201)
    await desk.post(f"/rooms/{spc(room)}/check-out")
    assert set(states(await tasks(boss, room))) == {
        ("stay_over_cleaning", "in_progress"),
        ("turndown", "cancelled"),
        ("checkout_cleaning", "pending"),
    }
    await ana.post(f"/tasks/{begun['id']}/complete")
    assert (await look(hotel, room)).condition is Condition.DIRTY


async def test_status_only_turns_the_room_and_leaves_the_stay(
    hotel: Hotel, boss: Caller, desk: Caller, background: Background
) -> None:
    [room] = await rooms(hotel, "101")
    stay = await in_house(hotel, "B-1", room)
    await desk.post(f"/rooms/{spc(room)}/check-out", {"mode": "status_only"})
    assert (await stay_now(hotel, stay)).state is State.CHECKED_IN
    await told(hotel, "B-1", State.COMPLETED)
    await background.settle()
    assert states(await tasks(boss, room)) == [("checkout_cleaning", "pending")]


async def test_a_walk_in_comes_and_leaves_without_a_stay(hotel: Hotel, boss: Caller, desk: Caller) -> None:
    [room] = await rooms(hotel, "101")
    refused = await desk.post(f"/rooms/{spc(room)}/check-in", expect=409)
    assert "not ready" in refused["detail"]
    await ready(hotel, room)
    assert (await desk.post(f"/rooms/{spc(room)}/check-in"))["stay_id"] is None
    await desk.post(f"/rooms/{spc(room)}/check-out")
    await desk.post(f"/rooms/{spc(room)}/check-out")
    [task] = await tasks(boss, room)
    assert (task["type"], task["origin"]) == ("checkout_cleaning", None)


async def test_a_check_out_of_a_vacant_clean_room_changes_nothing(hotel: Hotel, boss: Caller, desk: Caller) -> None:
    [room] = await rooms(hotel, "101")
    await ready(hotel, room)
    before = await look(hotel, room)
    assert (await desk.post(f"/rooms/{spc(room)}/check-out"))["version"] == before.version
    assert await tasks(boss, room) == []


async def test_only_a_manager_with_a_reason_gives_a_room_that_is_not_ready(
    hotel: Hotel, desk: Caller, client: httpx.AsyncClient, sign: SignIn
) -> None:
    [room] = await rooms(hotel, "101")
    manager = Caller(client, await sign("venue_admin"))
    body = {"source": "MANAGER_OVERRIDE", "reason": "The guest insists."}
    await desk.post(f"/rooms/{spc(room)}/check-in", body, 403)
    await manager.post(f"/rooms/{spc(room)}/check-in", {"source": "MANAGER_OVERRIDE"}, 422)
    assert (await manager.post(f"/rooms/{spc(room)}/check-in", body))["status"] == "OCCUPIED"


async def test_marking_a_clean_room_clean_leaves_other_work_alone(hotel: Hotel, boss: Caller, ana: Caller) -> None:
    [room] = await rooms(hotel, "101")
    await ready(hotel, room)
    await put(hotel, room, condition=Condition.CLEAN)
    body = {"property_id": encode("prp", hotel.property_id), "room_id": spc(room), "type": "deep_cleaning"}
    await boss.post("/tasks", body, 201)
    await ana.post(f"/rooms/{spc(room)}/mark-cleaned")
    assert states(await tasks(boss, room)) == [("deep_cleaning", "pending")]


async def test_a_room_cleaned_without_being_started_ends_its_task(hotel: Hotel, boss: Caller, ana: Caller) -> None:
    [room] = await rooms(hotel, "101")
    body = {"property_id": encode("prp", hotel.property_id), "room_id": spc(room), "type": "checkout_cleaning"}
    await boss.post("/tasks", body, 201)
    await ana.post(f"/rooms/{spc(room)}/mark-cleaned", {"note": "Quick"})
    [task] = await tasks(boss, room)
    assert (task["state"], task["assignee_id"]) == ("completed", ana.id)


async def test_a_paused_cleaning_goes_on_at_the_door(hotel: Hotel, boss: Caller, ana: Caller) -> None:
    [room] = await rooms(hotel, "101")
    body = {"property_id": encode("prp", hotel.property_id), "room_id": spc(room), "type": "checkout_cleaning"}
    task = await boss.post("/tasks", body, 201)
    await ana.post(f"/tasks/{task['id']}/start")
    await ana.post(f"/tasks/{task['id']}/pause")
    await ana.post(f"/rooms/{spc(room)}/start-cleaning")
    assert (await boss.get(f"/tasks/{task['id']}"))["state"] == "in_progress"


async def test_the_door_refuses_when_the_task_is_anothers_and_nothing_moves(
    hotel: Hotel, boss: Caller, ana: Caller
) -> None:
    [room] = await rooms(hotel, "101")
    body = {"property_id": encode("prp", hotel.property_id), "room_id": spc(room), "type": "checkout_cleaning"}
    task = await boss.post("/tasks", body, 201)
    await boss.post(f"/tasks/{task['id']}/assign", {"staff_id": boss.id})
    await ana.post(f"/rooms/{spc(room)}/start-cleaning", expect=409)
    assert (await look(hotel, room)).condition is Condition.DIRTY
    assert not await journal(hotel, "property.room.status_changed.v1")


async def test_a_status_that_is_another_by_now_is_refused(hotel: Hotel, ana: Caller) -> None:
    [room] = await rooms(hotel, "101")
    await ana.post(f"/rooms/{spc(room)}/start-cleaning", {"expected_status": "OCCUPIED"}, 409)
    await ana.ask("POST", f"/rooms/{spc(room)}/start-cleaning", {}, 412, **{"if-match": '"9-ab"'})


async def test_work_done_offline_is_told_at_its_own_moment(
    hotel: Hotel, boss: Caller, ana: Caller, clock: ManualClock
) -> None:
    [room] = await rooms(hotel, "101")
    body = {"property_id": encode("prp", hotel.property_id), "room_id": spc(room), "type": "checkout_cleaning"}
    await boss.post("/tasks", body, 201)
    clock.set(clock.now() + timedelta(minutes=10))
    await ana.post(f"/rooms/{spc(room)}/start-cleaning", {"occurred_at": "2026-03-02T08:05:00Z"})
    [task] = await tasks(boss, room)
    assert task["started_at"] == "2026-03-02T08:05:00+00:00"
    await ana.post(f"/rooms/{spc(room)}/mark-cleaned", {"occurred_at": "2026-03-02T08:01:00Z"}, 422)


async def test_a_floor_is_checked_out_at_once_and_a_refusal_loses_nobody(
    hotel: Hotel, boss: Caller, desk: Caller
) -> None:
    one, two, three = await rooms(hotel, "101", "102", "103")
    held = [await in_house(hotel, f"B-{number}", room) for number, room in enumerate((one, two), 1)]
    unknown = encode("spc", uuid4())
    body = {"room_ids": [spc(one), unknown, spc(two), spc(three)], "mode": "depart"}
    items = (await desk.post("/rooms/check-out", body))["items"]
    assert [one["error"] and one["error"]["status"] for one in items] == [None, 404, None, None]
    assert [(await stay_now(hotel, stay)).state for stay in held] == [State.COMPLETED] * 2
    assert [len(await tasks(boss, room)) for room in (one, two, three)] == [1, 1, 0]
    sources = await hotel.do(
        lambda work: work.tx.fetch(
            "select distinct source from app.room_status_event where tenant_id = $1 and actor_kind = 'staff'",
            hotel.tenant_id,
        )
    )
    assert [row["source"] for row in sources] == ["SYSTEM"]
    third = await in_house(hotel, "B-3", three)
    refused = (await boss.post("/rooms/check-out", {"room_ids": [spc(three)]}))["items"]
    assert refused[0]["error"]["status"] == 403
    assert (await stay_now(hotel, third)).state is State.CHECKED_IN


async def test_a_guest_who_shares_the_room_stays_in_it(
    hotel: Hotel, boss: Caller, desk: Caller, background: Background
) -> None:
    [room] = await rooms(hotel, "101")
    await in_house(hotel, "B-1", room)
    friend = await told(hotel, "B-2", State.CHECKED_IN, room)
    await background.settle()
    await desk.post(f"/rooms/{spc(room)}/check-out")
    await background.settle()
    now = await look(hotel, room)
    assert (now.occupancy, now.stay_id) == (Occupancy.OCCUPIED, friend.id)
    assert states(await tasks(boss, room)) == [("checkout_cleaning", "pending")]


async def test_of_two_who_give_a_room_one_wins(hotel: Hotel, desk: Caller, client: httpx.AsyncClient) -> None:
    [room] = await rooms(hotel, "101")
    await ready(hotel, room)
    guests = [
        await told(hotel, f"B-{number}", State.CONFIRMED, arrival="2026-03-02", departure="2026-03-03")
        for number in (1, 2)
    ]

    async def give(stay: Stay) -> int:
        body = {"stay_id": encode("sty", stay.id)}
        answer = await client.post(f"/rooms/{spc(room)}/check-in", json=body, headers=desk.headers)
        return answer.status_code

    assert sorted(await asyncio.gather(*(give(one) for one in guests))) == [200, 409]


async def test_rooms_and_stays_of_others_are_not_here(hotel: Hotel, boss: Caller, desk: Caller, ana: Caller) -> None:
    other = await make_hotel(hotel.house, "other")
    [room] = await rooms(other, "101")
    await ready(other, room)
    stay = await told(other, "B-1", State.CONFIRMED)
    doors = {ana: ("start-cleaning", "mark-cleaned"), boss: ("inspect",), desk: ("check-in", "check-out")}
    for who, names in doors.items():
        for door in names:
            await who.post(f"/rooms/{spc(room)}/{door}", expect=404)
    [own] = await rooms(hotel, "101")
    await ready(hotel, own)
    await desk.post(f"/rooms/{spc(own)}/check-in", {"stay_id": encode("sty", stay.id)}, 404)
