"""Spans: half-open, so that one may begin where another ends."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serai.kernel.span import BadSpan, DateSpan, Span

BASE = datetime(2026, 3, 2, tzinfo=UTC)
DAY = date(2026, 3, 2)
PAIRS = st.tuples(st.integers(0, 40), st.integers(1, 15))
SPANS = PAIRS.map(lambda pair: hours(pair[0], pair[0] + pair[1]))
STAYS = PAIRS.map(lambda pair: nights(pair[0], pair[0] + pair[1]))


def hours(start: int, end: int) -> Span:
    return Span(BASE + timedelta(hours=start), BASE + timedelta(hours=end))


def nights(start: int, end: int) -> DateSpan:
    return DateSpan(DAY + timedelta(days=start), DAY + timedelta(days=end))


@pytest.mark.parametrize("end", [BASE, BASE - timedelta(seconds=1)])
def test_an_empty_or_backward_span_is_refused(end: datetime) -> None:
    with pytest.raises(BadSpan, match="ends after it begins"):
        Span(BASE, end)
    with pytest.raises(BadSpan):
        DateSpan(DAY, end.date())


def test_a_span_takes_instants_and_a_date_span_takes_dates() -> None:
    with pytest.raises(BadSpan, match="offset"):
        Span(datetime.fromisoformat("2026-03-02"), BASE)
    with pytest.raises(BadSpan, match="offset"):
        Span(BASE, datetime.fromisoformat("2026-03-03"))
    with pytest.raises(BadSpan, match="dates"):
        DateSpan(BASE, DAY)
    with pytest.raises(BadSpan, match="dates"):
        DateSpan(DAY, BASE)


def test_the_night_of_the_spring_lasts_an_hour_less() -> None:
    lisbon = ZoneInfo("Europe/Lisbon")
    night = Span(datetime(2026, 3, 28, 22, tzinfo=lisbon), datetime(2026, 3, 29, 6, tzinfo=lisbon))
    assert night.duration == timedelta(hours=7)
    assert night.start.tzinfo is UTC


def test_the_doubled_hour_of_autumn_is_a_span() -> None:
    lisbon = ZoneInfo("Europe/Lisbon")
    first = datetime(2026, 10, 25, 1, 30, tzinfo=lisbon)
    assert Span(first, first.replace(fold=1)).duration == timedelta(hours=1)


def test_a_stay_counts_its_nights() -> None:
    assert nights(0, 3).nights == 3
    assert nights(0, 1).contains(DAY)
    assert not nights(0, 1).contains(DAY + timedelta(days=1))


def test_spans_that_touch_do_not_overlap() -> None:
    assert not hours(0, 2).overlaps(hours(2, 3))
    assert hours(0, 2).intersection(hours(2, 3)) is None
    assert nights(0, 2).intersection(nights(2, 3)) is None
    assert hours(0, 2).contains(BASE)
    assert not hours(0, 2).contains(BASE + timedelta(hours=2))


def test_gaps_are_what_is_left_free() -> None:
    assert hours(0, 10).gaps([hours(6, 8), hours(-3, 1), hours(7, 9), hours(20, 30)]) == [hours(1, 6), hours(9, 10)]
    assert hours(0, 10).gaps([]) == [hours(0, 10)]
    assert hours(0, 10).gaps([hours(-1, 11), hours(2, 3)]) == []
    assert nights(0, 5).gaps([nights(1, 2)]) == [nights(0, 1), nights(2, 5)]


@given(SPANS, SPANS)
def test_overlap_is_mutual_and_means_a_common_part(a: Span, b: Span) -> None:
    common = a.intersection(b)
    assert a.overlaps(b) == b.overlaps(a) == (common is not None)
    assert common == b.intersection(a)
    assert common is None or (a.covers(common) and b.covers(common))
    assert a.covers(b) == (common == b)


@given(SPANS, st.lists(SPANS, max_size=8), st.integers(0, 60))
def test_every_point_is_free_or_taken_and_never_both(whole: Span, taken: list[Span], hour: int) -> None:
    point = BASE + timedelta(hours=hour)
    gaps = whole.gaps(taken)
    free = any(gap.contains(point) for gap in gaps)
    assert free == (whole.contains(point) and not any(one.contains(point) for one in taken))
    assert all(one.end < other.start for one, other in pairwise(gaps))


@given(STAYS, STAYS)
def test_the_nights_of_two_stays_that_overlap_are_counted_once(a: DateSpan, b: DateSpan) -> None:
    common = a.intersection(b)
    own = sum(gap.nights for gap in a.gaps([b]))
    assert own + (common.nights if common else 0) == a.nights
