"""The SQL of connections."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from serai.access.connections.model import Connection, Via
from serai.kernel.errors import NotFound
from serai.runtime.db.rows import into
from serai.runtime.db.tx import ReadTx, Row
from serai.runtime.work import Work

_SELECT = (
    "select id, tenant_id, version, name, via, address, bindings, property_id, service_account, audience, paused "
    "from app.connection where tenant_id = $1 "
)


async def get(tx: ReadTx, tenant_id: UUID, connection_id: UUID, *, lock: bool = False) -> Connection:
    """The connection, held for the transaction if asked; or NotFound."""
    row = await tx.fetchrow(_SELECT + "and id = $2" + (" for update" if lock else ""), tenant_id, connection_id)
    if row is None:
        raise NotFound
    return _connection(row)


async def find(
    tx: ReadTx, tenant_id: UUID, seen: list[UUID] | None, after: tuple[str, UUID] | None, limit: int
) -> list[Connection]:
    """Connections of the properties `seen` (None: all) by name, behind a key."""
    rows = await tx.fetch(
        _SELECT + "and ($2::uuid[] is null or property_id = any($2)) "
        "and ($3::text is null or (name, id) > ($3, $4)) order by name, id limit $5",
        tenant_id, seen, *(after or (None, None)), limit,
    )  # fmt: skip
    return [_connection(row) for row in rows]


async def count(tx: ReadTx, tenant_id: UUID, seen: list[UUID] | None) -> int:
    """How many there are."""
    return await tx.fetchval(
        "select count(*) from app.connection where tenant_id = $1 and ($2::uuid[] is null or property_id = any($2))",
        tenant_id, seen,
    )  # fmt: skip


async def insert(work: Work, one: Connection, now: datetime) -> None:
    """Keep a new connection."""
    await work.save(
        "insert into app.connection (tenant_id, id, version, name, via, address, bindings, property_id, "
        "service_account, audience, paused, created_at) "
        "values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) returning id",
        one.tenant_id, one.id, one.version, one.name, one.via.value, one.address, list(one.bindings), one.property_id,
        one.service_account, one.audience, one.paused, now,
    )  # fmt: skip


async def save(work: Work, one: Connection) -> None:
    """Keep a connection as it is now."""
    await work.save(
        "update app.connection set version = $3, name = $4, bindings = $5, property_id = $6, service_account = $7, "
        "audience = $8, paused = $9 where tenant_id = $1 and id = $2 and version = $3 - 1 returning id",
        one.tenant_id, one.id, one.version, one.name, list(one.bindings), one.property_id, one.service_account,
        one.audience, one.paused,
    )  # fmt: skip


async def delete(work: Work, one: Connection) -> None:
    """Forget a connection."""
    await work.save("delete from app.connection where tenant_id = $1 and id = $2 returning id", one.tenant_id, one.id)


def _connection(row: Row) -> Connection:
    return into(Connection, {**row, "via": Via(row["via"]), "bindings": tuple(row["bindings"])})
