"""A state machine as data: checks, allowed actions, pages and tests read it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal

from serai.kernel.errors import IllegalMove
from serai.kernel.text import text, word

Guard = Callable[[Any], str | None]
"""A pure rule: the reason why a record may not take the step, or None."""


@dataclass(frozen=True, slots=True)
class Step:
    """One move. `event` is a catalogue name; `door` says what may cause it."""

    name: str
    sources: tuple[StrEnum, ...]
    to: StrEnum
    permission: str
    event: str
    guards: tuple[Guard, ...] = ()
    door: Literal["route", "flow", "loop"] = "route"


@dataclass(frozen=True, slots=True)
class Machine:
    """The life of one kind of aggregate; its records carry their state in `state`."""

    name: str
    states: type[StrEnum]
    initial: StrEnum
    steps: tuple[Step, ...]
    _near: dict[StrEnum, tuple[Step, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Sort the steps by the states that they leave: lists ask often."""
        near = {state: tuple(one for one in self.steps if state in one.sources) for state in self.states}
        object.__setattr__(self, "_near", near)

    def step(self, name: str) -> Step:
        """The step of that name; an unknown one is a KeyError."""
        for one in self.steps:
            if one.name == name:
                return one
        raise KeyError(name)

    def blocked(self, step: Step, record: Any) -> str | None:
        """Why the record cannot take the step now, or None."""
        if record.state not in step.sources:
            return text("It is {state}; {move} is not open now.", state=word(record.state), move=word(step.name))
        return next((reason for guard in step.guards if (reason := guard(record))), None)

    def take(self, name: str, record: Any) -> StrEnum:
        """The state after the step; refuses with the reason and the steps that are open now."""
        step = self.step(name)
        if reason := self.blocked(step, record):
            raise IllegalMove(reason, state=record.state.value, allowed=list(self.open(record)))
        return step.to

    def open(self, record: Any, may: Callable[[str], bool] = lambda _: True) -> tuple[str, ...]:
        """The names of the steps that this record can take and `may` permits."""
        return tuple(
            one.name
            for one in self._near[record.state]
            if may(one.permission) and not any(guard(record) for guard in one.guards)
        )

    def as_dict(self) -> dict[str, Any]:
        """The machine for programs: states, and steps with their ends, permission, event and door."""
        return {
            "name": self.name,
            "states": [state.value for state in self.states],
            "initial": self.initial.value,
            "steps": [
                {
                    "name": one.name,
                    "from": [source.value for source in one.sources],
                    "to": one.to.value,
                    "permission": one.permission,
                    "event": one.event,
                    "door": one.door,
                }
                for one in self.steps
            ],
        }

    def mermaid(self) -> str:
        """The machine as a Mermaid state diagram."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.initial.value}"]
        for one in self.steps:
            lines += [f"    {source.value} --> {one.to.value}: {one.name}" for source in one.sources]
        leaving = {source for one in self.steps for source in one.sources}
        lines += [f"    {state.value} --> [*]" for state in self.states if state not in leaving]
        return "\n".join(lines) + "\n"
