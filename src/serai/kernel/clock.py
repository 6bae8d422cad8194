"""The only place that asks what time it is."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Protocol
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
        """Sleep on the event loop until `moment`; the clock is asked again, as it may have been set meanwhile."""
        while (left := (moment - self.now()).total_seconds()) > 0:  # noqa: ASYNC110  # time sets no event
            await asyncio.sleep(left)
        await asyncio.sleep(0)


class ManualClock:
    """A clock moved by hand: tests and the replay of a hotel's past."""

    def __init__(self, start: datetime) -> None:
        """Start at `start`; a time without an offset is refused."""
        self._now = _utc(start)
        self._moved = asyncio.Event()

    def now(self) -> datetime:
        """The instant it was last set to."""
        return self._now

    def set(self, moment: datetime) -> None:
        """Move to `moment` and wake the sleepers; going back is refused, as time does."""
        moment = _utc(moment)
        if moment < self._now:
            raise ValueError(f"the clock stands at {self._now:%F %T} and cannot go back to {moment:%F %T}")
        self._now = moment
        self._moved.set()
        self._moved = asyncio.Event()

    async def sleep_until(self, moment: datetime) -> None:
        """Wait until the clock is moved to `moment` or past it."""
        while self._now < moment:
            await self._moved.wait()


SKEW: Final = timedelta(minutes=2)
"""How far the clock of a phone may be off without harm."""


def as_told(at: datetime, since: datetime | None, now: datetime) -> datetime:
    """The moment that a device names, mended where its clock is a little off.

    Up to two minutes ahead of `now` is now; up to two minutes before `since`, the last thing known, is then.
    """
    if now < at <= now + SKEW:
        return now
    if since is not None and since - SKEW <= at < since:
        return since
    return at


def shown(at: datetime, zone: ZoneInfo) -> str:
    """Date and time of day as the clocks of a zone show them: 2026-03-02 14:30."""
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"


def business_date(now: datetime, zone: ZoneInfo, rollover: time) -> date:
    """The property's date at `now`: it changes at `rollover` (local wall time), not at midnight.

    It never goes back: where the clocks do and the hour of `rollover` comes twice, the first one counts.
    """
    day = now.astimezone(zone).date()
    for later in (day + timedelta(days=1), day):
        if at_local(later, rollover, zone) <= now:
            return later
    return day - timedelta(days=1)


def at_local(day: date, wall: time, zone: ZoneInfo) -> datetime:
    """The UTC instant of a wall time on a day, as RFC 5545 3.3.5 reads it.

    A time that comes twice means the first; one that the spring skips is as much later as the clocks jump.
    """
    return datetime.combine(day, wall.replace(fold=0), tzinfo=zone).astimezone(UTC)


def _utc(moment: datetime) -> datetime:
    if moment.utcoffset() is None:
        raise ValueError(f"{moment} has no offset from UTC")
    return moment.astimezone(UTC)
