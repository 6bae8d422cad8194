"""The commands and questions about promises."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from serai.access.tenancy.service import get_property
from serai.areas.sla import model, store
from serai.areas.sla.model import ChangePolicy, Policy, SetPolicy, Terms
from serai.kernel.actor import Actor
from serai.kernel.errors import lacking
from serai.runtime.db.tx import ReadTx
from serai.runtime.http import ListQuery, Page, page
from serai.runtime.work import Work


async def promise(work: Work, cmd: SetPolicy) -> Policy:
    """Promise something; for all hotels only who may in all of them. Two for the same orders are refused."""
    if cmd.property_id is not None:
        await get_property(work.tx, work.tenant_id, cmd.property_id)
    _need(work.actor, cmd.property_id)
    decision = model.promise(work.new_id(), cmd, work.actor)
    await store.insert(work, decision.record)
    work.record(decision.events)
    return decision.record


async def change(work: Work, policy_id: UUID, cmd: ChangePolicy) -> Policy:
    """Change a promise, or take it back."""
    before = await store.get(work.tx, work.tenant_id, policy_id)
    if before.property_id is not None:
        work.actor.need("sla.read", before.property_id)
    _need(work.actor, before.property_id)
    decision = model.change(before, cmd)
    if decision.changed:
        await store.save(work, before, decision.record)
        work.record(decision.events)
    return decision.record


async def terms_for(tx: ReadTx, tenant_id: UUID, property_id: UUID, category: str, severity: str) -> Terms:
    """What is promised for such an order."""
    hotel = await get_property(tx, tenant_id, property_id)
    policies = await store.living(tx, tenant_id, [property_id])
    return model.terms(policies, property_id, category, severity, hotel.zone)


async def find(tx: ReadTx, actor: Actor, query: ListQuery) -> Page[Policy]:
    """The promises of the company, and of the hotels of this caller."""
    query.sorted_by(("id",))
    places, after = actor.places("sla.read"), query.after(UUID)
    found = await store.find(tx, actor.tenant_id, places, after[0] if after else None, query.limit + 1)
    total = await store.count(tx, actor.tenant_id, places) if query.count else None
    return page(found, query, lambda one: (one.id,), total)


async def count_broken(work: Work, property_id: UUID, day: date) -> int:
    """One promise more was broken in a property on a business date; how many it is."""
    return await store.count_broken(work.tx, work.tenant_id, property_id, day)


def may(actor: Actor, property_id: UUID | None) -> bool:
    """Whether the actor may promise here; for all hotels only who may in all of them."""
    return actor.where("sla.manage") is None if property_id is None else actor.may("sla.manage", property_id)


def _need(actor: Actor, property_id: UUID | None) -> None:
    if not may(actor, property_id):
        raise lacking("sla.manage")
