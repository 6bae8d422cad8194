"""Moments that come again: RFC 5545 rules and cron lines, in wall time of a zone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import groupby, islice
from typing import Final, Literal, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dateutil.rrule import rrule, rruleset, rrulestr

from serai.kernel import cron
from serai.kernel.errors import Invalid
from serai.kernel.text import text

HORIZON_YEARS: Final = 10
"""A rule that has no moment so soon after its start counts as one that never fires."""
_LONGEST: Final = 500
_WIDEST: Final = {"YEARLY": 10, "MONTHLY": 120, "WEEKLY": 520, "DAILY": 3_650, "HOURLY": 87_600, "MINUTELY": 527_040}
_STRIDE: Final = {
    "WEEKLY": timedelta(weeks=1),
    "DAILY": timedelta(days=1),
    "HOURLY": timedelta(hours=1),
    "MINUTELY": timedelta(minutes=1),
}
_EPOCH: Final = (datetime(1970, 1, 1), datetime(2200, 1, 1))  # noqa: DTZ001  # wall times
_CYCLE: Final = timedelta(days=146_097) * 19
"""The calendar repeats every 400 years to the weekday. dateutil looks for a match until the year 9999 before it gives
up, whatever its UNTIL: asked 7,600 years on, it gives up twenty times sooner."""
_DAYS_OF: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_LIMITS: Final = {
    "COUNT": (1, 10_000, False),
    "BYMONTH": (1, 12, False),
    "BYHOUR": (0, 23, False),
    "BYMINUTE": (0, 59, False),
    "BYSECOND": (0, 59, False),
    "BYMONTHDAY": (1, 31, True),
    "BYYEARDAY": (1, 366, True),
    "BYWEEKNO": (1, 53, True),
    "BYSETPOS": (1, 366, True),
}
_PART: Final = re.compile(
    r"(FREQ|INTERVAL|COUNT|UNTIL|BYMONTH|BYMONTHDAY|BYYEARDAY|BYWEEKNO|BYDAY|BYHOUR|BYMINUTE|BYSECOND|BYSETPOS|WKST)"
    r"=([A-Z0-9,+-]+)",
    re.ASCII,
)


_NUMBERED = text("A numbered weekday")


class BadRule(Invalid):
    """This rule of recurrence cannot be followed."""

    code = "bad_recurrence"


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A rule (RRULE or five-field cron line, kept as given) from a wall time on, in an IANA zone.

    A wall time that comes twice in autumn means the first, one that spring skips is moved on by the jump (RFC 5545
    3.3.5); hourly and minutely rules take both of a doubled hour and none of a skipped one. Refused: rules finer than
    a minute, without a moment in ten years from the start, with more than 10,000 moments counted, or malformed.
    """

    rule: str
    start: datetime
    zone: str
    _parts: tuple[dict[str, str], ...] = field(init=False, repr=False, compare=False)
    _tz: ZoneInfo = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.start.tzinfo is not None or not _EPOCH[0] <= self.start < _EPOCH[1]:
            raise BadRule("The start is a wall time from 1970 to 2199, without an offset.")
        try:
            zone = ZoneInfo(self.zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise BadRule(text("'{zone}' is not a time zone.", zone=self.zone)) from None
        object.__setattr__(self, "_tz", zone)
        object.__setattr__(self, "_parts", _parse(self.rule))
        _until(self._parts[0].get("UNTIL"), zone)
        try:
            first = self.after(self.start.replace(tzinfo=zone) - timedelta(days=1))
        except (ValueError, TypeError) as error:
            raise BadRule(text("The rule is malformed: {why}.", why=str(error))) from None
        if first is None or (first - self.start.replace(tzinfo=zone)).days > 366 * HORIZON_YEARS:
            raise BadRule(text("It never comes in the {years} years after its start.", years=HORIZON_YEARS))

    @classmethod
    def every(cls, n: int, unit: Literal["day", "week", "month"], start: datetime, zone: str) -> Recurrence:
        """Every n days, weeks or months, fixed on the calendar; the 31st means the last day of a shorter month."""
        frequency = {"day": "DAILY", "week": "WEEKLY", "month": "MONTHLY"}[unit]
        rule = f"FREQ={frequency};INTERVAL={n}"
        if unit == "month" and start.day > 28:  # noqa: PLR2004  # every month has 28 days
            rule += f";BYMONTHDAY={','.join(str(day) for day in range(28, start.day + 1))};BYSETPOS=-1"
        return cls(rule, start, zone)

    def after(self, moment: datetime) -> datetime | None:
        """The first moment (UTC) after `moment`; None when the rule has ended (all do in 2200)."""
        return next(self._from(moment), None)

    def preview(self, n: int, after: datetime) -> list[datetime]:
        """The next n moments (UTC) after `after`; fewer when the rule ends. n is at most 1,000."""
        return list(islice(self._from(after), min(n, 1_000)))

    def as_dict(self) -> dict[str, str]:
        """The rule for JSON; `start` is wall time of the zone."""
        return {"rule": self.rule, "start": self.start.isoformat(), "zone": self.zone}

    def _from(self, moment: datetime) -> Iterator[datetime]:
        """The moments after `moment`, in order, none twice."""
        moment = min(max(moment, _EPOCH[0].replace(tzinfo=UTC)), _EPOCH[1].replace(tzinfo=UTC))
        local = moment.astimezone(self._tz).replace(tzinfo=None)
        begin = max(self.start, local - timedelta(days=2))
        last = moment
        until = _until(self._parts[0].get("UNTIL"), self._tz)
        fine = self._parts[0]["FREQ"] in {"HOURLY", "MINUTELY"}
        for _, walls in groupby(self._walls(begin), datetime.date):
            for one in sorted({instant for wall in walls for instant in _instants(wall, self._tz, fine=fine)}):
                if until is not None and one > until:
                    return
                if one > last:
                    last = one
                    yield one

    def _walls(self, begin: datetime) -> Iterator[datetime]:
        """The wall times from `begin` on; several rules are a union."""
        union = rruleset()
        for parts in self._parts:
            union.rrule(_rule(parts, _forward(parts, self.start, begin)))
        count = self._parts[0].get("COUNT")
        found = (wall - _CYCLE for wall in islice(union, int(count) if count else None))
        return (wall for wall in found if wall >= begin)


def _parse(text: str) -> tuple[dict[str, str], ...]:
    if len(text) > _LONGEST:
        raise BadRule("The rule is too long.")
    if "=" not in text:
        try:
            return tuple(_checked(rule) for rule in cron.rules(text))
        except ValueError as error:
            raise BadRule(error.args[0]) from None
    return (_checked(text.strip().upper().removeprefix("RRULE:").rstrip(";")),)


def _checked(rule: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    for piece in rule.split(";"):
        match = _PART.fullmatch(piece)
        if match is None or match[1] in parts:
            raise BadRule(text("'{piece}' is not understood, or stands there twice.", piece=piece[:40]))
        parts[match[1]] = match[2]
    widest = _WIDEST.get(parts.get("FREQ", ""))
    if widest is None or "," in parts.get("BYSECOND", ""):
        raise BadRule("FREQ must be one of YEARLY, MONTHLY, WEEKLY, DAILY, HOURLY, MINUTELY; a minute is the finest.")
    for name, (least, most, below) in {**_LIMITS, "INTERVAL": (1, widest, False)}.items():
        _within(name, parts, least, most, below=below)
    if "COUNT" in parts and "UNTIL" in parts:
        raise BadRule("A rule ends by COUNT or by UNTIL, not by both.")
    if parts["FREQ"] in _STRIDE:
        misplaced = {"BYSETPOS", "BYYEARDAY", "BYWEEKNO"} & parts.keys()
        if misplaced or any(letter.isdigit() for letter in parts.get("BYDAY", "")):
            raise BadRule(text("{part} goes with MONTHLY and YEARLY.", part=min(misplaced, default=_NUMBERED)))
    longest = max(_DAYS_OF[int(month) - 1] for month in parts.get("BYMONTH", "1").split(","))
    if all(abs(int(day)) > longest for day in parts.get("BYMONTHDAY", "1").split(",")):
        raise BadRule("None of its months has that day.")
    return parts


def _within(name: str, parts: dict[str, str], least: int, most: int, *, below: bool) -> None:
    """Refuse a number outside least..most; `below` allows the same counted from the end."""
    for given in parts.get(name, str(least)).split(","):
        plain = given.removeprefix("-" if below else "").removeprefix("+")
        if not re.fullmatch(r"[0-9]{1,6}", plain) or not least <= int(plain) <= most:
            raise BadRule(text("{name} must be from {least} to {most}.", name=name, least=least, most=most))


def _rule(parts: dict[str, str], start: datetime) -> rrule:
    """The rule a cycle later, to the end of our age: its own COUNT and UNTIL are kept by the callers."""
    kept = {name: value for name, value in parts.items() if name not in {"COUNT", "UNTIL"}}
    kept["UNTIL"] = f"{_EPOCH[1] + _CYCLE:%Y%m%dT%H%M%S}"
    made = rrulestr(";".join(f"{name}={value}" for name, value in kept.items()), dtstart=start + _CYCLE)
    return cast("rrule", made)  # one line makes one rule


def _forward(parts: dict[str, str], start: datetime, begin: datetime) -> datetime:
    """A start nearer to `begin` with the same phase, so that an old rule is as quick as a new one."""
    stride = _STRIDE.get(parts["FREQ"])
    if stride is None or "COUNT" in parts or begin <= start:
        return start
    step = stride * int(parts.get("INTERVAL", "1"))
    return start + (begin - start) // step * step


def _until(given: str | None, zone: ZoneInfo) -> datetime | None:
    """UNTIL as an instant: in UTC with a Z, else wall time of the zone; a date means all of that day."""
    if given is None:
        return None
    for form in ("%Y%m%dT%H%M%SZ", "%Y%m%dT%H%M%S", "%Y%m%d"):
        try:
            wall = datetime.strptime(given, form)  # noqa: DTZ007  # the zone follows
        except ValueError:
            continue
        if not _EPOCH[0] <= wall < _EPOCH[1]:
            break
        if form.endswith("Z"):
            return wall.replace(tzinfo=UTC)
        if form == "%Y%m%d":
            wall += timedelta(days=1, microseconds=-1)
        return wall.replace(tzinfo=zone).astimezone(UTC)
    raise BadRule(text("UNTIL={until} is not a date or a time from 1970 to 2199.", until=given[:40]))


def _instants(wall: datetime, zone: ZoneInfo, *, fine: bool) -> Iterator[datetime]:
    """The instants of a wall time: one, or for a fine rule none in a skipped hour and two in a doubled one."""
    first = wall.replace(tzinfo=zone).astimezone(UTC)
    second = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    if not fine or first == second:
        yield first
    elif first < second:
        yield from (first, second)
