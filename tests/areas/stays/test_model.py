"""A stay follows from the newest words about it, whatever their order."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serai.areas.stays import events, model
from serai.areas.stays.model import Hours, NewStay, State, Stay, words
from serai.kernel.errors import IllegalMove

ROOM, OTHER = UUID(int=101), UUID(int=102)
ZONE = ZoneInfo("Europe/Lisbon")
HOURS = Hours(ZONE, time(15), time(11), time(10), time(18))
NEW = NewStay(UUID(int=1), UUID(int=2), UUID(int=3), "R1", 1)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
NIGHTS = {"arrival": "2026-03-02", "departure": "2026-03-05"}


def at(minutes: int) -> datetime:
    return NOON + timedelta(minutes=minutes)


def said(state: State | None, minutes: int, key: str = "", **about: Any) -> dict[str, list[Any]]:
    return words(state, at(minutes), key or f"e{minutes}", about)


def told(*all_said: dict[str, list[Any]]) -> Stay:
    stay = model.begin(NEW, all_said[0], HOURS).record
    for one in all_said[1:]:
        stay = model.hear(stay, one, HOURS).record
    return stay


def seen(stay: Stay) -> Stay:
    return replace(stay, version=0)


CONFIRMED = said(State.CONFIRMED, 0, room_id=str(ROOM), adults=2, **NIGHTS)
CHECKED_IN = said(State.CHECKED_IN, 10)
COMPLETED = said(State.COMPLETED, 20)
CANCELLED = said(State.CANCELLED, 5)


def test_nights_get_the_hours_of_the_property() -> None:
    stay = told(CONFIRMED)
    assert (stay.arrival, stay.departure) == (
        datetime(2026, 3, 2, 15, tzinfo=UTC),
        datetime(2026, 3, 5, 11, tzinfo=UTC),
    )


def test_a_stay_over_the_change_of_clocks_keeps_its_wall_times() -> None:
    stay = told(said(State.CONFIRMED, 0, arrival="2026-03-28", departure="2026-03-30"))
    assert (stay.arrival.hour, stay.departure.hour) == (15, 10)


def test_a_stay_of_no_night_is_day_use() -> None:
    stay = told(said(State.CONFIRMED, 0, arrival="2026-07-02", departure="2026-07-02"))
    assert (stay.arrival.astimezone(ZONE).time(), stay.departure.astimezone(ZONE).time()) == (time(10), time(18))


def test_instants_stand_as_they_are_and_two_equal_ones_are_day_use() -> None:
    early, late = "2026-03-02T07:30:00+00:00", "2026-03-02T09:30:00+01:00"
    stay = told(said(State.CONFIRMED, 0, arrival=early, departure=late))
    assert (stay.arrival.hour, stay.departure.hour) == (7, 8)
    same = told(said(State.CONFIRMED, 0, arrival=early, departure=early))
    assert (same.arrival.hour, same.departure.hour) == (10, 18)


def test_a_departure_before_the_arrival_is_drawn_up_to_it() -> None:
    stay = told(CONFIRMED, said(None, 1, arrival="2026-03-07"))
    assert stay.arrival == stay.departure == datetime(2026, 3, 7, 15, tzinfo=UTC)


def test_what_was_not_said_of_the_dates_follows_what_was() -> None:
    left = told(said(State.COMPLETED, 20, departure="2026-03-05"))
    assert left.arrival.date() == left.departure.date() == date(2026, 3, 5)
    bare = told(COMPLETED)
    assert bare.arrival.date() == bare.departure.date() == NOON.date()


def test_expected_times_are_wall_times_of_their_day_or_instants() -> None:
    stay = told(CONFIRMED, said(None, 1, eta="16:45", etd="2026-03-05T09:00:00+00:00"))
    assert stay.eta == datetime(2026, 3, 2, 16, 45, tzinfo=UTC)
    assert stay.etd == datetime(2026, 3, 5, 9, tzinfo=UTC)


def test_a_completion_before_the_creation_stands_and_the_creation_fills_the_rest() -> None:
    stay = told(COMPLETED, CHECKED_IN, CONFIRMED)
    assert (stay.state, stay.room_id, stay.adults) == (State.COMPLETED, ROOM, 2)
    assert stay.last_event_at == at(20)


def test_an_older_word_does_not_undo_a_newer_one() -> None:
    moved = said(None, 5, room_id=str(OTHER))
    stay = told(CONFIRMED, moved)
    assert model.hear(stay, CONFIRMED, HOURS).record == stay
    assert stay.room_id == OTHER


def test_what_is_new_to_us_but_changes_nothing_makes_no_event() -> None:
    stay = told(CONFIRMED)
    again = model.hear(stay, said(State.CONFIRMED, 3, adults=2), HOURS)
    assert not again.changed
    assert again.record.version == stay.version
    assert again.record.last_event_at == at(3)


def test_a_name_changes_without_an_event_and_is_in_none() -> None:
    named = model.hear(told(CONFIRMED), said(None, 1, guest_name="Ada"), HOURS)
    assert (named.record.guest_name, named.events) == ("Ada", ())
    begun = model.begin(NEW, said(State.CONFIRMED, 0, guest_name="Ada"), HOURS)
    assert "Ada" not in str(begun.events)


def test_each_change_is_an_event_with_a_version_of_its_own() -> None:
    both = model.hear(told(CONFIRMED), said(State.CHECKED_IN, 9, adults=3, room_id=str(OTHER)), HOURS)
    assert [(one.type, one.version) for one in both.events] == [
        (events.STAY_UPDATED, 2),
        (events.STAY_MOVED, 3),
        (events.STAY_CHECKED_IN, 4),
    ]
    assert both.record.version == 4
    assert both.events[1].changes == {"room_id": (ROOM, OTHER)}
    assert both.events[2].data.state == "checked_in"


def test_a_stay_that_begins_completed_is_created_first() -> None:
    decision = model.begin(NEW, COMPLETED, HOURS)
    assert [one.type for one in decision.events] == [events.STAY_CREATED, events.STAY_COMPLETED]


@pytest.mark.parametrize(
    ("heard", "state"),
    [
        ((said(None, 0),), State.CONFIRMED),
        ((CONFIRMED, CANCELLED), State.CANCELLED),
        ((said(State.CONFIRMED, 5), CANCELLED), State.CANCELLED),
        ((CANCELLED, said(None, 9)), State.CANCELLED),
        ((CANCELLED, said(State.CONFIRMED, 6)), State.CONFIRMED),
        ((CANCELLED, said(State.NO_SHOW, 5)), State.NO_SHOW),
        ((said(State.NO_SHOW, 5), said(State.CANCELLED, 6)), State.CANCELLED),
        ((CANCELLED, said(State.CHECKED_IN, 5)), State.CHECKED_IN),
        ((CHECKED_IN, said(State.CANCELLED, 11)), State.CANCELLED),
        ((CHECKED_IN, said(State.CONFIRMED, 12), said(State.CANCELLED, 11)), State.CHECKED_IN),
        ((CHECKED_IN, said(State.CONFIRMED, 12)), State.CHECKED_IN),
        ((CANCELLED, COMPLETED), State.COMPLETED),
        ((COMPLETED, said(State.CANCELLED, 30), said(State.CHECKED_IN, 40)), State.COMPLETED),
    ],
)
def test_the_state_follows_from_the_claims(heard: tuple[dict[str, list[Any]], ...], state: State) -> None:
    assert told(*heard).state is state
    assert told(*reversed(heard)).state is state


def test_the_desk_checks_in_and_out_and_saying_it_twice_changes_nothing() -> None:
    stay = told(CONFIRMED)
    here = model.check_in(stay, at(10), "desk", HOURS).record
    assert here.state is State.CHECKED_IN
    assert not model.check_in(here, at(11), "desk", HOURS).changed
    gone = model.complete(here, at(20), "desk", HOURS).record
    assert gone.state is State.COMPLETED
    assert not model.complete(gone, at(21), "desk", HOURS).changed


def test_a_cancelled_guest_is_not_checked_in_by_hand() -> None:
    with pytest.raises(IllegalMove, match="cancelled"):
        model.check_in(told(CONFIRMED, CANCELLED), at(10), "desk", HOURS)


def test_a_room_given_by_hand_beats_what_was_said_before_at_the_same_moment() -> None:
    stay = told(CONFIRMED)
    given_ = model.amend(stay, {"room_id": str(OTHER)}, at(0), "desk", HOURS).record
    assert given_.room_id == OTHER
    back = model.amend(given_, {"room_id": None}, at(0), "desk", HOURS)
    assert back.record.room_id is None
    assert [one.type for one in back.events] == [events.STAY_MOVED]


def test_what_is_over_is_not_amended() -> None:
    with pytest.raises(IllegalMove, match="no show"):
        model.amend(told(CONFIRMED, said(State.NO_SHOW, 9)), {"eta": "12:00"}, at(30), "desk", HOURS)


DAYS = st.dates(date(2026, 3, 1), date(2026, 3, 9)).map(date.isoformat)
ABOUT = st.fixed_dictionaries(
    {},
    optional={
        "room_id": st.sampled_from([str(ROOM), str(OTHER)]),
        "arrival": DAYS,
        "departure": DAYS,
        "adults": st.integers(1, 3),
        "vip": st.booleans(),
        "eta": st.sampled_from(["14:00", "2026-03-03T10:00:00+00:00"]),
    },
)


@st.composite
def histories(draw: st.DrawFn) -> list[dict[str, list[Any]]]:
    """Everything that is said of a stay, few moments so that ties are common."""
    size = draw(st.integers(1, 8))
    state, minute, sequence = st.sampled_from([None, *State]), st.integers(0, 5), st.integers(0, 1)
    return [words(draw(state), at(draw(minute)), f"e{n}", draw(ABOUT), draw(sequence)) for n in range(size)]


@given(st.data(), histories())
def test_any_order_of_the_events_gives_the_same_stay(data: st.DataObject, history: list[dict[str, list[Any]]]) -> None:
    shuffled = data.draw(st.permutations(history))
    assert seen(told(*history)) == seen(told(*shuffled))


@given(histories(), st.integers(0, 7))
def test_fifty_copies_change_nothing(history: list[dict[str, list[Any]]], which: int) -> None:
    stay = told(*history)
    for _ in range(50):
        again = model.hear(stay, history[which % len(history)], HOURS)
        assert again.record == stay
        assert not again.changed


@given(histories())
def test_events_count_the_versions_and_stay_in_the_machine(history: list[dict[str, list[Any]]]) -> None:
    decision = model.begin(NEW, history[0], HOURS)
    assert [one.version for one in decision.events] == list(range(1, decision.record.version + 1))
    ways = {(source, one.to) for one in model.MACHINE.steps for source in one.sources}
    stay = decision.record
    for one in history[1:]:
        decision = model.hear(stay, one, HOURS)
        versions = range(stay.version + 1, decision.record.version + 1)
        assert [event.version for event in decision.events] == list(versions)
        assert decision.record.state is stay.state or (stay.state, decision.record.state) in ways
        stay = decision.record
        assert stay.arrival <= stay.departure
    assert model.payload(stay).version == stay.version


def test_the_page_of_stays_shows_the_machine() -> None:
    page = (Path(__file__).parents[3] / "docs/areas/stays.md").read_text()
    assert model.MACHINE.mermaid() in page
