"""The overnight roll: once a business date, by the hotel's own rules."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from serai import assembly
from serai.areas.spaces.model import Condition, GuestService, Occupancy
from serai.areas.stays.model import State
from serai.kernel.clock import ManualClock
from serai.kernel.ids import encode
from serai.runtime.jobs.background import Background
from tests.areas.housekeeping.people import Caller, in_house, look, put, ready, rooms, told
from tests.conftest import Hotel, SignIn

pytestmark = pytest.mark.integration
ROLL = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
"""04:00 in Kabul on the third of March."""
DAY = timedelta(days=1)


@pytest.fixture
async def manager(client: httpx.AsyncClient, sign: SignIn) -> Caller:
    return Caller(client, await sign("venue_admin"))


async def tasks(client: httpx.AsyncClient, sign: SignIn, hotel: Hotel) -> list[tuple[str, str, str]]:
    """(type, room, origin) of the open tasks, asked for anew: the night is longer than a token."""
    boss = Caller(client, await sign("housekeeping_supervisor"))
    found = await boss.get(f"/tasks?property_id={encode('prp', hotel.property_id)}&limit=200")
    return sorted((one["type"], one["room_number"], one["origin"]) for one in found["items"])


async def policies(manager: Caller, hotel: Hotel, **change: int) -> None:
    path = f"/settings/{encode('prp', hotel.property_id)}"
    version = (await manager.get(path))["version"]
    await manager.ask("PATCH", path, {**change, "version": version})


async def test_the_night_makes_rooms_dirty_by_the_hotels_rules_once(
    client: httpx.AsyncClient, hotel: Hotel, sign: SignIn, clock: ManualClock, background: Background
) -> None:
    await background.settle()
    slept, leaves, declined, vacant, busy, dnd = await rooms(hotel, "101", "102", "103", "104", "105", "106")
    for reference, room, departure in (
        ("S", slept, "2026-03-05"),
        ("L", leaves, "2026-03-03"),
        ("D", declined, "2026-03-09"),
    ):
        await ready(hotel, room)
        stay = await told(hotel, reference, State.CHECKED_IN, room, arrival="2026-03-02", departure=departure)
        await put(hotel, room, occupancy=Occupancy.OCCUPIED, stay_id=stay.id)
    await put(hotel, declined, guest_service=GuestService.SERVICE_DECLINED)
    await ready(hotel, vacant)
    await in_house(hotel, "N", dnd)
    await put(hotel, dnd, guest_service=GuestService.DO_NOT_DISTURB)
    clock.set(ROLL - timedelta(hours=1))
    await put(hotel, busy, condition=Condition.CLEANING)
    clock.set(ROLL - timedelta(seconds=1))
    await background.settle()
    assert (await look(hotel, slept)).condition is Condition.INSPECTED
    clock.set(ROLL)
    other = assembly.background(hotel.house)
    await asyncio.gather(background.settle(), other.settle())
    found = [(await look(hotel, one)).condition.value for one in (slept, leaves, declined, vacant, busy, dnd)]
    assert found == ["dirty", "dirty", "dirty", "inspected", "cleaning", "dirty"]
    assert (await look(hotel, declined)).guest_service is GuestService.NONE
    assert (await look(hotel, dnd)).guest_service is GuestService.DO_NOT_DISTURB
    expected = [
        ("stay_over_cleaning", one.number, f"stay_over:{encode('spc', one.id)}:2026-03-03") for one in (slept, declined)
    ]
    assert await tasks(client, sign, hotel) == expected
    await put(hotel, slept, condition=Condition.CLEAN)
    await background.settle()
    assert (await look(hotel, slept)).condition is Condition.CLEAN


async def test_missed_nights_are_made_up_once_and_unused_rooms_run_their_taps(
    client: httpx.AsyncClient, hotel: Hotel, sign: SignIn, manager: Caller, clock: ManualClock, background: Background
) -> None:
    await policies(manager, hotel, vacant_days=3)
    await background.settle()
    [unused] = await rooms(hotel, "101")
    await ready(hotel, unused)
    clock.set(ROLL + DAY)
    await background.settle()
    assert (await look(hotel, unused)).condition is Condition.INSPECTED
    clock.set(ROLL + 5 * DAY)
    await background.settle()
    assert (await look(hotel, unused)).condition is Condition.DIRTY
    assert await tasks(client, sign, hotel) == [("flush", "101", f"flush:{encode('spc', unused.id)}:2026-03-08")]
    clock.set(ROLL + 6 * DAY)
    await background.settle()
    assert len(await tasks(client, sign, hotel)) == 1


async def test_service_every_other_night_on_request_or_as_the_guest_wants(
    client: httpx.AsyncClient, hotel: Hotel, sign: SignIn, manager: Caller, clock: ManualClock, background: Background
) -> None:
    await policies(manager, hotel, service_nights=2)
    await background.settle()
    usual, daily, never, asks = await rooms(hotel, "1", "2", "3", "4")
    for room, nights in ((usual, None), (daily, 1), (never, 0), (asks, 0)):
        await ready(hotel, room)
        stay = await told(hotel, room.number, State.CHECKED_IN, room, arrival="2026-03-02", departure="2026-03-20")
        await put(hotel, room, occupancy=Occupancy.OCCUPIED, stay_id=stay.id)
        if nights is not None:
            path = f"/stays/{encode('sty', stay.id)}"
            version = (await manager.get(path))["version"]
            await manager.ask("PATCH", path, {"service_nights": nights, "version": version})
    await put(hotel, asks, guest_service=GuestService.MAKE_UP_ROOM)
    dirty: list[list[str]] = []
    for night in range(3):
        clock.set(ROLL + night * DAY)
        await background.settle()
        now = [await look(hotel, one) for one in (usual, daily, never, asks)]
        dirty.append([one.number for one in now if one.condition is Condition.DIRTY])
        for room in now:
            if room.condition is Condition.DIRTY:
                await put(hotel, room, condition=Condition.CLEAN, guest_service=GuestService.NONE)
    assert dirty == [["2", "4"], ["1", "2"], ["2"]]


async def test_an_hour_that_is_moved_rolls_no_day_twice(
    client: httpx.AsyncClient, hotel: Hotel, sign: SignIn, clock: ManualClock, background: Background
) -> None:
    await background.settle()
    [room] = await rooms(hotel, "101")
    await in_house(hotel, "A", room)
    clock.set(ROLL)
    await background.settle()
    await put(hotel, room, condition=Condition.CLEAN)
    manager = Caller(client, await sign("venue_admin"))
    path = f"/properties/{encode('prp', hotel.property_id)}"
    version = (await manager.get(path))["version"]
    await manager.ask("PATCH", path, {"rollover": "06:00", "version": version})
    await background.settle()
    clock.set(ROLL + timedelta(hours=3))
    await background.settle()
    assert (await look(hotel, room)).condition is Condition.CLEAN
