"""The questions about work orders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from serai.access.audit import Entry, Filters, audit
from serai.areas.work_orders import store
from serai.areas.work_orders.model import Note, OrderState, RequestState, TimeEntry, WorkOrder
from serai.areas.work_orders.store import Filter, Listed
from serai.kernel.actor import Actor
from serai.runtime.db.tx import ReadTx, Row
from serai.runtime.http import ListQuery, Page, page


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which orders to list: of one property if named, and as the filter says."""

    property_id: UUID | None = None
    filter: Filter = field(default_factory=Filter)


_STANDING: Final[dict[RequestState, tuple[list[OrderState], bool | None, bool | None]]] = {
    RequestState.REPORTED: ([OrderState.OPEN], False, False),
    RequestState.TRIAGED: ([OrderState.OPEN], True, False),
    RequestState.SCHEDULED: ([OrderState.OPEN, OrderState.ASSIGNED], None, True),
    RequestState.IN_PROGRESS: ([OrderState.IN_PROGRESS, OrderState.BLOCKED], None, None),
    RequestState.COMPLETED: ([OrderState.RESOLVED, OrderState.VERIFIED], None, None),
    RequestState.CANCELLED: ([OrderState.CANCELLED], None, None),
}
"""States, whether triaged, whether planned or given to somebody."""


def standing(wanted: Wanted, status: RequestState) -> Wanted:
    """The orders that stand so, seen as requests."""
    states, triaged, scheduled = _STANDING[status]
    chosen = replace(wanted.filter, states=[one.value for one in states], triaged=triaged, scheduled=scheduled)
    return replace(wanted, filter=chosen)


def breached(wanted: Wanted) -> Wanted:
    """The orders of which a promise was broken."""
    return replace(wanted, filter=replace(wanted.filter, breached=True))


async def get(tx: ReadTx, actor: Actor, order_id: UUID) -> WorkOrder:
    """An order as this caller may read it."""
    order = await store.get(tx, actor.tenant_id, order_id)
    actor.need("workorder.read", order.property_id)
    return order


async def notes(tx: ReadTx, actor: Actor, order_id: UUID, query: ListQuery) -> Page[Note]:
    """What was said of an order, the newest first."""
    await get(tx, actor, order_id)
    query.sorted_by(("-at",))
    after = query.after(UUID)
    found = await store.notes(tx, actor.tenant_id, order_id, after[0] if after else None, query.limit + 1)
    total = await store.count_notes(tx, actor.tenant_id, order_id) if query.count else None
    return page(found, query, lambda one: (one.id,), total)


async def times(tx: ReadTx, actor: Actor, order_id: UUID, query: ListQuery) -> Page[TimeEntry]:
    """The minutes that were written down for an order, the newest first."""
    await get(tx, actor, order_id)
    query.sorted_by(("-at",))
    after = query.after(UUID)
    found = await store.times(tx, actor.tenant_id, order_id, after[0] if after else None, query.limit + 1)
    total = await store.count_times(tx, actor.tenant_id, order_id) if query.count else None
    return page(found, query, lambda one: (one.id,), total)


async def history(tx: ReadTx, actor: Actor, order_id: UUID, query: ListQuery) -> Page[Entry]:
    """Every change of an order, the newest first: who, when, before and after."""
    order = await get(tx, actor, order_id)
    return await audit(tx, actor.tenant_id, Filters(order.id, None, None, None, [order.property_id]), query)


async def performance(tx: ReadTx, actor: Actor, property_id: UUID | None, span: tuple[datetime, datetime]) -> list[Row]:
    """How promises were kept, of orders reported in [from, until)."""
    return await store.performance(tx, actor.tenant_id, actor.places("workorder.read", property_id), span)


async def find(tx: ReadTx, actor: Actor, wanted: Wanted, query: ListQuery) -> Page[Listed]:
    """The orders that this caller may read, as the list finds them."""
    sort = query.sorted_by(store.SORTS)
    after = query.after(datetime.fromisoformat, UUID)
    chosen = replace(wanted.filter, properties=actor.places("workorder.read", wanted.property_id))
    key = (after[0], after[1]) if after else None
    found = await store.find(tx, actor.tenant_id, chosen, sort, key, query.limit + 1)
    total = await store.count(tx, actor.tenant_id, chosen) if query.count else None
    return page(found, query, lambda one: (one.reported_at, one.id), total)


async def load(tx: ReadTx, tenant_id: UUID, listed: Sequence[Listed]) -> list[tuple[Listed, WorkOrder]]:
    """The whole of the orders that a list found, each as a list would find it now."""
    whole = await store.load(tx, tenant_id, [one.id for one in listed])
    return [(Listed(*(getattr(one, name) for name in store.KEYS)), one) for one in whole]
