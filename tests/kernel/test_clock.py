"""Clocks, and the business date that no change of the clocks turns back."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serai.kernel.clock import SKEW, ManualClock, SystemClock, as_told, at_local, business_date

LISBON, KABUL, NEW_YORK = ZoneInfo("Europe/Lisbon"), ZoneInfo("Asia/Kabul"), ZoneInfo("America/New_York")
ZONES = st.sampled_from([LISBON, KABUL, NEW_YORK, ZoneInfo("Pacific/Apia"), ZoneInfo("America/St_Johns")])
ROLLOVERS = st.times().map(lambda wall: wall.replace(microsecond=0))
INSTANTS = st.datetimes(
    datetime.fromisoformat("2000-01-01"), datetime.fromisoformat("2037-12-01"), timezones=st.just(UTC)
)
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "now", "rollover", "expected"),
    [
        # Lisbon springs from 01:00 to 02:00 on 2026-03-29 and falls from 02:00 to 01:00 on 2026-10-25.
        (LISBON, "2026-03-29T00:59", "01:30", "2026-03-28"),
        (LISBON, "2026-03-29T01:29", "01:30", "2026-03-28"),
        (LISBON, "2026-03-29T01:30", "01:30", "2026-03-29"),
        (LISBON, "2026-10-25T00:29", "01:30", "2026-10-24"),
        (LISBON, "2026-10-25T00:30", "01:30", "2026-10-25"),
        (LISBON, "2026-10-25T01:05", "01:30", "2026-10-25"),
        # Kabul is four and a half hours ahead, all year.
        (KABUL, "2026-06-30T22:29", "03:00", "2026-06-30"),
        (KABUL, "2026-06-30T22:30", "03:00", "2026-07-01"),
        # New York springs from 02:00 to 03:00 on 2026-03-08 and falls from 02:00 to 01:00 on 2026-11-01.
        (NEW_YORK, "2026-03-08T06:59", "03:00", "2026-03-07"),
        (NEW_YORK, "2026-03-08T07:00", "03:00", "2026-03-08"),
        (NEW_YORK, "2026-11-01T06:30", "02:00", "2026-10-31"),
        (NEW_YORK, "2026-11-01T07:00", "02:00", "2026-11-01"),
        (NEW_YORK, "2026-11-01T04:00", "00:00", "2026-11-01"),
    ],
)
def test_the_business_date_turns_at_the_rollover_in_local_time(
    zone: ZoneInfo, now: str, rollover: str, expected: str
) -> None:
    assert business_date(utc(now), zone, time.fromisoformat(rollover)) == date.fromisoformat(expected)


def test_a_date_reached_just_before_the_clocks_go_back_over_midnight_stays() -> None:
    # Newfoundland went from 00:01 on 2006-10-29 back to 23:01 of the day before.
    saint_johns = ZoneInfo("America/St_Johns")
    assert business_date(utc("2006-10-29T02:30:30"), saint_johns, time(0, 0)) == date(2006, 10, 29)
    assert business_date(utc("2006-10-29T02:40"), saint_johns, time(0, 0)) == date(2006, 10, 29)


@given(ZONES, ROLLOVERS, INSTANTS, st.timedeltas(timedelta(0), timedelta(days=3)))
def test_the_business_date_never_goes_back(zone: ZoneInfo, rollover: time, now: datetime, later: timedelta) -> None:
    assert business_date(now, zone, rollover) <= business_date(now + later, zone, rollover)


@given(ZONES, ROLLOVERS, INSTANTS)
def test_a_business_date_begins_at_its_rollover(zone: ZoneInfo, rollover: time, now: datetime) -> None:
    day = business_date(now, zone, rollover)
    assert at_local(day, rollover, zone) <= now < at_local(day + timedelta(days=1), rollover, zone)


def test_a_wall_time_is_the_first_of_two_and_moves_on_when_it_is_skipped() -> None:
    assert at_local(date(2026, 10, 25), time(1, 30, fold=1), LISBON) == utc("2026-10-25T00:30")
    assert at_local(date(2026, 3, 29), time(1, 30), LISBON) == utc("2026-03-29T01:30")
    assert at_local(date(2026, 6, 1), time(14, 0), KABUL) == utc("2026-06-01T09:30")


async def test_the_machines_clock_tells_utc_and_wakes_no_sooner_than_asked() -> None:
    clock = SystemClock()
    begun = clock.now()
    assert begun.tzinfo is UTC
    await clock.sleep_until(begun + timedelta(milliseconds=20))
    assert clock.now() >= begun + timedelta(milliseconds=20)
    await asyncio.wait_for(clock.sleep_until(begun - timedelta(days=1)), 1)


async def test_a_manual_clock_wakes_the_sleepers_whose_moment_has_come() -> None:
    clock = ManualClock(datetime(2026, 3, 2, 13, 0, tzinfo=timezone(timedelta(hours=1))))
    assert clock.now() == NOON
    sleeper = asyncio.create_task(clock.sleep_until(NOON + timedelta(hours=2)))
    await asyncio.sleep(0)
    clock.set(NOON + timedelta(hours=1))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert not sleeper.done()
    clock.set(NOON + timedelta(hours=2))
    await asyncio.wait_for(sleeper, 1)
    await asyncio.wait_for(clock.sleep_until(NOON), 1)


def test_a_manual_clock_does_not_go_back_nor_take_a_time_without_offset() -> None:
    clock = ManualClock(NOON)
    clock.set(NOON)
    with pytest.raises(ValueError, match="cannot go back to 2026-03-02 11:59:59"):
        clock.set(NOON - timedelta(seconds=1))
    with pytest.raises(ValueError, match="no offset"):
        clock.set(datetime.fromisoformat("2026-03-03"))
    with pytest.raises(ValueError, match="no offset"):
        ManualClock(datetime.fromisoformat("2026-03-03"))


def test_a_phone_whose_clock_is_a_little_off_is_mended() -> None:
    now = datetime(2026, 3, 2, 8, tzinfo=UTC)
    since = now - timedelta(minutes=10)
    assert as_told(now + SKEW, since, now) == now
    assert as_told(since - SKEW, since, now) == since
    assert as_told(since - SKEW, None, now) == since - SKEW
    far = (
        now + SKEW + timedelta(seconds=1),
        since - SKEW - timedelta(seconds=1),
        now,
        since,
        now - timedelta(minutes=5),
    )
    assert [as_told(one, since, now) for one in far] == list(far)
