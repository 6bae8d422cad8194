"""The SQL of the overnight roll."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from serai.runtime.work import Work

_PLAN = (
    "insert into app.overnight (tenant_id, id, property_id, business_date, due_at) values ($1, $2, $2, $3, $4) "
    "on conflict (tenant_id, id) do update set due_at = $4"
)
_DONE = (
    "update app.overnight set business_date = greatest(business_date, $3), due_at = $4 where tenant_id = $1 and id = $2"
)


async def plan(work: Work, property_id: UUID, today: date, due_at: datetime) -> None:
    """When the property rolls next; a new one has done today."""
    await work.tx.execute(_PLAN, work.tenant_id, property_id, today, due_at)


async def lock_last(work: Work, property_id: UUID) -> date:
    """The business date that the property has rolled to, locked."""
    return await work.tx.fetchval(
        "select business_date from app.overnight where tenant_id = $1 and id = $2 for update",
        work.tenant_id, property_id,
    )  # fmt: skip


async def done(work: Work, property_id: UUID, today: date, due_at: datetime) -> None:
    """It has rolled to today."""
    await work.tx.execute(_DONE, work.tenant_id, property_id, today, due_at)
