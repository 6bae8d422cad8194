"""The commands and questions about tenants and properties."""

from __future__ import annotations

from uuid import UUID

from serai.access import directory
from serai.access.tenancy import model, store
from serai.access.tenancy.model import ChangeProperty, CreateProperty, CreateTenant, Policies, Property, Tenant
from serai.kernel.actor import system
from serai.kernel.errors import Conflict, Forbidden
from serai.kernel.ids import new_id
from serai.kernel.text import text
from serai.runtime.db.tx import ReadTx
from serai.runtime.events.journal import open_stream
from serai.runtime.http import ListQuery, Page, page
from serai.runtime.work import House, Work

__all__ = ["ChangeProperty", "CreateProperty", "CreateTenant", "Policies", "Property", "Tenant"]
SORTS = ("code",)
SLA_SHELF = "access.sla_minutes"
"""Where a house keeps the minutes of a new hotel that names none itself, by kind of task."""


async def create_tenant(house: House, cmd: CreateTenant, *, tenant_id: UUID | None = None) -> Tenant:
    """Take on a hotel company, in a transaction of its own; a code that is taken is refused."""
    tenant_id = tenant_id or new_id()

    async def act(work: Work) -> Tenant:
        decision = model.create_tenant(tenant_id, cmd)
        tenant = decision.record
        if not await directory.add_tenant(work.tx, tenant.code, tenant.name, platform=tenant.platform):
            raise Conflict(text("There is a tenant with the code {code} already.", code=cmd.code))
        await open_stream(work.tx, tenant_id, tenant_id)
        await store.insert_tenant(work, tenant)
        work.record(decision.events)
        return tenant

    return await house.do(system(tenant_id, "tenant create"), act)


async def find_tenant(house: House, code: str) -> directory.TenantEntry | None:
    """The tenant with this code, from the directory."""
    async with house.db.directory() as tx:
        return await directory.tenant_by_code(tx, code)


async def get_tenant(tx: ReadTx, tenant_id: UUID) -> Tenant:
    """The tenant itself."""
    return await store.get_tenant(tx, tenant_id)


async def change_tenant(work: Work, version: int, *, second_factor_required: bool) -> Tenant:
    """Say whether managers need a second factor; only who manages the whole company may."""
    if work.actor.where("settings.manage") is not None:
        raise Forbidden("Only who manages the whole company may change it.", permission="settings.manage")
    before = await store.get_tenant(work.tx, work.tenant_id, lock=True)
    decision = model.change_tenant(before, version, second_factor_required=second_factor_required)
    if decision.changed:
        await store.save_tenant(work, decision.record)
        work.record(decision.events)
    return decision.record


async def get_property(tx: ReadTx, tenant_id: UUID, property_id: UUID) -> Property:
    """A property of the tenant with its policies, or NotFound; read once in a transaction."""
    found = tx.kept.get(property_id)
    if found is None:
        found = tx.kept[property_id] = await store.get(tx, tenant_id, property_id)
    return found


async def property_by_code(tx: ReadTx, tenant_id: UUID, code: str) -> Property:
    """The property with this code, or NotFound."""
    return await store.by_code(tx, tenant_id, code)


async def list_properties(
    tx: ReadTx, tenant_id: UUID, seen: tuple[UUID, ...] | None, query: ListQuery
) -> Page[Property]:
    """The properties `seen` (None: all of the tenant), by code."""
    query.sorted_by(SORTS)
    after = query.after(str, UUID)
    mine = None if seen is None else list(seen)
    found = await store.find(tx, tenant_id, mine, (after[0], after[1]) if after else None, query.limit + 1)
    total = await store.count(tx, tenant_id, mine) if query.count else None
    return page(found, query, lambda one: (one.code, one.id), total)


async def all_properties(tx: ReadTx, tenant_id: UUID, seen: tuple[UUID, ...] | None = None) -> list[Property]:
    """The first 1,000 properties `seen` (None: all of the tenant), by code."""
    return await store.find(tx, tenant_id, None if seen is None else list(seen), None, 1000)


async def create_property(work: Work, cmd: CreateProperty, *, property_id: UUID | None = None) -> Property:
    """Open a hotel; it takes the right to manage properties in the whole tenant."""
    if work.actor.properties() is not None:
        raise Forbidden("Only who manages the whole company opens a hotel.", permission="property.manage")
    decision = model.create_property(property_id or new_id(), cmd, work.actor)
    await open_stream(work.tx, work.tenant_id, decision.record.id)
    await store.insert(work, decision.record, work.now)
    work.record(decision.events)
    return decision.record


async def change_property(work: Work, property_id: UUID, cmd: ChangeProperty) -> Property:
    """Change a hotel, its policies or both; each asks for its own permission."""
    hotel = await store.lock(work.tx, work.tenant_id, property_id)
    work.actor.need("property.read", property_id)
    if cmd.fields:
        work.actor.need("property.manage", property_id)
    if cmd.policies:
        work.actor.need("settings.manage", property_id)
    decision = model.change_property(hotel, cmd)
    if decision.changed:
        await store.save(work, decision.record)
        work.tx.kept.pop(property_id, None)
        work.record(decision.events)
    return decision.record
