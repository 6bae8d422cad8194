"""What people do over HTTP, for tests of tasks and of turn-overs."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import httpx

from serai.areas.spaces import service as spaces
from serai.areas.spaces.model import Condition, Draft, Kind, Occupancy, Room, Source, StatusChange
from serai.areas.stays import service as stays
from serai.areas.stays.model import BookingFact, State, Stay
from serai.kernel.ids import encode
from serai.runtime.work import Work
from tests.conftest import Hotel

Headers = dict[str, str]


def spc(room: Room) -> str:
    """The room's id as people see it."""
    return encode("spc", room.id)


async def rooms(hotel: Hotel, *numbers: str, floor: str = "1") -> list[Room]:
    """New rooms, vacant and dirty."""
    drafts = [
        Draft(Kind.ROOM, number=one, room_type="DBL", floor=floor, credits={"checkout_cleaning": 1.5})
        for one in numbers
    ]
    return [one.room for one in await hotel.do(lambda work: spaces.create_rooms(work, hotel.property_id, drafts))]


async def look(hotel: Hotel, room: Room) -> Room:
    """The room as it is now."""

    async def act(work: Work) -> Room:
        return await spaces.get_room(work.tx, hotel.tenant_id, room.id)

    return await hotel.do(act)


async def put(hotel: Hotel, room: Room, **asked: Any) -> None:
    """A room as the house itself sets it."""
    await hotel.do(lambda work: spaces.set_room_status(work, room.id, StatusChange(Source.SYSTEM, **asked)))


async def ready(hotel: Hotel, room: Room) -> None:
    """A room that a guest may have."""
    for condition in (Condition.CLEAN, Condition.INSPECTED):
        await put(hotel, room, condition=condition)


async def told(hotel: Hotel, reference: str, state: State | None, room: Room | None = None, **about: Any) -> Stay:
    """What the PMS says of a booking of one room, now."""
    said = {"arrival": "2026-03-01", "departure": "2026-03-02", **about}
    if room is not None:
        said["room_id"] = str(room.id)
    now = hotel.house.clock.now()
    key = f"{reference}-{state}-{now.isoformat()}"
    fact = BookingFact(hotel.property_id, reference, state, now, key, said)
    return (await hotel.do(lambda work: stays.apply_booking(work, fact)))[0]


async def in_house(hotel: Hotel, reference: str, room: Room) -> Stay:
    """A guest who has the room."""
    await ready(hotel, room)
    stay = await told(hotel, reference, State.CHECKED_IN, room)
    await put(hotel, room, occupancy=Occupancy.OCCUPIED, stay_id=stay.id)
    return stay


async def journal(hotel: Hotel, name: str, subject: UUID | None = None) -> list[dict[str, Any]]:
    """The payloads of the facts of one type, in order."""

    async def act(work: Work) -> list[dict[str, Any]]:
        rows = await work.tx.fetch(
            "select payload from app.journal where tenant_id = $1 and type = $2 and ($3::uuid is null or subject = $3) "
            "order by stream, position",
            hotel.tenant_id,
            name,
            subject,
        )
        return [row["payload"] for row in rows]

    return await hotel.do(act)


class Caller:
    """Somebody who is signed in."""

    def __init__(self, client: httpx.AsyncClient, headers: Headers) -> None:
        """The headers are those of `sign`."""
        self._client, self.headers = client, headers
        self.id = encode("stf", UUID(headers["x-staff"]))

    async def ask(self, method: str, path: str, body: Any = None, expect: int = 200, **headers: str) -> Any:
        """Call, demand the status, return the answer."""
        answer = await self._client.request(method, path, json=body, headers={**self.headers, **headers})
        assert answer.status_code == expect, f"{answer.status_code} {answer.text}"
        return answer.json()

    async def post(self, path: str, body: Any = None, expect: int = 200) -> Any:
        """POST."""
        return await self.ask("POST", path, {} if body is None else body, expect)

    async def get(self, path: str, expect: int = 200) -> Any:
        """GET."""
        return await self.ask("GET", path, None, expect)


CLEANING = "checkout_cleaning"


async def asked(boss: Caller, hotel: Hotel, **given: Any) -> Any:
    """A new task, made by hand; a check-out cleaning if nothing else is said."""
    body = {"property_id": encode("prp", hotel.property_id), "type": CLEANING, **given}
    return await boss.post("/tasks", body, 201)
