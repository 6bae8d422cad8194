"""The questions about work orders."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from serai.areas.work_orders import store
from serai.areas.work_orders.model import OrderState, RequestState, WorkOrder
from serai.areas.work_orders.store import Filter
from serai.kernel.actor import Actor
from serai.runtime.db.tx import ReadTx
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


async def get(tx: ReadTx, actor: Actor, order_id: UUID) -> WorkOrder:
    """An order as this caller may read it."""
    order = await store.get(tx, actor.tenant_id, order_id)
    actor.need("workorder.read", order.property_id)
    return order


async def find(tx: ReadTx, actor: Actor, wanted: Wanted, query: ListQuery) -> Page[WorkOrder]:
    """The orders that this caller may read."""
    sort = query.sorted_by(store.SORTS)
    after = query.after(datetime.fromisoformat, UUID)
    seen = actor.where("workorder.read")
    properties = None if seen is None else list(seen)
    if wanted.property_id is not None:
        actor.need("workorder.read", wanted.property_id)
        properties = [wanted.property_id]
    chosen = replace(wanted.filter, properties=properties)
    key = (after[0], after[1]) if after else None
    found = await store.find(tx, actor.tenant_id, chosen, sort, key, query.limit + 1)
    total = await store.count(tx, actor.tenant_id, chosen) if query.count else None
    return page(found, query, lambda one: (one.reported_at, one.id), total)
