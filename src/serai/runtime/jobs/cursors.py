"""Where each reader of the journal stands, and which have news."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from serai.runtime.db.pool import Database
from serai.runtime.db.rows import into
from serai.runtime.db.tx import ReadTx, Row, Tx


async def behind(
    db: Database, readers: list[str], now: datetime, only: UUID | None = None
) -> list[tuple[UUID, UUID, str, int]]:
    """(tenant, stream, reader, head) of every reader that has not seen its stream's head and need not rest.

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


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a reader stands in a stream: the position and its instant, and how often it failed there."""

    position: int = 0
    at: datetime | None = None
    failures: int = 0


async def peek(tx: ReadTx, tenant_id: UUID, stream: UUID, reader: str) -> Cursor:
    """The cursor of a reader, unlocked; at the beginning for one that has never read."""
    row = await tx.fetchrow(
        "select position, at, failures from app.cursor where tenant_id = $1 and stream = $2 and reader = $3",
        tenant_id, stream, reader,
    )  # fmt: skip
    return into(Cursor, row) if row else Cursor()


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
        "insert into app.cursor (tenant_id, stream, reader, failures, retry_at) values ($1, $2, $3, $4, $5) "
        "on conflict (tenant_id, reader, stream) do update "
        "set failures = excluded.failures, retry_at = excluded.retry_at",
        tenant_id, stream, reader, failures, retry_at,
    )  # fmt: skip


async def advance(tx: Tx, tenant_id: UUID, stream: UUID, reader: str, before: int, position: int, at: datetime) -> bool:
    """Move the cursor from one position on; False where it does not stand there any more."""
    moved = await tx.execute(
        "insert into app.cursor as c (tenant_id, stream, reader, position, at) values ($1, $2, $3, $5, $6) "
        "on conflict (tenant_id, reader, stream) do update "
        "set position = excluded.position, at = excluded.at, failures = 0, retry_at = null where c.position = $4",
        tenant_id, stream, reader, before, position, at,
    )  # fmt: skip
    return moved == "INSERT 0 1"


async def place(tx: Tx, tenant_id: UUID, stream: UUID, reader: str, position: int) -> None:
    """Put a cursor behind a position, wherever it stood: what comes after is read again, or is left out."""
    await tx.execute(
        "insert into app.cursor (tenant_id, reader, stream, position) values ($1, $2, $3, $4) "
        "on conflict (tenant_id, reader, stream) do update "
        "set position = excluded.position, at = null, failures = 0, retry_at = null",
        tenant_id, reader, stream, position,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a reader stands in all streams together."""

    reader: str
    streams: int
    behind: int
    failures: int


async def standings(db: Database, prefix: str, only: UUID | None = None) -> list[Standing]:
    """How each reader whose name begins so stands; one that never read has no line."""
    async with db.relay() as tx:
        rows = await tx.fetch(
            "select r.reader, count(*) as streams, sum(s.head - coalesce(c.position, 0))::bigint as behind, "
            "coalesce(max(c.failures), 0) as failures from app.stream s "
            "cross join (select distinct reader from app.cursor where starts_with(reader, $1)) r "
            "left join app.cursor c on c.tenant_id = s.tenant_id and c.stream = s.stream and c.reader = r.reader "
            "where $2::uuid is null or s.tenant_id = $2 group by r.reader order by r.reader",
            prefix, only,
        )  # fmt: skip
    return [Standing(row["reader"], row["streams"], row["behind"], row["failures"]) for row in rows]


async def streams(db: Database) -> list[tuple[UUID, UUID]]:
    """(tenant, stream) of every stream."""
    async with db.relay() as tx:
        rows = await tx.fetch("select tenant_id, stream from app.stream order by tenant_id, stream")
    return [(row["tenant_id"], row["stream"]) for row in rows]
