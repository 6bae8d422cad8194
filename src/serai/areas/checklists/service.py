"""The commands and questions about checklist templates."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from serai.access.tenancy.service import get_property
from serai.areas.checklists import model, store
from serai.areas.checklists.model import ChangeTemplate, CreateTemplate, Line, Template
from serai.kernel.actor import Actor
from serai.runtime.db.tx import ReadTx
from serai.runtime.http import ListQuery, Page, page
from serai.runtime.work import Work

SORTS = ("name",)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which templates to list; None says nothing."""

    property_id: UUID | None = None
    task_type: str | None = None
    active: bool | None = None


async def create(work: Work, cmd: CreateTemplate) -> Template:
    """Make a template; a type of task that has an active one already is refused."""
    work.actor.need("checklist.manage", cmd.property_id)
    await get_property(work.tx, work.tenant_id, cmd.property_id)
    decision = model.create(work.new_id(), cmd, work.actor)
    await store.insert(work, decision.record)
    work.record(decision.events)
    return decision.record


async def change(work: Work, template_id: UUID, cmd: ChangeTemplate) -> Template:
    """Change a template; the copies in tasks stay as they are."""
    template = await store.get(work.tx, work.tenant_id, template_id, lock=True)
    work.actor.need("checklist.manage", template.property_id)
    decision = model.change(template, cmd)
    if decision.changed:
        await store.save(work, decision.record, template.version)
        work.record(decision.events)
    return decision.record


async def get(tx: ReadTx, actor: Actor, template_id: UUID) -> Template:
    """A template as this caller may read it."""
    template = await store.get(tx, actor.tenant_id, template_id)
    actor.need("checklist.read", template.property_id)
    return template


async def lines_for(tx: ReadTx, tenant_id: UUID, property_id: UUID, task_type: str) -> tuple[Line, ...]:
    """The lines that a new task of this type takes; none without a template."""
    return model.copy(await store.active_for(tx, tenant_id, property_id, task_type))


async def find(tx: ReadTx, actor: Actor, wanted: Wanted, query: ListQuery) -> Page[Template]:
    """The templates that this caller may read, by name."""
    query.sorted_by(SORTS)
    seen = actor.properties()
    properties = None if seen is None else [one for one in seen if actor.may("checklist.read", one)]
    if wanted.property_id is not None:
        actor.need("checklist.read", wanted.property_id)
        properties = [wanted.property_id]
    after = query.after(str, UUID)
    filters = (properties, wanted.task_type, wanted.active)
    key = (after[0], after[1]) if after else None
    found = await store.find(tx, actor.tenant_id, filters, key, query.limit + 1)
    total = await store.count(tx, actor.tenant_id, filters) if query.count else None
    return page(found, query, lambda one: (one.name, one.id), total)
