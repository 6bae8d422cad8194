"""Who should get an order."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from serai.access.identity import service as identity
from serai.access.tenancy.service import get_property
from serai.areas.categories import service as categories
from serai.areas.staffing import service as staffing
from serai.areas.work_orders import model, store
from serai.areas.work_orders.model import Hint, Origin, Technician, WorkOrder
from serai.kernel.actor import Actor
from serai.runtime.db.tx import ReadTx
from serai.runtime.work import Work


async def hints(tx: ReadTx, actor: Actor, order_id: UUID, now: datetime) -> list[Hint]:
    """Who could get an order, the best first; for who gives orders out."""
    order = await store.get(tx, actor.tenant_id, order_id)
    actor.need("workorder.assign", order.property_id)
    return await _ranked(tx, order, now)


async def choose(work: Work, order: WorkOrder) -> UUID | None:
    """Who gets an order that came by itself at once: the best who fits, where the property wants that."""
    if order.reports[0].origin is Origin.STAFF:
        return None
    hotel = await get_property(work.tx, work.tenant_id, order.property_id)
    if not hotel.policies.gives_orders:
        return None
    return await best(work.tx, order, work.now)


async def best(tx: ReadTx, order: WorkOrder, now: datetime) -> UUID | None:
    """Who fits an order best, but who has it; None if nobody does."""
    found = (one.staff_id for one in await _ranked(tx, order, now) if one.fits)
    return next((one for one in found if one != order.assignee_id), None)


async def _ranked(tx: ReadTx, order: WorkOrder, now: datetime) -> list[Hint]:
    people = await identity.list_staff(tx, order.tenant_id, order.property_id, "technician")
    there = {one.staff_id: one for one in await staffing.on_shift(tx, order.tenant_id, order.property_id, now)}
    kept = await staffing.keeps_roster(tx, order.tenant_id, order.property_id, now)
    busy = await store.open_minutes(tx, order.tenant_id, order.property_id)
    skill = await categories.skill(tx, order.tenant_id, order.category)
    found = (
        Technician(
            one.id, one.name, one.id in there if kept else None, there[one.id].skills if one.id in there else None,
            busy.get(one.id, 0),
        )
        for one in people
    )  # fmt: skip
    return model.hints(found, skill)
