"""Half-open ranges [start, end) of instants and of dates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Generic, TypeVar

from serai.kernel.errors import Invalid

Point = TypeVar("Point", datetime, date)


class BadSpan(Invalid):
    """A span ends after it begins."""

    code = "bad_span"


@dataclass(frozen=True, slots=True, order=True)
class Range(Generic[Point]):
    """What Span and DateSpan share; `start` belongs to it, `end` does not."""

    start: Point
    end: Point

    def _check(self) -> None:
        if self.end <= self.start:
            raise BadSpan

    def contains(self, point: Point) -> bool:
        """Whether the point lies in it."""
        return self.start <= point < self.end

    def covers(self, other: Range[Point]) -> bool:
        """Whether all of the other lies in it."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Range[Point]) -> bool:
        """Whether they share a point; spans that only touch do not."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, order=True)
class Span(Range[datetime]):
    """A range of instants, kept in UTC. A time without an offset and an end before the start are refused."""

    def __post_init__(self) -> None:
        if self.start.utcoffset() is None or self.end.utcoffset() is None:
            raise BadSpan("An instant needs an offset from UTC.")
        object.__setattr__(self, "start", self.start.astimezone(UTC))
        object.__setattr__(self, "end", self.end.astimezone(UTC))
        self._check()

    @property
    def duration(self) -> timedelta:
        """The time that passes in it, daylight saving or not."""
        return self.end - self.start

    def intersection(self, other: Span) -> Span | None:
        """What both share, or None."""
        return Span(max(self.start, other.start), min(self.end, other.end)) if self.overlaps(other) else None

    def gaps(self, taken: Iterable[Span]) -> list[Span]:
        """The parts of it that none of `taken` covers, in order."""
        return [Span(start, end) for start, end in _free(self, taken)]


@dataclass(frozen=True, slots=True, order=True)
class DateSpan(Range[date]):
    """A range of dates: arrival to departure. Instants and an end before the start are refused."""

    def __post_init__(self) -> None:
        if isinstance(self.start, datetime) or isinstance(self.end, datetime):
            raise BadSpan("A span of dates takes dates, not instants.")
        self._check()

    @property
    def nights(self) -> int:
        """How many nights it has."""
        return (self.end - self.start).days

    def intersection(self, other: DateSpan) -> DateSpan | None:
        """What both share, or None."""
        return DateSpan(max(self.start, other.start), min(self.end, other.end)) if self.overlaps(other) else None

    def gaps(self, taken: Iterable[DateSpan]) -> list[DateSpan]:
        """The parts of it that none of `taken` covers, in order."""
        return [DateSpan(start, end) for start, end in _free(self, taken)]


def _free(whole: Range[Point], taken: Iterable[Range[Point]]) -> list[tuple[Point, Point]]:
    found: list[tuple[Point, Point]] = []
    reached = whole.start
    for one in sorted(one for one in taken if one.overlaps(whole)):
        if one.start > reached:
            found.append((reached, one.start))
        reached = max(reached, one.end)
    return [*found, (reached, whole.end)] if reached < whole.end else found
