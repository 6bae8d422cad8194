"""The moves of the work: give out, start, block, resolve, verify, call off."""

from __future__ import annotations

from uuid import UUID

from serai.access.identity import service as identity
from serai.areas.work_orders import model
from serai.areas.work_orders.model import Resolution, Wait, WorkOrder
from serai.areas.work_orders.service.making import keep, locked
from serai.runtime.work import Work


async def assign(work: Work, order_id: UUID, staff_id: UUID) -> WorkOrder:
    """Give it to somebody who works in its property."""
    order = await locked(work, order_id, "workorder.assign")
    await identity.get_worker(work.tx, work.tenant_id, staff_id, order.property_id)
    return await keep(work, order, model.assign(order, staff_id, work.actor, work.now))


async def start(work: Work, order_id: UUID) -> WorkOrder:
    """Begin the work; who starts what nobody has takes it."""
    order = await locked(work, order_id, "workorder.work")
    return await keep(work, order, model.start(order, work.actor, work.now))


async def block(work: Work, order_id: UUID, cmd: Wait) -> WorkOrder:
    """The work waits for something."""
    order = await locked(work, order_id, "workorder.work")
    return await keep(work, order, model.block(order, cmd, work.actor, work.now))


async def unblock(work: Work, order_id: UUID) -> WorkOrder:
    """The work goes on."""
    order = await locked(work, order_id, "workorder.work")
    return await keep(work, order, model.unblock(order, work.actor, work.now))


async def resolve(work: Work, order_id: UUID, cmd: Resolution) -> WorkOrder:
    """The fault is mended."""
    order = await locked(work, order_id, "workorder.work")
    return await keep(work, order, model.resolve(order, cmd, work.actor, work.now))


async def finish(work: Work, order_id: UUID, cmd: Resolution) -> WorkOrder:
    """Resolve it from wherever it stands, in one act."""
    order = await locked(work, order_id, "workorder.work")
    decision = model.finish(order, cmd, work.actor, work.now)
    return await keep(work, order, decision)


async def verify(work: Work, order_id: UUID) -> WorkOrder:
    """Somebody else finds it good."""
    order = await locked(work, order_id, "workorder.verify")
    return await keep(work, order, model.verify(order, work.actor, work.now))


async def reopen(work: Work, order_id: UUID, reason: str) -> WorkOrder:
    """It is not good: the work goes on."""
    order = await locked(work, order_id, "workorder.verify")
    return await keep(work, order, model.reopen(order, reason, work.actor, work.now))


async def cancel(work: Work, order_id: UUID, reason: str) -> WorkOrder:
    """Call it off."""
    order = await locked(work, order_id, "workorder.cancel")
    return await keep(work, order, model.cancel(order, reason, work.actor, work.now))
