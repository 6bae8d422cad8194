"""The commands and questions about vendors."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from serai.access.tenancy.service import get_property
from serai.areas.vendors import model, store
from serai.areas.vendors.model import Acknowledgement, AddVendor, ChangeVendor, Dispatch, Given, Vendor
from serai.kernel.actor import Actor
from serai.kernel.decision import Decision
from serai.kernel.errors import Conflict, lacking
from serai.runtime.db.tx import ReadTx
from serai.runtime.http import ListQuery, Page, page
from serai.runtime.work import Work

SORTS = ("name",)


async def add(work: Work, cmd: AddVendor) -> Vendor:
    """Take a vendor into the company's book."""
    if cmd.property_id is not None:
        await get_property(work.tx, work.tenant_id, cmd.property_id)
    _need(work.actor, "vendor.manage", cmd.property_id)
    decision = model.add(work.new_id(), cmd, work.actor)
    await store.insert(work, decision.record)
    work.record(decision.events)
    return decision.record


async def change(work: Work, vendor_id: UUID, cmd: ChangeVendor) -> Vendor:
    """Change a vendor, let it rest, or have it back."""
    before = await store.get(work.tx, work.tenant_id, vendor_id, lock=True)
    if before.property_id is not None:
        work.actor.need("vendor.read", before.property_id)
    _need(work.actor, "vendor.manage", before.property_id)
    decision = model.change(before, cmd)
    if decision.changed:
        await store.save(work, before, decision.record)
        work.record(decision.events)
    return decision.record


async def get(tx: ReadTx, actor: Actor, vendor_id: UUID) -> Vendor:
    """A vendor that this caller may see: of all hotels, or of one of his."""
    found = await store.get(tx, actor.tenant_id, vendor_id)
    if found.property_id is not None:
        actor.need("vendor.read", found.property_id)
    return found


async def find(
    tx: ReadTx, actor: Actor, query: ListQuery, *, active: bool | None = None, category: str | None = None
) -> Page[Vendor]:
    """The vendors of all hotels, and of those of this caller, by name."""
    query.sorted_by(SORTS)
    filters = (active, category, actor.places("vendor.read"))
    after = query.after(str, UUID)
    found = await store.find(tx, actor.tenant_id, filters, (after[0], after[1]) if after else None, query.limit + 1)
    total = await store.count(tx, actor.tenant_id, filters) if query.count else None
    return page(found, query, lambda one: (one.name, one.id), total)


async def dispatch(work: Work, vendor_id: UUID, order: Given) -> Vendor:
    """Give the vendor an order; from another vendor it is taken. The caller has asked for the permission."""
    vendor = await get(work.tx, work.actor, vendor_id)
    model.open_to(vendor, order)
    there = await store.open_dispatch(work.tx, work.tenant_id, order.order_id)
    if there is not None:
        if there.vendor_id == vendor_id:
            return vendor
        await _keep(work, there, model.release(there, work.now))
    decision = model.give(work.new_id(), vendor, order, work.now)
    await store.insert_dispatch(work, decision.record)
    work.record(decision.events)
    return vendor


async def acknowledge(work: Work, order_id: UUID, cmd: Acknowledgement) -> Dispatch:
    """What the vendor of an order said, written down. The caller has asked for the permission."""
    there = await _open(work, order_id)
    return await _keep(work, there, model.acknowledge(there, cmd, work.actor, work.now))


async def decline(work: Work, order_id: UUID, cmd: Acknowledgement) -> Dispatch:
    """The vendor of an order does not come. The caller has asked for the permission."""
    there = await _open(work, order_id)
    return await _keep(work, there, model.decline(there, cmd, work.actor, work.now))


async def release(work: Work, order_id: UUID) -> None:
    """The order is no vendor's any more, if it was one's."""
    there = await store.open_dispatch(work.tx, work.tenant_id, order_id)
    if there is not None:
        await _keep(work, there, model.release(there, work.now))


async def dispatches(
    tx: ReadTx, actor: Actor, query: ListQuery, *,
    vendor_id: UUID | None = None, order_id: UUID | None = None, state: str | None = None,
) -> Page[Dispatch]:  # fmt: skip
    """What vendors were given, as far as this caller may see, the newest first."""
    query.sorted_by(("-sent_at",))
    asked = (actor.places("vendor.read"), vendor_id, order_id, state)
    after = query.after(datetime.fromisoformat, UUID)
    key = (after[0], after[1]) if after else None
    found = await store.dispatches(tx, actor.tenant_id, asked, key, query.limit + 1)
    total = await store.count_dispatches(tx, actor.tenant_id, asked) if query.count else None
    return page(found, query, lambda one: (one.sent_at, one.id), total)


async def of_phone(tx: ReadTx, tenant_id: UUID, phone: str) -> list[Dispatch]:
    """What the vendor with this number has to do, the newest first."""
    return await store.of_phone(tx, tenant_id, phone)


async def get_dispatch(tx: ReadTx, tenant_id: UUID, dispatch_id: UUID) -> Dispatch:
    """What a vendor was given; who may ask was asked before."""
    return await store.get_dispatch(tx, tenant_id, dispatch_id)


async def _open(work: Work, order_id: UUID) -> Dispatch:
    there = await store.open_dispatch(work.tx, work.tenant_id, order_id)
    if there is None:
        raise Conflict("No vendor has this order.")
    return there


async def _keep(work: Work, before: Dispatch, decision: Decision[Dispatch]) -> Dispatch:
    await store.save_dispatch(work, before, decision.record)
    work.record(decision.events)
    return decision.record


def may(actor: Actor, permission: str, property_id: UUID | None) -> bool:
    """Whether the actor may do this to a vendor; to one of all hotels only who may in all of them."""
    return actor.where(permission) is None if property_id is None else actor.may(permission, property_id)


def _need(actor: Actor, permission: str, property_id: UUID | None) -> None:
    if not may(actor, permission, property_id):
        raise lacking(permission)
