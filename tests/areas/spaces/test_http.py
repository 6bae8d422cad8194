"""The routes of rooms and spaces, as their callers meet them."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from serai.areas.spaces.service import RoomOut, SpaceOut, StatusEventOut
from serai.kernel.ids import encode, new_id
from tests.conftest import START, make_hotel


class Desk:
    """Somebody signed in, at the API."""

    def __init__(self, client: httpx.AsyncClient, headers: dict[str, str], hotel: Any) -> None:
        self.client, self.headers, self.hotel = client, headers, hotel

    async def post(self, path: str, body: Any = None, **headers: str) -> httpx.Response:
        sent = {**self.headers, **{name.replace("_", "-"): value for name, value in headers.items()}}
        return await self.client.post(path, json={} if body is None else body, headers=sent)

    async def patch(self, path: str, body: Any, **headers: str) -> httpx.Response:
        sent = {**self.headers, **{name.replace("_", "-"): value for name, value in headers.items()}}
        return await self.client.patch(path, json=body, headers=sent)

    async def get(self, path: str, **params: Any) -> httpx.Response:
        return await self.client.get(path, params=params, headers=self.headers)

    async def room(self, number: str = "101", **more: Any) -> dict[str, Any]:
        body = {"property_id": encode("prp", self.hotel.property_id), "number": number, "room_type": "DBL", **more}
        answer = await self.post("/rooms", body)
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def space(self, kind: str, name: str, **more: Any) -> httpx.Response:
        body = {"property_id": encode("prp", self.hotel.property_id), "kind": kind, "name": name, **more}
        return await self.post("/spaces", body)

    async def status(self, room: dict[str, Any], status: str, **more: Any) -> httpx.Response:
        return await self.post(f"/rooms/{room['id']}/status", {"status": status, **more})


@pytest.fixture
def at(client: httpx.AsyncClient, sign: Any, hotel: Any) -> Any:
    """Gives the desk of a role."""

    async def at(role: str, **more: Any) -> Desk:
        return Desk(client, await sign(role, **more), more.get("at", hotel))

    return at


async def test_a_room_is_made_described_and_read(at: Any) -> None:
    manager, viewer = await at("venue_admin"), await at("viewer")
    floor = (await manager.space("floor", "First")).json()
    room = await manager.room(parent_id=floor["id"], externalCode="A1", credits={"checkout_cleaning": 1.5})
    assert RoomOut(**room).model_dump()["floor"] == "First"
    assert (room["status"], room["codes"], room["ready"], room["version"]) == ("CHECKOUT_DIRTY", ["VD"], False, 1)
    answer = await manager.patch(f"/rooms/{room['id']}", {"floor": None, "capacity": 2, "version": 1})
    assert (answer.json()["floor"], answer.json()["capacity"], answer.json()["version"]) == (None, 2, 2)
    read = await viewer.get(f"/rooms/{room['id']}")
    assert (read.json()["external_code"], read.json()["allowed_actions"]) == ("A1", [])
    again = await viewer.client.get(
        f"/rooms/{room['id']}", headers={**viewer.headers, "if-none-match": read.headers["etag"]}
    )
    assert again.status_code == 304


async def test_a_patch_needs_the_version_that_was_read(at: Any) -> None:
    manager = await at("venue_admin")
    room = await manager.room()
    path = f"/rooms/{room['id']}"
    assert (await manager.patch(path, {"floor": "2"})).status_code == 428
    tag = (await manager.get(path)).headers["etag"]
    assert (await manager.patch(path, {"floor": "2"}, if_match=tag)).status_code == 200
    assert (await manager.patch(path, {"floor": "3"}, if_match=tag)).status_code == 412


async def test_a_number_in_use_is_refused_until_its_room_is_archived(at: Any) -> None:
    manager = await at("venue_admin")
    room = await manager.room()
    body = {"property_id": room["property_id"], "number": "101", "room_type": "DBL"}
    answer = await manager.post("/rooms", body)
    assert answer.status_code == 409
    many = await manager.post(
        "/rooms/bulk",
        {"property_id": room["property_id"], "rooms": [{"number": n, "room_type": "DBL"} for n in ("102", "101")]},
    )
    assert many.status_code == 409
    gone = await manager.client.delete(f"/spaces/{room['id']}", headers=manager.headers)
    assert gone.status_code == 200
    assert gone.json()["archived_at"]
    assert (await manager.post("/rooms", body)).status_code == 201
    refused = await manager.status(room, "CLEANING_IN_PROGRESS")
    assert (refused.status_code, refused.json()["detail"]) == (409, "It is archived.")


async def test_rooms_are_made_many_at_once_and_listed_naturally(at: Any) -> None:
    manager = await at("venue_admin")
    rooms = [{"number": str(number), "room_type": "DBL"} for number in range(8, 12)]
    body = {"property_id": encode("prp", manager.hotel.property_id), "rooms": rooms}
    made = await manager.post("/rooms/bulk", body)
    assert made.status_code == 201
    assert len(made.json()["items"]) == 4
    first = (await manager.get("/spaces", kind="room", limit=3, count=True)).json()
    rest = (await manager.get("/spaces", kind="room", limit=3, cursor=first["next_cursor"])).json()
    assert [one["name"] for one in first["items"] + rest["items"]] == ["8", "9", "10", "11"]
    assert (first["total"], rest["next_cursor"]) == (4, None)
    assert set(first["items"][0]) == set(SpaceOut.model_fields)
    too_many = {**body, "rooms": rooms * 200}
    assert (await manager.post("/rooms/bulk", too_many)).status_code == 422


async def test_a_turnover_by_the_general_door(at: Any) -> None:
    manager, desk = await at("venue_admin"), await at("front_desk")
    maid, supervisor = await at("housekeeper"), await at("housekeeping_supervisor")
    room = await manager.room()
    refused = await desk.status(room, "OCCUPIED")
    assert refused.status_code == 409
    assert refused.json()["code"] == "room_status_refused"
    assert "dirty" in refused.json()["detail"]
    assert (await maid.status(room, "CLEANING_IN_PROGRESS")).json()["condition"] == "cleaning"
    assert (await maid.status(room, "CLEANED_UNINSPECTED")).json()["codes"] == ["VC"]
    forbidden = await maid.status(room, "READY_FOR_GUEST")
    assert (forbidden.status_code, forbidden.json()["permission"]) == (403, "room.inspect")
    ready = (await supervisor.status(room, "READY_FOR_GUEST")).json()
    assert (ready["ready"], ready["codes"], ready["version"]) == (True, ["VI", "VR"], 5)
    taken = (await desk.status(room, "OCCUPIED", stay_id=encode("sty", new_id()))).json()
    assert (taken["status"], taken["codes"]) == ("OCCUPIED", ["OI"])
    left = (await desk.status(room, "CHECKOUT_DIRTY", note="early")).json()
    assert (left["status"], left["stay_id"]) == ("CHECKOUT_DIRTY", None)
    page = (await desk.get(f"/rooms/{room['id']}/status-events", limit=2, count=True)).json()
    newest = page["items"][0]
    assert StatusEventOut(**newest)
    assert (newest["source"], newest["note"], newest["actor"]["name"]) == ("FRONT_DESK", "early", "Front Desk")
    assert newest["actor"]["id"] == encode("stf", UUID(desk.headers["x-staff"]))
    assert (newest["before"]["occupancy"], newest["after"]["occupancy"]) == ("occupied", "vacant")
    assert page["total"] == 5
    rest = (await desk.get(f"/rooms/{room['id']}/status-events", cursor=page["next_cursor"])).json()
    assert [one["to_status"] for one in rest["items"]] == [
        "READY_FOR_GUEST",
        "CLEANED_UNINSPECTED",
        "CLEANING_IN_PROGRESS",
    ]


async def test_what_holds_already_is_a_success_that_changes_nothing(at: Any) -> None:
    manager = await at("venue_admin")
    room = await manager.room()
    answer = await manager.status(room, "CHECKOUT_DIRTY")
    assert (answer.status_code, answer.json()["version"]) == (200, 1)
    assert (await manager.get(f"/rooms/{room['id']}/status-events")).json()["items"] == []


async def test_a_manager_overrides_with_a_reason_and_a_supervisor_does_not(at: Any) -> None:
    manager, supervisor = await at("venue_admin"), await at("housekeeping_supervisor")
    room = await manager.room()
    override = {"source": "MANAGER_OVERRIDE", "reason": "The guest waits."}
    assert (await supervisor.status(room, "READY_FOR_GUEST", **override)).status_code == 403
    silent = await manager.status(room, "READY_FOR_GUEST", source="MANAGER_OVERRIDE")
    assert (silent.status_code, silent.json()["errors"][0]["pointer"]) == (422, "/reason")
    assert (await manager.status(room, "READY_FOR_GUEST", **override)).json()["ready"] is True
    (line,) = (await manager.get(f"/rooms/{room['id']}/status-events")).json()["items"]
    assert (line["source"], line["reason"]) == ("MANAGER_OVERRIDE", "The guest waits.")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"status": "CLEAN"},
        {"status": "OCCUPIED", "occupancy": "occupied"},
        {"status": "OCCUPIED", "source": "SYSTEM"},
        {"service": "out_of_order"},
        {"condition": "cleaning", "occurred_at": "2026-03-02T08:00:00"},
        {"condition": "cleaning", "note": "x" * 2001},
        {"condition": "cleaning", "note": "a\u0000b"},
        {"status": "OCCUPIED", "stay_id": "spc_x"},
        {"status": "OCCUPIED", "stayId": "x", "stay_id": "x"},
    ],
)
async def test_bad_input_is_refused_as_such(at: Any, body: dict[str, Any]) -> None:
    manager = await at("venue_admin")
    room = await manager.room()
    answer = await manager.post(f"/rooms/{room['id']}/status", body)
    assert answer.status_code == 422, answer.text
    assert answer.headers["content-type"] == "application/problem+json"


async def test_two_desks_that_saw_the_same_status_do_not_both_change_it(at: Any) -> None:
    manager, maid = await at("venue_admin"), await at("housekeeper")
    room = await manager.room()
    answers = await asyncio.gather(
        maid.status(room, "CLEANING_IN_PROGRESS", expected_status="CHECKOUT_DIRTY"),
        maid.status(room, "CLEANED_UNINSPECTED", expected_status="CHECKOUT_DIRTY"),
    )
    assert sorted(one.status_code for one in answers) == [200, 409]
    tag = (await maid.get(f"/rooms/{room['id']}")).headers["etag"]
    path = f"/rooms/{room['id']}/guest-service"
    bodies = ({"guest_service": "make_up_room"}, {"guest_service": "do_not_disturb"})
    answers = await asyncio.gather(*(maid.post(path, body, if_match=tag) for body in bodies))
    assert sorted(one.status_code for one in answers) == [200, 412]


async def test_a_repair_is_marked_once_and_completed(at: Any) -> None:
    manager, technician = await at("venue_admin"), await at("technician")
    room = await manager.room()
    path = f"/rooms/{room['id']}"
    for _ in range(2):
        marked = (await technician.post(f"{path}/mark-maintenance", {"note": "tap drips"})).json()
        assert (marked["status"], marked["repair_required"], marked["version"]) == ("MAINTENANCE_REQUIRED", 1, 2)
    for _ in range(2):
        done = (await technician.post(f"{path}/complete-maintenance")).json()
        assert (done["status"], done["repair_required"], done["version"]) == ("CHECKOUT_DIRTY", 0, 3)


async def test_a_sign_at_the_door_keeps_the_cleaner_out(at: Any) -> None:
    manager, desk, maid = await at("venue_admin"), await at("front_desk"), await at("housekeeper")
    room = await manager.room()
    sign = await desk.post(f"/rooms/{room['id']}/guest-service", {"guest_service": "do_not_disturb"})
    assert sign.json()["codes"] == ["VD", "DND"]
    refused = await maid.status(room, "CLEANING_IN_PROGRESS")
    assert (refused.status_code, refused.json()["detail"]) == (409, "The guest asked not to be disturbed.")


async def test_a_guest_waits_for_a_room(at: Any) -> None:
    manager, desk, maid = await at("venue_admin"), await at("front_desk"), await at("housekeeper")
    room = await manager.room()
    assert (await desk.post(f"/rooms/{room['id']}/queue", {"queue": True})).json()["queue"] is True
    assert (await maid.post(f"/rooms/{room['id']}/queue", {"queue": False})).status_code == 403


async def test_work_done_offline_is_told_with_its_moment(at: Any) -> None:
    manager = await at("venue_admin")
    room = await manager.room()
    earlier = (START - timedelta(hours=2)).isoformat()
    done = await manager.status(room, "CLEANED_UNINSPECTED", occurred_at=earlier)
    assert done.json()["cleaned_at"].startswith("2026-03-02")
    assert (await manager.status(room, "CHECKOUT_DIRTY", occurred_at=earlier)).status_code == 200
    too_early = (START - timedelta(hours=3)).isoformat()
    assert (await manager.status(room, "CLEANED_UNINSPECTED", occurred_at=too_early)).status_code == 422


async def test_a_floor_is_changed_at_once_and_each_refusal_is_told(at: Any) -> None:
    manager, supervisor = await at("venue_admin"), await at("housekeeping_supervisor")
    rooms = [await manager.room(number) for number in ("101", "102")]
    await manager.status(rooms[1], "CLEANED_UNINSPECTED")
    ids = [*(room["id"] for room in rooms), encode("spc", new_id())]
    answer = await supervisor.post("/rooms/status", {"room_ids": ids, "status": "READY_FOR_GUEST"})
    results = answer.json()["items"]
    assert [one["room_id"] for one in results] == ids
    assert [one["error"] and one["error"]["code"] for one in results] == ["room_status_refused", None, "not_found"]
    assert results[1]["room"]["ready"] is True
    (line, _) = (await manager.get(f"/rooms/{rooms[1]['id']}/status-events")).json()["items"]
    assert line["source"] == "SYSTEM"
    assert (
        await (await at("housekeeper")).post("/rooms/status", {"room_ids": ids, "status": "OCCUPIED"})
    ).status_code == 403


async def test_a_condition_of_many_rooms_leaves_their_guests_where_they_are(at: Any) -> None:
    manager = await at("venue_admin")
    room = await manager.room("101")
    await manager.status(room, "CLEANED_UNINSPECTED")
    await manager.status(room, "READY_FOR_GUEST")
    await manager.status(room, "OCCUPIED")
    ids = [room["id"]]
    (one,) = (await manager.post("/rooms/status", {"room_ids": ids, "condition": "dirty"})).json()["items"]
    assert (one["room"]["occupancy"], one["room"]["condition"]) == ("occupied", "dirty")
    both = {"room_ids": ids, "condition": "dirty", "status": "OCCUPIED"}
    assert [(await manager.post("/rooms/status", body)).status_code for body in (both, {"room_ids": ids})] == [422, 422]


async def test_the_tree_holds_together(at: Any) -> None:
    manager = await at("venue_admin")
    floor = (await manager.space("floor", "First")).json()
    section = (await manager.space("section", "East", parent_id=floor["id"])).json()
    assert section["parent_id"] == floor["id"]
    wrong = await manager.space("floor", "Second", parent_id=section["id"])
    assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (422, "/parent_id")
    nowhere = await manager.space("section", "West", parent_id=encode("spc", new_id()))
    assert nowhere.status_code == 422
    full = await manager.client.delete(f"/spaces/{floor['id']}", headers=manager.headers)
    assert (full.status_code, full.json()["detail"]) == (409, "1 other spaces lie in it; move or archive them first.")
    moved = await manager.patch(f"/spaces/{section['id']}", {"parent_id": None, "name": "East wing", "version": 1})
    assert (moved.json()["parent_id"], moved.json()["name"]) == (None, "East wing")
    inside = (await manager.get("/spaces", parent_id=floor["id"])).json()
    assert inside["items"] == []
    assert (await manager.get(f"/rooms/{floor['id']}")).status_code == 404
    assert (await manager.patch(f"/rooms/{floor['id']}", {"name": "x", "version": 1})).status_code == 404
    assert (await manager.get(f"/spaces/{floor['id']}")).json()["name"] == "First"


async def test_two_suites_moved_into_each_other_at_once_do_not_close_a_circle(at: Any) -> None:
    manager = await at("venue_admin")
    one, other = await manager.room("1"), await manager.room("2")
    answers = await asyncio.gather(
        manager.patch(f"/rooms/{one['id']}", {"parent_id": other["id"], "version": 1}),
        manager.patch(f"/rooms/{other['id']}", {"parent_id": one["id"], "version": 1}),
    )
    assert sorted(answer.status_code for answer in answers) == [200, 422]


async def test_the_rooms_of_other_hotels_are_not_there(at: Any, house: Any) -> None:
    away = await make_hotel(house, "away")
    stranger = await at("venue_admin", at=away)
    mine = await (await at("venue_admin")).room()
    theirs = await stranger.room("7")
    for path in (f"/rooms/{mine['id']}", f"/spaces/{mine['id']}", f"/rooms/{mine['id']}/status-events"):
        assert (await stranger.get(path)).status_code == 404
    for move in ("status", "guest-service", "queue", "mark-maintenance", "complete-maintenance"):
        body = {"status": {"status": "OCCUPIED"}, "guest-service": {"guest_service": "none"}, "queue": {"queue": True}}
        answer = await stranger.post(f"/rooms/{mine['id']}/{move}", body.get(move, {}))
        assert answer.status_code == 404, move
    assert (await stranger.patch(f"/rooms/{mine['id']}", {"name": "x", "version": 1})).status_code == 404
    (result,) = (await stranger.post("/rooms/status", {"room_ids": [mine["id"]], "status": "OCCUPIED"})).json()["items"]
    assert result["error"]["code"] == "not_found"
    body = {"property_id": mine["property_id"], "number": "9", "room_type": "DBL"}
    assert (await stranger.post("/rooms", body)).status_code == 404
    lies = {"property_id": theirs["property_id"], "number": "9", "room_type": "DBL", "parent_id": mine["id"]}
    assert (await stranger.post("/rooms", lies)).status_code == 422


async def test_the_same_request_again_gets_the_same_answer(at: Any) -> None:
    manager = await at("venue_admin")
    room = await manager.room()
    path, body = f"/rooms/{room['id']}/status", {"status": "CLEANING_IN_PROGRESS"}
    answers = [await manager.post(path, body, idempotency_key="once") for _ in range(3)]
    assert len({one.content for one in answers}) == 1
    assert len((await manager.get(f"/rooms/{room['id']}/status-events")).json()["items"]) == 1
