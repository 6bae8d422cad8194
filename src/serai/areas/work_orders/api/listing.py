"""Orders of a list, written once for all who see them alike."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import cache
from typing import Any
from uuid import UUID

import orjson
from fastapi import Response

from serai.areas.work_orders import service
from serai.areas.work_orders.api.bodies import show as plainly
from serai.areas.work_orders.model import WorkOrder, mine, others_work
from serai.areas.work_orders.service import Listed, Wanted
from serai.kernel.actor import Actor
from serai.runtime.db.tx import ReadTx
from serai.runtime.http import CallContext, ListQuery, Page
from serai.runtime.http.rendered import Rendered


async def listed(
    call: CallContext, wanted: Wanted, query: ListQuery, show: Callable[[WorkOrder, Actor], Any] = plainly
) -> Response:
    """A page of orders: what `show` says of one hangs on it, on the caller's rights there, and on whose work it is."""
    actor = call.actor
    rights = cache(actor.rights)
    kept: Rendered = call.house.shelf.setdefault("work_orders.rendered", Rendered())

    def key(one: Listed) -> Hashable:
        own = mine(one, actor), others_work(one.resolved_by, actor)
        return show, one.id, one.version, rights(one.property_id), own

    async def act(tx: ReadTx) -> Page[orjson.Fragment]:
        found = await service.find(tx, actor, wanted, query)

        async def load(missing: list[Listed]) -> list[tuple[Listed, Any]]:
            return [(one, show(order, actor)) for one, order in await service.load(tx, actor.tenant_id, missing)]

        return Page(await kept.of(found.items, key, load, _id), found.next_cursor, found.total)

    return await call.page(act, lambda fragment, _: fragment)


def _id(one: Listed) -> UUID:
    return one.id
