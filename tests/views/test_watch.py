"""Alerts and metrics over HTTP."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from serai.areas.housekeeping import service
from serai.areas.housekeeping.model import CreateTask, TaskType
from serai.areas.stays.model import State
from serai.kernel.clock import ManualClock
from serai.kernel.ids import encode
from serai.runtime.jobs.background import Background
from serai.views.watch_api import AlertsOut, TaskMetricsOut
from tests.areas.housekeeping.people import Caller, asked, in_house, ready, rooms, spc, told
from tests.conftest import Hotel, SignIn

pytestmark = pytest.mark.integration


@pytest.fixture
async def boss(client: httpx.AsyncClient, sign: SignIn) -> Caller:
    return Caller(client, await sign("housekeeping_supervisor"))


@pytest.fixture
async def ana(client: httpx.AsyncClient, sign: SignIn) -> Caller:
    return Caller(client, await sign("housekeeper"))


async def test_nothing_to_look_at_is_an_empty_list(hotel: Hotel, boss: Caller) -> None:
    [room] = await rooms(hotel, "101")
    await ready(hotel, room)
    found = AlertsOut.model_validate(await boss.get("/dashboard/alerts"))
    assert (found.total, found.critical, found.items) == (0, 0, [])


async def test_whatever_needs_somebody_is_there(
    client: httpx.AsyncClient, sign: SignIn, hotel: Hotel, boss: Caller, ana: Caller, clock: ManualClock,
    background: Background,
) -> None:  # fmt: skip
    dirty, slept = await rooms(hotel, "101", "102")
    await in_house(hotel, "S", slept)
    await ana.post(f"/rooms/{spc(slept)}/observations", {"occupancy": "vacant"})
    soon = (clock.now() + timedelta(hours=1)).isoformat()
    days = {"arrival": "2026-03-02", "departure": "2026-03-04"}
    await told(hotel, "A", State.CONFIRMED, dirty, **days, eta=soon)
    await told(hotel, "B", State.CONFIRMED, None, **days, eta=soon)
    late = await asked(boss, hotel, type="laundry")
    await boss.post(f"/tasks/{late['id']}/delay", {"reason": "No water", "due_at": soon})
    event = {"specversion": "1.0", "id": "1", "source": "pms", "type": "spa.opened", "time": clock.now().isoformat(),
             "data": {}, "propertyid": encode("prp", hotel.property_id)}  # fmt: skip
    headers = {**await sign("integration"), "content-type": "application/cloudevents+json"}
    await client.post("/events", json=event, headers=headers)
    await background.settle()
    found = AlertsOut.model_validate(await boss.get("/dashboard/alerts"))
    kinds: dict[str, Any] = {one.kind: one for one in found.items}
    assert set(kinds) == {
        "task_delayed", "arrival_without_room", "arrival_room_not_ready", "discrepancy", "message_parked",
    }  # fmt: skip
    assert (kinds["task_delayed"].subject, kinds["task_delayed"].detail) == (late["id"], "No water")
    assert (kinds["arrival_room_not_ready"].room_number, kinds["arrival_room_not_ready"].severity) == ("101", "warning")
    assert (kinds["message_parked"].what, kinds["message_parked"].count) == ("spa.opened", 1)
    assert [one.severity for one in found.items] == sorted(one.severity for one in found.items)
    assert found.critical == 2


async def test_how_the_tasks_of_a_day_went(hotel: Hotel, boss: Caller, ana: Caller, clock: ManualClock) -> None:
    [room] = await rooms(hotel, "101")
    clean = await asked(boss, hotel, room_id=spc(room))
    wash, other = [await asked(boss, hotel, type="laundry") for _ in range(2)]
    for task, minutes in ((clean, 4), (wash, 6)):
        await ana.post(f"/tasks/{task['id']}/start")
        clock.set(clock.now() + timedelta(minutes=minutes))
        await ana.post(f"/tasks/{task['id']}/complete")
    await boss.post(f"/tasks/{clean['id']}/reject", {"reason": "Hair in the bath"})
    await boss.post(f"/tasks/{other['id']}/cancel", {"reason": "Not needed"})
    found = TaskMetricsOut.model_validate(await boss.get("/dashboard/metrics/tasks"))
    total = found.total
    assert (total.made, total.completed, total.rejected, total.cancelled, total.open) == (4, 2, 1, 1, 1)
    assert (total.first_time_right, total.minutes_worked, total.credits) == (0.5, 10.0, 1.5)
    assert (total.promised, total.on_time_share) == (1, 1.0)
    assert [(one.type.value, one.made) for one in found.by_type] == [("checkout_cleaning", 2), ("laundry", 2)]
    assert [(one.staff_id, one.completed, one.minutes_worked) for one in found.by_person] == [(ana.id, 2, 10.0)]
    before = TaskMetricsOut.model_validate(await boss.get("/dashboard/metrics/tasks?first=2026-02-01&last=2026-02-28"))
    assert (before.total.made, before.total.on_time_share, before.by_type) == (0, None, [])
    for wrong in ("first=2026-03-02&last=2026-03-01", "first=2026-01-01&last=2026-12-31", "last=9999-12-31"):
        assert (await boss.get(f"/dashboard/metrics/tasks?{wrong}", 422))["errors"][0]["pointer"].startswith("/query/")


async def test_a_task_belongs_to_the_business_date_on_which_it_was_made(
    client: httpx.AsyncClient, sign: SignIn, hotel: Hotel, clock: ManualClock
) -> None:
    for day, hour, minute in ((2, 8, 0), (2, 23, 29), (2, 23, 30), (4, 23, 29), (5, 23, 30)):  # 23:30 is 04:00 in Kabul
        clock.set(datetime(2026, 3, day, hour, minute, tzinfo=UTC))
        await hotel.do(lambda work: service.create_task(work, CreateTask(hotel.property_id, TaskType.LAUNDRY)))
    boss = Caller(client, await sign("housekeeping_supervisor"))
    url = "/dashboard/metrics/tasks?first=2026-03-01&last=2026-03-05"
    found = TaskMetricsOut.model_validate(await boss.get(url))
    assert [(one.date.isoformat(), one.made) for one in found.by_day] == [
        ("2026-03-01", 0), ("2026-03-02", 2), ("2026-03-03", 1), ("2026-03-04", 1), ("2026-03-05", 0),
    ]  # fmt: skip
    assert found.by_day[0].on_time_share is None
    for name in ("made", "open", "completed", "promised", "minutes_expected"):
        assert sum(getattr(one, name) for one in found.by_day) == getattr(found.total, name), name
    today = TaskMetricsOut.model_validate(await boss.get("/dashboard/metrics/tasks"))
    assert [(one.date.isoformat(), one.made) for one in today.by_day] == [("2026-03-06", 1)]
