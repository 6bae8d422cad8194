"""From "something is broken" to a room back on sale, by facts alone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from serai.access.tenancy import service as tenancy
from serai.access.tenancy.service import ChangeProperty
from serai.areas.spaces.model import Condition, Occupancy, Room, Service
from serai.areas.stays.model import State
from serai.kernel.clock import ManualClock
from serai.kernel.ids import encode
from serai.runtime.jobs.background import Background
from serai.runtime.work import Work
from tests.areas.housekeeping.people import Caller, in_house, journal, look, ready, rooms, spc, told
from tests.conftest import Hotel

pytestmark = pytest.mark.integration
URL = "/maintenance/work-orders"
NAME = "maintenance.work_order.{}.v1"


async def broken(who: Caller, hotel: Hotel, room: Room, background: Background, **more: Any) -> str:
    """The path of a new order; what follows from it has followed."""
    body = {"property_id": encode("prp", hotel.property_id), "title": "No water", "room_id": spc(room), **more}
    order = await who.post(URL, body, 201)
    await background.settle()
    return f"{URL}/{order['id']}"


async def mend(tom: Caller, chief: Caller, url: str, background: Background) -> None:
    """Mended, and found good."""
    await tom.post(f"{url}/start")
    await tom.post(f"{url}/resolve", {"remedy": "Mended"})
    await background.settle()
    await chief.post(f"{url}/verify")
    await background.settle()


async def told_of(hotel: Hotel, name: str) -> list[dict[str, Any]]:
    return await journal(hotel, NAME.format(name))


async def test_from_a_bad_fault_in_an_empty_room_to_the_room_back_on_sale(
    hotel: Hotel, boss: Caller, ana: Caller, chief: Caller, tom: Caller, background: Background
) -> None:
    [room] = await rooms(hotel, "101")
    await ready(hotel, room)
    url = await broken(ana, hotel, room, background, severity="high", category="plumbing")
    assert (await look(hotel, room)).service is Service.OUT_OF_ORDER
    [noted] = await told_of(hotel, "room_blocked")
    assert noted["room_blocked_at"] is not None
    [window] = (await chief.get("/windows"))["items"]
    assert (window["holders"], window["reason_code"]) == (
        [{"order_id": noted["id"], "kind": "out_of_order"}],
        "plumbing",
    )

    await tom.post(f"{url}/start")
    await tom.post(f"{url}/resolve", {"remedy": "A new valve"})
    await background.settle()
    assert (await look(hotel, room)).service is Service.OUT_OF_ORDER, "resolved is not found good"
    await chief.post(f"{url}/verify")
    await background.settle()
    now = await look(hotel, room)
    assert (now.service, now.condition) == (Service.IN_SERVICE, Condition.DIRTY)

    [task] = (await boss.get("/tasks"))["items"]
    assert (task["type"], task["room_id"]) == ("checkout_cleaning", spc(room))
    await ana.post(f"/tasks/{task['id']}/start")
    await ana.post(f"/tasks/{task['id']}/complete")
    await boss.post(f"/tasks/{task['id']}/verify")
    back = (await journal(hotel, "property.room.ready.v1", room.id))[-1]
    assert (back["room_status"], back["service"]) == ("READY_FOR_GUEST", "in_service")


async def test_a_room_that_is_being_cleaned_when_it_comes_back_needs_no_other_cleaning(
    hotel: Hotel, boss: Caller, ana: Caller, chief: Caller, tom: Caller, background: Background
) -> None:
    [room] = await rooms(hotel, "101")
    body = {"type": "checkout_cleaning", "property_id": encode("prp", hotel.property_id), "room_id": spc(room)}
    task = f"/tasks/{(await boss.post('/tasks', body, 201))['id']}"
    url = await broken(ana, hotel, room, background, severity="high", category="plumbing")
    await ana.post(f"{task}/start")
    await mend(tom, chief, url, background)
    now = await look(hotel, room)
    assert (now.service, now.condition) == (Service.IN_SERVICE, Condition.CLEANING)
    await ana.post(f"{task}/complete")
    await boss.post(f"{task}/verify")
    assert len((await boss.get("/tasks"))["items"]) == 1
    assert (await look(hotel, room)).condition is Condition.INSPECTED


async def test_a_guest_in_the_room_is_to_be_moved_once_and_the_room_closes_when_they_have_left(
    hotel: Hotel, ana: Caller, chief: Caller, background: Background, clock: ManualClock
) -> None:
    [room] = await rooms(hotel, "101")
    stay = await in_house(hotel, "B-1", room)
    url = await broken(ana, hotel, room, background, severity="high")
    assert (await look(hotel, room)).service is Service.IN_SERVICE
    [asked] = await told_of(hotel, "relocation_required")
    assert asked["relocations"] == [{"stay_id": encode("sty", stay.id), "booking_reference": "B-1"}]
    await chief.post(f"{url}/triage", {"category": "plumbing"})
    await background.settle()
    assert len(await told_of(hotel, "relocation_required")) == 1
    assert await told_of(hotel, "room_blocked") == []

    clock.set(clock.now() + timedelta(minutes=1))
    await told(hotel, "B-1", State.COMPLETED)
    await background.settle()
    assert (await look(hotel, room)).service is Service.OUT_OF_ORDER
    assert len(await told_of(hotel, "room_blocked")) == 1


async def test_a_danger_closes_the_room_with_its_guest_in_it(hotel: Hotel, ana: Caller, background: Background) -> None:
    [room] = await rooms(hotel, "101")
    await in_house(hotel, "B-1", room)
    await broken(ana, hotel, room, background, severity="critical", safety_concern=True)
    now = await look(hotel, room)
    assert (now.service, now.occupancy) == (Service.OUT_OF_ORDER, Occupancy.OCCUPIED)
    assert len(await told_of(hotel, "relocation_required")) == 1


async def test_judged_less_bad_or_called_off_the_room_is_back_and_judged_bad_it_is_closed_again(
    hotel: Hotel, ana: Caller, chief: Caller, background: Background
) -> None:
    [room] = await rooms(hotel, "101")
    url = await broken(ana, hotel, room, background, severity="medium")
    assert (await look(hotel, room)).service is Service.IN_SERVICE
    for severity, service in (("critical", "out_of_order"), ("low", "in_service"), ("high", "out_of_order")):
        await chief.post(f"{url}/triage", {"severity": severity})
        await background.settle()
        assert (await look(hotel, room)).service == service
    await chief.post(f"{url}/cancel", {"reason": "A mistake"})
    await background.settle()
    assert (await look(hotel, room)).service is Service.IN_SERVICE
    ended = [one["state"] for one in (await chief.get("/windows"))["items"]]
    assert ended == ["completed", "completed"]


async def test_two_faults_hold_one_window_and_the_room_is_back_after_the_second(
    hotel: Hotel, ana: Caller, chief: Caller, tom: Caller, background: Background
) -> None:
    [room] = await rooms(hotel, "101")
    first = await broken(ana, hotel, room, background, severity="high")
    second = await broken(ana, hotel, room, background, severity="critical", title="No light")
    [window] = (await chief.get("/windows"))["items"]
    assert len(window["holders"]) == 2
    await mend(tom, chief, first, background)
    assert (await look(hotel, room)).service is Service.OUT_OF_ORDER
    await mend(tom, chief, second, background)
    assert (await look(hotel, room)).service is Service.IN_SERVICE
    assert len(await journal(hotel, "housekeeping.task.created.v1")) == 1


async def test_work_that_waits_longer_keeps_the_room_closed_longer(
    hotel: Hotel, ana: Caller, chief: Caller, tom: Caller, background: Background, clock: ManualClock
) -> None:
    [room] = await rooms(hotel, "101")
    url = await broken(ana, hotel, room, background, severity="high")
    await tom.post(f"{url}/start")
    until = clock.now() + timedelta(days=9)
    await tom.post(f"{url}/block", {"reason": "A part", "until": until.isoformat()})
    await background.settle()
    [window] = (await chief.get("/windows"))["items"]
    assert window["ends_at"] == until.isoformat()


async def test_the_hotel_decides_which_faults_close_a_room_and_as_what(
    hotel: Hotel, ana: Caller, background: Background
) -> None:
    async def decide(work: Work) -> None:
        house = await tenancy.get_property(work.tx, hotel.tenant_id, hotel.property_id)
        cmd = ChangeProperty(house.version, policies={"closes": {"low": "out_of_service"}})
        await tenancy.change_property(work, hotel.property_id, cmd)

    await hotel.do(decide)
    first, second = await rooms(hotel, "101", "102")
    await broken(ana, hotel, first, background, severity="low")
    await broken(ana, hotel, second, background, severity="critical")
    assert (await look(hotel, first)).service is Service.OUT_OF_SERVICE
    assert (await look(hotel, second)).service is Service.IN_SERVICE


async def test_a_fault_in_no_room_closes_none(hotel: Hotel, ana: Caller, chief: Caller, background: Background) -> None:
    body = {"property_id": encode("prp", hotel.property_id), "title": "The lift is stuck", "severity": "critical"}
    await ana.post(URL, body, 201)
    await background.settle()
    assert (await chief.get("/windows"))["items"] == []


async def test_repeats_of_a_fact_change_nothing(
    hotel: Hotel, ana: Caller, chief: Caller, background: Background
) -> None:
    """Two orders of the same room at once, and every fact heard again."""
    [room] = await rooms(hotel, "101")
    url = await broken(ana, hotel, room, background, severity="high")
    before = (await chief.get("/windows"))["items"]
    await ana.post(f"{url}/report", {"text": "Still."})
    await chief.post(f"{url}/triage", {"severity": "high"})
    await background.settle()
    assert (await chief.get("/windows"))["items"] == before
