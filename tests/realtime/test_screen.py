"""Snapshot and events are a fresh snapshot, whatever people did meanwhile."""

from __future__ import annotations

import asyncio
import random
from datetime import timedelta
from typing import Any

import httpx
import pytest

from serai import assembly
from serai.areas.housekeeping.model import TaskType
from serai.kernel.clock import ManualClock
from serai.kernel.ids import encode
from tests.areas.housekeeping.people import rooms
from tests.conftest import Hotel
from tests.realtime.conftest import Listen, again, token_of
from tests.realtime.screen import Screen
from tests.realtime.server import Served

pytestmark = pytest.mark.integration
NUMBERS = tuple(str(100 + n) for n in range(8))
NAMES = ("created", "modified", "completed", "cancelled")


class Day:
    """People who do what they are allowed to, by chance of a seed."""

    def __init__(self, live: Served, headers: dict[str, str], hotel: Hotel, seed: int) -> None:
        self.http, self.headers, self.chance = live.http, headers, random.Random(seed)
        self.property_id = encode("prp", hotel.property_id)
        self.clock, self.done, self.said = hotel.house.clock, 0, 0

    async def _ask(self, method: str, path: str, body: Any = None, kind: str = "application/json") -> httpx.Response:
        answer = await self.http.request(method, path, json=body, headers={**self.headers, "content-type": kind})
        assert answer.status_code < 500, answer.text
        self.done += answer.is_success
        return answer

    async def step(self) -> None:
        """One thing somebody does; it may be refused."""
        await self.chance.choice(
            (self._book, self._make, self._move, self._move, self._move, self._room, self._expect)
        )()

    async def _items(self, path: str) -> list[Any]:
        answer = await self.http.get(path, params={"property_id": self.property_id, "limit": 200}, headers=self.headers)
        return answer.json()["items"]

    async def _book(self) -> None:
        self.said += 1
        day = self.clock.now().date()
        data = {
            "booking_reference": f"R{self.chance.randrange(12)}", "property_id": self.property_id,
            "room_number": self.chance.choice(NUMBERS), "arrival": str(day - timedelta(self.chance.randrange(3))),
            "departure": str(day + timedelta(self.chance.randrange(3))), "adults": self.chance.randrange(1, 4),
        }  # fmt: skip
        event = {"specversion": "1.0", "id": str(self.said), "source": "pms", "data": data,
                 "type": f"booking.{self.chance.choice(NAMES)}", "time": self.clock.now().isoformat()}  # fmt: skip
        await self._ask("POST", "/events", event, "application/cloudevents+json")

    async def _make(self) -> None:
        body = {"property_id": self.property_id, "type": self.chance.choice(list(TaskType)).value}
        if found := await self._items("/spaces"):
            body["space_id"] = self.chance.choice(found)["id"]
        await self._ask("POST", "/tasks", body)

    async def _move(self) -> None:
        open_ = [one for one in await self._items("/tasks") if one["allowed_actions"]]
        if not open_:
            return
        task = self.chance.choice(open_)
        action = self.chance.choice(task["allowed_actions"])
        body: dict[str, Any] = {}
        if action in {"reject", "cancel", "refuse", "delay"}:
            body = {"reason": "by chance"}
        if action == "assign":
            body = {"staff_id": self.headers["x-staff"]}
        if action == "update":
            await self._ask("PATCH", f"/tasks/{task['id']}", {"note": str(self.done), "version": task["version"]})
        else:
            await self._ask("POST", f"/tasks/{task['id']}/{action}", body)

    async def _room(self) -> None:
        room = self.chance.choice(await self._items("/spaces"))["id"]
        door = self.chance.choice(("status", "inspect", "check-out", "mark-maintenance", "complete-maintenance"))
        status = self.chance.choice(("CHECKOUT_DIRTY", "CLEANING_IN_PROGRESS", "CLEANED_UNINSPECTED", "OCCUPIED"))
        body = {"status": status} if door == "status" else {"mode": "status_only"} if door == "check-out" else {}
        await self._ask("POST", f"/rooms/{room}/{door}", body)

    async def _expect(self) -> None:
        if stays := await self._items("/stays"):
            at = (self.clock.now() + timedelta(hours=self.chance.randrange(9))).isoformat()
            await self._ask("PATCH", f"/stays/{self.chance.choice(stays)['id']}", {"expected_arrival": at})


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_snapshot_and_events_are_a_fresh_snapshot(
    live: Served, hotel: Hotel, listen: Listen, clock: ManualClock, seed: int
) -> None:
    token = await token_of(live, hotel, "venue_admin")
    headers = {"authorization": f"Bearer {token}"}
    me = (await live.http.get("/me", headers=headers)).json()
    day = Day(live, {**headers, "x-staff": me["id"]}, hotel, seed)
    background = assembly.background(hotel.house, ())
    await rooms(hotel, *NUMBERS)
    for _ in range(40):
        await day.step()
    ear = await listen(live.url, token)
    screen = Screen(live.http, headers, encode("prp", hotel.property_id))
    loading = asyncio.create_task(screen.load())  # the snapshot and what happens run side by side
    for _ in range(120):
        await day.step()
        if day.chance.random() < 0.2:
            clock.set(clock.now() + timedelta(minutes=day.chance.randrange(1, 14)))
            renewed = await again(live, hotel)
            assert (await ear.client.call("authenticate", {"token": renewed}))["ok"] is True
            headers["authorization"] = day.headers["authorization"] = f"Bearer {renewed}"
            await background.settle()
    await loading
    await background.settle()
    fresh = Screen(live.http, headers, screen.property_id)
    await fresh.load()
    await rooms(hotel, "999")
    await ear.until(lambda: any(one["data"].get("number") == "999" for one in ear.events))
    screen.fold([one for one in ear.events if one["data"].get("number") != "999"])
    assert (screen.differs(fresh), ear.gaps) == ([], [])
    assert day.done > 60
    assert len({one["type"] for one in ear.events}) > 12
