"""What follows for work orders when their rooms are closed."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from serai.areas.work_orders import model, store
from serai.areas.work_orders.model import Relocation, WorkOrder
from serai.areas.work_orders.service.making import keep
from serai.runtime.work import Work


async def lock(work: Work, order_id: UUID) -> WorkOrder:
    """The order as it stands by now, held until the end of this work."""
    return await store.lock(work.tx, work.tenant_id, order_id)


async def living_in(work: Work, space_id: UUID) -> list[WorkOrder]:
    """The live orders of a space, held until the end of this work."""
    return await store.lock_of_space(work.tx, work.tenant_id, space_id)


async def note_block(work: Work, order_id: UUID) -> WorkOrder:
    """Its room is closed for it."""
    order = await lock(work, order_id)
    return await keep(work, order, model.note_block(order, work.now))


async def relocate(work: Work, order_id: UUID, stays: Sequence[Relocation]) -> WorkOrder:
    """These guests need another room while its room is closed; each stay is told once."""
    order = await lock(work, order_id)
    return await keep(work, order, model.relocate(order, stays, work.now))
