"""The dashboards over HTTP."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import httpx

from serai.access.tenancy import service as tenancy
from serai.access.tenancy.service import CreateProperty
from serai.areas.housekeeping import service as tasks
from serai.areas.housekeeping.model import Move, TaskType
from serai.areas.spaces.model import Condition
from serai.kernel.clock import ManualClock
from serai.kernel.ids import encode
from serai.views.dashboard_api import RealTimeOut, SummaryOut
from tests.conftest import Hotel, SignIn
from tests.views import making

TODAY = ("2026-03-02", "2026-03-04")
YESTERDAY = ("2026-03-01", "2026-03-02")


async def test_a_morning_is_counted(client: httpx.AsyncClient, sign: SignIn, hotel: Hotel) -> None:
    one, two, three = await making.rooms(hotel, "101", "102", "103")
    for condition in (Condition.CLEANING, Condition.CLEAN, Condition.INSPECTED):
        for room in (one, two):
            await making.put(hotel, room.id, condition=condition)
    await making.move_in(hotel, await making.stay(hotel, "B1", one.id, YESTERDAY))
    await making.stay(hotel, "B2", two.id, TODAY)
    await making.stay(hotel, "B3", three.id, TODAY)
    await making.stay(hotel, "B4", None, TODAY, room_type="DBL")
    maid = await sign("housekeeper")
    given = await making.task(hotel, TaskType.TURNDOWN, one.id)
    await hotel.do(lambda work: tasks.assign(work, given.id, UUID(maid["x-staff"])))
    await making.task(hotel, TaskType.CHECKOUT_CLEANING, three.id)

    answer = await client.get("/dashboard/summary", headers=await sign("viewer"))

    read = SummaryOut.model_validate_json(answer.content)
    (here,) = read.properties
    assert (here.rooms.total, here.rooms.ready, here.rooms.occupied) == (3, 1, 1)
    assert here.rooms.by_status == read.totals.rooms.by_status
    assert answer.json()["totals"]["rooms"]["by_status"]["CHECKOUT_DIRTY"] == 1
    assert here.stays.model_dump() == {
        "arrivals": 3, "arrived": 0, "departures": 1, "departed": 0, "due_out": 1, "in_house": 1,
    }  # fmt: skip
    assert here.readiness.model_dump() == {"expected": 3, "ready": 1, "not_ready": 1, "without_room": 1}
    assert (here.tasks.open, here.tasks.unassigned) == (2, 1)
    assert here.tasks.by_type == {TaskType.TURNDOWN: 1, TaskType.CHECKOUT_CLEANING: 1}
    (load,) = here.workload
    assert (load.staff_id, load.name) == (encode("stf", UUID(maid["x-staff"])), "Housekeeper")
    assert (load.open, load.minutes_open) == (1, given.minutes)


async def test_what_goes_on_now_is_listed(
    client: httpx.AsyncClient, sign: SignIn, hotel: Hotel, clock: ManualClock
) -> None:
    one, two = await making.rooms(hotel, "101", "102")
    await making.stay(hotel, "B1", two.id, TODAY, eta="13:00", vip=True)
    begun = await making.task(hotel, TaskType.CHECKOUT_CLEANING, one.id)
    await hotel.do(lambda work: tasks.start(work, begun.id, Move()))
    clock.set(clock.now() + timedelta(minutes=61))
    await hotel.do(lambda work: tasks.mark_delayed(work, [begun.id]))

    answer = await client.get("/dashboard/real-time", headers=await sign("front_desk"))

    read = RealTimeOut.model_validate_json(answer.content)
    assert [(task.room_number, task.state) for task in read.in_progress] == [("101", "in_progress")]
    assert [task.id for task in read.delayed] == [encode("tsk", begun.id)]
    assert read.tasks.delayed == 1
    (coming,) = read.arrivals
    assert (coming.room_number, coming.vip, coming.ready) == ("102", True, False)


async def test_what_was_done_belongs_to_the_business_date(
    client: httpx.AsyncClient, sign: SignIn, hotel: Hotel, clock: ManualClock
) -> None:
    (room,) = await making.rooms(hotel, "101")
    made = await making.task(hotel, TaskType.INSPECTION, room.id)
    await making.put(hotel, room.id, condition=Condition.CLEANING)
    await making.put(hotel, room.id, condition=Condition.CLEAN)
    await hotel.do(lambda work: tasks.start(work, made.id, Move()))
    await hotel.do(lambda work: tasks.complete(work, made.id, Move()))
    admin = await sign("venue_admin")

    today = (await client.get("/dashboard/summary", headers=admin)).json()["properties"][0]
    clock.set(clock.now() + timedelta(hours=15, minutes=29))  # 03:59 in Kabul, before the rollover at 04:00
    night = await client.get("/dashboard/summary", headers=await sign("venue_admin"))
    clock.set(clock.now() + timedelta(minutes=1))
    morning = await client.get("/dashboard/summary", headers=await sign("venue_admin"))

    assert (today["business_date"], today["tasks"]["completed_today"]) == ("2026-03-02", 1)
    assert night.json()["properties"][0]["business_date"] == "2026-03-02"
    assert night.json()["properties"][0]["tasks"]["completed_today"] == 1
    assert morning.json()["properties"][0]["business_date"] == "2026-03-03"
    assert morning.json()["properties"][0]["tasks"]["completed_today"] == 0


async def test_several_properties_are_added_up(client: httpx.AsyncClient, sign: SignIn, hotel: Hotel) -> None:
    annex = CreateProperty(code="annex", name="Annex", zone="Europe/Lisbon", currency="EUR")
    other = await hotel.do(lambda work: tenancy.create_property(work, annex))
    await making.rooms(hotel, "101", "102")
    await making.rooms(Hotel(hotel.house, hotel.tenant_id, other.id, hotel.code), "1")
    boss = await sign("executive_admin", everywhere=True)

    both = (await client.get("/dashboard/summary", headers=boss)).json()
    one = await client.get("/dashboard/summary", headers=boss, params={"property_id": encode("prp", other.id)})

    assert [place["code"] for place in both["properties"]] == ["annex", both["properties"][1]["code"]]
    assert both["totals"]["rooms"]["total"] == 3
    assert both["totals"]["rooms"]["by_status"]["CHECKOUT_DIRTY"] == 3
    assert one.json()["totals"]["rooms"]["total"] == 1


async def test_a_dashboard_is_made_anew_when_something_happened(
    client: httpx.AsyncClient, sign: SignIn, hotel: Hotel
) -> None:
    headers = await sign("viewer")
    first = await client.get("/dashboard/summary", headers=headers)
    again = await client.get("/dashboard/summary", headers={**headers, "if-none-match": first.headers["etag"]})
    assert again.status_code == 304

    await making.task(hotel, TaskType.RESTOCKING)

    after = await client.get("/dashboard/summary", headers={**headers, "if-none-match": first.headers["etag"]})
    assert after.json()["totals"]["tasks"]["open"] == 1


async def test_a_housekeeper_sees_no_dashboard(client: httpx.AsyncClient, sign: SignIn, hotel: Hotel) -> None:
    headers = await sign("housekeeper")
    assert (await client.get("/dashboard/summary", headers=headers)).status_code == 403
    assert (await client.get("/dashboard/real-time", headers=headers)).status_code == 403
