"""The plan: balanced by minutes left, then by floor, arrivals first, with reasons."""

from __future__ import annotations

from collections import Counter
from uuid import UUID
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from serai.areas.housekeeping.model import Choice, Hand, Job
from serai.areas.housekeeping.model import plan as plan_in
from tests.areas.housekeeping.making import ANA, BEN, HOUR, NOW


def plan(jobs: list[Job], hands: list[Hand]) -> list[Choice]:
    return plan_in(jobs, hands, ZoneInfo("Asia/Kabul"))


def job(number: int, minutes: int = 30, floor: str | None = "1", **given: object) -> Job:
    return Job(UUID(int=number), minutes, 40, floor, str(number), **given)  # type: ignore[arg-type]


def test_work_goes_to_who_has_the_most_time_left() -> None:
    [choice] = plan([job(1)], [Hand(ANA, "Ana", 100), Hand(BEN, "Ben", 300)])
    assert choice.staff_id == BEN
    assert "most time left, 300" in choice.reason


def test_among_equals_the_one_who_works_on_that_floor_takes_it() -> None:
    [choice] = plan([job(1, floor="2")], [Hand(ANA, "Ana", 300), Hand(BEN, "Ben", 290, frozenset({"2"}))])
    assert choice.staff_id == BEN
    assert "works on floor 2" in choice.reason


def test_rooms_with_an_arrival_are_given_first() -> None:
    later, sooner = NOW + 3 * HOUR, NOW + HOUR
    jobs = [job(1), job(2, arrival_at=later), job(3, arrival_at=sooner)]
    choices = plan(jobs, [Hand(ANA, "Ana", 60)])
    assert [one.task_id.int for one in choices] == [3, 2, 1]
    assert [one.staff_id for one in choices] == [ANA, ANA, None]
    assert "expected at 13:30. Only Ana" in choices[0].reason
    assert choices[2].reason == "Nobody has 30 minutes left."


def test_who_alone_has_the_time_gets_it_and_is_told_so() -> None:
    [choice] = plan([job(1, floor=None)], [Hand(ANA, "Ana", 10), Hand(BEN, "Ben", 30)])
    assert choice.reason == "Only Ben has 30 minutes left."


@given(
    st.lists(st.tuples(st.integers(5, 60), st.sampled_from(["1", "2", None])), max_size=40),
    st.lists(st.integers(0, 480), min_size=1, max_size=5),
)
def test_nobody_gets_more_than_their_minutes_and_every_task_has_an_answer(
    wanted: list[tuple[int, str | None]], minutes: list[int]
) -> None:
    jobs = [job(number, length, floor) for number, (length, floor) in enumerate(wanted, 1)]
    hands = [Hand(UUID(int=900 + place), f"P{place}", left) for place, left in enumerate(minutes)]
    choices = plan(jobs, hands)
    assert {one.task_id for one in choices} == {one.id for one in jobs}
    lengths = {one.id: one.minutes for one in jobs}
    used = Counter[UUID]()
    for one in choices:
        if one.staff_id is not None:
            used[one.staff_id] += lengths[one.task_id]
    assert all(used[hand.id] <= hand.minutes for hand in hands)


def test_work_goes_to_who_can_do_it_and_the_answer_says_when_nobody_can() -> None:
    skilled, all_round = Hand(ANA, "Ana", 300, skills=frozenset({"laundry"})), Hand(BEN, "Ben", 100)
    [choice] = plan([job(1, skill="deep_cleaning")], [skilled, all_round])
    assert choice.staff_id == BEN
    [choice] = plan([job(1, skill="deep_cleaning")], [skilled])
    assert (choice.staff_id, choice.reason) == (None, "Nobody on shift does deep cleaning.")
    assert plan([job(1)], [])[0].reason == "Nobody is on shift."
