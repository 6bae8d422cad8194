"""Where each reader of the journal stands, and which have news."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from serai.runtime.db.pool import Database
from serai.runtime.db.tx import ReadTx, Row, Tx


async def behind(
    db: Database, readers: list[str], now: datetime, only: UUID | None = None
) -> list[tuple[UUID, UUID, str, int]]:
    """(tenant, stream, reader, head) of every reader that has not seen its stream's head and need not wait.

    `only` is the one tenant to look at.
    """
    async with db.relay() as tx:
        rows = await tx.fetch(
            "select s.tenant_id, s.stream, r.reader, s.head from app.stream s "
            "cross join unnest($1::text[]) as r(reader) "
            "left join app.cursor c on c.tenant_id = s.tenant_id and c.stream = s.stream and c.reader = r.reader "
            "where s.head > coalesce(c.position, 0) and (c.retry_at is null or c.retry_at <= $2) "
            "and ($3::uuid is null or s.tenant_id = $3) "
            "order by s.tenant_id, s.stream, r.reader",
            readers, now, only,
        )  # fmt: skip
    return [(row["tenant_id"], row["stream"], row["reader"], row["head"]) for row in rows]


async def peek(tx: ReadTx, tenant_id: UUID, stream: UUID, reader: str) -> tuple[int, datetime | None]:
    """The position of a reader and its instant, unlocked; the beginning for one that has never read."""
    row = await tx.fetchrow(
        "select position, at from app.cursor where tenant_id = $1 and stream = $2 and reader = $3",
        tenant_id, stream, reader,
    )  # fmt: skip
    return (row["position"], row["at"]) if row else (0, None)


async def claim(tx: Tx, tenant_id: UUID, stream: UUID, reader: str) -> Row | None:
    """The reader's cursor, locked; None where another worker has it."""
    row = await _locked(tx, tenant_id, stream, reader)
    if row is None:
        await tx.execute(
            "insert into app.cursor (tenant_id, reader, stream) values ($1, $2, $3) on conflict do nothing",
            tenant_id, reader, stream,
        )  # fmt: skip
        row = await _locked(tx, tenant_id, stream, reader)
    return row


async def _locked(tx: Tx, tenant_id: UUID, stream: UUID, reader: str) -> Row | None:
    return await tx.fetchrow(
        "select position, at, failures from app.cursor where tenant_id = $1 and stream = $2 and reader = $3 "
        "for update skip locked",
        tenant_id, stream, reader,
    )  # fmt: skip


async def move(tx: Tx, tenant_id: UUID, stream: UUID, reader: str, position: int, at: datetime | None) -> None:
    """Set the claimed cursor behind a position and forget its failures."""
    await tx.execute(
        "update app.cursor set position = $4, at = coalesce($5, at), failures = 0, retry_at = null "
        "where tenant_id = $1 and stream = $2 and reader = $3",
        tenant_id, stream, reader, position, at,
    )  # fmt: skip


async def fail(tx: Tx, tenant_id: UUID, stream: UUID, reader: str, failures: int, retry_at: datetime) -> None:
    """Note a failure: the reader rests until `retry_at`."""
    await tx.execute(
        "update app.cursor set failures = $4, retry_at = $5 where tenant_id = $1 and stream = $2 and reader = $3",
        tenant_id, stream, reader, failures, retry_at,
    )  # fmt: skip
