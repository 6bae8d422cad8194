"""The commands and questions about costs."""

from __future__ import annotations

from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from serai.access.tenancy.service import get_property
from serai.areas.costs import model, store
from serai.areas.costs.model import Budget, Compared, CostLine, CostSum, Priced, SetBudget
from serai.kernel.actor import Actor
from serai.kernel.clock import business_date
from serai.runtime.db.tx import ReadTx
from serai.runtime.work import Work


async def book(work: Work, cmd: Priced) -> tuple[CostSum, ...]:
    """Write a line, and tell the order's sums. A consequence of another act, whose permission was asked there."""
    hotel = await get_property(work.tx, work.tenant_id, cmd.property_id)
    day = business_date(work.now, ZoneInfo(hotel.zone), hotel.rollover)
    await store.insert(
        work, model.book(_new(work), work.tenant_id, cmd, hotel.currency, day, work.now, work.actor.name)
    )
    return model.sums(await store.of_order(work.tx, work.tenant_id, cmd.order_id))


async def strike(work: Work, ref_id: UUID) -> tuple[CostSum, ...]:
    """It was a slip: its line counts no more, and the order's sums are told. Once struck out, it stays so."""
    line = await store.of(work.tx, work.tenant_id, ref_id)
    if line.struck_at is None:
        await store.strike(work, line)
    return model.sums(await store.of_order(work.tx, work.tenant_id, line.order_id))


async def lines(tx: ReadTx, actor: Actor, property_id: UUID, order_id: UUID) -> list[CostLine]:
    """The lines of an order of this property, the oldest first, struck ones too."""
    actor.need("cost.read", property_id)
    return await store.of_order(tx, actor.tenant_id, order_id)


async def set_budget(work: Work, cmd: SetBudget) -> Budget:
    """Say what a month of a property may cost, for a trade or for all."""
    work.actor.need("cost.manage", cmd.property_id)
    hotel = await get_property(work.tx, work.tenant_id, cmd.property_id)
    before = await store.lock_budget(work.tx, work.tenant_id, cmd.property_id, cmd.month, cmd.category)
    decision = model.set_budget(before, _new(work), work.tenant_id, cmd, hotel.currency)
    if decision.changed and before is None:
        await store.insert_budget(work, decision.record)
    elif decision.changed and before is not None:
        await store.save_budget(work, before, decision.record)
    work.record(decision.events)
    return decision.record


async def budgets(tx: ReadTx, actor: Actor, property_id: UUID, month: str) -> list[Compared]:
    """The budgets of a month beside what was spent."""
    actor.need("cost.read", property_id)
    days = _days(month)
    found = await store.budgets(tx, actor.tenant_id, property_id, month)
    return [
        model.compare(one, await store.spent(tx, actor.tenant_id, property_id, one.category, days)) for one in found
    ]


def _days(month: str) -> tuple[date, date]:
    first = date.fromisoformat(f"{month}-01")
    return first, first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)


def _new(work: Work) -> UUID:
    return work.new_id()
