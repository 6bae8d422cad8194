"""A hotel turned over by people who ask until they are answered."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import httpx

from serai.access.connections import service as connections
from serai.access.connections.service import AddConnection, Via
from serai.access.identity import service as identity
from serai.access.tenancy import service as tenancy
from serai.areas.spaces import service as spaces
from serai.areas.spaces.model import Condition, Draft, Kind, Source, StatusChange
from serai.kernel.actor import system
from serai.kernel.ids import encode
from serai.runtime.work import House, Work

PASSWORD = "correct horse battery"
PATIENCE = 60.0
"""Seconds after which what was asked for will never come."""
PAUSE = 0.05
ROLES = ("integration", "front_desk", "housekeeper", "housekeeping_supervisor")
Send = Callable[[dict[str, Any]], Awaitable[None]]


class Never(Exception):
    """Something that was promised did not come."""


@dataclass(frozen=True)
class Hotel:
    """Where it is."""

    tenant_id: UUID
    property_id: UUID
    rooms: list[UUID]


async def furnish(here: House, rooms: int, inbound: str | None = None) -> Hotel:
    """A hotel with clean, inspected rooms, whose PMS speaks by HTTP, or by a queue of RabbitMQ."""
    tenant = await tenancy.create_tenant(here, tenancy.CreateTenant("m1", "M1"))
    actor = system(tenant.id, "m1")
    place = tenancy.CreateProperty("main", "Main", "Asia/Kabul", "AFN", "fa-AF")
    hotel = await here.do(actor, lambda work: tenancy.create_property(work, place))
    drafts = [Draft(Kind.ROOM, number=str(n), room_type="DBL", floor="1") for n in range(rooms)]
    bound = inbound and AddConnection("PMS", Via.RABBITMQ, inbound, property_id=hotel.id)

    async def open_(work: Work) -> list[UUID]:
        made = [one.room.id for one in await spaces.create_rooms(work, hotel.id, drafts)]
        for room in made:
            for condition in (Condition.CLEAN, Condition.INSPECTED):
                await spaces.set_room_status(work, room, StatusChange(Source.SYSTEM, condition=condition))
        if bound:
            await connections.add_connection(work, bound)
        return made

    return Hotel(tenant.id, hotel.id, await here.do(actor, open_))


class Desk:
    """All people of the hotel. They know their keys and repeat what was not answered."""

    def __init__(self, urls: Sequence[str], here: House, hotel: Hotel, send: Send | None = None) -> None:
        """`urls` are web processes: where one does not answer, the next is asked.

        `send` gives an event of the PMS to its broker; without it they are sent by HTTP.
        """
        self._clients = [httpx.AsyncClient(base_url=f"{url}/api/v1", timeout=10) for url in urls]
        self._here, self._hotel, self._send = here, hotel, send
        self._tokens: dict[str, str] = {}
        self.repeats = self.refused = 0
        self.done: list[str] = []

    async def open(self) -> None:
        """Employ everybody; each signs in when he first asks."""
        for role in ROLES:
            grant = identity.RoleGrant(identity.Role(role), self._hotel.property_id)
            cmd = identity.CreateStaff(role, f"{role}-1", roles=(grant,), password=PASSWORD)
            await self._here.do(
                system(self._hotel.tenant_id, "m1"), lambda work, cmd=cmd: identity.create_staff(work, cmd)
            )

    async def close(self) -> None:
        """Hang up."""
        for one in self._clients:
            await one.aclose()

    async def turn_over(self, number: int, reference: str) -> None:
        """A guest comes and leaves as the PMS says; the room is cleaned and inspected."""
        await self.arrive(number, reference)
        task = await self.leave(reference)
        for role, move in (
            ("housekeeper", "start"), ("housekeeper", "complete"), ("housekeeping_supervisor", "verify"),
        ):  # fmt: skip
            await self._ask(role, "POST", f"/tasks/{task['id']}/{move}", {})
        self.done.append(reference)

    async def arrive(self, number: int, reference: str) -> None:
        """A guest comes."""
        nights = {"arrival": "2026-03-02", "departure": "2026-03-04", "adults": 2, "room_type": "DBL"}
        await self.tell("booking.created", reference, room_number=str(number), **nights)
        stay = f"/stays?booking_reference={reference}"
        await self._until(stay, lambda _: True, "front_desk")
        await self.tell("reservation.checked_in.v1", reference)
        await self._until(
            f"/stays?booking_reference={reference}", lambda one: one["state"] == "checked_in", "front_desk"
        )

    async def leave(self, reference: str, *, pause: float = PAUSE) -> Any:
        """He leaves; the cleaning that follows, looked for every so many seconds."""
        await self.tell("booking.completed", reference)
        path = f"/tasks?type=checkout_cleaning&booking_reference={reference}"
        return await self._until(path, lambda _: True, "housekeeping_supervisor", pause)

    async def tell(self, kind: str, reference: str, **data: Any) -> None:
        """A word of the PMS, or of the guest's app, about a booking."""
        event = {
            "specversion": "1.0", "id": f"{reference}-{kind}", "source": "/pms", "type": kind,
            "time": datetime.now(UTC).isoformat(), "propertyid": encode("prp", self._hotel.property_id),
            "data": {"booking_reference": reference, **data},
        }  # fmt: skip
        if self._send:
            await self._send(event)
        else:
            await self._ask("integration", "POST", "/events", event, {"content-type": "application/cloudevents+json"})

    async def _until(self, path: str, so: Callable[[Any], bool], role: str, pause: float = PAUSE) -> Any:
        for _ in range(int(PATIENCE / pause)):
            found = (await self._ask(role, "GET", path))["items"]
            if len(found) > 1:
                raise Never(f"{len(found)} answers to {path}")
            if found and so(found[0]):
                return found[0]
            await asyncio.sleep(pause)
        raise Never(f"{path} was never as it should be")

    async def _ask(
        self, role: str, method: str, path: str, body: Any = None, headers: Mapping[str, str] | None = None
    ) -> Any:
        key = {**(headers or {}), **({"idempotency-key": uuid4().hex} if method == "POST" else {})}
        for _ in range(int(PATIENCE / PAUSE)):
            try:
                given = {"authorization": await self._token(role), **key}
                answer = await self._clients[0].request(method, path, json=body, headers=given)
            except httpx.TransportError:
                self.repeats += 1
                self._clients.append(self._clients.pop(0))
            else:
                if answer.is_success:
                    return answer.json()
                self.refused += 1
                if answer.status_code == httpx.codes.UNAUTHORIZED:
                    self._tokens.pop(role, None)
                elif answer.status_code != httpx.codes.SERVICE_UNAVAILABLE and "still running" not in answer.text:
                    raise Never(f"{method} {path}: {answer.status_code} {answer.text[:300]}")
            await asyncio.sleep(PAUSE)
        raise Never(f"{method} {path} was never answered")

    async def _token(self, role: str) -> str:
        if role not in self._tokens:
            body = {"login": f"{role}-1", "password": PASSWORD}
            answer = await self._clients[0].post("/auth/token", json=body)
            if not answer.is_success:
                self.refused += 1
                return "Bearer nobody"
            self._tokens[role] = f"Bearer {answer.json()['access_token']}"
        return self._tokens[role]


class Players:
    """The rooms of a hotel, each turned over again and again."""

    def __init__(self, desk: Desk, rooms: int) -> None:
        """They begin at once."""
        self.lost: list[str] = []
        self._desk, self._over = desk, asyncio.Event()
        self._tasks = [asyncio.create_task(self._play(number)) for number in range(rooms)]

    @property
    def gave_up(self) -> bool:
        """Whether nobody plays any more."""
        return all(one.done() for one in self._tasks)

    async def end(self) -> list[str]:
        """Let each finish the turn that he is at; what went wrong, in words."""
        self._over.set()
        await asyncio.wait(self._tasks, timeout=4 * PATIENCE)
        slow = ["a turn did not end"] if not self.gave_up else []
        for one in self._tasks:
            one.cancel()
        return [*self.lost, *slow, *(repr(one.exception()) for one in self._tasks if one.done() and _failed(one))]

    async def _play(self, number: int) -> None:
        turn = 0
        while not self._over.is_set():
            turn += 1
            try:
                await self._desk.turn_over(number, f"B{number}-{turn}")
            except Never as never:
                self.lost.append(str(never))
                return


def _failed(task: asyncio.Task[None]) -> bool:
    return not task.cancelled() and task.exception() is not None
