"""What a list has written once is never stale, and is each caller's own."""

from __future__ import annotations

from datetime import timedelta

import httpx

from serai.kernel.clock import ManualClock
from serai.runtime.jobs.background import Background
from tests.areas.housekeeping.people import Caller, asked, rooms, spc
from tests.conftest import Hotel, SignIn


async def same(*callers: Caller) -> None:
    """Each caller's list says of each task what the task itself says."""
    for caller in callers:
        listed = (await caller.get("/tasks?sort=created_at"))["items"]
        assert listed == [await caller.get(f"/tasks/{one['id']}") for one in listed]


async def test_a_list_says_what_each_task_says_through_its_whole_life(
    hotel: Hotel, boss: Caller, ana: Caller, ben: Caller
) -> None:
    made = await rooms(hotel, "101", "102", "103")
    tasks = [f"/tasks/{(await asked(boss, hotel, venue_id=spc(room)))['id']}" for room in made]
    await same(boss, ana, ben)
    await boss.post(f"{tasks[0]}/assign", {"assignee_id": ana.id})
    await same(boss, ana, ben)
    for caller, move in ((ana, "start"), (ana, "pause"), (ana, "resume"), (ana, "complete"), (boss, "verify")):
        await caller.post(f"{tasks[0]}/{move}")
        await same(boss, ana, ben)
    assert len((await boss.get("/tasks?limit=2"))["items"]) == 2


async def test_a_priority_that_rises_by_itself_is_seen_in_the_list(
    hotel: Hotel, client: httpx.AsyncClient, sign: SignIn, clock: ManualClock, background: Background
) -> None:
    [room] = await rooms(hotel, "101")
    boss = Caller(client, await sign("housekeeping_supervisor"))
    await asked(boss, hotel, venue_id=spc(room), due_at="2026-03-02T20:00:00Z")
    [before] = (await boss.get("/tasks"))["items"]
    clock.set(clock.now() + timedelta(hours=10))
    await background.settle()
    boss = Caller(client, await sign("housekeeping_supervisor"))
    await same(boss)
    [after] = (await boss.get("/tasks"))["items"]
    assert (after["priority"] > before["priority"], after["version"]) == (True, before["version"])
