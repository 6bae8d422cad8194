"""The priority: a sum whose parts are shown, and the moment it next changes."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serai.areas.housekeeping.model import PINS, Level, Scene, TaskType, level, score
from serai.areas.housekeeping.model.priority import BASE
from tests.areas.housekeeping.making import HOUR, NOW

MOMENTS = st.none() | st.integers(-2000, 2000).map(lambda minutes: NOW + timedelta(minutes=minutes))
SCENES = st.builds(
    Scene,
    st.sampled_from(sorted(BASE)),
    st.integers(-2000, 2000).map(lambda minutes: NOW + timedelta(minutes=minutes)),
    MOMENTS,
    MOMENTS,
    st.booleans(),
    st.booleans(),
    st.none() | st.integers(0, 100),
)


def parts(scene: Scene, now: datetime = NOW) -> dict[str, int]:
    return {one.name: one.points for one in score(scene, now).parts}


def test_every_type_of_task_has_its_points() -> None:
    assert set(BASE) == {one.value for one in TaskType}


def test_the_nearer_the_due_moment_the_more_it_counts() -> None:
    due = NOW + 4 * HOUR
    scene = Scene("turndown", NOW, due)
    assert "due" not in parts(scene, NOW - HOUR)
    times = [due - before for before in (4 * HOUR, 2 * HOUR, HOUR, HOUR / 2, 0 * HOUR)]
    assert [parts(scene, now)["due"] for now in times] == [5, 10, 15, 20, 25]


def test_a_vip_a_waiting_guest_and_a_near_arrival_add_up() -> None:
    scene = Scene("checkout_cleaning", NOW, arrival_at=NOW + HOUR, vip=True, queued=True)
    assert parts(scene) == {"type": 30, "arrival": 17, "vip": 10, "queue": 20}


def test_waiting_counts_two_an_hour_up_to_ten() -> None:
    scene = Scene("custom", NOW)
    assert parts(scene, NOW + HOUR)["waiting"] == 2
    assert parts(scene, NOW + 50 * HOUR)["waiting"] == 10
    assert score(scene, NOW + 50 * HOUR).changes_at is None


def test_the_sum_is_cut_at_a_hundred_and_says_so() -> None:
    scene = Scene("checkout_cleaning", NOW - 9 * HOUR, NOW, NOW, vip=True, queued=True)
    assert score(scene, NOW).value == 100
    assert parts(scene)["limit"] < 0


def test_a_pinned_priority_is_what_was_set_and_stays() -> None:
    found = score(Scene("custom", NOW, NOW, pinned=7), NOW)
    assert (found.value, found.changes_at, parts(Scene("custom", NOW, pinned=7))) == (7, None, {"pinned": 7})


@pytest.mark.parametrize("name", list(Level))
def test_a_level_pins_a_number_of_its_own_level(name: Level) -> None:
    assert level(PINS[name.value]) is name


@given(SCENES)
def test_the_parts_add_up_and_nothing_changes_before_the_moment_told(scene: Scene) -> None:
    found = score(scene, NOW)
    assert found.value == sum(one.points for one in found.parts)
    assert 0 <= found.value <= 100
    if found.changes_at is None:
        assert score(scene, NOW + 1000 * HOUR).parts == found.parts
    else:
        assert found.changes_at > NOW
        assert score(scene, found.changes_at - timedelta(microseconds=1)).parts == found.parts
        assert score(scene, found.changes_at).parts != found.parts
