"""Tasks of a list, written once for all who see them alike."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from functools import cache
from typing import Any
from uuid import UUID

import orjson

from serai.areas.housekeeping import service
from serai.areas.housekeeping.api.bodies import show
from serai.areas.housekeeping.model import mine
from serai.areas.housekeeping.service import Listed
from serai.runtime.db.tx import ReadTx
from serai.runtime.http import Call
from serai.runtime.http.rendered import Rendered


async def rendered(call: Call, tx: ReadTx, listed: Sequence[Listed]) -> list[orjson.Fragment]:
    """What `show` says of them: it depends on the task, on the caller's rights there, and on whose task it is."""
    actor = call.actor
    rights = cache(actor.rights)

    def key(one: Listed) -> Hashable:
        return one.id, one.version, one.parts, rights(one.property_id), mine(one, actor)

    async def load(missing: list[Listed]) -> list[tuple[Listed, Any]]:
        return [(one, show(task, actor)) for one, task in await service.load_tasks(tx, actor.tenant_id, missing)]

    kept: Rendered = call.house.shelf.setdefault("housekeeping.rendered", Rendered())
    return await kept.of(listed, key, load, _id)


def _id(one: Listed) -> UUID:
    return one.id
