"""The only place that asks what time it is."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo


class Clock(Protocol):
    """Tells the instant (aware, UTC) and sleeps until one."""

    def now(self) -> datetime:
        """The present instant, in UTC."""
        ...

    async def sleep_until(self, moment: datetime) -> None:
        """Return at `moment` or a little later; at once when it has passed."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """The present instant, in UTC."""
        return datetime.now(UTC)

    async def sleep_until(self, moment: datetime) -> None:
        """Sleep on the event loop until `moment`."""
        await asyncio.sleep(max(0.0, (moment - self.now()).total_seconds()))


class ManualClock:
    """A clock moved by hand: tests and the replay of a hotel's past."""

    def __init__(self, start: datetime) -> None:
        """Start at `start` (aware)."""
        self._now = start.astimezone(UTC)
        self._moved = asyncio.Event()

    def now(self) -> datetime:
        """The instant it was last set to."""
        return self._now

    def set(self, moment: datetime) -> None:
        """Move to `moment` and wake the sleepers; going back is refused, as time does."""
        moment = moment.astimezone(UTC)
        if moment < self._now:
            raise ValueError(f"the clock stands at {self._now:%F %T} and cannot go back to {moment:%F %T}")
        self._now = moment
        self._moved.set()
        self._moved = asyncio.Event()

    async def sleep_until(self, moment: datetime) -> None:
        """Wait until the clock is moved to `moment` or past it."""
        while self._now < moment:
            await self._moved.wait()


def business_date(now: datetime, zone: ZoneInfo, rollover: time) -> date:
    """The property's date at `now`: it changes at `rollover` (local wall time), not at midnight."""
    local = now.astimezone(zone)
    return local.date() if local.time() >= rollover else local.date() - timedelta(days=1)


def at_local(day: date, wall: time, zone: ZoneInfo) -> datetime:
    """The UTC instant of a wall time on a day; in a spring gap the first instant after it."""
    local = datetime.combine(day, wall, tzinfo=zone)
    return local.astimezone(UTC)
