"""Recurrence: wall time in a zone, over the clocks' changes, bounded."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Literal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from serai.kernel.recurrence import BadRule, Recurrence

START = datetime.fromisoformat("2026-01-31T08:00")
DAWN = datetime(2026, 1, 1, tzinfo=UTC)
UNITS: list[Literal["day", "week", "month"]] = ["day", "week", "month"]
RULES = st.one_of(
    st.builds("FREQ=DAILY;INTERVAL={}".format, st.integers(1, 40)),
    st.builds("FREQ=WEEKLY;INTERVAL={};BYDAY={}".format, st.integers(1, 8), st.sampled_from(["MO", "SA,SU", "WE"])),
    st.builds("FREQ=MONTHLY;INTERVAL={};BYMONTHDAY={}".format, st.integers(1, 12), st.integers(-28, -1)),
    st.builds("FREQ=HOURLY;INTERVAL={}".format, st.integers(1, 30)),
    st.builds("{} {} * * *".format, st.integers(0, 59), st.sampled_from(["*", "*/4", "2", "1,3"])),
)


def utc(*texts: str) -> list[datetime]:
    return [datetime.fromisoformat(text).replace(tzinfo=UTC) for text in texts]


def ahead(rule: str, after: str, n: int = 3, *, start: datetime = START, zone: str = "Europe/Lisbon") -> list[datetime]:
    return Recurrence(rule, start, zone).preview(n, utc(after)[0])


def test_a_daily_rule_keeps_its_wall_time_when_the_clocks_change() -> None:
    assert ahead("FREQ=DAILY", "2026-03-28T00:00") == utc("2026-03-28T08:00", "2026-03-29T07:00", "2026-03-30T07:00")
    assert ahead("FREQ=DAILY", "2026-10-24T00:00") == utc("2026-10-24T07:00", "2026-10-25T08:00", "2026-10-26T08:00")


def test_a_time_that_spring_skips_moves_on_and_one_that_autumn_doubles_comes_once() -> None:
    spring = ahead("30 1 * * *", "2026-03-28T12:00", 2)
    assert spring == utc("2026-03-29T01:30", "2026-03-30T00:30")
    assert ahead("30 1 * * *", "2026-10-24T12:00", 2) == utc("2026-10-25T00:30", "2026-10-26T01:30")


def test_two_wall_times_that_spring_makes_one_come_once() -> None:
    rule = "FREQ=DAILY;BYHOUR=1,2;BYMINUTE=30"
    assert ahead(rule, "2026-03-29T00:00", 2) == utc("2026-03-29T01:30", "2026-03-30T00:30")


def test_an_hourly_rule_knows_no_skipped_hour_and_both_of_a_doubled_one() -> None:
    assert ahead("0 * * * *", "2026-03-28T23:30") == utc("2026-03-29T00:00", "2026-03-29T01:00", "2026-03-29T02:00")
    assert ahead("0 * * * *", "2026-10-24T23:30") == utc("2026-10-25T00:00", "2026-10-25T01:00", "2026-10-25T02:00")


def test_a_zone_of_half_hours_is_no_exception() -> None:
    assert ahead("0 9 * * 1", "2026-06-01T00:00", 2, zone="Asia/Kabul") == utc("2026-06-01T04:30", "2026-06-08T04:30")


def test_every_month_from_the_31st_means_the_last_day_of_shorter_months() -> None:
    monthly = Recurrence.every(1, "month", START, "UTC")
    assert [day.day for day in monthly.preview(5, DAWN)] == [31, 28, 31, 30, 31]
    assert Recurrence.every(1, "month", datetime.fromisoformat("2026-01-28"), "UTC").rule == "FREQ=MONTHLY;INTERVAL=1"


@given(st.integers(1, 10), st.sampled_from(UNITS))
def test_every_n_units_are_evenly_spaced(n: int, unit: Literal["day", "week", "month"]) -> None:
    start = datetime.fromisoformat("2026-01-05T09:00")
    moments = Recurrence.every(n, unit, start, "UTC").preview(6, DAWN)
    assert moments[0] == start.replace(tzinfo=UTC)
    if unit == "month":
        months = [one.year * 12 + one.month for one in moments]
        assert months == list(range(months[0], months[0] + 6 * n, n))
        assert {one.day for one in moments} == {5}
    else:
        step = timedelta(**{f"{unit}s": n})
        assert moments == [moments[0] + step * i for i in range(6)]


def test_cron_with_two_day_fields_comes_on_either() -> None:
    days = [one.day for one in ahead("0 9 10 * fri", "2026-02-01T00:00", 5, zone="UTC")]
    assert days == [6, 10, 13, 20, 27]


def test_count_and_until_end_a_rule() -> None:
    assert len(ahead("RRULE:FREQ=DAILY;COUNT=3", "2026-01-01T00:00", 9)) == 3
    assert ahead("FREQ=DAILY;COUNT=3", "2026-02-01T12:00", 9) == utc("2026-02-02T08:00")
    assert Recurrence("FREQ=DAILY;COUNT=3", START, "UTC").after(utc("2026-02-02T08:00")[0]) is None
    assert len(ahead("FREQ=DAILY;UNTIL=20260202", "2026-01-01T00:00", 9)) == 3
    assert len(ahead("FREQ=DAILY;UNTIL=20260202T075959", "2026-01-01T00:00", 9)) == 2
    zone = "America/New_York"
    assert len(ahead("FREQ=DAILY;UNTIL=20260202T130000Z", "2026-01-01T00:00", 9, zone=zone)) == 3
    assert len(ahead("FREQ=DAILY;UNTIL=20260202T125959Z", "2026-01-01T00:00", 9, zone=zone)) == 2


def test_a_rule_begins_at_its_start_and_the_next_is_strictly_later() -> None:
    rule = Recurrence("FREQ=DAILY", START, "UTC")
    first = START.replace(tzinfo=UTC)
    assert rule.after(datetime.min.replace(tzinfo=UTC)) == first
    assert rule.after(first) == first + timedelta(days=1)
    assert rule.after(datetime.max.replace(tzinfo=UTC)) is None
    assert len(rule.preview(5_000, DAWN)) == 1_000


def test_an_old_fine_rule_is_as_quick_as_a_new_one() -> None:
    begun = monotonic()
    start = datetime.fromisoformat("1970-01-01")
    first, second = ahead("FREQ=MINUTELY;INTERVAL=7", "2026-06-01T12:00", 2, start=start, zone="UTC")
    assert (first - start.replace(tzinfo=UTC)) % timedelta(minutes=7) == timedelta(0)
    assert second - first == timedelta(minutes=7)
    assert first - utc("2026-06-01T12:00")[0] <= timedelta(minutes=7)
    assert monotonic() - begun < 1


@given(RULES, st.sampled_from(["Europe/Lisbon", "Asia/Kabul", "America/New_York"]), st.integers(0, 400))
@settings(max_examples=60)
def test_moments_ascend_and_a_later_question_gives_the_same_answer(rule: str, zone: str, days: int) -> None:
    recurrence = Recurrence(rule, START, zone)
    moments = recurrence.preview(12, START.replace(tzinfo=UTC) + timedelta(days=days))
    assert moments == sorted(set(moments))
    assert all(one.tzinfo is UTC and one.astimezone(ZoneInfo(zone)).second == 0 for one in moments)
    assert recurrence.preview(11, moments[0]) == moments[1:]
    assert recurrence.after(moments[5] - timedelta(seconds=1)) == moments[5]


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        ("FREQ=SECONDLY", "a minute is the finest"),
        ("FREQ=DAILY;BYSECOND=0,30", "a minute is the finest"),
        ("INTERVAL=2", "FREQ must be"),
        ("FREQ=DAILY;FREQ=DAILY", "twice"),
        ("FREQ=DAILY;BYEASTER=1", "not understood"),
        ("FREQ=DAILY\nRDATE:20260101", "not understood"),
        ("FREQ=DAILY;" * 60, "too long"),
        ("FREQ=DAILY;INTERVAL=0", "INTERVAL must be from 1 to 3650"),
        ("FREQ=YEARLY;INTERVAL=11", "INTERVAL must be from 1 to 10"),
        ("FREQ=DAILY;COUNT=10001", "COUNT must be"),
        ("FREQ=DAILY;COUNT=-1", "COUNT must be"),
        ("FREQ=DAILY;COUNT=2;UNTIL=20270101", "not by both"),
        ("FREQ=DAILY;UNTIL=20261301", "not a date"),
        ("FREQ=DAILY;UNTIL=99990101T000000Z", "1970 to 2199"),
        ("FREQ=DAILY;UNTIL=20250101", "never comes"),
        ("FREQ=DAILY;BYSETPOS=1", "BYSETPOS goes with"),
        ("FREQ=WEEKLY;BYDAY=1MO", "numbered weekday goes with"),
        ("FREQ=MINUTELY;BYMINUTE=61", "BYMINUTE must be"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "None of its months"),
        ("0 0 31 feb,apr *", "None of its months"),
        ("FREQ=DAILY;INTERVAL=7;BYDAY=TU", "never comes"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO", "never comes"),
        ("FREQ=YEARLY;INTERVAL=7;BYMONTH=2;BYMONTHDAY=29", "never comes"),
        ("FREQ=MINUTELY;INTERVAL=120;BYHOUR=3", "malformed"),
        ("FREQ=MONTHLY;BYDAY=XX", "malformed"),
        ("every tuesday", "five fields"),
        ("", "five fields"),
    ],
)
def test_a_rule_that_cannot_be_followed_is_refused_at_once(rule: str, reason: str) -> None:
    begun = monotonic()
    with pytest.raises(BadRule, match=reason):
        Recurrence(rule, START, "Europe/Lisbon")
    assert monotonic() - begun < 1


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "../etc/passwd", "a\x00b", "Europe"])
def test_an_unknown_zone_is_refused(zone: str) -> None:
    with pytest.raises(BadRule, match="not a time zone"):
        Recurrence("FREQ=DAILY", START, zone)


@pytest.mark.parametrize(
    "start", [START.replace(tzinfo=UTC), datetime.fromisoformat("1969-12-31"), datetime.fromisoformat("9999-12-31")]
)
def test_a_start_is_a_wall_time_of_our_age(start: datetime) -> None:
    with pytest.raises(BadRule, match="wall time"):
        Recurrence("FREQ=DAILY", start, "UTC")


@given(st.text(max_size=60) | st.from_regex(r"FREQ=(DAILY|MONTHLY|WEEKLY)(;BY(DAY|MONTHDAY)=[A-Z0-9,+-]{0,6}){0,2}"))
@settings(max_examples=80, deadline=None)
def test_any_text_is_a_rule_or_refused_but_never_breaks(text: str) -> None:
    with suppress(BadRule):
        assert Recurrence(text, START, "UTC").after(DAWN) is not None


def test_a_rule_is_kept_as_it_was_given() -> None:
    given_rule = Recurrence("*/15 * * * *", START, "Asia/Kabul")
    assert given_rule.as_dict() == {"rule": "*/15 * * * *", "start": "2026-01-31T08:00:00", "zone": "Asia/Kabul"}
    assert given_rule == Recurrence("*/15 * * * *", START, "Asia/Kabul")
