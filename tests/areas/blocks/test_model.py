"""What becomes of a window, without a database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from serai.areas.blocks import events, model
from serai.areas.blocks.model import ChangeWindow, Hold, Kind, Place, Schedule, Touched, Window, WindowState
from serai.kernel.actor import Actor, system
from serai.kernel.errors import IllegalMove, Invalid
from serai.kernel.ids import new_id

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
DAY = timedelta(days=1)
HOUSE: Actor = system(new_id(), "house")


def window() -> Window:
    """Planned from now on, for a day."""
    space = new_id()
    cmd = Schedule(space, Kind.OUT_OF_ORDER, NOW + DAY, "painting")
    return model.schedule(new_id(), cmd, Place(new_id(), space, "101"), HOUSE, NOW).record


def held(order: str = "mnt_1") -> Window:
    """A fault's, active."""
    space = new_id()
    cmd = Hold(space, order, Kind.OUT_OF_SERVICE, "hvac")
    made = model.hold(new_id(), cmd, Place(new_id(), space, "101"), NOW + DAY, HOUSE, NOW).record
    return model.start(made, NOW).record


def test_the_strictest_kind_is_the_furthest_from_being_sold() -> None:
    assert model.strictest(list(Kind)) is Kind.OUT_OF_INVENTORY
    assert model.strictest([Kind.MAINTENANCE_WINDOW, Kind.OUT_OF_SERVICE]) is Kind.MAINTENANCE_WINDOW


def test_whoever_does_not_hold_a_window_cannot_let_it_go() -> None:
    assert not model.leave(held(), "mnt_2", NOW).changed


def test_a_beginning_moves_only_before_it_is_there_and_not_into_the_past() -> None:
    begun = model.start(window(), NOW).record
    with pytest.raises(Invalid) as refused:
        model.change(begun, ChangeWindow(begun.version, {"starts_at": NOW + timedelta(hours=1)}), NOW)
    assert [one.pointer for one in refused.value.faults] == ["/starts_at"]
    with pytest.raises(Invalid):
        model.change(window(), ChangeWindow(1, {"starts_at": NOW - timedelta(hours=1)}), NOW)


def test_a_change_that_changes_nothing_is_none() -> None:
    assert not model.change(window(), ChangeWindow(1, {"reason_code": "painting"}), NOW).changed


def test_held_it_is_neither_completed_nor_called_off_by_hand() -> None:
    with pytest.raises(IllegalMove, match="Work orders hold it"):
        model.complete(held(), NOW)


def test_stays_that_it_no_longer_touches_are_no_conflict() -> None:
    one, two = Touched("sty_1", "B-1"), Touched("sty_2", "B-2")
    first = model.meet(window(), [one, two], NOW)
    assert first.events[0].type is events.CONFLICT_FOUND
    assert not model.meet(first.record, [two, one], NOW).changed
    assert model.meet(first.record, [two], NOW).events[0].type is events.UPDATED
    assert model.meet(first.record, [], NOW).record.touched == ()


def test_the_clock_is_asked_for_its_next_moment() -> None:
    made = window()
    assert made.due_at == made.starts_at
    assert model.wait(made, NOW).record.due_at == made.ends_at
    over = model.complete(model.start(made, NOW).record, NOW + 2 * DAY).record
    assert (over.state, over.ends_at, over.due_at) == (WindowState.COMPLETED, NOW + DAY, None)
