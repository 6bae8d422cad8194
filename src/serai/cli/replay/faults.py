"""What breaks around the guests, and who mends it: over HTTP, on the play's clock.

Assumptions, for want of a public file of faults: one fault in forty occupied room-nights, at any hour of them; three in
five are reported by the desk, the others are complaints of guests; of a hundred 30 are low, 50 medium, 18 high and 2
critical. A repair takes 20 to 90 minutes, two in five use a part, one in ten goes to a vendor, who needs 2 to 8 hours
and sends an invoice; one in twenty is found not good. The chief and the technicians work from 7 to 22: what breaks at
night waits, and its promise is broken now and then.
"""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final
from zoneinfo import ZoneInfo

from serai.cli.replay.people import Person
from serai.cli.replay.plan import Booking
from serai.kernel.clock import Clock

Act = Callable[[], Awaitable[None]]
Later = Callable[[datetime, Act], None]
Complain = Callable[[str, dict[str, Any]], Awaitable[None]]
RATE: Final = 1 / 40
BY_THE_DESK, WITH_PART, BY_VENDOR, NOT_GOOD = 0.6, 0.4, 0.1, 0.05
OPENS, CLOSES = 7, 22
SEVERITIES: Final = (("low", 30), ("medium", 50), ("high", 18), ("critical", 2))
FAULTS: Final = (
    ("plumbing", "The tap drips"), ("plumbing", "The shower does not drain"), ("electrical", "The lamp is dead"),
    ("hvac", "The air conditioner is loud"), ("it", "The Wi-Fi does not work"), ("furniture", "The chair is broken"),
    ("lock", "The key card fails"), ("water", "There is no hot water"),
)  # fmt: skip
GONE: Final = 409


@dataclass(slots=True)
class Technician:
    """Somebody who mends, and whether they are at it."""

    person: Person
    busy: bool = False
    dice: random.Random = field(default_factory=random.Random)


@dataclass(frozen=True, slots=True)
class Crew:
    """Who judges and finds good, who looks at what the chief resolved, who mends; the vendor's and the parts' ids."""

    chief: Person
    inspector: Person
    technicians: Sequence[Technician]
    vendor: str
    parts: Sequence[str]


class Faults:
    """The faults of the play: they come while guests are there, and each goes its way."""

    def __init__(
        self, clock: Clock, crew: Crew, desk: Person, place: str, zone: ZoneInfo, later: Later, complain: Complain
    ) -> None:
        """`later` puts an act on the play's agenda; `complain` tells the word of a guest as their app does."""
        self._clock, self._crew, self._desk = clock, crew, desk
        self._place, self._zone, self._later, self._complain = place, zone, later, complain

    def expect(self, one: Booking, room: str, leaves: datetime) -> None:
        """What breaks in a room while this guest has it."""
        dice = random.Random(f"{one.reference}:faults")  # noqa: S311  # the same days in every run
        for night in range(max(1, (one.leaves - one.arrival).days)):
            if dice.random() < RATE:
                at = self._clock.now() + timedelta(days=night, minutes=30 + dice.random() * 1000)
                if at < leaves:
                    self._later(at, lambda: self._report(one, room, dice))

    async def _report(self, one: Booking, room: str, dice: random.Random) -> None:
        category, title = dice.choice(FAULTS)
        [severity] = dice.choices([name for name, _ in SEVERITIES], [share for _, share in SEVERITIES])
        if dice.random() < BY_THE_DESK:
            body = {
                "property_id": self._place, "room_id": room, "title": title, "category": category, "severity": severity,
            }  # fmt: skip
            await self._desk.call("POST", "/maintenance/work-orders", body)
        else:
            said = {"room_id": room, "complaint": title, "category": category, "severity": severity}
            await self._complain(one.reference, said)
        self._in(5 + dice.random() * 10, lambda: self._hand_out(dice))

    async def _hand_out(self, dice: random.Random) -> None:
        """The chief, at work, gives what nobody has to whom the hints name, or to the vendor; who is free begins."""
        if wait := self._until_open():
            self._in(wait, lambda: self._hand_out(dice))
            return
        chief = self._crew.chief
        _, found = await chief.call(
            "GET", "/maintenance/work-orders", property_id=self._place, state="open", sort="reported_at", limit=50
        )
        for order in found["items"]:
            path = f"/maintenance/work-orders/{order['id']}"
            if dice.random() < BY_VENDOR:
                await chief.call("POST", f"{path}/assign", {"vendor_id": self._crew.vendor})
                self._in(30, lambda path=path: self._vendor_comes(path, dice))
            else:
                _, hints = await chief.call("GET", f"{path}/hints")
                await chief.call("POST", f"{path}/assign", {"assignee_id": hints["items"][0]["staff_id"]})
        for one in self._crew.technicians:
            if not one.busy:
                one.busy = True
                self._in(2, lambda one=one: self._next(one))

    async def _next(self, one: Technician) -> None:
        """The oldest order of one's own list, in the hours of work; or rest."""
        if wait := self._until_open():
            self._in(wait, lambda: self._next(one))
            return
        me = one.person
        _, mine = await me.call(
            "GET", "/maintenance/work-orders", property_id=self._place, assignee_id=me.id, state="assigned",
            sort="reported_at", limit=1,
        )  # fmt: skip
        if not mine["items"]:
            one.busy = False
            return
        path = f"/maintenance/work-orders/{mine['items'][0]['id']}"
        status, _ = await me.call("POST", f"{path}/start", expect=(GONE,))
        if status == GONE:
            self._in(1, lambda: self._next(one))
            return
        minutes = 20 + one.dice.random() * 70
        self._in(minutes, lambda: self._mend(one, path, round(minutes)))

    async def _mend(self, one: Technician, path: str, minutes: int) -> None:
        body: dict[str, Any] = {"remedy": "Mended.", "labour": [{"minutes": minutes}]}
        if one.dice.random() < WITH_PART:
            body["parts"] = [{"part_id": one.dice.choice(self._crew.parts), "quantity": "1"}]
        await one.person.call("POST", f"{path}/resolve", body)
        self._in(10 + one.dice.random() * 50, lambda: self._look(path, one.dice))
        self._in(5, lambda: self._next(one))

    async def _vendor_comes(self, path: str, dice: random.Random) -> None:
        hours = 2 + dice.random() * 6
        at = self._clock.now() + timedelta(hours=hours)
        body = {"accepted": True, "promised_at": at.isoformat(), "channel": "sms"}
        await self._crew.chief.call("POST", f"{path}/vendor-acknowledged", body)
        self._later(at, lambda: self._vendor_done(path, dice))

    async def _vendor_done(self, path: str, dice: random.Random) -> None:
        chief = self._crew.chief
        await chief.call("POST", f"{path}/start")
        amount = Decimal(40 + dice.randrange(200)) + Decimal(dice.randrange(100)) / 100
        await chief.call("POST", f"{path}/vendor-invoice", {"amount": str(amount), "vendor_id": self._crew.vendor})
        await chief.call("POST", f"{path}/resolve", {"remedy": "The vendor mended it."})
        self._in(20, lambda: self._look(path, dice, by_desk=True))

    async def _look(self, path: str, dice: random.Random, *, by_desk: bool = False) -> None:
        """Somebody else finds it good, or not."""
        chief = self._crew.chief
        if not by_desk and dice.random() < NOT_GOOD:
            await chief.call("POST", f"{path}/reopen", {"reason": "It is not good yet."})
            self._in(5, lambda: self._hand_out(dice))
            return
        await (self._crew.inspector if by_desk else chief).call("POST", f"{path}/verify")

    def _until_open(self) -> float:
        """Minutes until the technicians work."""
        here = self._clock.now().astimezone(self._zone)
        if OPENS <= here.hour < CLOSES:
            return 0
        opens = here.replace(hour=OPENS, minute=0, second=0, microsecond=0)
        return ((opens if here.hour < OPENS else opens + timedelta(days=1)) - here).total_seconds() / 60

    def _in(self, minutes: float, act: Act) -> None:
        self._later(self._clock.now() + timedelta(minutes=minutes), act)
