"""Facts and decisions: what changed, and whether anything did."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

from serai.kernel.decision import Decision
from serai.kernel.event import Event, EventType, changes


@dataclass(frozen=True, slots=True)
class Lamp:
    name: str
    lit: str
    room: str | None
    version: int


LIT = EventType("test.lamp.lit.v1", "A lamp was lit.", "lmp", Lamp)


def test_changes_name_what_differs_and_leave_the_version_out() -> None:
    assert changes(Lamp("a", "off", None, 1), Lamp("a", "on", None, 2)) == {"lit": ("off", "on")}
    assert changes(Lamp("a", "off", None, 1), Lamp("a", "off", None, 2)) == {}


def test_all_that_is_set_on_a_new_record_is_a_change() -> None:
    assert changes(None, Lamp("a", "off", None, 1)) == {"name": (None, "a"), "lit": (None, "off")}


def test_a_decision_without_an_event_changes_nothing() -> None:
    lamp = Lamp("a", "on", None, 1)
    lit = Event(LIT, uuid4(), uuid4(), 1, lamp)
    assert Decision(lamp, (lit,)).changed
    assert not Decision(lamp).changed
    assert dict(lit.changes) == {}
