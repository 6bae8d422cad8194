"""A clock that runs in some hours and stands while work waits."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serai.areas.sla.model import FARTHEST, Wait, Why, due, stretches
from serai.kernel.hours import Hours

KABUL, LISBON = ZoneInfo("Asia/Kabul"), ZoneInfo("Europe/Lisbon")
MONDAY = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
"""08:30 in Kabul."""
WEEKDAYS = (Hours((1, 2, 3, 4, 5), "08:00", "12:00"), Hours((1, 2, 3, 4, 5), "13:00", "17:00"))


def after(**later: float) -> datetime:
    return MONDAY + timedelta(**later)


def blocked(begins: datetime, ends: datetime | None = None) -> Wait:
    return Wait(begins, ends, Why.BLOCKED)


def test_round_the_clock_it_is_the_minutes() -> None:
    assert due(MONDAY, 90, (), KABUL, ()) == after(minutes=90)


@pytest.mark.parametrize(
    ("minutes", "local"),
    [
        (210, "2026-03-02 12:00"),
        (211, "2026-03-02 13:01"),
        (450, "2026-03-02 17:00"),
        (451, "2026-03-03 08:01"),
        (450 + 4 * 480 + 1, "2026-03-09 08:01"),
    ],
)
def test_in_working_hours_nights_noons_and_weekends_do_not_count(minutes: int, local: str) -> None:
    found = due(MONDAY, minutes, WEEKDAYS, KABUL, ())
    assert found is not None
    assert f"{found.astimezone(KABUL):%Y-%m-%d %H:%M}" == local


def test_what_waits_does_not_count_and_while_it_waits_nothing_falls_due() -> None:
    assert due(MONDAY, 60, (), KABUL, [blocked(after(minutes=10), after(minutes=40))]) == after(minutes=90)
    assert due(MONDAY, 60, (), KABUL, [blocked(after(minutes=10))]) is None
    assert due(MONDAY, 5, (), KABUL, [blocked(after(minutes=10))]) == after(minutes=5)
    two = [blocked(after(minutes=30), after(minutes=50)), blocked(after(minutes=10), after(minutes=40))]
    assert due(MONDAY, 60, (), KABUL, two) == after(minutes=100), "overlapping waits count once"
    assert due(MONDAY, 60, (), KABUL, [blocked(after(days=-2), after(days=-1))]) == after(minutes=60)


def test_until_midnight_is_until_midnight() -> None:
    evening = [Hours((1,), "20:00", "24:00")]
    found = due(MONDAY, 241, evening, KABUL, ())
    assert found is not None
    assert f"{found.astimezone(KABUL):%Y-%m-%d %H:%M}" == "2026-03-09 20:01"


@pytest.mark.parametrize(("day", "hours"), [("2026-03-29", 23), ("2026-10-25", 25), ("2026-06-01", 24)])
def test_the_day_on_which_the_clocks_change_is_as_long_as_it_is(day: str, hours: int) -> None:
    begins = datetime.fromisoformat(f"{day}T00:00").replace(tzinfo=LISBON)
    always = [Hours((1, 2, 3, 4, 5, 6, 7), "00:00", "24:00")]
    found = due(begins, hours * 60, always, LISBON, ())
    assert found == (begins + timedelta(days=1)).astimezone(UTC)


def test_a_night_shift_over_the_change_of_the_clocks_counts_what_passed() -> None:
    begins = datetime(2026, 3, 29, 0, 0, tzinfo=LISBON)
    night = [Hours((7,), "00:00", "06:00")]
    assert due(begins, 300, night, LISBON, ()) == datetime(2026, 3, 29, 6, 0, tzinfo=LISBON).astimezone(UTC)


def test_hours_that_overlap_count_once() -> None:
    twice = [Hours((1,), "08:00", "12:00"), Hours((1,), "10:00", "14:00"), Hours((1,), "09:00", "11:00")]
    found = due(MONDAY, 330, twice, KABUL, ())
    assert found is not None
    assert f"{found.astimezone(KABUL):%H:%M}" == "14:00"


def test_an_instant_has_no_lines() -> None:
    assert list(stretches(MONDAY, MONDAY, (), KABUL, ())) == []


def test_hours_that_never_come_are_never_due() -> None:
    assert due(MONDAY, FARTHEST.total_seconds(), [Hours((1,), "08:00", "08:01")], KABUL, ()) is None


moments = st.integers(0, 20_000).map(lambda n: MONDAY + timedelta(minutes=n))
pauses = st.lists(st.tuples(moments, moments).map(lambda pair: blocked(min(pair), max(pair))), max_size=5)
calendars = st.sampled_from([(), WEEKDAYS, (Hours((6, 7), "10:00", "24:00"),)])


@given(minutes=st.integers(1, 5000), hours=calendars, waits=pauses, zone=st.sampled_from([KABUL, LISBON]))
def test_the_lines_of_a_deadline_add_up_to_its_minutes(
    minutes: int, hours: tuple[Hours, ...], waits: list[Wait], zone: ZoneInfo
) -> None:
    found = due(MONDAY, minutes, hours, zone, waits)
    assert found is not None
    lines = list(stretches(MONDAY, found, hours, zone, waits))
    assert sum((one.length for one in lines if one.why is None), timedelta()) == timedelta(minutes=minutes)
    assert lines[0].begins == MONDAY
    assert lines[-1].ends == found
    assert all(one.ends == two.begins for one, two in pairwise(lines))


@given(minutes=st.integers(1, 5000), more=st.integers(1, 500), hours=calendars, waits=pauses)
def test_more_minutes_or_more_waits_are_never_earlier(
    minutes: int, more: int, hours: tuple[Hours, ...], waits: list[Wait]
) -> None:
    plain = due(MONDAY, minutes, hours, KABUL, [])
    later = due(MONDAY, minutes, hours, KABUL, waits)
    longer = due(MONDAY, minutes + more, hours, KABUL, waits)
    assert plain is not None
    assert later is not None
    assert longer is not None
    assert plain <= later < longer
