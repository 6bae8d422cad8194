"""State machines: open steps, refusals, drawings, and walks that never leave."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serai.kernel.errors import IllegalMove
from serai.kernel.machine import Machine, Step


class Door(StrEnum):
    OPEN = "open"
    SHUT = "shut"
    LOCKED_UP = "locked_up"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Record:
    state: Door
    jammed: bool = False


def not_jammed(record: Record) -> str | None:
    return "The door is jammed." if record.jammed else None


MACHINE = Machine(
    "door",
    Door,
    Door.OPEN,
    (
        Step("shut", (Door.OPEN,), Door.SHUT, "door.move", "test.door.shut.v1", (not_jammed,)),
        Step("open_up", (Door.SHUT,), Door.OPEN, "door.move", "test.door.opened.v1"),
        Step("lock", (Door.SHUT,), Door.LOCKED_UP, "door.lock", "test.door.locked.v1", door="loop"),
        Step("unlock", (Door.LOCKED_UP,), Door.SHUT, "door.lock", "test.door.unlocked.v1", door="flow"),
        Step("remove", (Door.OPEN, Door.SHUT), Door.GONE, "door.remove", "test.door.removed.v1"),
    ),
)


def test_a_step_leads_to_its_state() -> None:
    assert MACHINE.take("shut", Record(Door.OPEN)) is Door.SHUT


def test_a_step_from_elsewhere_is_refused_with_the_steps_that_are_open() -> None:
    with pytest.raises(IllegalMove, match=r"It is locked up; open up is not open now\.") as refusal:
        MACHINE.take("open_up", Record(Door.LOCKED_UP))
    assert refusal.value.more == {"state": "locked_up", "allowed": ["unlock"]}


def test_a_guards_reason_is_the_refusal() -> None:
    with pytest.raises(IllegalMove, match="jammed") as refusal:
        MACHINE.take("shut", Record(Door.OPEN, jammed=True))
    assert refusal.value.more["allowed"] == ["remove"]


def test_an_unknown_step_is_a_fault_of_the_program() -> None:
    with pytest.raises(KeyError):
        MACHINE.take("explode", Record(Door.OPEN))


def test_open_steps_are_those_that_the_caller_may_take() -> None:
    assert MACHINE.open(Record(Door.SHUT)) == ("open_up", "lock", "remove")
    assert MACHINE.open(Record(Door.SHUT), lambda permission: permission == "door.lock") == ("lock",)


def test_the_machine_tells_itself_to_programs() -> None:
    told = MACHINE.as_dict()
    assert (told["name"], told["initial"]) == ("door", "open")
    assert told["states"] == ["open", "shut", "locked_up", "gone"]
    assert told["steps"][4] == {
        "name": "remove",
        "from": ["open", "shut"],
        "to": "gone",
        "permission": "door.remove",
        "event": "test.door.removed.v1",
        "door": "route",
    }


def test_the_machine_is_drawn_with_its_beginning_and_its_ends() -> None:
    drawn = MACHINE.mermaid().splitlines()
    assert drawn[:2] == ["stateDiagram-v2", "    [*] --> open"]
    assert "    open --> gone: remove" in drawn
    assert "    shut --> gone: remove" in drawn
    assert [line for line in drawn if line.endswith("--> [*]")] == ["    gone --> [*]"]


@given(walk=st.lists(st.sampled_from([step.name for step in MACHINE.steps]), max_size=30), jammed=st.booleans())
def test_no_walk_leaves_the_machine(walk: list[str], *, jammed: bool) -> None:
    state = MACHINE.initial
    for name in walk:
        record = Record(Door(state), jammed)
        step = MACHINE.step(name)
        if name in MACHINE.open(record):
            state = MACHINE.take(name, record)
            assert state is step.to
        else:
            with pytest.raises(IllegalMove):
                MACHINE.take(name, record)
        assert state in MACHINE.states
