"""Promises about work orders: told when they fall due, timed anew, explained."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from serai.areas.sla import service as sla
from serai.areas.sla.model import Terms
from serai.areas.work_orders import model, store
from serai.areas.work_orders.model import Explained, OrderState, Target, WorkOrder
from serai.areas.work_orders.service.hinting import best
from serai.areas.work_orders.service.making import keep
from serai.areas.work_orders.service.reading import get
from serai.kernel.actor import Actor
from serai.runtime.db.tx import ReadTx
from serai.runtime.work import Work


async def fall_due(work: Work, ids: list[UUID]) -> None:
    """The clock: tell what is about to be broken, and what is, and take the steps that follow."""
    known: dict[tuple[UUID, str, str], Terms] = {}
    for order in await store.lock_many(work.tx, work.tenant_id, ids):
        after = await _looked_up(work, order, known) if order.terms_old else order
        while (decision := model.tick(after, work.now)).changed:
            taken = set(decision.record.escalated) - set(after.escalated)
            step = next((one for one in after.terms.steps if one.key in taken), None)
            after = await keep(work, after, decision)
            if step is not None and step.reassigns:
                after = await _reassign(work, after)
        if after.version == order.version:
            await store.save_moment(work, model.timed(after))


async def _reassign(work: Work, order: WorkOrder) -> WorkOrder:
    """To who fits best, unless the work has begun or is a vendor's, or there is nobody else."""
    if order.state not in {OrderState.OPEN, OrderState.ASSIGNED} or order.vendor_id is not None:
        return order
    found = await best(work.tx, order, work.now)
    if found is None:
        return order
    return await keep(work, order, model.assign(order, found, work.actor, work.now))


async def _looked_up(work: Work, order: WorkOrder, known: dict[tuple[UUID, str, str], Terms]) -> WorkOrder:
    key = (order.property_id, order.category, order.severity.value)
    if key not in known:
        known[key] = await sla.terms_for(work.tx, work.tenant_id, *key)
    decision = model.retime(order, known[key], work.now)
    return await keep(work, order, decision) if decision.changed else decision.record


async def retime(work: Work, property_id: UUID | None) -> None:
    """Something else is promised in a property (None: in all): the clock times its live orders anew, some at a time."""
    await store.doubt_terms(work.tx, work.tenant_id, property_id)


async def explain(tx: ReadTx, actor: Actor, order_id: UUID, now: datetime) -> tuple[WorkOrder, list[Explained]]:
    """An order with its promises, line by line."""
    order = await get(tx, actor, order_id)
    return order, [model.explain(order, target, now) for target in Target]
