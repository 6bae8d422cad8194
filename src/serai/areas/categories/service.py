"""The commands and questions about categories."""

from __future__ import annotations

from uuid import UUID

from serai.areas.categories import model, store
from serai.areas.categories.model import AddCategory, Category, ChangeCategory
from serai.kernel.actor import Actor
from serai.kernel.errors import Fault, Invalid, NotFound, lacking
from serai.runtime.db.tx import ReadTx
from serai.runtime.work import Work

MANAGE = "category.manage"


async def everything(tx: ReadTx, tenant_id: UUID) -> list[Category]:
    """All categories of the company, by code, those that are put away too."""
    return model.complete(tenant_id, await store.kept(tx, tenant_id))


async def named(tx: ReadTx, tenant_id: UUID, code: str) -> Category:
    """The category of a code that may be used; else Invalid."""
    found = {one.code: one for one in model.complete(tenant_id, await store.kept(tx, tenant_id, code))}.get(code)
    if found is None or not found.active:
        raise Invalid(faults=[Fault("/category", "is none of the company's categories")])
    return found


async def skill(tx: ReadTx, tenant_id: UUID, code: str) -> str:
    """What somebody can who does work of a category, one that is put away too."""
    return next((one.skill for one in await everything(tx, tenant_id) if one.code == code), code)


async def add(work: Work, cmd: AddCategory) -> Category:
    """A trade of the company's own."""
    _need(work.actor)
    there = await everything(work.tx, work.tenant_id)
    decision = model.add(work.new_id(), work.tenant_id, cmd, there)
    await store.insert(work, decision.record)
    work.record(decision.events)
    return decision.record


async def change(work: Work, category_id: UUID, cmd: ChangeCategory) -> Category:
    """Rename a trade, put it away, or have it back."""
    _need(work.actor)
    before = next((one for one in await everything(work.tx, work.tenant_id) if one.id == category_id), None)
    if before is None:
        raise NotFound
    decision = model.change(before, cmd)
    if decision.changed:
        await store.save(work, before, decision.record)
        work.record(decision.events)
    return decision.record


def may(actor: Actor) -> bool:
    """Whether the actor may change the company's categories: who may in all of its hotels."""
    return actor.where(MANAGE) is None


def _need(actor: Actor) -> None:
    if not may(actor):
        raise lacking(MANAGE, everywhere=True)
