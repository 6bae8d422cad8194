"""The room board over HTTP."""

from __future__ import annotations

import gzip
import json
from typing import Any
from uuid import UUID

import httpx
from pydantic import TypeAdapter

from serai.access.tenancy import service as tenancy
from serai.access.tenancy.service import CreateProperty
from serai.areas.housekeeping import service as tasks
from serai.areas.housekeeping.model import TaskType
from serai.areas.spaces.model import Condition, GuestService
from serai.kernel.ids import encode
from serai.runtime.work import House
from serai.views.board_api import BoardOut
from tests.conftest import Hotel, SignIn, make_hotel
from tests.views import making

TODAY = ("2026-03-02", "2026-03-04")
YESTERDAY = ("2026-03-01", "2026-03-02")


async def board(client: httpx.AsyncClient, headers: dict[str, str], **query: Any) -> dict[str, Any]:
    answer = await client.get("/rooms", headers=headers, params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_a_room_is_shown_with_guest_arrival_and_work(
    client: httpx.AsyncClient, sign: SignIn, hotel: Hotel
) -> None:
    (room,) = await making.rooms(hotel, "101")
    await making.put(hotel, room.id, condition=Condition.CLEANING)
    await making.put(hotel, room.id, condition=Condition.CLEAN)
    await making.put(hotel, room.id, condition=Condition.INSPECTED)
    leaving = await making.stay(hotel, "B1", room.id, YESTERDAY, vip=True, guest_name="Ada Secret", children=1)
    await making.move_in(hotel, leaving)
    await making.stay(hotel, "B2", room.id, TODAY, eta="14:30")
    work = await making.task(hotel, TaskType.STAY_OVER_CLEANING, room.id)
    headers = await sign("housekeeping_supervisor")
    await hotel.do(lambda w: tasks.assign(w, work.id, UUID(headers["x-staff"])))

    answer = await client.get("/rooms", headers=headers)

    assert "Ada" not in answer.text
    (shown,) = answer.json()["items"]
    assert shown["room_status"] == "OCCUPIED"
    assert shown["codes"] == ["OI"]
    assert shown["flags"] == ["rush", "due_out", "vip"]
    assert shown["stay"] == {
        "state": "checked_in", "departure": "2026-03-02T06:30:00+00:00", "adults": 2, "children": 1, "vip": True,
    }  # fmt: skip
    assert shown["arrival"] == {
        "arrival": "2026-03-02T10:30:00+00:00", "adults": 2, "eta": "2026-03-02T10:00:00+00:00",
    }  # fmt: skip
    (its,) = shown["tasks"]
    assert its["id"] == encode("tsk", work.id)
    assert its["state"] == "assigned"
    assert its["assignee_id"] == encode("stf", UUID(headers["x-staff"]))


async def test_what_is_answered_is_what_is_documented(client: httpx.AsyncClient, sign: SignIn, hotel: Hotel) -> None:
    one, two, three = await making.rooms(hotel, "9", "10", "B1")
    await making.put(hotel, one.id, guest_service=GuestService.MAKE_UP_ROOM, queue=True)
    await making.put(hotel, two.id, repair=1)
    await making.stay(hotel, "B1", three.id, TODAY, children=2, eta="14:30", vip=True)
    for kind in (TaskType.CHECKOUT_CLEANING, TaskType.INSPECTION):
        await making.task(hotel, kind, one.id)

    answer = await client.get("/rooms", headers=await sign("front_desk"))

    read = BoardOut.model_validate_json(answer.content)
    assert [room.number for room in read.items] == ["9", "10", "B1"]
    assert not read.items[1].sellable
    assert not read.items[1].assignable
    said = TypeAdapter(list[Any]).dump_python(read.items, exclude_defaults=True, mode="json")
    assert [set(room) for room in said] == [set(room) for room in answer.json()["items"]], "nothing is said twice"


async def test_rooms_are_counted_by_status_whatever_status_is_asked_for(
    client: httpx.AsyncClient, sign: SignIn, hotel: Hotel
) -> None:
    one, _, _ = await making.rooms(hotel, "101", "102", "103")
    await making.rooms(hotel, "201", floor="2", room_type="SUI")
    await making.put(hotel, one.id, condition=Condition.CLEANING)
    headers = await sign("viewer")

    shown = await board(client, headers, status=["CLEANING_IN_PROGRESS", "OCCUPIED"], floor="1")

    assert [room["number"] for room in shown["items"]] == ["101"]
    assert shown["total"] == 3
    assert shown["counts"]["CLEANING_IN_PROGRESS"] == 1
    assert shown["counts"]["CHECKOUT_DIRTY"] == 2
    assert shown["counts"]["READY_FOR_GUEST"] == 0
    assert [room["number"] for room in (await board(client, headers, room_type="SUI"))["items"]] == ["201"]
    assert (await board(client, headers, section="West"))["total"] == 0


async def test_an_attendant_finds_her_rooms(client: httpx.AsyncClient, sign: SignIn, hotel: Hotel) -> None:
    one, two = await making.rooms(hotel, "101", "102")
    headers = await sign("housekeeper")
    for room in (one, two):
        made = await making.task(hotel, TaskType.CHECKOUT_CLEANING, room.id)
    await hotel.do(lambda w: tasks.assign(w, made.id, UUID(headers["x-staff"])))

    shown = await board(client, headers, attendant=encode("stf", UUID(headers["x-staff"])))

    assert [room["number"] for room in shown["items"]] == ["102"]


async def test_while_nothing_changes_the_board_is_not_sent_again(
    client: httpx.AsyncClient, sign: SignIn, hotel: Hotel
) -> None:
    (room,) = await making.rooms(hotel, "101")
    headers = await sign("front_desk")
    first = await client.get("/rooms", headers=headers)
    again = await client.get("/rooms", headers={**headers, "if-none-match": first.headers["etag"]})
    assert again.status_code == 304
    assert not again.content

    await making.put(hotel, room.id, condition=Condition.CLEANING)

    changed = await client.get("/rooms", headers={**headers, "if-none-match": first.headers["etag"]})
    assert changed.status_code == 200
    assert changed.json()["items"][0]["room_status"] == "CLEANING_IN_PROGRESS"
    assert changed.json()["position"] == first.json()["position"] + 1


async def test_a_change_of_policy_is_on_the_board_at_once(
    client: httpx.AsyncClient, sign: SignIn, hotel: Hotel
) -> None:
    (room,) = await making.rooms(hotel, "101")
    for condition in (Condition.CLEANING, Condition.CLEAN):
        await making.put(hotel, room.id, condition=condition)
    headers = await sign("venue_admin")
    assert (await board(client, headers))["items"][0]["room_status"] == "CLEANED_UNINSPECTED"

    place = f"/properties/{encode('prp', hotel.property_id)}"
    policies = {"version": 1, "policies": {"inspects": False}}
    assert (await client.patch(place, headers=headers, json=policies)).status_code == 200

    assert (await board(client, headers))["items"][0]["ready"]


async def test_three_hundred_rooms_take_five_kilobytes(client: httpx.AsyncClient, sign: SignIn, hotel: Hotel) -> None:
    numbers = [f"{floor}{number:02}" for floor in range(1, 11) for number in range(1, 31)]
    found = await making.rooms(hotel, *numbers)
    for place, room in enumerate(found[::5]):
        guest = await making.stay(hotel, f"B{place}", room.id, TODAY)
        await making.move_in(hotel, guest)
    for room in found[::6]:
        await making.task(hotel, TaskType.CHECKOUT_CLEANING, room.id)
    headers = {**await sign("front_desk"), "accept-encoding": "gzip"}

    async with client.stream("GET", "/rooms", headers=headers) as answer:
        sent = b"".join([part async for part in answer.aiter_raw()])

    assert answer.headers["content-encoding"] == "gzip"
    assert len(json.loads(gzip.decompress(sent))["items"]) == 300
    assert len(sent) <= 5_000


async def test_another_propertys_board_is_absent(
    client: httpx.AsyncClient, sign: SignIn, hotel: Hotel, house: House
) -> None:
    other = await make_hotel(house, "other")
    headers = await sign("front_desk")

    answer = await client.get("/rooms", headers=headers, params={"property_id": encode("prp", other.property_id)})

    assert answer.status_code == 404


async def test_who_sees_no_property_or_several_must_say_which(
    client: httpx.AsyncClient, sign: SignIn, hotel: Hotel
) -> None:
    headers = await sign("executive_admin", everywhere=True)
    annex = CreateProperty(code="annex", name="Annex", zone="Asia/Kabul", currency="AFN")
    await hotel.do(lambda work: tenancy.create_property(work, annex))

    answer = await client.get("/rooms", headers=headers)

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/query/property_id"
