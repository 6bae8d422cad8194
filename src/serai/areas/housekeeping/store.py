"""The SQL of tasks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from serai.areas.housekeeping.model import Score, Task
from serai.kernel.errors import NotFound
from serai.runtime.db.places import IN_PLACES, placed
from serai.runtime.db.rows import Saved, into
from serai.runtime.db.tx import ReadTx, Row, Tx
from serai.runtime.work import Work


@dataclass(frozen=True, slots=True)
class Listed:
    """A task as a list finds it. Its answer changes with `version` and `parts` (the priority's, as text) alone."""

    id: UUID
    property_id: UUID
    version: int
    assignee_id: UUID | None
    priority: int
    due_at: datetime | None
    created_at: datetime
    parts: str


_SAVED = Saved("task", Task, ("property_id", "type", "origin", "reclean_of", "opened_at", "created_at"))
_NAMES = _SAVED.names
_OPEN = "state in ('pending', 'assigned', 'in_progress', 'paused')"
_UNSTARTED = "state in ('pending', 'assigned')"
_CLEANING = "type in ('checkout_cleaning', 'stay_over_cleaning', 'deep_cleaning')"
_SELECT = f"select {', '.join(_NAMES)} from app.task where tenant_id = $1"  # noqa: S608  # own text
_SCORE = "update app.task set priority = $3, priority_parts = $4, priority_at = $5 where tenant_id = $1 and id = $2"
_WHERE = (
    f"from app.task where tenant_id = $1 and {IN_PLACES} "  # own text
    "and ($3::text[] is null or state = any($3)) and ($4::text[] is null or type = any($4)) "
    "and ($5::uuid is null or assignee_id = $5) and ($6::uuid is null or space_id = $6) "
    "and ($7::text is null or floor = $7) and ($8::text is null or booking_reference = $8) "
    "and ($9::timestamptz is null or due_at >= $9) and ($10::timestamptz is null or due_at < $10) "
    "and ($11::boolean is null or (delayed_at is not null) = $11) "
    "and ($12::timestamptz is null or completed_at >= $12)"
)
_KEYED = tuple(one.name for one in fields(Listed))
_KEYS = ", ".join(_KEYED).replace("parts", "priority_parts::text as parts")
_LIST = f"select {_KEYS} {_WHERE} "
_LOAD = f"select {', '.join(_NAMES)}, priority_parts::text as parts from app.task where tenant_id = $1 and id = any($2)"  # noqa: S608  # own text
_NEVER = datetime(9999, 1, 1, tzinfo=UTC)
_LISTS = {
    "-priority": "and ($13::int is null or (priority, id) < ($13, $14::uuid)) order by priority desc, id desc",
    "priority": "and ($13::int is null or (priority, id) > ($13, $14::uuid)) order by priority, id",
    "due_at": (
        "and ($13::timestamptz is null or (coalesce(due_at, '9999-01-01 00:00:00+00'), id) > ($13, $14::uuid)) "
        "order by coalesce(due_at, '9999-01-01 00:00:00+00'), id"
    ),
    "-created_at": "and ($13::timestamptz is null or (created_at, id) < ($13, $14::uuid)) "
    "order by created_at desc, id desc",
    "created_at": "and ($13::timestamptz is null or (created_at, id) > ($13, $14::uuid)) order by created_at, id",
}
SORTS = tuple(_LISTS)


@dataclass(frozen=True, slots=True)
class Filter:
    """Which tasks a list shows; None shows all. The due moment lies in [after, before)."""

    properties: list[UUID] | None = None
    states: list[str] | None = None
    types: list[str] | None = None
    assignee_id: UUID | None = None
    space_id: UUID | None = None
    floor: str | None = None
    booking_reference: str | None = None
    due_after: datetime | None = None
    due_before: datetime | None = None
    delayed: bool | None = None
    completed_after: datetime | None = None


def sort_key(sort: str, task: Listed) -> tuple[Any, UUID]:
    """What a task is sorted by."""
    name = sort.removeprefix("-")
    return (task.due_at or _NEVER) if name == "due_at" else getattr(task, name), task.id


async def get(tx: ReadTx, tenant_id: UUID, task_id: UUID) -> Task:
    """A task, or NotFound."""
    return _one(await tx.fetchrow(f"{_SELECT} and id = $2", tenant_id, task_id))


async def lock(tx: Tx, tenant_id: UUID, task_id: UUID) -> Task:
    """A task, locked, or NotFound."""
    return _one(await tx.fetchrow(f"{_SELECT} and id = $2 for update", tenant_id, task_id))


async def lock_many(tx: Tx, tenant_id: UUID, task_ids: Sequence[UUID]) -> list[Task]:
    """Those of the tasks that are here, locked in the order of their ids."""
    return _all(await tx.fetch(f"{_SELECT} and id = any($2) order by id for update", tenant_id, list(task_ids)))


async def by_origin(tx: ReadTx, tenant_id: UUID, origin: str) -> Task | None:
    """The task that this origin asked for, whatever became of it."""
    row = await tx.fetchrow(f"{_SELECT} and origin = $2", tenant_id, origin)
    return None if row is None else _one(row)


async def lock_unstarted_of_stay(tx: Tx, tenant_id: UUID, stay_id: UUID) -> list[Task]:
    """The tasks of a stay that have not begun, locked."""
    return _all(
        await tx.fetch(f"{_SELECT} and stay_id = $2 and {_UNSTARTED} order by id for update", tenant_id, stay_id)
    )


async def lock_open_of_room(tx: Tx, tenant_id: UUID, room_id: UUID) -> list[Task]:
    """The open tasks of a room, locked."""
    return _all(await tx.fetch(f"{_SELECT} and space_id = $2 and {_OPEN} order by id for update", tenant_id, room_id))


async def lock_cleaned(tx: Tx, tenant_id: UUID, room_id: UUID) -> Task | None:
    """The room's last completed cleaning that nobody has judged yet, locked."""
    row = await tx.fetchrow(
        f"{_SELECT} and space_id = $2 and state = 'completed' and {_CLEANING} "
        "order by completed_at desc, id desc limit 1 for update",
        tenant_id,
        room_id,
    )
    return None if row is None else _one(row)


async def open_cleaning(tx: ReadTx, tenant_id: UUID, room_id: UUID) -> Task | None:
    """The room's open cleaning: the one that has begun, else the most urgent."""
    row = await tx.fetchrow(
        f"{_SELECT} and space_id = $2 and {_OPEN} and {_CLEANING} "
        "order by started_at nulls last, priority desc, id limit 1",
        tenant_id,
        room_id,
    )
    return None if row is None else _one(row)


async def lock_given(tx: Tx, tenant_id: UUID, property_id: UUID) -> list[Task]:
    """The open tasks of a property, locked in the order of their ids: what a plan looks at."""
    return _all(
        await tx.fetch(f"{_SELECT} and property_id = $2 and {_OPEN} order by id for update", tenant_id, property_id)
    )


async def insert(work: Work, made: Task) -> None:
    """Save a new task."""
    await work.save(*_SAVED.insert(made))


async def save(work: Work, before: Task, after: Task) -> None:
    """Save a change to the version that was read."""
    await work.save(*_SAVED.update(after, before.version))


async def save_score(tx: Tx, task: Task, score: Score) -> None:
    """Save a priority; it is computed and never raises the version."""
    await tx.execute(_SCORE, task.tenant_id, task.id, score.value, score.parts, score.changes_at)


async def find(
    tx: ReadTx, tenant_id: UUID, wanted: Filter, sort: str, after: tuple[Any, UUID] | None, limit: int
) -> list[Listed]:
    """Tasks in the order of `sort`, behind the key `after`; `load` gives the whole of them."""
    rows = await tx.fetch(
        placed(f"{_LIST} {_LISTS[sort]} limit $15", wanted.properties),
        tenant_id,
        *astuple(wanted),
        *(after or (None, None)),
        limit,
    )
    return [Listed(*row) for row in rows]


async def load(tx: ReadTx, tenant_id: UUID, task_ids: Sequence[UUID]) -> list[tuple[Listed, Task]]:
    """Those of the tasks that are here, whole, each as a list finds it."""
    return [
        (Listed(*(row[name] for name in _KEYED)), into(Task, row))
        for row in await tx.fetch(_LOAD, tenant_id, list(task_ids))
    ]


async def count(tx: ReadTx, tenant_id: UUID, wanted: Filter) -> int:
    """How many such tasks there are."""
    return await tx.fetchval(f"select count(*) {_WHERE}", tenant_id, *astuple(wanted))


def _one(row: Row | None) -> Task:
    if row is None:
        raise NotFound
    return into(Task, row)


def _all(rows: Sequence[Row]) -> list[Task]:
    return [into(Task, row) for row in rows]
