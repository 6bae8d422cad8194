"""The questions about windows."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from serai.areas.blocks import store
from serai.areas.blocks.model import Window
from serai.areas.blocks.store import Filter
from serai.kernel.actor import Actor
from serai.runtime.db.tx import ReadTx
from serai.runtime.http import ListQuery, Page, page


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which windows to list: of one property if named, and as the filter says."""

    property_id: UUID | None = None
    filter: Filter = field(default_factory=Filter)


async def get(tx: ReadTx, actor: Actor, window_id: UUID) -> Window:
    """A window as this caller may read it."""
    window = await store.get(tx, actor.tenant_id, window_id)
    actor.need("window.read", window.property_id)
    return window


async def closing(tx: ReadTx, tenant_id: UUID, space_id: UUID, span: tuple[datetime, datetime]) -> list[Window]:
    """The live windows of a space in [from, until), by their beginning."""
    return await store.closing(tx, tenant_id, space_id, span)


async def find(tx: ReadTx, actor: Actor, wanted: Wanted, query: ListQuery) -> Page[Window]:
    """The windows that this caller may read."""
    sort = query.sorted_by(store.SORTS)
    after = query.after(datetime.fromisoformat, UUID)
    chosen = replace(wanted.filter, properties=actor.places("window.read", wanted.property_id))
    key = (after[0], after[1]) if after else None
    found = await store.find(tx, actor.tenant_id, chosen, sort, key, query.limit + 1)
    total = await store.count(tx, actor.tenant_id, chosen) if query.count else None
    return page(found, query, lambda one: (one.starts_at, one.id), total)
