"""From a file of bookings to the days of a hotel: who does what, and when."""

from __future__ import annotations

import csv
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo

from serai.kernel.clock import at_local

COLUMNS = (
    "booking_reference",
    "arrival",
    "nights",
    "departure",
    "adults",
    "children",
    "assigned_room_type",
    "booking_changes",
    "status",
    "status_date",
)


class PlanError(ValueError):
    """The file of bookings cannot be played."""


class Fate(StrEnum):
    """How a booking ended, in the file's words."""

    CHECKED_OUT = "Check-Out"
    CANCELLED = "Canceled"
    NO_SHOW = "No-Show"


@dataclass(frozen=True, slots=True)
class Booking:
    """One row of the file."""

    reference: str
    arrival: date
    departure: date
    adults: int
    children: int
    room_type: str
    changes: int
    fate: Fate
    fate_day: date

    @property
    def day_use(self) -> bool:
        """A stay of no night."""
        return self.arrival == self.departure

    @property
    def leaves(self) -> date:
        """The day on which the guest really left."""
        return max(self.arrival, self.fate_day)

    @property
    def dice(self) -> random.Random:
        """Chance that is the same in every run."""
        return random.Random(sha256(self.reference.encode()).digest())  # noqa: S311  # a made-up hour, not a secret


class What(StrEnum):
    """What a neighbour does with a booking."""

    BOOK = "book"
    CHANGE = "change"
    CANCEL = "cancel"
    NO_SHOW = "no_show"
    ARRIVE = "arrive"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True, order=True)
class Deed:
    """One act at one instant."""

    at: datetime
    what: What
    reference: str


@dataclass(frozen=True, slots=True)
class Script:
    """What is to be played: the hotel's name and zone, its bookings and their deeds."""

    hotel: str
    zone: ZoneInfo
    bookings: Sequence[Booking]
    deeds: Sequence[Deed]

    @property
    def code(self) -> str:
        """A tenant code that is the same for the same play."""
        told = "|".join([self.hotel, self.zone.key, *(f"{one.at}{one.what}{one.reference}" for one in self.deeds)])
        name = "".join(letter if letter.isalnum() else "-" for letter in self.hotel.lower()).strip("-")[:30]
        return f"{name[:9].strip('-')}-{sha256(told.encode()).hexdigest()[:6]}"


def load(path: Path) -> tuple[Booking, ...]:
    """The bookings of a file; a missing column or a row that cannot be read is told with its line."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = csv.DictReader(lines)
            if missing := [name for name in COLUMNS if name not in (rows.fieldnames or ())]:
                raise PlanError(f"{path.name}: the column{'s' * (len(missing) > 1)} {', '.join(missing)} are missing")
            return tuple(_booking(path, rows.line_num, row) for row in rows)
    except (OSError, UnicodeError) as error:
        raise PlanError(f"{path}: {error}") from None


def _booking(path: Path, line: int, row: dict[str, str]) -> Booking:
    try:
        arrival = date.fromisoformat(row["arrival"])
        booking = Booking(
            row["booking_reference"],
            arrival,
            arrival + timedelta(days=int(row["nights"])),
            int(row["adults"]),
            int(row["children"] or 0),
            row["assigned_room_type"],
            int(row["booking_changes"]),
            Fate(row["status"]),
            date.fromisoformat(row["status_date"]),
        )
    except (ValueError, TypeError, KeyError) as error:
        raise PlanError(f"{path.name}, line {line}: {error}") from None
    if row["departure"] != booking.departure.isoformat():
        raise PlanError(f"{path.name}, line {line}: departure is not arrival and nights")
    return booking


def arriving(bookings: Iterable[Booking], first: date, days: int) -> tuple[Booking, ...]:
    """The bookings that arrive within the days asked for."""
    return tuple(one for one in bookings if first <= one.arrival < first + timedelta(days=days))


def rooms_needed(bookings: Sequence[Booking]) -> dict[str, int]:
    """Rooms of each type: the most that were ever sold of it on one day, and one in twenty to spare.

    A day counts whole, departures beside arrivals, since a room must be cleaned between two guests.
    """
    sold: dict[str, Counter[date]] = defaultdict(Counter)
    for one in bookings:
        if one.fate is Fate.CHECKED_OUT:
            for day in range((one.leaves - one.arrival).days + 1):
                sold[one.room_type][one.arrival + timedelta(days=day)] += 1
    needed = {kind: max(count.values()) for kind, count in sold.items()}
    return {kind: most + -(-most // 20) for kind, most in sorted(needed.items())}


def deeds(bookings: Sequence[Booking], first: date, zone: ZoneInfo) -> list[Deed]:
    """Everything the neighbours do, in order of time, at hours of the hotel's own zone.

    The file does not say when a booking was made: it is made at nine on the day before the earliest
    of its dates and the first day. Cancellations are played on the day the file gives them.
    """
    found: list[Deed] = []
    for one in bookings:
        dice = one.dice
        made = min(one.arrival, one.fate_day, first) - timedelta(days=1)
        booked = _at(made, time(9), dice.randrange(3600), zone)
        found.append(Deed(booked, What.BOOK, one.reference))
        if one.changes and one.fate is Fate.CHECKED_OUT:
            found.append(Deed(booked + timedelta(hours=2), What.CHANGE, one.reference))
        match one.fate:
            case Fate.CANCELLED:
                found.append(
                    Deed(_at(one.fate_day, time(10), dice.randrange(4 * 3600), zone), What.CANCEL, one.reference)
                )
            case Fate.NO_SHOW:
                found.append(
                    Deed(_at(one.arrival, time(23, 30), dice.randrange(900), zone), What.NO_SHOW, one.reference)
                )
            case Fate.CHECKED_OUT:
                found += _stay(one, dice, zone)
    return sorted(found)


def _stay(one: Booking, dice: random.Random, zone: ZoneInfo) -> list[Deed]:
    comes, goes = (time(10), time(17)) if one.day_use else (time(15), time(7))
    arrive = _at(one.arrival, comes, dice.randrange(3600 if one.day_use else 6 * 3600), zone)
    leave = _at(one.leaves, goes, dice.randrange(3600 if one.day_use else 5 * 3600), zone)
    return [
        Deed(arrive, What.ARRIVE, one.reference),
        Deed(max(leave, arrive + timedelta(hours=1)), What.LEAVE, one.reference),
    ]


def _at(day: date, hour: time, seconds: int, zone: ZoneInfo) -> datetime:
    return at_local(day, hour, zone) + timedelta(seconds=seconds)
