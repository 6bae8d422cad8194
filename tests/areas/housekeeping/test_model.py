"""The life of a task: who may move it, what is kept, what is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serai.areas.checklists.model import Kind
from serai.areas.housekeeping import events, model
from serai.areas.housekeeping.model import ChangeTask, Delay, Move, NotYours, Place, Task, TaskState, TaskType
from serai.kernel.actor import Actor, system
from serai.kernel.decision import Decision
from serai.kernel.errors import Conflict, IllegalMove, Invalid, Refusal, Stale
from tests.areas.housekeeping.making import (
    ANA,
    BEN,
    HOUR,
    NOW,
    OTHER_ROOM,
    ROOM,
    TENANT,
    line,
    make,
    person,
    supervisor,
)

GO = Move()
WHY = Move(reason="Hair in the bath.")


def started(**given: Any) -> Task:
    return model.start(make(**given), GO, person(), NOW).record


def done(**given: Any) -> Task:
    return model.complete(started(**given), GO, person(), NOW + HOUR).record


def kinds(decision: Decision[Task]) -> list[str]:
    return [one.type.name.split(".")[2] for one in decision.events]


def test_a_new_task_is_pending_and_due_after_the_propertys_minutes() -> None:
    task = make(since=NOW - timedelta(minutes=2))
    assert (task.state, task.version) == (TaskState.PENDING, 1)
    assert task.due_at == NOW + timedelta(minutes=58) == task.delay_at
    assert task.minutes == model.MINUTES[TaskType.CHECKOUT_CLEANING]


def test_the_clock_starts_at_receipt_for_what_is_told_more_than_five_minutes_late() -> None:
    assert make(since=NOW - timedelta(minutes=6)).due_at == NOW + HOUR
    assert make(since=NOW - timedelta(minutes=5)).due_at == NOW + timedelta(minutes=55)
    assert make(since=NOW + timedelta(minutes=1)).due_at == NOW + HOUR


def test_without_a_promise_a_task_is_never_due_and_an_asked_due_time_goes_first() -> None:
    assert make(sla=None).due_at is None
    assert make(due_at=NOW + 3 * HOUR).due_at == NOW + 3 * HOUR


def test_starting_what_nobody_has_assigns_it_to_the_starter_and_tells_both() -> None:
    decision = model.start(make(), GO, person(), NOW)
    assert kinds(decision) == ["assigned", "started"]
    assert [one.version for one in decision.events] == [2, 3]
    assert (decision.record.version, decision.record.assignee_id) == (3, ANA)


def test_starting_ones_own_task_tells_only_the_start() -> None:
    given = model.assign(make(), ANA, supervisor(), NOW).record
    assert kinds(model.start(given, GO, person(), NOW)) == ["started"]


def test_starting_anothers_task_is_refused_unless_one_gives_out_tasks() -> None:
    given = model.assign(make(), BEN, supervisor(), NOW).record
    with pytest.raises(NotYours):
        model.start(given, GO, person(), NOW)
    assert model.start(given, GO, supervisor(), NOW).record.assignee_id == supervisor().id


def test_the_house_starts_without_taking_the_task() -> None:
    begun = model.start(make(), GO, system(TENANT, "test"), NOW).record
    assert (begun.state, begun.assignee_id) == (TaskState.IN_PROGRESS, None)


def test_two_who_take_one_task_the_second_is_told_what_is_open() -> None:
    with pytest.raises(IllegalMove) as refusal:
        model.start(started(), GO, person(BEN), NOW)
    assert "start" not in refusal.value.more["allowed"]


def test_pauses_are_not_worked() -> None:
    paused = model.pause(started(), Move(reason="Lunch"), person(), NOW + HOUR).record
    resumed = model.resume(paused, GO, person(), NOW + HOUR + timedelta(minutes=30)).record
    assert (resumed.paused_seconds, resumed.paused_at, resumed.reason) == (1800, None, None)
    again = model.pause(resumed, GO, person(), NOW + 2 * HOUR).record
    ended = model.complete(again, GO, person(), NOW + 3 * HOUR).record
    assert (ended.paused_seconds, ended.completed_by) == (1800 + 3600, ANA)


def test_a_task_is_not_complete_while_a_required_line_has_no_answer() -> None:
    lines = (line("towels", Kind.NUMBER, low=2, high=4), line("remark", Kind.TEXT, required=False))
    begun = started(checklist=lines)
    with pytest.raises(Invalid) as refusal:
        model.complete(begun, GO, person(), NOW)
    assert [one.pointer for one in refusal.value.faults] == ["/checklist/towels"]
    ended = model.complete(begun, Move(answers={"towels": 9}), person(), NOW).record
    assert (ended.checklist[0].answer, ended.checklist[0].outside) == (9, True)


def test_finishing_starts_what_was_not_started() -> None:
    assert kinds(model.finish(make(), GO, person(), NOW)) == ["assigned", "started", "completed"]
    assert kinds(model.finish(started(), GO, person(), NOW)) == ["completed"]


def test_a_completed_task_is_verified_or_rejected_with_its_reason() -> None:
    assert model.verify(done(), GO, supervisor(), NOW + 2 * HOUR).record.verified_by == supervisor().id
    rejected = model.reject(done(), WHY, supervisor(), NOW + 2 * HOUR)
    assert (rejected.record.state, rejected.record.reason) == (TaskState.REJECTED, WHY.reason)
    with pytest.raises(Invalid):
        model.reject(done(), GO, supervisor(), NOW + 2 * HOUR)


def test_only_an_inspection_fails_before_it_is_completed() -> None:
    with pytest.raises(IllegalMove, match="Only an inspection"):
        model.reject(started(), WHY, supervisor(), NOW)
    assert model.reject(started(kind=TaskType.INSPECTION), WHY, supervisor(), NOW).record.state is TaskState.REJECTED


def test_what_has_begun_is_not_called_off_but_may_be_refused() -> None:
    assert model.cancel(make(), WHY, supervisor(), NOW).record.state is TaskState.CANCELLED
    with pytest.raises(IllegalMove):
        model.cancel(started(), WHY, supervisor(), NOW)
    refused = model.refuse(started(), Move(reason="do_not_disturb"), person(), NOW).record
    assert (refused.state, refused.status, refused.delay_at) == (TaskState.REFUSED, "cancelled", None)


def test_assigning_the_same_person_again_changes_nothing_but_by_hand_it_locks() -> None:
    planned = model.assign(make(), ANA, supervisor(), NOW, by_hand=False).record
    assert not planned.locked
    assert not model.assign(planned, ANA, supervisor(), NOW, by_hand=False).changed
    locked = model.assign(planned, ANA, supervisor(), NOW + HOUR).record
    assert locked.locked
    assert locked.assigned_at == NOW
    assert not model.assign(locked, ANA, supervisor(), NOW).changed
    assert model.assign(locked, BEN, supervisor(), NOW + HOUR).record.assigned_at == NOW + HOUR


@pytest.mark.parametrize(
    ("at", "message"),
    [(NOW + HOUR, "24 hours"), (NOW - 25 * HOUR, "24 hours"), (NOW - HOUR, "not before the last change")],
)
def test_a_move_told_late_lies_within_a_day_and_after_the_last_one(at: datetime, message: str) -> None:
    with pytest.raises(Invalid) as refusal:
        model.start(make(), Move(occurred_at=at), person(), NOW)
    assert message in refusal.value.faults[0].message


def test_a_move_told_late_is_kept_at_its_own_moment() -> None:
    begun = model.start(make(), Move(occurred_at=NOW + HOUR), person(), NOW + 2 * HOUR).record
    assert begun.started_at == NOW + HOUR == begun.changed_at


def test_the_clock_tells_a_delay_once_per_due_value() -> None:
    late = model.overdue(make(), NOW + HOUR)
    assert kinds(late) == ["delayed"]
    assert late.record.delay_at is None
    assert late.record.delayed_for == late.record.due_at
    moved = model.update(late.record, ChangeTask(late.record.version, {"due_at": NOW + 3 * HOUR})).record
    assert (moved.delayed_at, moved.delay_at) == (None, NOW + 3 * HOUR)


def test_a_delay_by_hand_is_not_told_again_by_the_clock() -> None:
    by_hand = model.delay(make(), Delay("Waiting for linen"), NOW)
    assert kinds(by_hand) == ["delayed"]
    assert by_hand.record.delay_at is None
    assert not model.delay(by_hand.record, Delay("Waiting for linen"), NOW).changed
    assert kinds(model.delay(by_hand.record, Delay("Waiting for a bed"), NOW)) == ["updated"]


def test_a_delay_with_a_new_due_time_is_looked_at_again_then() -> None:
    by_hand = model.delay(make(), Delay("Linen", NOW + 2 * HOUR), NOW).record
    assert by_hand.delay_at == NOW + 2 * HOUR
    again = model.overdue(by_hand, NOW + 2 * HOUR)
    assert kinds(again) == ["delayed"]
    assert again.record.delay_reason == "Linen"
    assert kinds(model.delay(again.record, Delay("Linen", NOW + 5 * HOUR), NOW + 3 * HOUR)) == ["updated"]


def test_who_asks_for_help_tells_it_and_changes_nothing_of_the_task() -> None:
    task = started(note="Two beds")
    decision = model.ask_help(task, Move(NOW + HOUR, note="The bed is heavy"), person(), NOW + 2 * HOUR)
    [told] = decision.events
    assert (decision.record, told.changes) == (replace(task, version=task.version + 1), {})
    assert (told.type, told.version) == (events.HELP_ASKED, decision.record.version)
    assert (told.data.note, told.data.help_note, told.data.help_asked_at) == (
        "Two beds", "The bed is heavy", NOW + HOUR,
    )  # fmt: skip
    assert model.ask_help(make(), GO, person(), NOW).events[0].data.help_note is None, "nobody's is anybody's"


def test_help_is_asked_for_ones_own_open_task_and_not_ahead_of_time() -> None:
    bens = model.assign(make(), BEN, supervisor(), NOW).record
    with pytest.raises(NotYours):
        model.ask_help(bens, GO, person(), NOW)
    assert model.ask_help(bens, GO, supervisor(), NOW).changed
    with pytest.raises(Conflict):
        model.ask_help(done(), GO, person(), NOW + HOUR)
    with pytest.raises(Invalid):
        model.ask_help(make(), Move(NOW + HOUR), person(), NOW)


@pytest.mark.parametrize("due", [None, NOW - HOUR, NOW])
def test_a_delay_needs_a_due_time_ahead(due: datetime | None) -> None:
    with pytest.raises(Invalid):
        model.delay(make(sla=None), Delay("Linen", due), NOW)
    if due is not None:
        with pytest.raises(Invalid):
            model.delay(make(), Delay("Linen", due), NOW)


def test_an_ended_task_is_neither_delayed_nor_changed() -> None:
    with pytest.raises(Conflict):
        model.delay(done(), Delay("Linen", NOW + 9 * HOUR), NOW)
    with pytest.raises(Conflict):
        model.update(done(), ChangeTask(done().version, {"note": "x"}))


def test_a_change_needs_the_version_that_was_read_and_tells_what_differs() -> None:
    with pytest.raises(Stale):
        model.update(make(), ChangeTask(9))
    assert not model.update(make(), ChangeTask(1)).changed
    changed = model.update(make(), ChangeTask(1, {"pinned": 90}))
    assert changed.events[0].changes == {"pinned": (None, 90)}


def test_tasks_that_have_not_begun_follow_the_guest() -> None:
    place = Place(OTHER_ROOM, "202", "2", 2.0)
    moved = model.follow(make(), place)
    assert kinds(moved) == ["updated"]
    assert (moved.record.space_id, moved.record.floor) == (OTHER_ROOM, "2")
    assert not model.follow(started(), place).changed
    assert not model.follow(make(), Place(ROOM)).changed
    assert not model.follow(model.cancel(make(), WHY, supervisor(), NOW).record, place).changed


def test_the_priority_is_put_into_the_last_fact_and_raises_no_version() -> None:
    score = model.score(model.Scene("checkout_cleaning", NOW, NOW + HOUR), NOW)
    decision = model.scored(model.delay(make(), Delay("Linen", NOW + 2 * HOUR), NOW), score)
    assert decision.events[-1].data.priority == score.value == decision.record.priority
    assert decision.record.version == 2
    assert decision.record.priority_at == score.changes_at
    ended = model.scored(Decision(done()), score)
    assert (ended.events, ended.record.priority_at) == ((), None)


def test_the_moves_shown_are_those_that_this_person_can_make() -> None:
    assert model.allowed(make(), person()) == ("start", "refuse", "delay", "update", "help")
    assert model.allowed(make(), person(permissions=frozenset({"task.read"}))) == ()
    bens = model.assign(make(), BEN, supervisor(), NOW).record
    assert model.allowed(bens, person()) == ("delay", "update")
    assert "help" in model.allowed(bens, supervisor())
    assert model.allowed(done(), person()) == ()
    assert model.allowed(done(), supervisor()) == ("verify", "reject")


def test_the_public_record_speaks_the_older_words_too() -> None:
    task = model.pause(started(booking_reference="B-1"), GO, person(), NOW).record
    data = model.data(task)
    assert (data.state, data.status, data.booking_reference) == ("paused", "in_progress", "B-1")
    assert data.venue_id == data.space_id == data.room_id
    assert model.data(replace(task, room_number=None)).room_id is None


Act = Callable[[Task, Actor, datetime], Decision[Task]]
ACTS: dict[str, Act] = {
    "assign": lambda task, actor, now: model.assign(task, ANA, actor, now),
    "start": lambda task, actor, now: model.start(task, GO, actor, now),
    "pause": lambda task, actor, now: model.pause(task, GO, actor, now),
    "resume": lambda task, actor, now: model.resume(task, GO, actor, now),
    "complete": lambda task, actor, now: model.complete(task, GO, actor, now),
    "verify": lambda task, actor, now: model.verify(task, GO, actor, now),
    "reject": lambda task, actor, now: model.reject(task, WHY, actor, now),
    "cancel": lambda task, actor, now: model.cancel(task, WHY, actor, now),
    "refuse": lambda task, actor, now: model.refuse(task, WHY, actor, now),
    "help": lambda task, actor, now: model.ask_help(task, GO, actor, now),
    "delay": lambda task, _, now: model.delay(task, Delay("Linen", now + HOUR), now),
    "overdue": lambda task, _, now: (
        model.overdue(task, now) if task.delay_at and task.delay_at <= now else Decision(task)
    ),
}


@given(st.lists(st.tuples(st.sampled_from(sorted(ACTS)), st.integers(0, 90), st.booleans()), max_size=25))
def test_whatever_people_do_the_record_stays_sound(walk: list[tuple[str, int, bool]]) -> None:
    task, now = make(), NOW
    told: list[Any] = []
    for name, minutes, above in walk:
        now += timedelta(minutes=minutes)
        actor = supervisor() if above else person()
        try:
            decision = ACTS[name](task, actor, now)
        except Refusal:
            continue
        assert [one.version for one in decision.events] == list(range(task.version + 1, decision.record.version + 1))
        told += [one.changes["delayed_for"][1] for one in decision.events if one.type is events.DELAYED]
        assert (decision.record.state is TaskState.PENDING) == (decision.record.assignee_id is None) or (
            decision.record.state in {TaskState.CANCELLED, TaskState.REFUSED}
        )
        assert decision.record.state in model.OPEN or decision.record.delay_at is None
        assert decision.record.changed_at >= task.changed_at
        task = decision.record
    assert len(told) == len(set(told))


def test_only_the_cleaning_of_a_room_moves_it() -> None:
    assert make().moves_room
    assert not make(kind=TaskType.INSPECTION).moves_room
    assert not replace(make(), room_number=None).moves_room
