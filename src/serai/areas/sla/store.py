"""The SQL of promises."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from serai.areas.sla.model import Policy
from serai.kernel.errors import NotFound
from serai.runtime.db.rows import Saved, into
from serai.runtime.db.tx import ReadTx, Tx
from serai.runtime.work import Work

_SAVED = Saved("sla_policy", Policy, ("property_id", "category", "severity"))
_WHERE = (
    "from app.sla_policy where tenant_id = $1 and active "
    "and (property_id is null or $2::uuid[] is null or property_id = any($2))"
)


async def get(tx: ReadTx, tenant_id: UUID, policy_id: UUID) -> Policy:
    """A promise, locked, or NotFound."""
    row = await tx.fetchrow(
        "select * from app.sla_policy where tenant_id = $1 and id = $2 for update", tenant_id, policy_id
    )
    if row is None:
        raise NotFound
    return into(Policy, row)


async def living(tx: ReadTx, tenant_id: UUID, properties: list[UUID] | None) -> list[Policy]:
    """The promises of the company and of these properties (None: of all)."""
    rows = await tx.fetch(f"select * {_WHERE} order by id", tenant_id, properties)
    return [into(Policy, row) for row in rows]


async def find(
    tx: ReadTx, tenant_id: UUID, properties: list[UUID] | None, after: UUID | None, limit: int
) -> list[Policy]:
    """Living promises in the order of their ids, behind one."""
    rows = await tx.fetch(
        f"select * {_WHERE} and ($3::uuid is null or id > $3) order by id limit $4", tenant_id, properties, after, limit
    )
    return [into(Policy, row) for row in rows]


async def count(tx: ReadTx, tenant_id: UUID, properties: list[UUID] | None) -> int:
    """How many such promises there are."""
    return await tx.fetchval(f"select count(*) {_WHERE}", tenant_id, properties)


async def insert(work: Work, made: Policy) -> None:
    """Save a new one."""
    await work.save(*_SAVED.insert(made))


async def save(work: Work, before: Policy, after: Policy) -> None:
    """Save a change to the version that was read."""
    await work.save(*_SAVED.update(after, before.version))


async def count_broken(tx: Tx, tenant_id: UUID, property_id: UUID, day: date) -> int:
    """One more on that day; how many it is."""
    return await tx.fetchval(
        "insert into app.sla_day as d (tenant_id, property_id, day, broken) values ($1, $2, $3, 1) "
        "on conflict (tenant_id, property_id, day) do update set broken = d.broken + 1 returning broken",
        tenant_id, property_id, day,
    )  # fmt: skip
