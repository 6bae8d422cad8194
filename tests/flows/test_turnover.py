"""What happens to a stay moves its room and tasks, once, in any order."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from serai.areas.housekeeping import service as housekeeping
from serai.areas.housekeeping.model import CreateTask, Move, Task, TaskType
from serai.areas.spaces import service as spaces
from serai.areas.spaces.model import Condition, Occupancy, Room
from serai.areas.stays.model import State, Stay
from serai.flows import turnover
from serai.kernel.actor import system
from serai.kernel.clock import ManualClock
from serai.kernel.ids import encode
from serai.runtime.events import journal as kept
from serai.runtime.events import parked
from serai.runtime.events.catalog import Incoming
from serai.runtime.http import ListQuery
from serai.runtime.jobs.background import Background
from serai.runtime.work import Work
from tests.areas.housekeeping.people import in_house, journal, look, put, ready, rooms, told
from tests.conftest import Hotel

COMPLETED = "property.stay.completed.v1"


async def tasks(hotel: Hotel, room: Room) -> list[Task]:
    wanted = housekeeping.Wanted(filter=housekeeping.Filter(space_id=room.id))
    actor = system(hotel.tenant_id, "test")

    async def act(work: Work) -> list[Task]:
        page = await housekeeping.list_tasks(work.tx, actor, wanted, ListQuery(sort="created_at"))
        whole = {task.id: task for _, task in await housekeeping.load_tasks(work.tx, hotel.tenant_id, page.items)}
        return [whole[one.id] for one in page.items]

    return await hotel.do(act)


async def plan(hotel: Hotel, stay: Stay, room: Room, kind: TaskType = TaskType.TURNDOWN) -> Task:
    cmd = CreateTask(hotel.property_id, kind, room.id, stay_id=stay.id)
    return await hotel.do(lambda work: housekeeping.create_task(work, cmd))


async def facts(hotel: Hotel, kind: str) -> list[Incoming]:
    async def act(work: Work) -> list[Incoming]:
        return [
            one for one in await kept.read(work.tx, hotel.tenant_id, hotel.property_id, 0, 1000) if one.type == kind
        ]

    return await hotel.do(act)


def summary(found: list[Task]) -> list[tuple[str, str]]:
    return [(one.type.value, one.state.value) for one in found]


async def test_a_check_out_told_by_the_pms_makes_the_room_vacant_and_dirty_and_asks_for_one_cleaning(
    hotel: Hotel, background: Background, clock: ManualClock
) -> None:
    [room] = await rooms(hotel, "101")
    stay = await in_house(hotel, "B-1", room)
    await plan(hotel, stay, room)
    clock.set(clock.now() + timedelta(hours=1))
    await told(hotel, "B-1", State.COMPLETED)
    await background.settle()
    now = await look(hotel, room)
    assert (now.occupancy, now.condition, now.stay_id) == (Occupancy.VACANT, Condition.DIRTY, None)
    found = await tasks(hotel, room)
    assert summary(found) == [("turndown", "cancelled"), ("checkout_cleaning", "pending")]
    assert found[1].origin == f"checkout:{encode('sty', stay.id)}"
    assert found[1].due_at == clock.now() + timedelta(hours=1)


async def test_fifty_copies_of_a_check_out_make_one_task_and_one_change_of_the_room(
    hotel: Hotel, background: Background
) -> None:
    [room] = await rooms(hotel, "101")
    await in_house(hotel, "B-1", room)
    await background.settle()
    await told(hotel, "B-1", State.COMPLETED)
    before = len(await journal(hotel, "property.room.status_changed.v1"))
    [fact] = await facts(hotel, COMPLETED)
    await asyncio.gather(*(hotel.do(lambda work: turnover.follow_stay(work, fact)) for _ in range(50)))
    await asyncio.gather(background.settle(), background.settle())
    assert summary(await tasks(hotel, room)) == [("checkout_cleaning", "pending")]
    assert len(await journal(hotel, "property.room.status_changed.v1")) == before + 1


async def test_a_cancellation_and_a_no_show_call_off_what_has_not_begun(hotel: Hotel, background: Background) -> None:
    one, two = await rooms(hotel, "101", "102")
    for room, reference, state in ((one, "B-1", State.CANCELLED), (two, "B-2", State.NO_SHOW)):
        stay = await told(hotel, reference, State.CONFIRMED, room, arrival="2026-03-02", departure="2026-03-03")
        await plan(hotel, stay, room, TaskType.ARRIVAL_CHECK)
        begun = await plan(hotel, stay, room)
        await hotel.do(lambda work, task=begun: housekeeping.start(work, task.id, Move()))
        await told(hotel, reference, state)
    await background.settle()
    for room in (one, two):
        left = summary(await tasks(hotel, room))
        assert sorted(left) == [("arrival_check", "cancelled"), ("turndown", "in_progress")]
        assert (await look(hotel, room)).occupancy is Occupancy.VACANT


async def test_a_cancellation_after_arrival_turns_the_room(
    hotel: Hotel, background: Background, clock: ManualClock
) -> None:
    [room] = await rooms(hotel, "101")
    await in_house(hotel, "B-1", room)
    await background.settle()
    clock.set(clock.now() + timedelta(minutes=1))
    await told(hotel, "B-1", State.CANCELLED)
    await background.settle()
    now = await look(hotel, room)
    assert (now.occupancy, now.condition) == (Occupancy.VACANT, Condition.DIRTY)
    [task] = await tasks(hotel, room)
    assert (task.type, task.stay_id, task.origin) == (TaskType.CHECKOUT_CLEANING, None, None)


async def test_the_desk_has_the_say_on_who_is_in_a_room_even_where_it_is_not_ready(
    hotel: Hotel, background: Background
) -> None:
    [room] = await rooms(hotel, "101")
    stay = await told(hotel, "B-1", State.CHECKED_IN, room)
    await background.settle()
    now = await look(hotel, room)
    assert (now.occupancy, now.condition, now.stay_id) == (Occupancy.OCCUPIED, Condition.DIRTY, stay.id)


async def test_a_guest_who_comes_before_the_last_one_is_told_to_have_left(
    hotel: Hotel, background: Background, clock: ManualClock
) -> None:
    [room] = await rooms(hotel, "101")
    first = await in_house(hotel, "B-1", room)
    second = await told(hotel, "B-2", State.CHECKED_IN, room, arrival="2026-03-02", departure="2026-03-04")
    await background.settle()
    assert (await look(hotel, room)).stay_id == first.id
    clock.set(clock.now() + timedelta(minutes=1))
    await told(hotel, "B-1", State.COMPLETED)
    await background.settle()
    now = await look(hotel, room)
    assert (now.occupancy, now.stay_id) == (Occupancy.OCCUPIED, second.id)
    assert summary(await tasks(hotel, room)) == [("checkout_cleaning", "pending")]


async def test_a_guest_who_moves_leaves_a_dirty_room_and_the_tasks_go_along(
    hotel: Hotel, background: Background, clock: ManualClock
) -> None:
    old, new = await rooms(hotel, "101", "201")
    stay = await in_house(hotel, "B-1", old)
    await ready(hotel, new)
    turndown = await plan(hotel, stay, old)
    await background.settle()
    clock.set(clock.now() + timedelta(minutes=1))
    await told(hotel, "B-1", None, new)
    await background.settle()
    left, taken = await look(hotel, old), await look(hotel, new)
    assert (left.occupancy, left.condition, left.stay_id) == (Occupancy.VACANT, Condition.DIRTY, None)
    assert (taken.occupancy, taken.stay_id) == (Occupancy.OCCUPIED, stay.id)
    assert [one.id for one in await tasks(hotel, new)] == [turndown.id]
    assert [(one.type.value, one.stay_id) for one in await tasks(hotel, old)] == [("checkout_cleaning", None)]


async def test_a_booking_that_moves_before_arrival_takes_its_tasks_along(
    hotel: Hotel, background: Background, clock: ManualClock
) -> None:
    old, new = await rooms(hotel, "101", "201")
    stay = await told(hotel, "B-1", State.CONFIRMED, old, arrival="2026-03-02", departure="2026-03-03")
    await plan(hotel, stay, old, TaskType.ARRIVAL_CHECK)
    await background.settle()
    clock.set(clock.now() + timedelta(minutes=1))
    await told(hotel, "B-1", None, new)
    await background.settle()
    assert [len(await tasks(hotel, room)) for room in (old, new)] == [0, 1]
    assert (await look(hotel, new)).occupancy is Occupancy.VACANT


async def test_a_check_out_without_a_room_calls_off_what_was_planned(hotel: Hotel, background: Background) -> None:
    [room] = await rooms(hotel, "101")
    stay = await told(hotel, "B-1", State.CONFIRMED)
    await plan(hotel, stay, room)
    await told(hotel, "B-1", State.COMPLETED)
    await background.settle()
    assert summary(await tasks(hotel, room)) == [("turndown", "cancelled")]


async def test_a_room_that_another_guest_has_by_now_keeps_its_guest(hotel: Hotel, background: Background) -> None:
    [room] = await rooms(hotel, "101")
    await told(hotel, "B-1", State.CHECKED_IN, room)
    await told(hotel, "B-1", State.COMPLETED)
    second = await in_house(hotel, "B-2", room)
    await background.settle()
    now = await look(hotel, room)
    assert (now.occupancy, now.stay_id) == (Occupancy.OCCUPIED, second.id)
    assert summary(await tasks(hotel, room)) == [("checkout_cleaning", "pending")]


async def test_a_guest_who_waits_makes_the_rooms_tasks_more_urgent(hotel: Hotel, background: Background) -> None:
    [room] = await rooms(hotel, "101")
    cmd = CreateTask(hotel.property_id, TaskType.CHECKOUT_CLEANING, room.id)
    before = await hotel.do(lambda work: housekeeping.create_task(work, cmd))
    await put(hotel, room, queue=True)
    await background.settle()
    [after] = await tasks(hotel, room)
    assert after.priority == before.priority + 20
    assert after.version == before.version


async def test_a_room_that_was_archived_since_stays_as_it_is_whatever_is_told_of_its_guests(
    hotel: Hotel, background: Background
) -> None:
    [gone, other] = await rooms(hotel, "101", "102")
    first = await told(hotel, "B-1", State.CONFIRMED, gone)
    await told(hotel, "B-2", State.CONFIRMED, gone)
    await told(hotel, "B-3", State.CONFIRMED, other)
    await plan(hotel, first, gone)
    await background.settle()
    before = await hotel.do(lambda work: spaces.archive_space(work, gone.id, None))
    for state in (State.CHECKED_IN, State.COMPLETED):
        await told(hotel, "B-1", state)
        await background.settle()
    await told(hotel, "B-2", State.CANCELLED)
    await told(hotel, "B-3", State.CHECKED_IN, gone)
    await background.settle()
    now = await look(hotel, gone)
    assert (now.archived_at is not None, now.occupancy, now.stay_id) == (True, Occupancy.VACANT, None)
    assert before[0].version == now.version
    assert summary(await tasks(hotel, gone)) == [("turndown", "cancelled")]

    async def waiting(work: Work) -> int:
        return await parked.count(work.tx, hotel.tenant_id, None, waiting=True)

    assert await hotel.do(waiting) == 0
