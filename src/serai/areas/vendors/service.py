"""The commands and questions about vendors."""

from __future__ import annotations

from uuid import UUID

from serai.access.tenancy.service import get_property
from serai.areas.vendors import model, store
from serai.areas.vendors.model import AddVendor, ChangeVendor, Vendor
from serai.kernel.actor import Actor
from serai.kernel.errors import Forbidden
from serai.kernel.ids import new_id
from serai.runtime.db.tx import ReadTx
from serai.runtime.http import ListQuery, Page, page
from serai.runtime.work import Work

SORTS = ("name",)


async def add(work: Work, cmd: AddVendor) -> Vendor:
    """Take a vendor into the company's book."""
    if cmd.property_id is not None:
        await get_property(work.tx, work.tenant_id, cmd.property_id)
    _need(work.actor, "vendor.manage", cmd.property_id)
    decision = model.add(new_id(int(work.now.timestamp() * 1000)), cmd, work.actor)
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
    seen = actor.where("vendor.read")
    filters = (active, category, None if seen is None else list(seen))
    after = query.after(str, UUID)
    found = await store.find(tx, actor.tenant_id, filters, (after[0], after[1]) if after else None, query.limit + 1)
    total = await store.count(tx, actor.tenant_id, filters) if query.count else None
    return page(found, query, lambda one: (one.name, one.id), total)


def may(actor: Actor, permission: str, property_id: UUID | None) -> bool:
    """Whether the actor may do this to a vendor; to one of all hotels only who may in all of them."""
    return actor.where(permission) is None if property_id is None else actor.may(permission, property_id)


def _need(actor: Actor, permission: str, property_id: UUID | None) -> None:
    if not may(actor, permission, property_id):
        raise Forbidden(f"You need the permission {permission} for this.", permission=permission)
