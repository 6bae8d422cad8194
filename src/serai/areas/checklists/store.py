"""The SQL of checklist templates."""

from __future__ import annotations

from uuid import UUID

from serai.areas.checklists.model import Template
from serai.kernel.errors import NotFound
from serai.runtime.db.rows import into
from serai.runtime.db.tx import ReadTx
from serai.runtime.work import Work

_GET = "select * from app.checklist where tenant_id = $1 and id = $2"
_FOR = "select * from app.checklist where tenant_id = $1 and property_id = $2 and task_type = $3 and active"
_INSERT = (
    "insert into app.checklist (tenant_id, id, property_id, name, task_type, items, active, version, created_at) "
    "values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id"
)
_UPDATE = (
    "update app.checklist set name = $3, items = $4, active = $5, version = $6 "
    "where tenant_id = $1 and id = $2 and version = $7 returning id"
)
_WHERE = (
    "from app.checklist where tenant_id = $1 and ($2::uuid[] is null or property_id = any($2)) "
    "and ($3::text is null or task_type = $3) and ($4::boolean is null or active = $4)"
)


async def get(tx: ReadTx, tenant_id: UUID, template_id: UUID, *, lock: bool = False) -> Template:
    """A template, locked if asked, or NotFound."""
    row = await tx.fetchrow(_GET + " for update" if lock else _GET, tenant_id, template_id)
    if row is None:
        raise NotFound
    return into(Template, row)


async def active_for(tx: ReadTx, tenant_id: UUID, property_id: UUID, task_type: str) -> Template | None:
    """The template of a type of task, if the property has one."""
    row = await tx.fetchrow(_FOR, tenant_id, property_id, task_type)
    return None if row is None else into(Template, row)


async def insert(work: Work, made: Template) -> None:
    """Save a new template."""
    await work.save(
        _INSERT,
        made.tenant_id, made.id, made.property_id, made.name, made.task_type, made.items, made.active,
        made.version, work.now,
    )  # fmt: skip


async def save(work: Work, after: Template, version: int) -> None:
    """Save a change to the version that was read."""
    await work.save(_UPDATE, after.tenant_id, after.id, after.name, after.items, after.active, after.version, version)


async def find(
    tx: ReadTx,
    tenant_id: UUID,
    filters: tuple[list[UUID] | None, str | None, bool | None],
    after: tuple[str, UUID] | None,
    limit: int,
) -> list[Template]:
    """Templates by name."""
    rows = await tx.fetch(
        f"select * {_WHERE} and ($5::text is null or (name, id) > ($5, $6::uuid)) order by name, id limit $7",
        tenant_id, *filters, *(after or (None, None)), limit,
    )  # fmt: skip
    return [into(Template, row) for row in rows]


async def count(tx: ReadTx, tenant_id: UUID, filters: tuple[list[UUID] | None, str | None, bool | None]) -> int:
    """How many such templates there are."""
    return await tx.fetchval(f"select count(*) {_WHERE}", tenant_id, *filters)
