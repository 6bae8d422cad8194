"""The outcome of deciding: the record as it will be and the facts to tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from serai.kernel.event import Event

Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class Decision(Generic[Record]):
    """`record` after the command; `events` in order. No event means that nothing changed."""

    record: Record
    events: tuple[Event, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether there is anything to save."""
        return bool(self.events)
