"""What vendors want for their work."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from serai.access.tenancy.service import get_property
from serai.areas.vendors import model, store
from serai.areas.vendors.model import Billed, Invoice, RecordInvoice
from serai.areas.vendors.service.vendors import get
from serai.kernel.actor import Actor
from serai.kernel.decision import Decision
from serai.kernel.errors import Fault, Invalid, NotFound
from serai.runtime.db.tx import ReadTx
from serai.runtime.http import ListQuery, Page, page
from serai.runtime.work import Work


async def record(work: Work, billed: Billed, cmd: RecordInvoice) -> Invoice:
    """Write a vendor's invoice for an order down. The caller has asked for the permission."""
    there = await store.last_dispatch(work.tx, work.tenant_id, billed.order_id)
    vendor_id = cmd.vendor_id or (there.vendor_id if there else None)
    if vendor_id is None:
        raise Invalid(faults=[Fault("/vendor_id", "says whose invoice it is; no vendor had this order")])
    vendor = await get(work.tx, work.actor, vendor_id)
    hotel = await get_property(work.tx, work.tenant_id, billed.property_id)
    born = work.new_id()
    decision = model.record(born, vendor, billed, cmd, hotel.currency, work.now, work.actor.name)
    await store.insert_invoice(work, decision.record)
    work.record(decision.events)
    return decision.record


async def strike_invoice(work: Work, order_id: UUID, invoice_id: UUID) -> Invoice:
    """It was a slip. The caller has asked for the permission."""
    invoice = await store.lock_invoice(work.tx, work.tenant_id, invoice_id)
    if invoice.order_id != order_id:
        raise NotFound
    return await _keep(work, invoice, model.strike_invoice(invoice, work.now))


async def post(work: Work, invoice_id: UUID, reference: str | None) -> Invoice:
    """It is in the books."""
    invoice = await store.lock_invoice(work.tx, work.tenant_id, invoice_id)
    work.actor.need("invoice.post", invoice.property_id)
    return await _keep(work, invoice, model.post(invoice, reference, work.now))


async def tell_posted(work: Work, property_id: UUID, invoice_id: UUID, reference: str | None) -> Invoice:
    """Another system says that it is in the books."""
    invoice = await store.lock_invoice(work.tx, work.tenant_id, invoice_id)
    if invoice.property_id != property_id:
        raise NotFound
    return await _keep(work, invoice, model.post(invoice, reference, work.now))


async def find_invoices(
    tx: ReadTx, actor: Actor, query: ListQuery, *,
    property_id: UUID | None = None, vendor_id: UUID | None = None, order_id: UUID | None = None,
    posted: bool | None = None,
) -> Page[Invoice]:  # fmt: skip
    """The invoices that this caller may see, the newest first."""
    query.sorted_by(("-recorded_at",))
    asked = (actor.places("cost.read", property_id), vendor_id, order_id, posted)
    after = query.after(datetime.fromisoformat, UUID)
    key = (after[0], after[1]) if after else None
    found = await store.invoices(tx, actor.tenant_id, asked, key, query.limit + 1)
    total = await store.count_invoices(tx, actor.tenant_id, asked) if query.count else None
    return page(found, query, lambda one: (one.recorded_at, one.id), total)


async def _keep(work: Work, before: Invoice, decision: Decision[Invoice]) -> Invoice:
    if decision.changed:
        await store.save_invoice(work, before, decision.record)
        work.record(decision.events)
    return decision.record
