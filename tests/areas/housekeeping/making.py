"""Tasks and people for tests of housekeeping."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from serai.areas.checklists.model import Kind, Line
from serai.areas.housekeeping import model
from serai.areas.housekeeping.model import CreateTask, Place, Setting, Task, TaskType
from serai.kernel.actor import Actor, ActorKind

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
TENANT, PROPERTY, ROOM, OTHER_ROOM, ANA, BEN = (UUID(int=number) for number in range(1, 7))
WORKER = frozenset({"task.read", "task.start", "task.update", "task.delay"})
SUPERVISOR = WORKER | {"task.assign", "task.verify", "task.cancel", "task.create"}
CLEANING = TaskType.CHECKOUT_CLEANING


def person(id_: UUID = ANA, permissions: frozenset[str] = WORKER) -> Actor:
    """A member of staff with these permissions in the property."""
    return Actor(TENANT, ActorKind.STAFF, id_, "Ana", frozenset(), {PROPERTY: permissions})


def supervisor() -> Actor:
    """Somebody else, who gives out and judges work."""
    return person(UUID(int=9), SUPERVISOR)


def line(key: str, kind: Kind, **given: Any) -> Line:
    """A line of a checklist."""
    values: dict[str, Any] = {"required": True, "low": None, "high": None, "unit": None, "choices": (), **given}
    return Line(key, key.title(), kind, **values)


def make(kind: TaskType = CLEANING, *, checklist: tuple[Line, ...] = (), sla: int | None = 60, **given: Any) -> Task:
    """A new task in room 101."""
    setting = Setting(Place(ROOM, "101", "1", 1.5), checklist, sla)
    cmd = CreateTask(PROPERTY, kind, ROOM, **given)
    return model.create(UUID(int=77), cmd, setting, person(), NOW).record
