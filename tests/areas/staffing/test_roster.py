"""The roster over HTTP: who works when, who may say so, what follows."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import httpx
import pytest

from serai.kernel.ids import encode
from serai.runtime.jobs.background import Background
from tests.areas.housekeeping.people import Caller, asked, journal, rooms, spc
from tests.conftest import Hotel, SignIn, make_hotel

pytestmark = pytest.mark.integration
HOUR = timedelta(hours=1)


async def shift(boss: Caller, hotel: Hotel, who: Caller, begin: int = 0, hours: int = 8, expect: int = 201) -> Any:
    """A shift, so many hours from now."""
    at = hotel.house.clock.now() + begin * HOUR
    body = {"property_id": encode("prp", hotel.property_id), "staff_id": who.id,
            "starts_at": at.isoformat(), "ends_at": (at + hours * HOUR).isoformat()}  # fmt: skip
    return await boss.post("/shifts", body, expect)


async def test_nobody_works_in_two_shifts_at_once(
    client: httpx.AsyncClient, sign: SignIn, hotel: Hotel, boss: Caller, ana: Caller, ben: Caller
) -> None:
    first = await shift(boss, hotel, ana)
    await shift(boss, hotel, ana, 7, expect=409)
    await shift(boss, hotel, ana, 8)
    await shift(boss, hotel, ben)
    await boss.post(f"/shifts/{first['id']}/cancel", {"reason": "Quiet day"})
    await shift(boss, hotel, ana, 1, 6)
    at, headers = hotel.house.clock.now() + 20 * HOUR, await sign("housekeeping_supervisor")
    body = {"property_id": encode("prp", hotel.property_id), "staff_id": ben.id,
            "starts_at": at.isoformat(), "ends_at": (at + HOUR).isoformat()}  # fmt: skip
    both = await asyncio.gather(*(client.post("/shifts", json=body, headers=headers) for _ in range(5)))
    assert sorted(one.status_code for one in both) == [201, 409, 409, 409, 409]


async def test_people_begin_their_own_shift_and_the_supervisor_anybodys(
    hotel: Hotel, boss: Caller, ana: Caller, ben: Caller
) -> None:
    own = await shift(boss, hotel, ana)
    assert (await ana.get(f"/shifts/{own['id']}"))["allowed_actions"] == ["start"]
    assert (await ben.get(f"/shifts/{own['id']}"))["allowed_actions"] == []
    await ben.post(f"/shifts/{own['id']}/start", {}, 403)
    await ana.post(f"/shifts/{own['id']}/cancel", {}, 403)
    begun = await ana.post(f"/shifts/{own['id']}/start")
    assert (begun["state"], begun["allowed_actions"]) == ("started", ["end"])
    assert (await boss.post(f"/shifts/{own['id']}/end"))["state"] == "ended"
    await boss.post(f"/shifts/{own['id']}/start", {}, 409)
    listed = await ana.get(f"/shifts?property_id={encode('prp', hotel.property_id)}&state=ended&count=true")
    assert ([one["id"] for one in listed["items"]], listed["total"]) == ([own["id"]], 1)


async def test_who_is_on_shift_gets_the_work_within_the_minutes_and_skills(
    hotel: Hotel, boss: Caller, ana: Caller, ben: Caller
) -> None:
    await shift(boss, hotel, ana, 0, 2)
    await shift(boss, hotel, ben, 1, 8)
    await boss.ask("PATCH", f"/staff/{ben.id}/profile", {"skills": ["laundry"], "languages": ["ps"], "version": 0})
    place = encode("prp", hotel.property_id)
    now = await boss.get(f"/shifts/available?property_id={place}")
    assert [(one["staff_id"], one["minutes"]) for one in now["items"]] == [(ana.id, 120)]
    later = (hotel.house.clock.now() + HOUR).strftime("%Y-%m-%dT%H:%M:%SZ")
    at = f"/shifts/available?property_id={place}&at={later}&skill="
    assert {one["staff_id"] for one in (await boss.get(f"{at}laundry"))["items"]} == {ana.id, ben.id}
    assert [one["staff_id"] for one in (await boss.get(f"{at}turndown"))["items"]] == [ana.id]

    wash = await asked(boss, hotel, type="laundry", minutes=50)
    clean = [await asked(boss, hotel, room_id=spc(one), minutes=70) for one in await rooms(hotel, "101", "102")]
    done = await boss.post("/tasks/auto-assign", {"property_id": place})
    given = {one["task_id"]: one["assignee_id"] for one in done["assignments"]}
    assert given[wash["id"]] == ben.id
    assert [given.get(one["id"]) for one in clean].count(ana.id) == 1
    assert [one["reason"] for one in done["unassigned"]] == ["Nobody has 70 minutes left."]


async def test_nobody_on_shift_gets_nothing(hotel: Hotel, boss: Caller, ana: Caller) -> None:
    await shift(boss, hotel, ana, 5)
    await asked(boss, hotel, type="laundry")
    done = await boss.post("/tasks/auto-assign", {"property_id": encode("prp", hotel.property_id)})
    assert [one["reason"] for one in done["unassigned"]] == ["Nobody is on shift."]


async def test_who_is_ill_hands_back_what_has_not_begun(
    hotel: Hotel, boss: Caller, ana: Caller, ben: Caller, background: Background
) -> None:
    hers = await shift(boss, hotel, ana)
    await shift(boss, hotel, ben)
    begun, waiting = [await asked(boss, hotel, type="laundry") for _ in range(2)]
    for task in (begun, waiting):
        await boss.post(f"/tasks/{task['id']}/assign", {"staff_id": ana.id})
    await ana.post(f"/tasks/{begun['id']}/start")
    await boss.post(f"/shifts/{hers['id']}/miss", {"reason": "Ill"})
    await background.settle()
    released = await boss.get(f"/tasks/{waiting['id']}")
    assert (released["state"], released["assignee_id"], released["locked"]) == ("pending", None, False)
    assert (await boss.get(f"/tasks/{begun['id']}"))["assignee_id"] == ana.id
    done = await boss.post("/tasks/auto-assign", {"property_id": encode("prp", hotel.property_id)})
    assert [one["assignee_id"] for one in done["assignments"]] == [ben.id]


async def test_rates_are_the_managers_and_others_do_not_see_them(
    client: httpx.AsyncClient, hotel: Hotel, boss: Caller, ana: Caller, sign: SignIn
) -> None:
    manager = Caller(client, await sign("venue_admin"))
    made = await manager.post(f"/staff/{ana.id}/rates", {"amount": "120.50", "currency": "AFN"}, 201)
    assert (made["amount"], (await manager.get(f"/staff/{ana.id}/rates"))["items"]) == ("120.50", [made])
    await manager.post(f"/staff/{ana.id}/rates", {"amount": "1", "currency": "AFN"}, 422)
    await boss.get(f"/staff/{ana.id}/rates", 403)
    other = Caller(client, await sign("venue_admin", at=await make_hotel(hotel.house, "other")))
    await other.get(f"/staff/{ana.id}/rates", 404)
    await other.get(f"/staff/{ana.id}/profile", 404)


async def test_another_system_tells_who_began_and_who_went_home(
    client: httpx.AsyncClient, hotel: Hotel, boss: Caller, ana: Caller, ben: Caller, sign: SignIn
) -> None:
    machine = await sign("integration")
    planned = await shift(boss, hotel, ana)
    await boss.ask("PATCH", f"/staff/{ben.id}/profile", {"external_code": "E-7", "version": 0})
    now = hotel.house.clock.now()

    async def tell(number: int, name: str, **data: Any) -> str:
        event = {"specversion": "1.0", "id": str(number), "source": "roster", "type": name, "time": now.isoformat(),
                 "data": data, "propertyid": encode("prp", hotel.property_id)}  # fmt: skip
        headers = {**machine, "content-type": "application/cloudevents+json"}
        answer = await client.post("/events", json=event, headers=headers)
        return answer.json()["results"][0]["status"] if answer.is_success else answer.json()["code"]

    assert await tell(1, "melmastoon.staff.shift.started.v1", staffId=ana.id) == "applied"
    assert (await boss.get(f"/shifts/{planned['id']}"))["state"] == "started"
    ends = (now + 4 * HOUR).isoformat()
    assert await tell(2, "staff.shift.started", employee_id="E-7", shift_id="S1", ends_at=ends) == "applied"
    assert await tell(3, "staff.shift.started", employee_id="E-7", shift_id="S1", ends_at=ends) == "ignored"
    [made] = (await boss.get(f"/shifts?staff_id={ben.id}"))["items"]
    assert (made["state"], made["external_code"]) == ("started", "S1")
    assert await tell(4, "staff.shift.ended.v1", employee_id="E-7") == "applied"
    assert await tell(5, "staff.shift.ended.v1", employee_id="E-7") == "ignored"
    assert await tell(6, "staff.shift.started", employee_id="nobody") == "waiting"
    assert await tell(7, "staff.shift.started") == "invalid"
    names = [one for one in ("planned", "started", "ended") if await journal(hotel, f"staff.shift.{one}.v1")]
    assert names == ["planned", "started", "ended"]
