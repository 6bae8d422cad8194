"""Hours of some days of the week, in the time of a place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from serai.kernel.clock import at_local
from serai.kernel.errors import Fault

_MIDNIGHT: Final = "24:00"


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours of some days, 1 (Monday) to 7: wall time `HH:MM`, the end left out and up to 24:00."""

    days: tuple[int, ...]
    begins: str
    ends: str


def open_hours(
    start: datetime, end: datetime, hours: Sequence[Hours], zone: ZoneInfo
) -> Iterator[tuple[datetime, datetime]]:
    """The pairs of opening and closing that touch [start, end), in order; hours that overlap are joined."""
    cursor = start
    day = start.astimezone(zone).date()
    while at_local(day, time(), zone) < end:
        for one in sorted(hours, key=lambda one: one.begins):
            if day.isoweekday() in one.days:
                opens = max(at_local(day, time.fromisoformat(one.begins), zone), cursor)
                last = one.ends == _MIDNIGHT
                closes = at_local(day + timedelta(days=last), time() if last else time.fromisoformat(one.ends), zone)
                closes = min(closes, end)
                if opens < closes:
                    yield opens, closes
                    cursor = closes
        day += timedelta(days=1)


def hours_faults(name: str, hours: Sequence[Hours]) -> list[Fault]:
    """What is wrong with hours that were given as `name`."""
    return [Fault(f"/{name}/{n}", "ends after it begins") for n, one in enumerate(hours) if one.begins >= one.ends]
