"""Reporting, judging and describing a fault."""

from __future__ import annotations

from uuid import UUID

from serai.access.tenancy.service import get_property
from serai.areas.spaces import service as spaces
from serai.areas.spaces.model import Room
from serai.areas.work_orders import model, store
from serai.areas.work_orders.model import ChangeOrder, CreateOrder, ReportAgain, Triage, WorkOrder
from serai.kernel.decision import Decision
from serai.kernel.errors import Conflict, NotFound
from serai.kernel.ids import new_id
from serai.runtime.work import Work


async def create(work: Work, cmd: CreateOrder) -> WorkOrder:
    """Report a fault in a room, another space, or the property at large."""
    work.actor.need("workorder.create", cmd.property_id)
    return await make(work, cmd)


async def make(work: Work, cmd: CreateOrder) -> WorkOrder:
    """Make an order as a consequence of another act, whose permission was asked there."""
    await get_property(work.tx, work.tenant_id, cmd.property_id)
    room_number = await _room_number(work, cmd)
    number = await store.next_number(work.tx, work.tenant_id, cmd.property_id)
    born = new_id(int(work.now.timestamp() * 1000))
    decision = model.create(born, number, cmd, room_number, work.actor, work.now)
    await store.insert(work, decision.record)
    work.record(decision.events)
    return decision.record


async def report(work: Work, order_id: UUID, cmd: ReportAgain) -> WorkOrder:
    """Add a report of the same fault."""
    order = await locked(work, order_id, "workorder.create")
    return await keep(work, order, model.report(order, cmd, work.actor, work.now))


async def triage(work: Work, order_id: UUID, cmd: Triage) -> WorkOrder:
    """Judge how bad it is and whose trade."""
    order = await locked(work, order_id, "workorder.assign")
    return await keep(work, order, model.triage(order, cmd, work.now))


async def update(work: Work, order_id: UUID, cmd: ChangeOrder) -> WorkOrder:
    """Change what is described."""
    order = await locked(work, order_id, "workorder.update")
    return await keep(work, order, model.update(order, cmd, work.now))


async def escalate(work: Work, order_id: UUID, reason: str) -> WorkOrder:
    """Bring it to somebody higher, by hand."""
    order = await locked(work, order_id, "workorder.update")
    return await keep(work, order, model.escalate(order, reason, work.now))


async def locked(work: Work, order_id: UUID, permission: str) -> WorkOrder:
    """The order, locked, for who may do this to it; to others who may not see it, it is absent."""
    order = await store.lock(work.tx, work.tenant_id, order_id)
    work.actor.need(permission, order.property_id)
    return order


async def keep(work: Work, before: WorkOrder, decision: Decision[WorkOrder]) -> WorkOrder:
    """Save and record what was decided, if anything changed."""
    if decision.changed:
        await store.save(work, before, decision.record)
        work.record(decision.events)
    return decision.record


async def _room_number(work: Work, cmd: CreateOrder) -> str | None:
    if cmd.space_id is None:
        return None
    space, _ = await spaces.view_space(work.tx, work.actor, cmd.space_id)
    if space.property_id != cmd.property_id:
        raise NotFound
    if space.archived_at is not None:
        raise Conflict("The space is archived.")
    return space.number if isinstance(space, Room) else None
