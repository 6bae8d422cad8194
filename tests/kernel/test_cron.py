"""Cron lines, told as rules."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serai.kernel.cron import rules


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("0 9 * * *", ["FREQ=DAILY;BYHOUR=9;BYMINUTE=0;BYSECOND=0"]),
        ("*/30 * * * *", ["FREQ=HOURLY;BYMINUTE=0,30;BYSECOND=0"]),
        ("0 */6 * * *", ["FREQ=HOURLY;BYHOUR=0,6,12,18;BYMINUTE=0;BYSECOND=0"]),
        ("5 4 1,15 * *", ["FREQ=DAILY;BYHOUR=4;BYMINUTE=5;BYSECOND=0;BYMONTHDAY=1,15"]),
        ("0 8-9 * Jan-Mar mon-fri", ["FREQ=DAILY;BYHOUR=8,9;BYMINUTE=0;BYSECOND=0;BYMONTH=1,2,3;BYDAY=MO,TU,WE,TH,FR"]),
        ("0 9 * * 0,7", ["FREQ=DAILY;BYHOUR=9;BYMINUTE=0;BYSECOND=0;BYDAY=SU"]),
        ("0 9 * * 5/1", ["FREQ=DAILY;BYHOUR=9;BYMINUTE=0;BYSECOND=0;BYDAY=FR,SA,SU"]),
        ("0 9 1-31 * mon", ["FREQ=DAILY;BYHOUR=9;BYMINUTE=0;BYSECOND=0;BYDAY=MO"]),
        ("0 9 */10 * mon", ["FREQ=DAILY;BYHOUR=9;BYMINUTE=0;BYSECOND=0;BYMONTHDAY=1,11,21,31;BYDAY=MO"]),
    ],
)
def test_a_line_becomes_a_rule(line: str, expected: list[str]) -> None:
    assert rules(line) == expected


def test_two_restricted_day_fields_mean_either() -> None:
    both = rules("0 9 13 * fri")
    assert [rule.rpartition(";")[2] for rule in both] == ["BYMONTHDAY=13", "BYDAY=FR"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("", "five fields"),
        ("0 9 * *", "five fields"),
        ("@daily", "five fields"),
        ("60 9 * * *", "minute"),
        ("0 24 * * *", "hour"),
        ("0 9 0 * *", "day of the month"),
        ("0 9 * 13 *", "month"),
        ("0 9 * feb-jan *", "backwards"),
        ("0 9 * * 8", "weekday"),
        ("0 9 * * funday", "weekday"),
        ("*/0 9 * * *", "minute"),
        ("1- 9 * * *", "minute"),
        ("1/ 9 * * *", "minute"),
        (", 9 * * *", "minute"),
        ("\u0663 9 * * *", "minute"),
    ],
)
def test_what_cron_does_not_know_is_refused_with_the_field(line: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        rules(line)


@given(st.text("0123456789*/-, abcmonfrijan", max_size=30))
def test_any_line_is_read_or_refused_but_never_breaks(line: str) -> None:
    with suppress(ValueError):
        assert all(rule.startswith("FREQ=") for rule in rules(line))
