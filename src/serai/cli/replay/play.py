"""The days of the hotel, played in order over HTTP on a clock of their own."""

from __future__ import annotations

import asyncio
import heapq
import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from itertools import count
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from serai.cli.replay.faults import Crew, Faults
from serai.cli.replay.over import Teller
from serai.cli.replay.people import Person
from serai.cli.replay.plan import Booking, Deed, What
from serai.kernel.clock import Clock, at_local

Act = Callable[[], Awaitable[None]]
SHIFTS = ((7, 15), (14, 22))
"""First and last hour in which an attendant of the early and of the late shift is given work."""
REFUSED, REJECTED = 0.02, 0.05
"""How often an attendant refuses a room and a supervisor rejects one."""
BY_THE_PMS = 0.5
"""The share of guests whom the PMS checks out; the others go by the desk."""
OK = 200
TRY_AGAIN = timedelta(minutes=10)


@dataclass(slots=True)
class Attendant:
    """A room attendant and whether they are in the middle of a room."""

    person: Person
    shift: tuple[int, int]
    busy: bool = False
    dice: random.Random = field(default_factory=random.Random)


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody who takes part."""

    pms: Teller
    front_desk: Person
    supervisor: Person
    attendants: Sequence[Attendant]
    crew: Crew


class Settable(Clock, Protocol):
    """A clock that is moved by hand."""

    def set(self, moment: datetime) -> None:
        """Move it."""
        ...


class Quiet(Protocol):
    """Background work that can be waited for."""

    async def settle(self) -> None:
        """Return when nothing is left to do."""
        ...

    async def next_due(self) -> datetime | None:
        """The earliest moment at which something falls due."""
        ...


class Play:
    """The agenda: deeds of the neighbours, and what they lead to."""

    def __init__(
        self,
        clock: Settable,
        background: Quiet,
        cast: Cast,
        property_id: str,
        zone: ZoneInfo,
        bookings: Sequence[Booking],
        *,
        speed: float = 0.0,
    ) -> None:
        """`speed` is seconds of the hotel a real second; 0 is as fast as it goes."""
        self._clock, self._background, self._cast = clock, background, cast
        self._property, self._zone = property_id, zone
        self._bookings = {one.reference: one for one in bookings}
        self._speed = speed
        self._agenda: list[tuple[datetime, int, Act]] = []
        self._order = count()
        self._stay: dict[str, str] = {}
        self._room: dict[str, str] = {}
        self._assigning = False
        self._sent = count(1)
        self._faults = Faults(clock, cast.crew, cast.front_desk, property_id, zone, self._later, self._complain)

    def expect(self, deeds: Sequence[Deed]) -> None:
        """Put the neighbours' deeds on the agenda."""
        for deed in deeds:
            booking = self._bookings[deed.reference]
            self._later(deed.at, lambda what=deed.what, one=booking: self._do(what, one))

    async def run(self, until: datetime, on_step: Callable[[datetime], None]) -> None:
        """Play everything before `until`, moving the clock from deed to deed."""
        while self._agenda and self._agenda[0][0] < until:
            at, _, act = heapq.heappop(self._agenda)
            await self._reach(max(at, self._clock.now()))
            await act()
            await self._background.settle()
            on_step(self._clock.now())
        await self._reach(until)

    async def _reach(self, moment: datetime) -> None:
        """Move the clock, stopping wherever something falls due on the way."""
        while (due := await self._background.next_due()) is not None and due <= moment:
            await self._move(max(due, self._clock.now()))
            await self._background.settle()
        await self._move(moment)

    async def _move(self, moment: datetime) -> None:
        if self._speed:
            await asyncio.sleep((moment - self._clock.now()).total_seconds() / self._speed)
        self._clock.set(moment)

    def _later(self, at: datetime, act: Act) -> None:
        heapq.heappush(self._agenda, (at, next(self._order), act))

    def _in(self, minutes: float, act: Act) -> None:
        self._later(self._clock.now() + timedelta(minutes=minutes), act)

    async def _do(self, what: What, one: Booking) -> None:
        match what:
            case What.BOOK:
                await self._tell("booking.created", one, **self._details(one))
            case What.CHANGE:
                await self._tell(
                    "booking.modified",
                    one,
                    **self._details(one),
                    eta=at_local(one.arrival, time(16), self._zone).isoformat(),
                )
            case What.CANCEL:
                await self._tell("booking.cancelled", one)
            case What.NO_SHOW:
                await self._tell("booking.no_show", one)
            case What.ARRIVE:
                await self._arrive(one)
            case What.LEAVE:
                await self._leave(one)

    def _details(self, one: Booking) -> dict[str, Any]:
        return {
            "room_type": one.room_type,
            "arrival": one.arrival.isoformat(),
            "departure": one.departure.isoformat(),
            "adults": one.adults,
            "children": one.children,
        }

    async def _tell(self, kind: str, one: Booking, **data: Any) -> None:
        event = {
            "specversion": "1.0",
            "id": f"{one.reference}-{next(self._sent)}",
            "source": "/pms",
            "type": kind,
            "time": self._clock.now().isoformat(),
            "propertyid": self._property,
            "data": {"booking_reference": one.reference, **data},
        }
        await self._cast.pms.tell(event)

    async def _complain(self, reference: str, data: dict[str, Any]) -> None:
        await self._tell("guest.complaint_filed", self._bookings[reference], **data)

    async def _arrive(self, one: Booking) -> None:
        """Give the guest a room that is ready; while there is none, the guest waits."""
        desk = self._cast.front_desk
        if one.reference not in self._stay:
            _, found = await desk.call("GET", "/stays", property_id=self._property, booking_reference=one.reference)
            self._stay[one.reference] = found["items"][0]["id"]
        stay = self._stay[one.reference]
        _, board = await desk.call(
            "GET", "/rooms", property_id=self._property, room_type=one.room_type, status="READY_FOR_GUEST"
        )
        for room in board["items"]:
            status, _ = await desk.call("POST", f"/stays/{stay}/assign-room", {"room_id": room["id"]}, expect=(409,))
            if status != OK:
                continue
            status, _ = await desk.call("POST", f"/rooms/{room['id']}/check-in", {"stay_id": stay}, expect=(409,))
            if status == OK:
                self._room[one.reference] = room["id"]
                self._faults.expect(one, room["id"], at_local(one.leaves, time(7), self._zone))
                return
        self._later(self._clock.now() + TRY_AGAIN, lambda: self._arrive(one))

    async def _leave(self, one: Booking) -> None:
        """Half of the guests are checked out by the PMS, half at the desk."""
        room = self._room.get(one.reference)
        if room is None:
            self._later(self._clock.now() + timedelta(hours=1), lambda: self._leave(one))
            return
        if one.dice.random() < BY_THE_PMS:
            await self._tell("booking.completed", one, room_id=room)
        else:
            await self._cast.front_desk.call("POST", f"/rooms/{room}/check-out", {"mode": "depart"})
        self._plan_assignment(5)

    def _plan_assignment(self, minutes: float) -> None:
        """Have the supervisor hand out what waits, once, a little later and within the hours of work."""
        if self._assigning:
            return
        self._assigning = True
        at = self._clock.now().astimezone(self._zone) + timedelta(minutes=minutes)
        if at.hour >= SHIFTS[-1][1]:
            at += timedelta(days=1)
            at = at.replace(hour=SHIFTS[0][0], minute=0)
        elif at.hour < SHIFTS[0][0]:
            at = at.replace(hour=SHIFTS[0][0], minute=0)
        self._later(at, self._assign)

    async def _assign(self) -> None:
        self._assigning = False
        hour = self._clock.now().astimezone(self._zone).hour
        present = [one for one in self._cast.attendants if one.shift[0] <= hour < one.shift[1]]
        body = {"property_id": self._property, "staff_ids": [one.person.id for one in present]}
        _, answer = await self._cast.supervisor.call("POST", "/tasks/auto-assign", body)
        given = {one["assignee_id"] for one in answer["assignments"]}
        for one in present:
            if one.person.id in given and not one.busy:
                one.busy = True
                self._in(1 + one.dice.random() * 5, lambda attendant=one: self._next_task(attendant))

    async def _next_task(self, attendant: Attendant) -> None:
        """Take the most pressing task of one's own list, or rest when there is none."""
        me = attendant.person
        _, mine = await me.call(
            "GET", "/tasks", property_id=self._property, assignee_id=me.id, state="assigned", sort="-priority", limit=1
        )
        if not mine["items"]:
            attendant.busy = False
            return
        task = mine["items"][0]["id"]
        if attendant.dice.random() < REFUSED:
            await me.call("POST", f"/tasks/{task}/refuse", {"reason": "Somebody is still in the room."})
            self._in(20, lambda: self._ask_again(mine["items"][0]))
            self._in(2, lambda: self._next_task(attendant))
            return
        await me.call("POST", f"/tasks/{task}/start", {})
        self._in(20 + attendant.dice.random() * 20, lambda: self._finish(attendant, task))

    async def _finish(self, attendant: Attendant, task: str) -> None:
        await attendant.person.call("POST", f"/tasks/{task}/complete", {})
        self._in(3 + attendant.dice.random() * 12, lambda: self._inspect(attendant, task))
        self._in(3, lambda: self._next_task(attendant))

    async def _inspect(self, attendant: Attendant, task: str) -> None:
        """Good, or not."""
        step, body = (
            ("reject", {"reason": "Hair in the bath."}) if attendant.dice.random() < REJECTED else ("verify", {})
        )
        await self._cast.supervisor.call("POST", f"/tasks/{task}/{step}", body)
        if step == "reject":
            self._plan_assignment(2)

    async def _ask_again(self, refused: dict[str, Any]) -> None:
        """A refused room is asked for again by hand."""
        body = {"property_id": self._property, "type": refused["type"], "room_id": refused["room_id"]}
        await self._cast.supervisor.call("POST", "/tasks", {**body, "note": "Refused before."})
        self._plan_assignment(2)
