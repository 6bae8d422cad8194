"""The questions about tasks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from serai.areas.housekeeping import store
from serai.areas.housekeeping.model import Task
from serai.areas.housekeeping.store import Filter, Listed
from serai.kernel.actor import Actor
from serai.runtime.db.tx import ReadTx
from serai.runtime.http import ListQuery, Page, page


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which tasks to list: of one property if named, and as the filter says."""

    property_id: UUID | None = None
    filter: Filter = field(default_factory=Filter)


async def get_task(tx: ReadTx, actor: Actor, task_id: UUID) -> Task:
    """A task as this caller may read it."""
    task = await store.get(tx, actor.tenant_id, task_id)
    actor.need("task.read", task.property_id)
    return task


async def task_of_origin(tx: ReadTx, tenant_id: UUID, origin: str) -> Task | None:
    """The task that this origin asked for, whatever became of it."""
    return await store.by_origin(tx, tenant_id, origin)


async def list_tasks(tx: ReadTx, actor: Actor, wanted: Wanted, query: ListQuery) -> Page[Listed]:
    """The tasks that this caller may read, as the list finds them."""
    sort = query.sorted_by(store.SORTS)
    after = query.after(int if "priority" in sort else datetime.fromisoformat, UUID)
    seen = actor.properties()
    properties = None if seen is None else [one for one in seen if actor.may("task.read", one)]
    if wanted.property_id is not None:
        actor.need("task.read", wanted.property_id)
        properties = [wanted.property_id]
    chosen = replace(wanted.filter, properties=properties)
    key = (after[0], after[1]) if after else None
    found = await store.find(tx, actor.tenant_id, chosen, sort, key, query.limit + 1)
    total = await store.count(tx, actor.tenant_id, chosen) if query.count else None
    return page(found, query, lambda one: store.sort_key(sort, one), total)


async def load_tasks(tx: ReadTx, tenant_id: UUID, listed: Sequence[Listed]) -> list[tuple[Listed, Task]]:
    """The whole of the tasks that a list found."""
    return await store.load(tx, tenant_id, [one.id for one in listed])
