"""Shifts, skills and rates as they are decided."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serai.areas.staffing import events, model
from serai.areas.staffing.model import Change, PlanShift, Profile, Rate, ShiftState
from serai.kernel.errors import IllegalMove, Invalid, Stale

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)
HOTEL, ANA, TENANT, OWN = UUID(int=1), UUID(int=2), UUID(int=3), UUID(int=4)
PLAN = PlanShift(HOTEL, ANA, NOW, NOW + 8 * HOUR, 60)


def planned(**change: Any) -> model.Shift:
    return model.plan(UUID(int=9), TENANT, replace(PLAN, **change)).record


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"ends_at": NOW}, "/ends_at"),
        ({"ends_at": NOW + 17 * HOUR}, "/ends_at"),
        ({"break_minutes": 480}, "/break_minutes"),
        ({"break_minutes": -1}, "/break_minutes"),
    ],
)
def test_hours_that_nobody_can_work_are_refused(change: dict[str, Any], where: str) -> None:
    with pytest.raises(Invalid) as refused:
        planned(**change)
    assert [one.pointer for one in refused.value.faults] == [where]


def test_a_shift_goes_from_planned_to_ended_and_repeats_change_nothing() -> None:
    shift = planned()
    begun = model.start(shift, NOW)
    assert (begun.record.state, begun.record.started_at, begun.record.version) == (ShiftState.STARTED, NOW, 2)
    assert not model.start(begun.record, NOW + HOUR).changed
    over = model.end(begun.record, NOW + 8 * HOUR, "Done.").record
    assert (over.state, over.ended_at, over.reason) == (ShiftState.ENDED, NOW + 8 * HOUR, "Done.")
    for decide in (model.start, model.cancel, model.miss):
        with pytest.raises(IllegalMove):
            decide(over, NOW)


def test_who_is_ill_or_not_needed() -> None:
    assert model.miss(planned(), NOW, "Ill").events[0].type is events.MISSED
    assert model.miss(planned(started=True), NOW).record.state is ShiftState.MISSED
    assert model.cancel(planned(), NOW).record.state is ShiftState.CANCELLED


def test_a_shift_that_is_told_late_begins_at_once() -> None:
    made = model.plan(UUID(int=9), TENANT, replace(PLAN, started=True))
    assert [one.type for one in made.events] == [events.PLANNED, events.STARTED]
    assert [one.version for one in made.events] == [1, 2]


def test_other_hours() -> None:
    shift = planned()
    moved = model.change(shift, Change(1, {"ends_at": NOW + 6 * HOUR}))
    assert (moved.record.ends_at, moved.record.version) == (NOW + 6 * HOUR, 2)
    assert not model.change(shift, Change(1, {"starts_at": NOW})).changed
    with pytest.raises(Stale):
        model.change(shift, Change(2))
    with pytest.raises(Invalid):
        model.change(model.cancel(shift, NOW).record, Change(2, {"break_minutes": 0}))
    with pytest.raises(Invalid):
        model.change(shift, Change(1, {"ends_at": NOW - HOUR}))


@given(st.integers(-600, 600))
def test_the_minutes_left_shrink_to_none(minutes: int) -> None:
    found = model.available(planned(), None, NOW + timedelta(minutes=minutes))
    if minutes >= 480:
        assert found is None
    else:
        assert found is not None
        assert found.minutes == int((480 - max(0, minutes)) * 420 / 480)


def test_skills_go_with_the_person_and_who_is_away_is_not_available() -> None:
    known = Profile(OWN, TENANT, ANA, 1, ("laundry",), ("fa",))
    found = model.available(planned(), known, NOW)
    assert found is not None
    assert (found.skills, found.languages, known.id) == (frozenset({"laundry"}), frozenset({"fa"}), OWN)
    assert model.available(model.miss(planned(), NOW).record, known, NOW) is None


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"skills": ("Deep Cleaning",)}, "/skills"),
        ({"skills": ("a",) * 2}, "/skills"),
        ({"skills": tuple(f"a_{n}" for n in range(51))}, "/skills"),
        ({"languages": ("Dari",)}, "/languages"),
    ],
)
def test_words_of_another_form_are_refused(fields: dict[str, Any], where: str) -> None:
    with pytest.raises(Invalid) as refused:
        model.edit_profile(Profile(OWN, TENANT, ANA), HOTEL, Change(0, fields))
    assert [one.pointer for one in refused.value.faults] == [where]


def test_a_profile_is_made_changed_and_guarded_by_its_version() -> None:
    made = model.edit_profile(
        Profile(OWN, TENANT, ANA), HOTEL, Change(0, {"skills": ("laundry",), "languages": ("pt-PT",)})
    )
    assert (made.record.version, made.events[0].type) == (1, events.PROFILE)
    assert not model.edit_profile(made.record, HOTEL, Change(1, {"skills": ("laundry",)})).changed
    with pytest.raises(Stale):
        model.edit_profile(made.record, HOTEL, Change(0, {"skills": ()}))


def test_rates_follow_each_other_and_what_was_paid_stays() -> None:
    def rate(hours: int, amount: str = "4.50", currency: str = "AFN") -> Rate:
        return Rate(UUID(int=hours + 5), TENANT, ANA, NOW + hours * HOUR, Decimal(amount), currency)

    first, second = rate(0), rate(2, "5")
    assert model.set_rate(second, [first], HOTEL).events[0].type is events.RATE
    for wrong in (rate(0), rate(3, "-1"), rate(3, "1", "XXX")):
        with pytest.raises(Invalid):
            model.set_rate(wrong, [first], HOTEL)
    both = [first, second]
    assert model.rate_at(both, NOW - HOUR) is None
    assert model.rate_at(both, NOW + HOUR) == first
    assert model.rate_at(both, NOW + 2 * HOUR) == second
