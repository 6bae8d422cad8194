"""Windows over HTTP: a space is closed by plan, waits for its guest, comes back."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest

from serai.areas.blocks import service
from serai.areas.blocks.model import Hold, Kind, Window, WindowState
from serai.areas.blocks.service import Filter, Wanted
from serai.areas.spaces import service as spaces
from serai.areas.spaces.model import Condition, Draft, Occupancy, Room, Service
from serai.areas.spaces.model import Kind as SpaceKind
from serai.areas.stays.model import State
from serai.kernel.actor import system
from serai.kernel.clock import ManualClock
from serai.kernel.ids import encode, new_id
from serai.runtime.http import ListQuery
from serai.runtime.jobs.background import Background
from serai.runtime.work import Work
from tests.areas.housekeeping.people import Caller, in_house, journal, look, ready, rooms, spc, told
from tests.conftest import Hotel, SignIn, make_hotel

pytestmark = pytest.mark.integration
URL = "/windows"
STARTED = "maintenance.window.started.v1"
CONFLICT = "maintenance.window.conflict_found.v1"


@pytest.fixture
async def boss(client: httpx.AsyncClient, sign: SignIn) -> Caller:
    """Who may do all of it."""
    return Caller(client, await sign("venue_admin"))


def at(clock: ManualClock, **later: float) -> str:
    """A moment from now on."""
    return f"{clock.now() + timedelta(**later):%Y-%m-%dT%H:%M:%SZ}"


async def closed(chief: Caller, room: Room, clock: ManualClock, **more: Any) -> Any:
    """A window over a room; for a day from now on, if nothing else is said."""
    body = {"room_id": spc(room), "kind": "out_of_order", "ends_at": at(clock, days=1), **more}
    return (await chief.post(URL, body, 201))["items"][0]


async def windows(hotel: Hotel, **wanted: Any) -> list[Window]:
    """The hotel's windows as they are by now, by their beginning; sessions end while a test's days go by."""
    asked, actor = Wanted(filter=Filter(**wanted)), system(hotel.tenant_id, "test")
    return list((await hotel.do(lambda work: service.find(work.tx, actor, asked, ListQuery(sort="starts_at")))).items)


async def pass_by(clock: ManualClock, background: Background, **later: float) -> None:
    """Time goes on, and the house with it."""
    clock.set(clock.now() + timedelta(**later))
    await background.settle()


async def test_an_empty_room_is_closed_at_once_and_comes_back_dirty_to_be_cleaned(
    hotel: Hotel, chief: Caller, clock: ManualClock, background: Background
) -> None:
    [room] = await rooms(hotel, "101")
    await ready(hotel, room)
    made = await closed(chief, room, clock, reason_code="painting", remarks="Two coats.")
    assert (made["state"], made["lane"], made["touched"]) == ("active", "plan", [])
    assert made["allowed_actions"] == ["complete", "update"]
    now = await look(hotel, room)
    assert (now.service, now.condition) == (Service.OUT_OF_ORDER, Condition.INSPECTED)

    await pass_by(clock, background, days=1)
    [ended] = await windows(hotel)
    assert (ended.state, ended.ends_at, ended.due_at) == (WindowState.COMPLETED, clock.now(), None)
    now = await look(hotel, room)
    assert (now.service, now.condition) == (Service.IN_SERVICE, Condition.DIRTY)
    [task] = await journal(hotel, "housekeeping.task.created.v1")
    assert (task["type"], task["room_number"]) == ("checkout_cleaning", "101")
    status = [one["room_status"] for one in await journal(hotel, "property.room.status_changed.v1", room.id)]
    assert status[-2:] == ["OUT_OF_ORDER", "CHECKOUT_DIRTY"]


async def test_a_room_may_come_back_as_it_was(hotel: Hotel, chief: Caller, clock: ManualClock) -> None:
    [room] = await rooms(hotel, "101")
    await ready(hotel, room)
    made = await closed(chief, room, clock, kind="out_of_service", return_status="unchanged")
    assert (await look(hotel, room)).service is Service.OUT_OF_SERVICE
    clock.set(clock.now() + timedelta(minutes=5))
    done = await chief.post(f"{URL}/{made['id']}/complete")
    assert (done["state"], done["ends_at"]) == ("completed", clock.now().isoformat())
    now = await look(hotel, room)
    assert (now.service, now.condition) == (Service.IN_SERVICE, Condition.INSPECTED)
    assert (await journal(hotel, "property.room.ready.v1", room.id))[-1]["service"] == "in_service"


async def test_a_window_waits_for_the_guest_and_begins_when_the_room_is_empty(
    hotel: Hotel, chief: Caller, clock: ManualClock, background: Background
) -> None:
    [room] = await rooms(hotel, "101")
    stay = await in_house(hotel, "B-1", room)
    made = await closed(chief, room, clock, ends_at=at(clock, days=3))
    assert made["state"] == "pending"
    assert made["touched"] == [{"stay_id": encode("sty", stay.id), "booking_reference": "B-1"}]
    assert len(await journal(hotel, CONFLICT)) == 1
    assert (await look(hotel, room)).service is Service.IN_SERVICE

    clock.set(clock.now() + timedelta(hours=1))
    await told(hotel, "B-1", State.COMPLETED)
    await background.settle()
    assert (await look(hotel, room)).service is Service.OUT_OF_ORDER
    [begun] = await windows(hotel)
    assert (begun.state, begun.started_at, begun.touched) == (WindowState.ACTIVE, clock.now(), ())
    assert len(await journal(hotel, STARTED)) == 1


async def test_a_room_that_a_guest_of_today_is_given_waits_too_until_the_guest_gets_another(
    hotel: Hotel, chief: Caller, desk: Caller, clock: ManualClock, background: Background
) -> None:
    room, other = await rooms(hotel, "101", "102")
    day = f"{clock.now():%Y-%m-%d}"
    leaves = f"{clock.now() + timedelta(days=2):%Y-%m-%d}"
    stay = await told(hotel, "B-1", State.CONFIRMED, room, arrival=day, departure=leaves)
    made = await closed(chief, room, clock)
    assert made["state"] == "pending"
    await desk.post(f"/stays/{encode('sty', stay.id)}/assign-room", {"room_id": spc(other)})
    await background.settle()
    begun = await chief.get(f"{URL}/{made['id']}")
    assert (begun["state"], begun["touched"]) == ("active", [])
    back = await desk.ask("POST", f"/stays/{encode('sty', stay.id)}/assign-room", {"room_id": spc(room)}, 409)
    assert (back["code"], back["window_id"]) == ("room_closed", made["id"])


async def test_a_booking_that_comes_later_is_told_as_a_conflict_once(
    hotel: Hotel, chief: Caller, clock: ManualClock, background: Background
) -> None:
    [room] = await rooms(hotel, "101")
    made = await closed(chief, room, clock, starts_at=at(clock, days=10), ends_at=at(clock, days=20))
    assert made["state"] == "scheduled"
    days = [f"{clock.now() + timedelta(days=one):%Y-%m-%d}" for one in (12, 14, 30, 31)]
    await told(hotel, "B-1", State.CONFIRMED, room, arrival=days[0], departure=days[1])
    await told(hotel, "B-2", State.CONFIRMED, room, arrival=days[2], departure=days[3])
    await background.settle()
    [found] = await journal(hotel, CONFLICT)
    assert [one["booking_reference"] for one in found["touched"]] == ["B-1"]
    clock.set(clock.now() + timedelta(minutes=1))
    await told(hotel, "B-1", State.CANCELLED)
    await background.settle()
    assert (await chief.get(f"{URL}/{made['id']}"))["touched"] == []


async def test_two_windows_of_a_room_never_overlap_however_many_ask(
    client: httpx.AsyncClient, hotel: Hotel, chief: Caller, clock: ManualClock
) -> None:
    [room] = await rooms(hotel, "101")
    body = {"room_id": spc(room), "kind": "out_of_order", "starts_at": at(clock, days=1), "ends_at": at(clock, days=2)}
    answers = await asyncio.gather(*(client.post(URL, json=body, headers=chief.headers) for _ in range(12)))
    assert sorted(one.status_code for one in answers) == [201] + [409] * 11
    [one] = (await chief.get(f"{URL}?space_id={spc(room)}"))["items"]
    refused = await chief.ask("POST", URL, body, 409)
    assert (refused["code"], refused["window_id"]) == ("closed_already", one["id"])
    await closed(chief, room, clock, starts_at=at(clock, days=2), ends_at=at(clock, days=3))
    longer = {"ends_at": at(clock, days=3), "version": one["version"]}
    late = await chief.ask("PATCH", f"{URL}/{one['id']}", longer, 409)
    assert late["code"] == "closed_already"


async def test_a_floor_is_closed_room_by_room_under_one_group(
    client: httpx.AsyncClient, hotel: Hotel, chief: Caller, clock: ManualClock
) -> None:
    async def build(work: Work) -> tuple[str, str]:
        floor, _ = await spaces.create_space(work, hotel.property_id, Draft(SpaceKind.FLOOR, "1"))
        empty, _ = await spaces.create_space(work, hotel.property_id, Draft(SpaceKind.FLOOR, "2"))
        for number in ("101", "102"):
            draft = Draft(SpaceKind.ROOM, number=number, room_type="K", parent_id=floor.id)
            await spaces.create_space(work, hotel.property_id, draft)
        return encode("spc", floor.id), encode("spc", empty.id)

    floor, empty = await hotel.do(build)
    body = {"space_id": floor, "kind": "maintenance_window", "ends_at": at(clock, hours=4)}
    items = (await chief.post(URL, body, 201))["items"]
    assert [one["room_number"] for one in items] == ["101", "102"]
    assert items[0]["group_id"] == items[1]["group_id"] is not None
    board = (await chief.get(f"/rooms?property_id={encode('prp', hotel.property_id)}"))["items"]
    assert {one["room_status"] for one in board} == {"OUT_OF_ORDER"}
    assert (await client.post(URL, json={**body, "space_id": empty}, headers=chief.headers)).status_code == 404


async def test_who_manages_closes_a_room_with_its_guest_in_it_and_says_why(
    hotel: Hotel, chief: Caller, boss: Caller, clock: ManualClock
) -> None:
    [room] = await rooms(hotel, "101")
    await in_house(hotel, "B-1", room)
    made = await closed(chief, room, clock)
    await chief.ask("POST", f"{URL}/{made['id']}/force", {"reason": "Gas"}, 403)
    done = await boss.post(f"{URL}/{made['id']}/force", {"reason": "Gas"})
    assert (done["state"], done["forced"], done["reason"]) == ("active", True, "Gas")
    now = await look(hotel, room)
    assert (now.service, now.occupancy) == (Service.OUT_OF_ORDER, Occupancy.OCCUPIED)


async def test_a_planned_window_is_moved_changed_and_called_off(
    hotel: Hotel, chief: Caller, clock: ManualClock, background: Background
) -> None:
    [room] = await rooms(hotel, "101")
    made = await closed(chief, room, clock, starts_at=at(clock, days=1), ends_at=at(clock, days=2))
    url = f"{URL}/{made['id']}"
    change = {"starts_at": at(clock, days=3), "ends_at": at(clock, days=4), "kind": "out_of_service", "version": 1}
    moved = await chief.ask("PATCH", url, change)
    assert (moved["kind"], moved["version"]) == ("out_of_service", 2)
    assert moved["starts_at"] == (clock.now() + timedelta(days=3)).isoformat()
    await chief.ask("PATCH", url, change, 412)
    refused = await chief.ask("PATCH", url, {"kind": None, "version": 2}, 422)
    assert refused["errors"][0]["pointer"] == "/kind"
    gone = await chief.post(f"{url}/cancel", {"reason": "No paint"})
    assert (gone["state"], gone["reason"], gone["allowed_actions"]) == ("cancelled", "No paint", [])
    await chief.ask("PATCH", url, {"remarks": "x", "version": 3}, 409)
    await pass_by(clock, background, days=4)
    assert (await look(hotel, room)).service is Service.IN_SERVICE
    assert await journal(hotel, STARTED) == []


async def test_the_clock_begins_and_ends_windows_and_calls_off_what_never_began(
    hotel: Hotel, chief: Caller, clock: ManualClock, background: Background
) -> None:
    first, second = await rooms(hotel, "101", "102")
    await in_house(hotel, "B-1", second)
    for room in (first, second):
        await closed(chief, room, clock, starts_at=at(clock, hours=1), ends_at=at(clock, hours=2))
    await pass_by(clock, background, hours=1)
    assert {one.room_number: one.state for one in await windows(hotel)} == {
        "101": WindowState.ACTIVE, "102": WindowState.PENDING,
    }  # fmt: skip
    await pass_by(clock, background, hours=1)
    ended = {one.room_number: one for one in await windows(hotel)}
    assert ended["101"].state is WindowState.COMPLETED
    assert ended["102"].state is WindowState.CANCELLED
    assert "the guest was there" in (ended["102"].reason or "")


async def test_a_public_area_is_closed_without_a_rooms_status(hotel: Hotel, chief: Caller, clock: ManualClock) -> None:
    async def build(work: Work) -> str:
        draft = Draft(SpaceKind.PUBLIC_AREA, "Pool")
        return encode("spc", (await spaces.create_space(work, hotel.property_id, draft))[0].id)

    pool = await hotel.do(build)
    body = {"venue_id": pool, "kind": "maintenance_window", "ends_at": at(clock, hours=1)}
    [made] = (await chief.post(URL, body, 201))["items"]
    assert (made["state"], made["room_number"], made["venue_id"]) == ("active", None, pool)
    assert (await chief.post(f"{URL}/{made['id']}/complete"))["state"] == "completed"


async def test_the_list_is_asked_by_what_when_and_where(
    client: httpx.AsyncClient, hotel: Hotel, chief: Caller, sign: SignIn, clock: ManualClock
) -> None:
    first, second = await rooms(hotel, "101", "102")
    soon = await closed(chief, first, clock)
    span = {"starts_at": at(clock, days=5), "ends_at": at(clock, days=6)}
    later = await closed(chief, second, clock, kind="out_of_service", **span)

    async def asked(query: str) -> list[str]:
        return [one["id"] for one in (await chief.get(f"{URL}?{query}"))["items"]]

    assert await asked("") == [soon["id"], later["id"]]
    assert await asked("kind=out_of_service") == [later["id"]]
    assert await asked("state=active") == [soon["id"]]
    assert await asked("lane=fault") == []
    assert await asked(f"before={at(clock, days=2)}") == [soon["id"]]
    assert await asked(f"after={at(clock, days=2)}&count=true") == [later["id"]]
    page = await chief.get(f"{URL}?limit=1&count=true&property_id={encode('prp', hotel.property_id)}")
    assert (page["total"], len(page["items"])) == (2, 1)
    assert await asked(f"limit=1&cursor={page['next_cursor']}") == [later["id"]]
    other = await make_hotel(hotel.house, "other")
    stranger = Caller(client, await sign("maintenance_supervisor", at=other))
    assert (await stranger.get(URL))["items"] == []
    await stranger.get(f"{URL}/{soon['id']}", 404)


@pytest.mark.parametrize(
    ("said", "pointer"),
    [
        ({"room_id": None}, "/space_id"),
        ({"ends_at": "2020-01-01T00:00:00Z"}, "/ends_at"),
        ({"starts_at": "2020-01-01T00:00:00Z"}, "/starts_at"),
        ({"ends_at": "2060-01-01T00:00:00Z"}, "/ends_at"),
        ({"reason_code": "Not a code"}, "/reason_code"),
    ],
)
async def test_what_cannot_be_is_refused(
    hotel: Hotel, chief: Caller, clock: ManualClock, said: dict[str, Any], pointer: str
) -> None:
    [room] = await rooms(hotel, "101")
    body = {"room_id": spc(room), "kind": "out_of_order", "ends_at": at(clock, days=1), **said}
    refused = await chief.ask("POST", URL, body, 422)
    assert refused["errors"][0]["pointer"] == pointer


async def test_a_room_is_closed_at_the_door_of_its_status_with_a_reason_and_an_end(
    hotel: Hotel, desk: Caller, ana: Caller, clock: ManualClock
) -> None:
    [room] = await rooms(hotel, "101")
    url = f"/rooms/{spc(room)}/status"
    refused = await desk.ask("POST", url, {"status": "OUT_OF_ORDER"}, 422)
    assert [one["pointer"] for one in refused["errors"]] == ["/until", "/reason"]
    body = {"status": "OUT_OF_ORDER", "reason": "Flooded", "until": at(clock, days=2)}
    await ana.ask("POST", url, body, 403)
    await desk.ask("POST", url, {**body, "expected_status": "OCCUPIED"}, 409)
    assert (await desk.post(url, body))["status"] == "OUT_OF_ORDER"
    assert (await desk.post(url, body))["status"] == "OUT_OF_ORDER"
    [window] = (await desk.get(URL))["items"]
    assert (window["kind"], window["remarks"], window["reason_code"]) == ("out_of_order", "Flooded", "closed_by_hand")


async def test_orders_that_hold_a_room_share_its_window_until_the_last_lets_go(
    hotel: Hotel, chief: Caller, clock: ManualClock, background: Background
) -> None:
    [room] = await rooms(hotel, "101")
    one, two = encode("mnt", new_id()), encode("mnt", new_id())

    def wants(order: str, kind: Kind, until: datetime | None = None) -> Hold:
        return Hold(room.id, order, kind, "plumbing", until)

    async def hold(cmd: Hold) -> None:
        await hotel.do(lambda work: service.hold(work, cmd))

    async def let_go(order: str) -> None:
        await hotel.do(lambda work: service.release(work, hotel.property_id, order))

    async def window() -> Window:
        return (await windows(hotel, lane="fault"))[-1]

    await hold(wants(one, Kind.OUT_OF_SERVICE))
    await hold(wants(one, Kind.OUT_OF_SERVICE))
    first = await window()
    assert (first.kind, first.state, first.version) == (Kind.OUT_OF_SERVICE, WindowState.ACTIVE, 2)
    assert first.ends_at == clock.now() + timedelta(hours=24)
    await hold(wants(two, Kind.OUT_OF_ORDER, clock.now() + timedelta(days=2)))
    both = await window()
    assert (both.id, both.kind, both.ends_at) == (first.id, Kind.OUT_OF_ORDER, clock.now() + timedelta(days=2))
    url = f"{URL}/{encode('win', both.id)}"
    assert (await chief.get(url))["allowed_actions"] == ["update"]
    await chief.ask("POST", f"{url}/complete", {}, 409)
    refused = await chief.ask("PATCH", url, {"kind": "out_of_service", "version": both.version}, 422)
    assert refused["errors"][0]["pointer"] == "/kind"

    await let_go(two)
    assert (await window()).kind is Kind.OUT_OF_SERVICE
    assert (await look(hotel, room)).service is Service.OUT_OF_SERVICE
    await pass_by(clock, background, days=2)
    later = await window()
    assert (later.state, later.ends_at) == (WindowState.ACTIVE, clock.now() + timedelta(hours=24))
    await let_go(one)
    await let_go(one)
    ended = await window()
    assert (ended.state, ended.holders) == (WindowState.COMPLETED, ())
    assert (await look(hotel, room)).service is Service.IN_SERVICE


async def test_a_fault_and_a_plan_close_a_room_together_and_the_stricter_counts(
    hotel: Hotel, chief: Caller, clock: ManualClock
) -> None:
    [room] = await rooms(hotel, "101")
    order = encode("mnt", new_id())
    made = await closed(chief, room, clock, kind="out_of_service")
    await hotel.do(lambda work: service.hold(work, Hold(room.id, order, Kind.OUT_OF_ORDER, "hvac")))
    assert (await look(hotel, room)).service is Service.OUT_OF_ORDER
    await hotel.do(lambda work: service.release(work, hotel.property_id, order))
    assert (await look(hotel, room)).service is Service.OUT_OF_SERVICE
    await chief.post(f"{URL}/{made['id']}/complete")
    assert (await look(hotel, room)).service is Service.IN_SERVICE


async def test_a_hold_that_never_began_never_was(hotel: Hotel, chief: Caller) -> None:
    [room] = await rooms(hotel, "101")
    await in_house(hotel, "B-1", room)
    order = encode("mnt", new_id())
    await hotel.do(lambda work: service.hold(work, Hold(room.id, order, Kind.OUT_OF_ORDER, "hvac")))
    await hotel.do(lambda work: service.release(work, hotel.property_id, order))
    [window] = (await chief.get(URL))["items"]
    assert window["state"] == "cancelled"
    assert (await look(hotel, room)).condition is Condition.INSPECTED
