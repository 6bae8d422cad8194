"""How tasks went: by type and by who did them, over some business dates."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from serai.access.tenancy import service as tenancy
from serai.kernel.clock import at_local
from serai.kernel.errors import Fault, Invalid
from serai.kernel.text import text
from serai.runtime.db.tx import ReadTx, Row
from serai.runtime.wire import to_json
from serai.views.day import Day, sql
from serai.views.kept import Shown
from serai.views.room_board import shown_id

LONGEST: Final = 92
"""Days of one question."""
YEARS: Final = (1990, 2200)
"""In which a day of a hotel may lie."""
_METRICS = sql("task_metrics")
_NAMES = "select id, name from app.staff where tenant_id = $1 and id = any($2)"
_COUNTS = (
    "made", "open", "completed", "verified", "rejected", "cancelled", "refused", "delayed", "promised", "on_time",
)  # fmt: skip
_SUMS = (*_COUNTS, "credits", "minutes_expected", "minutes_worked", "minutes_waited", "started")


@dataclass(frozen=True, slots=True)
class Dates:
    """Some business dates; `begins` are the instants at which each begins, and the one at which the last ends."""

    first: date
    last: date
    begins: tuple[datetime, ...]

    @property
    def bounds(self) -> tuple[datetime, datetime]:
        """The instants [from, until) that they are."""
        return self.begins[0], self.begins[-1]


async def between(tx: ReadTx, tenant_id: UUID, day: Day, first: date | None, last: date | None) -> Dates:
    """The dates that are asked of; without any, today.

    Refused: a last day before the first, more than 92 days, and days of no hotel.
    """
    last = last or first or day.date
    first = first or last
    if not (YEARS[0] <= first.year and last.year < YEARS[1]):
        raise Invalid(
            faults=[Fault("/query/first", text("from {first} on and before {last}", first=YEARS[0], last=YEARS[1]))]
        )
    if not 0 <= (last - first).days < LONGEST:
        raise Invalid(
            faults=[Fault("/query/last", text("not before the first day, and {most} days at most", most=LONGEST))]
        )
    hotel = await tenancy.get_property(tx, tenant_id, day.property_id)
    zone, many = ZoneInfo(hotel.zone), (last - first).days + 1
    begins = (at_local(first + timedelta(days=n), hotel.rollover, zone) for n in range(many + 1))
    return Dates(first, last, tuple(begins))


async def task_metrics(tx: ReadTx, tenant_id: UUID, day: Day, first: date | None, last: date | None) -> Shown:
    """The metrics of one property, in the shape of `TaskMetricsOut`; without dates, of today."""
    dates = await between(tx, tenant_id, day, first, last)
    rows = await tx.fetch(_METRICS, tenant_id, day.property_id, *dates.bounds, dates.begins)
    people = [row["staff_id"] for row in rows if row["staff_id"] is not None]
    names = {row["id"]: row["name"] for row in await tx.fetch(_NAMES, tenant_id, people)} if people else {}
    shown = {
        "property_id": shown_id("prp", day.property_id),
        "first": dates.first,
        "last": dates.last,
        "total": _figures(rows),
        "by_type": [{"type": kind, **_figures(some)} for kind, some in sorted(_grouped(rows, "type").items())],
        "by_person": _people(rows, names),
        "by_day": by_day(dates, rows, _figures),
    }
    return Shown(to_json(shown))


def by_day(
    dates: Dates, rows: Sequence[Row], figures: Callable[[Sequence[Row]], dict[str, Any]]
) -> list[dict[str, Any]]:
    """The figures of every date, also of those on which nothing was; the `day` of a row is 1 on the first."""
    found = _grouped(rows, "day")
    return [
        {"date": dates.first + timedelta(days=n - 1), **figures(found.get(n, ()))} for n in range(1, len(dates.begins))
    ]


def _grouped(rows: Sequence[Row], name: str) -> dict[Any, list[Row]]:
    found: dict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[name]].append(row)
    return found


def _people(rows: Sequence[Row], names: Mapping[UUID, str]) -> list[dict[str, Any]]:
    each = ((who, some) for who, some in _grouped(rows, "staff_id").items() if who is not None)
    shown = [{"staff_id": shown_id("stf", who), "name": names.get(who, ""), **_figures(some)} for who, some in each]
    return sorted(shown, key=lambda one: (-one["completed"], one["name"], one["staff_id"]))


def _figures(rows: Sequence[Row]) -> dict[str, Any]:
    found: Counter[str] = Counter()
    for row in rows:
        for name in _SUMS:
            found[name] += row[name]
    return {
        **{name: found[name] for name in _COUNTS},
        "on_time_share": share(found["on_time"], found["promised"]),
        "first_time_right": share(found["completed"] - found["rejected"], found["completed"]),
        "credits": round(found["credits"], 2),
        "minutes_expected": found["minutes_expected"],
        "minutes_worked": round(found["minutes_worked"], 1),
        "minutes_to_start": mean(found["minutes_waited"], found["started"]),
    }


def share(part: float, whole: float) -> float | None:
    """The part of a whole, to four digits; None of nothing."""
    return round(part / whole, 4) if whole else None


def mean(total: float, number: float) -> float | None:
    """What falls on each, to one digit; None where there is none."""
    return round(total / number, 1) if number else None
