"""A clock that runs in some hours of some days, and stands while work waits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from serai.kernel.hours import Hours, open_hours

FARTHEST: Final = timedelta(days=3 * 366)
"""How far ahead a deadline is looked for."""
_ALWAYS: Final = (Hours((1, 2, 3, 4, 5, 6, 7), "00:00", "24:00"),)


class Why(StrEnum):
    """Why the clock stands."""

    BLOCKED = "blocked"
    RESOLVED = "resolved"


@dataclass(frozen=True, slots=True)
class Wait:
    """A time in which the clock stands; `ends` None goes on."""

    begins: datetime
    ends: datetime | None
    why: Why


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time in which the clock ran, or (`why`) did not."""

    begins: datetime
    ends: datetime
    why: str | None = None

    @property
    def length(self) -> timedelta:
        """From one end to the other."""
        return self.ends - self.begins


def due(
    start: datetime, minutes: float, hours: Sequence[Hours], zone: ZoneInfo, waits: Sequence[Wait]
) -> datetime | None:
    """The instant at which the clock has run so many minutes; None while it stands, or where it never does."""
    left = timedelta(minutes=minutes)
    for stretch in stretches(start, start + FARTHEST, hours, zone, waits):
        if stretch.why is not None:
            continue
        if stretch.length >= left:
            return stretch.begins + left
        left -= stretch.length
    return None


def stretches(
    start: datetime, end: datetime, hours: Sequence[Hours], zone: ZoneInfo, waits: Sequence[Wait]
) -> Iterator[Stretch]:
    """From `start` to `end` without a gap: when the clock runs, and when it stands and why."""
    cursor = start
    for opens, closes in open_hours(start, end, hours or _ALWAYS, zone):
        if opens > cursor:
            yield Stretch(cursor, opens, "hours")
        yield from _without(opens, closes, waits)
        cursor = closes
    if cursor < end:
        yield Stretch(cursor, end, "hours")


def _without(begins: datetime, ends: datetime, waits: Sequence[Wait]) -> Iterator[Stretch]:
    cursor = begins
    for one in sorted(waits, key=lambda one: one.begins):
        until = ends if one.ends is None else min(one.ends, ends)
        if until <= cursor or one.begins >= ends:
            continue
        if one.begins > cursor:
            yield Stretch(cursor, one.begins)
        yield Stretch(max(cursor, one.begins), until, one.why.value)
        cursor = until
    if cursor < ends:
        yield Stretch(cursor, ends)
