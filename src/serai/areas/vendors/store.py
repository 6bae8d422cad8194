"""The SQL of vendors."""

from __future__ import annotations

from dataclasses import fields
from uuid import UUID

from serai.areas.vendors.model import Vendor
from serai.kernel.errors import NotFound
from serai.runtime.db.rows import into
from serai.runtime.db.tx import ReadTx
from serai.runtime.work import Work

_NAMES = tuple(one.name for one in fields(Vendor))
_CHANGING = tuple(name for name in _NAMES if name not in {"id", "tenant_id", "property_id"})
_INSERT = (
    f"insert into app.vendor ({', '.join(_NAMES)}) "  # noqa: S608  # own text
    f"values ({', '.join(f'${place}' for place in range(1, len(_NAMES) + 1))}) returning id"
)
_UPDATE = (
    f"update app.vendor set {', '.join(f'{name} = ${place}' for place, name in enumerate(_CHANGING, 4))} "  # noqa: S608  # own text
    "where tenant_id = $1 and id = $2 and version = $3 returning id"
)
_WHERE = (
    "from app.vendor where tenant_id = $1 and ($2::boolean is null or active = $2) "
    "and ($3::text is null or categories = '[]' or categories ? $3) "
    "and (property_id is null or $4::uuid[] is null or property_id = any($4))"
)
Filters = tuple[bool | None, str | None, list[UUID] | None]
"""Whether active, a trade that is served, and the hotels beside those of all; None is all."""


async def get(tx: ReadTx, tenant_id: UUID, vendor_id: UUID, *, lock: bool = False) -> Vendor:
    """A vendor, locked if asked, or NotFound."""
    sql = "select * from app.vendor where tenant_id = $1 and id = $2"
    row = await tx.fetchrow(sql + " for update" if lock else sql, tenant_id, vendor_id)
    if row is None:
        raise NotFound
    return into(Vendor, row)


async def insert(work: Work, made: Vendor) -> None:
    """Save a new one."""
    await work.save(_INSERT, *(getattr(made, name) for name in _NAMES))


async def save(work: Work, before: Vendor, after: Vendor) -> None:
    """Save a change to the version that was read."""
    await work.save(_UPDATE, before.tenant_id, before.id, before.version, *(getattr(after, name) for name in _CHANGING))


async def find(
    tx: ReadTx, tenant_id: UUID, filters: Filters, after: tuple[str, UUID] | None, limit: int
) -> list[Vendor]:
    """Vendors by name."""
    rows = await tx.fetch(
        f"select * {_WHERE} and ($5::text is null or (name, id) > ($5, $6::uuid)) order by name, id limit $7",
        tenant_id, *filters, *(after or (None, None)), limit,
    )  # fmt: skip
    return [into(Vendor, row) for row in rows]


async def count(tx: ReadTx, tenant_id: UUID, filters: Filters) -> int:
    """How many such vendors there are."""
    return await tx.fetchval(f"select count(*) {_WHERE}", tenant_id, *filters)
