"""Five-field cron lines, told as RFC 5545 rules."""

from __future__ import annotations

from typing import Final

from serai.kernel.text import text, word

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS: Final = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_BYDAY: Final = ("SU", "MO", "TU", "WE", "TH", "FR", "SA", "SU")
FIELDS: Final = (("minute", 0, 59), ("hour", 0, 23), ("day of the month", 1, 31), ("month", 1, 12), ("weekday", 0, 7))
"""Its fields, and from where to where each goes."""


def rules(line: str) -> list[str]:
    """The rules whose union the line means (Vixie cron: two restricted day fields are "or"); else a ValueError."""
    texts = line.lower().split()
    if len(texts) != len(FIELDS):
        raise ValueError(text("A cron line has five fields: minute, hour, day of the month, month, weekday."))
    minutes, hours, days, months, weekdays = (_numbers(one, *which) for one, which in zip(texts, FIELDS, strict=True))
    base = "FREQ=HOURLY" if texts[1].startswith("*") else "FREQ=DAILY"
    base += _by("BYHOUR", hours, 24) + _by("BYMINUTE", minutes, 0) + ";BYSECOND=0" + _by("BYMONTH", months, 12)
    on_days = _by("BYMONTHDAY", days, 31)
    names = list(dict.fromkeys(_BYDAY[day] for day in weekdays))
    on_weekdays = f";BYDAY={','.join(names)}" if len(names) < len(_DAYS) else ""
    if texts[2].startswith("*") or texts[4].startswith("*") or not on_days or not on_weekdays:
        return [base + on_days + on_weekdays]
    return [base + on_days, base + on_weekdays]


def _by(name: str, values: list[int], all_of_them: int) -> str:
    return f";{name}={','.join(map(str, values))}" if len(values) != all_of_them else ""


def _numbers(given: str, what: str, low: int, high: int) -> list[int]:
    found: set[int] = set()
    for piece in given.split(","):
        reach, slash, step = piece.partition("/")
        begin, hyphen, end = reach.partition("-")
        if reach == "*":
            first, last = low, high
        else:
            first = _number(begin, what, low, high)
            last = _number(end, what, low, high) if hyphen else (high if slash else first)
        if last < first:
            raise ValueError(text("In the {what}, '{reach}' runs backwards.", what=word(what), reach=reach))
        found.update(range(first, last + 1, _number(step, what, 1, high) if slash else 1))
    return sorted(found)


def _number(given: str, what: str, low: int, high: int) -> int:
    names = {"month": ("", *_MONTHS), "weekday": _DAYS}.get(what, ())
    if given and given in names:
        return names.index(given)
    if not given.isascii() or not given.isdigit() or not low <= int(given) <= high:
        raise ValueError(
            text(
                "In the {what}, '{given}' is not a number from {low} to {high}.",
                what=word(what),
                given=given[:20],
                low=low,
                high=high,
            )
        )
    return int(given)
