"""The same events fifty times, shuffled, with two workers: one effect."""

from __future__ import annotations

import asyncio
import random
from datetime import timedelta
from typing import Any

import httpx
import pytest

from serai import assembly
from serai.areas.spaces.model import Condition, Occupancy
from serai.kernel.clock import ManualClock
from serai.kernel.ids import encode
from serai.runtime.work import House
from tests.areas.housekeeping.people import journal, look, ready, rooms
from tests.conftest import Hotel, SignIn

COPIES = 50
KINDS = ("booking.created", "booking.modified", "reservation.checked_in.v1", "booking.completed")
pytestmark = pytest.mark.integration


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_fifty_copies_out_of_order_with_two_workers_are_one_check_out(
    house: House, hotel: Hotel, client: httpx.AsyncClient, sign: SignIn, clock: ManualClock, seed: int
) -> None:
    [room] = await rooms(hotel, "101")
    await ready(hotel, room)
    headers = {**await sign("venue_admin"), "content-type": "application/cloudevents+json"}
    start = clock.now()
    clock.set(start + timedelta(minutes=10))
    data = {"booking_reference": "R1", "room_number": "101", "arrival": "2026-03-01", "departure": "2026-03-02"}
    events: list[dict[str, Any]] = [
        {
            "specversion": "1.0", "id": f"{n}", "source": "/pms", "type": kind, "data": data,
            "time": (start + timedelta(minutes=n)).isoformat(), "propertyid": encode("prp", hotel.property_id),
        }
        for n, kind in enumerate(KINDS)
    ] * COPIES  # fmt: skip
    random.Random(seed).shuffle(events)
    workers = [assembly.background(house), assembly.background(house)]
    working = [asyncio.create_task(one.run()) for one in workers]
    for first in range(0, len(events), 8):
        answers = await asyncio.gather(
            *(client.post("/events", json=one, headers=headers) for one in events[first : first + 8])
        )
        assert {one.status_code for one in answers} == {202}
    for one in workers:
        one.stop()
    await asyncio.gather(*working)
    await workers[0].settle()
    [stay] = (await client.get("/stays", headers=headers)).json()["items"]
    [task] = (await client.get("/tasks", headers=headers)).json()["items"]
    now = await look(hotel, room)
    assert (stay["state"], task["type"], task["origin"]) == (
        "completed", "checkout_cleaning", f"checkout:{stay['id']}",
    )  # fmt: skip
    assert (now.occupancy, now.condition, now.stay_id) == (Occupancy.VACANT, Condition.DIRTY, None)
    for told in ("property.stay.completed.v1", "property.stay.created.v1", "housekeeping.task.created.v1"):
        assert len(await journal(hotel, told)) == 1, told
    assert (await client.get("/events?status=parked", headers=headers)).json()["items"] == []
