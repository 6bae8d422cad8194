"""Facts that are published: their types, declared once, and their occurrences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class EventType:
    """One kind of fact. `payload` is a frozen dataclass: the closed shape of its data.

    `permission` is what a person needs to hear it live; without one nobody does. `narrows`: it may take access away.
    """

    name: str
    summary: str
    subject: str
    payload: type[Any]
    rabbitmq: str | None = None
    redis: str | None = None
    socketio: str | None = None
    permission: str | None = None
    narrows: bool = False

    @property
    def live(self) -> str:
        """Its name on a live channel: the short one where there is one."""
        return self.socketio or self.name


@dataclass(frozen=True, slots=True)
class Event:
    """A fact about one aggregate. `version` is the aggregate's after it; two facts never share one."""

    type: EventType
    stream: UUID
    subject: UUID
    version: int
    data: Any
    changes: Mapping[str, tuple[Any, Any]] = field(default_factory=dict[str, tuple[Any, Any]])


def changes(before: Any | None, after: Any) -> dict[str, tuple[Any, Any]]:
    """The fields that differ between two records of one type: name → (before, after); all that are set when new."""
    found: dict[str, tuple[Any, Any]] = {}
    for one in fields(after):
        old = None if before is None else getattr(before, one.name)
        new = getattr(after, one.name)
        if old != new and one.name != "version":
            found[one.name] = (old, new)
    return found
