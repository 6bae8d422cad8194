"""The SQL of discrepancies."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from serai.areas.discrepancies.model import Discrepancy
from serai.kernel.errors import NotFound
from serai.runtime.db.rows import Saved, into
from serai.runtime.db.tx import ReadTx
from serai.runtime.work import Work

_SAVED = Saved("discrepancy", Discrepancy, ("property_id", "room_id", "stay_id", "found_at", "found_by"))
_WHERE = (
    "from app.discrepancy where tenant_id = $1 and ($2::uuid[] is null or property_id = any($2)) "
    "and ($3::text is null or state = $3) and ($4::uuid is null or room_id = $4)"
)
Filters = tuple[list[UUID] | None, str | None, UUID | None]
"""Properties, state and room; None is all."""


async def get(tx: ReadTx, tenant_id: UUID, discrepancy_id: UUID, *, lock: bool = False) -> Discrepancy:
    """A discrepancy, locked if asked, or NotFound."""
    sql = "select * from app.discrepancy where tenant_id = $1 and id = $2"
    row = await tx.fetchrow(sql + " for update" if lock else sql, tenant_id, discrepancy_id)
    if row is None:
        raise NotFound
    return into(Discrepancy, row)


async def lock_open(work: Work, room_id: UUID) -> Discrepancy | None:
    """The open one of a room, locked."""
    row = await work.tx.fetchrow(
        "select * from app.discrepancy where tenant_id = $1 and room_id = $2 and state = 'open' for update",
        work.tenant_id, room_id,
    )  # fmt: skip
    return None if row is None else into(Discrepancy, row)


async def insert(work: Work, made: Discrepancy) -> None:
    """Save a new one."""
    await work.save(*_SAVED.insert(made))


async def save(work: Work, after: Discrepancy) -> None:
    """Save a change to the version that was read."""
    await work.save(*_SAVED.update(after, after.version - 1))


async def find(
    tx: ReadTx, tenant_id: UUID, filters: Filters, after: tuple[datetime, UUID] | None, limit: int
) -> list[Discrepancy]:
    """Discrepancies, the oldest first."""
    rows = await tx.fetch(
        f"select * {_WHERE} and ($5::timestamptz is null or (found_at, id) > ($5, $6::uuid)) "
        "order by found_at, id limit $7",
        tenant_id, *filters, *(after or (None, None)), limit,
    )  # fmt: skip
    return [into(Discrepancy, row) for row in rows]


async def count(tx: ReadTx, tenant_id: UUID, filters: Filters) -> int:
    """How many there are."""
    return await tx.fetchval(f"select count(*) {_WHERE}", tenant_id, *filters)
