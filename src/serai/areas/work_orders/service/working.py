"""The moves of the work: give out, start, block, resolve, verify, call off."""

from __future__ import annotations

from uuid import UUID

from serai.access.identity import service as identity
from serai.areas.parts import service as parts
from serai.areas.vendors import service as vendors
from serai.areas.vendors.model import Acknowledgement, Given
from serai.areas.work_orders import model
from serai.areas.work_orders.model import Resolution, Wait, WorkOrder
from serai.areas.work_orders.service.costing import FinalLines, write_lines
from serai.areas.work_orders.service.making import keep, locked
from serai.runtime.work import Work


async def assign(work: Work, order_id: UUID, staff_id: UUID) -> WorkOrder:
    """Give it to somebody who works in its property."""
    order = await locked(work, order_id, "workorder.assign")
    await identity.get_worker(work.tx, work.tenant_id, staff_id, order.property_id)
    await _let_go(work, order)
    return await keep(work, order, model.assign(order, staff_id, work.actor, work.now))


async def assign_vendor(work: Work, order_id: UUID, vendor_id: UUID) -> WorkOrder:
    """Give it to a vendor that serves the trade in its property."""
    order = await locked(work, order_id, "workorder.assign")
    decision = model.assign_vendor(order, vendor_id, work.actor, work.now)
    if decision.changed:
        given = Given(order.property_id, order.id, order.number, order.title, order.category, order.room_number)
        await vendors.dispatch(work, vendor_id, given)
    return await keep(work, order, decision)


async def vendor_said(work: Work, order_id: UUID, cmd: Acknowledgement, *, comes: bool) -> WorkOrder:
    """What its vendor said, written down by somebody; one that does not come has it no more."""
    order = await locked(work, order_id, "workorder.work")
    if comes:
        await vendors.acknowledge(work, order_id, cmd)
        return order
    await vendors.decline(work, order_id, cmd)
    return await keep(work, order, model.unassign(order, work.now))


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


async def resolve(work: Work, order_id: UUID, cmd: Resolution, lines: FinalLines) -> WorkOrder:
    """The fault is mended; the last minutes and parts are written down with it."""
    order = await write_lines(work, await locked(work, order_id, "workorder.work"), lines)
    return await keep(work, order, model.resolve(order, cmd, work.actor, work.now))


async def finish(work: Work, order_id: UUID, cmd: Resolution, lines: FinalLines) -> WorkOrder:
    """Resolve it from wherever it stands, in one act."""
    order = await write_lines(work, await locked(work, order_id, "workorder.work"), lines)
    decision = model.finish(order, cmd, work.actor, work.now)
    return await keep(work, order, decision)


async def verify(work: Work, order_id: UUID) -> WorkOrder:
    """Somebody else finds it good."""
    order = await locked(work, order_id, "workorder.verify")
    await _over(work, order)
    return await keep(work, order, model.verify(order, work.actor, work.now))


async def reopen(work: Work, order_id: UUID, reason: str) -> WorkOrder:
    """It is not good: the work goes on."""
    order = await locked(work, order_id, "workorder.verify")
    return await keep(work, order, model.reopen(order, reason, work.actor, work.now))


async def cancel(work: Work, order_id: UUID, reason: str) -> WorkOrder:
    """Call it off."""
    order = await locked(work, order_id, "workorder.cancel")
    await _over(work, order)
    return await keep(work, order, model.cancel(order, reason, work.actor, work.now))


async def _let_go(work: Work, order: WorkOrder) -> None:
    if order.vendor_id is not None:
        await vendors.release(work, order.id)


async def _over(work: Work, order: WorkOrder) -> None:
    await _let_go(work, order)
    await parts.release_all(work, order.id)
