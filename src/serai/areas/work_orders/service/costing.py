"""What an order costs: minutes, parts and invoices, of which it keeps the sums."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from serai.access.identity import service as identity
from serai.areas.costs import service as costs
from serai.areas.costs.model import CostKind, CostLine, Priced
from serai.areas.files import service as files
from serai.areas.parts import service as parts
from serai.areas.parts.model import Moved, PartUsage
from serai.areas.staffing import service as staffing
from serai.areas.vendors import service as vendors
from serai.areas.vendors.model import Billed, RecordInvoice
from serai.areas.work_orders import model, store
from serai.areas.work_orders.model import Worked, WorkOrder
from serai.areas.work_orders.service.making import keep, locked
from serai.kernel.actor import Actor
from serai.kernel.ids import encode
from serai.runtime.db.tx import ReadTx
from serai.runtime.work import Work


@dataclass(frozen=True, slots=True)
class FinalLines:
    """What is written down as an order is resolved: minutes, and parts with how much of each."""

    labour: tuple[Worked, ...] = ()
    parts: tuple[tuple[UUID, Moved], ...] = ()


async def write_time(work: Work, order_id: UUID, cmd: Worked) -> WorkOrder:
    """Write minutes down: one's own, or, who gives out work, anybody's."""
    return await _time(work, await locked(work, order_id, "workorder.work"), cmd)


async def void_time(work: Work, order_id: UUID, entry_id: UUID) -> WorkOrder:
    """Take a slip back: one's own, or, who gives out work, anybody's."""
    order = await locked(work, order_id, "workorder.work")
    entry = await store.get_time(work.tx, work.tenant_id, order_id, entry_id)
    if entry.staff_id != work.actor.id:
        work.actor.need("workorder.assign", order.property_id)
    if entry.voided_at is not None:
        return order
    await store.void_time(work, model.void(entry, work.now))
    sums = await costs.strike(work, entry_id)
    return await keep(work, order, model.cost(order, sums, work.now, minutes=-entry.minutes))


async def use_part(work: Work, order_id: UUID, part_id: UUID, cmd: Moved) -> WorkOrder:
    """A part of the property's store is used."""
    order, _ = await _part(work, await locked(work, order_id, "workorder.work"), part_id, cmd)
    return order


async def use_part_of(work: Work, order_id: UUID, part_id: UUID, cmd: Moved) -> PartUsage:
    """The same, told as what was used."""
    _, used = await _part(work, await locked(work, order_id, "workorder.work"), part_id, cmd)
    return used


async def strike_part(work: Work, order_id: UUID, usage_id: UUID) -> WorkOrder:
    """A part was not used after all: it is back in the store, and costs nothing."""
    order = await locked(work, order_id, "workorder.work")
    await parts.strike(work, usage_id, order_id)
    return await keep(work, order, model.cost(order, await costs.strike(work, usage_id), work.now))


async def hold_part(work: Work, order_id: UUID, part_id: UUID, quantity: Decimal) -> WorkOrder:
    """Keep so much of a part for the order, until it is used or the order is over; 0 lets it go."""
    order = await locked(work, order_id, "workorder.work")
    if quantity:
        model.live(order)
    await parts.hold(work, order.property_id, part_id, order_id, quantity)
    return order


async def record_invoice(work: Work, order_id: UUID, cmd: RecordInvoice) -> WorkOrder:
    """A vendor's invoice for the order came."""
    order = await locked(work, order_id, "workorder.invoice")
    made = await vendors.record(work, Billed(order.property_id, order_id, order.number), cmd)
    if cmd.file_id is not None:
        await files.attach(work, order.property_id, [cmd.file_id], encode("mnt", order_id))
    what = f"{made.vendor_name} {made.number}" if made.number else made.vendor_name
    line = _line(order, CostKind.INVOICE, made.id, what, Decimal(1), "invoice", made.amount, made.currency)
    return await keep(work, order, model.cost(order, await costs.book(work, line), work.now))


async def strike_invoice(work: Work, order_id: UUID, invoice_id: UUID) -> WorkOrder:
    """An invoice was a slip; one that is in the books is corrected there."""
    order = await locked(work, order_id, "workorder.invoice")
    await vendors.strike_invoice(work, order_id, invoice_id)
    return await keep(work, order, model.cost(order, await costs.strike(work, invoice_id), work.now))


async def write_lines(work: Work, order: WorkOrder, lines: FinalLines) -> WorkOrder:
    """What is written down as an order is resolved, parts in the order of their ids; the caller has asked."""
    for cmd in lines.labour:
        order = await _time(work, order, cmd)
    for part_id, moved in sorted(lines.parts, key=lambda one: one[0]):
        order, _ = await _part(work, order, part_id, moved)
    return order


async def cost_lines(tx: ReadTx, actor: Actor, order_id: UUID) -> Sequence[CostLine]:
    """What an order cost, line by line."""
    order = await store.get(tx, actor.tenant_id, order_id)
    actor.need("workorder.read", order.property_id)
    return await costs.lines(tx, actor, order.property_id, order_id)


async def parts_used(tx: ReadTx, actor: Actor, order_id: UUID) -> list[PartUsage]:
    """The parts that an order used, struck ones too."""
    order = await store.get(tx, actor.tenant_id, order_id)
    actor.need("workorder.read", order.property_id)
    return await parts.used(tx, actor.tenant_id, order_id)


async def _time(work: Work, order: WorkOrder, cmd: Worked) -> WorkOrder:
    if cmd.staff_id is not None and cmd.staff_id != work.actor.id:
        work.actor.need("workorder.assign", order.property_id)
        await identity.get_worker(work.tx, work.tenant_id, cmd.staff_id, order.property_id)
    entry = model.work(order, work.new_id(), cmd, work.actor, work.now)
    await store.insert_time(work, entry)
    rate = await staffing.rate_at(work.tx, work.tenant_id, entry.staff_id, entry.worked_at)
    person = await identity.get_staff(work.tx, work.tenant_id, entry.staff_id)
    price, currency = (rate.amount, rate.currency) if rate else (None, None)
    line = _line(order, CostKind.LABOUR, entry.id, person.name, Decimal(cmd.minutes), "minute", price, currency)
    return await keep(work, order, model.cost(order, await costs.book(work, line), work.now, minutes=cmd.minutes))


async def _part(work: Work, order: WorkOrder, part_id: UUID, cmd: Moved) -> tuple[WorkOrder, PartUsage]:
    model.charged(order)
    used = await parts.use(work, order.property_id, part_id, Moved(cmd.quantity, None, order.id, cmd.note))
    line = _line(order, CostKind.PART, used.id, used.name, used.quantity, used.unit, used.unit_cost, used.currency)
    return await keep(work, order, model.cost(order, await costs.book(work, line), work.now)), used


def _line(  # what every line says of its order, and what it is of
    order: WorkOrder, kind: CostKind, ref_id: UUID, what: str,
    quantity: Decimal, unit: str, price: Decimal | None, currency: str | None,
) -> Priced:  # fmt: skip
    return Priced(
        order.property_id, order.id, kind, ref_id, what, order.category, quantity, unit, price, currency,
        order.asset_id, order.space_id,
    )  # fmt: skip
