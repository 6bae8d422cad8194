"""A hotel with rooms, stays and tasks for tests of views."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from serai.areas.housekeeping import service as tasks
from serai.areas.housekeeping.model import CreateTask, Task, TaskType
from serai.areas.spaces import service as spaces
from serai.areas.spaces.model import Draft, Kind, Occupancy, Room, Source, StatusChange
from serai.areas.stays import service as stays
from serai.areas.stays.model import BookingFact, State, Stay
from serai.runtime.work import Work
from tests.conftest import Hotel


async def rooms(hotel: Hotel, *numbers: str, floor: str = "1", room_type: str = "DBL") -> list[Room]:
    """New rooms: vacant and dirty."""
    drafts = [Draft(Kind.ROOM, number=one, room_type=room_type, floor=floor, section="East") for one in numbers]
    return [one.room for one in await hotel.do(lambda work: spaces.create_rooms(work, hotel.property_id, drafts))]


async def put(hotel: Hotel, room: UUID, **asked: Any) -> None:
    """A room as the house itself sets it."""
    change = StatusChange(Source.SYSTEM, **asked)
    await hotel.do(lambda work: spaces.set_room_status(work, room, change))


async def stay(hotel: Hotel, reference: str, room: UUID | None, days: tuple[str, str], **about: Any) -> Stay:
    """A booking of one room (or of none yet), told by the PMS."""
    said = {"arrival": days[0], "departure": days[1], "adults": 2, "children": 0, "vip": False, **about}
    if room is not None:
        said["room_id"] = str(room)
    at: datetime = hotel.house.clock.now()
    fact = BookingFact(hotel.property_id, reference, State.CONFIRMED, at, reference, said)
    return (await hotel.do(lambda work: stays.apply_booking(work, fact)))[0]


async def move_in(hotel: Hotel, guest: Stay) -> None:
    """Check a guest in."""

    async def act(work: Work) -> None:
        here = await stays.check_in(work, guest.id, work.now)
        assert here.room_id is not None
        change = StatusChange(Source.SYSTEM, occupancy=Occupancy.OCCUPIED, stay_id=guest.id)
        await spaces.set_room_status(work, here.room_id, change)

    await hotel.do(act)


async def task(hotel: Hotel, kind: TaskType, room: UUID | None = None, **given: Any) -> Task:
    """A task, made by the house itself."""
    return await hotel.do(lambda work: tasks.create_task(work, CreateTask(hotel.property_id, kind, room, **given)))
