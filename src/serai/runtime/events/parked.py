"""Facts whose reaction failed for good, kept until they are tried again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from serai.kernel.ids import new_id
from serai.runtime.db.rows import into
from serai.runtime.db.tx import ReadTx, Tx
from serai.runtime.events import journal
from serai.runtime.events.catalog import Incoming

_COLUMNS = "id, reader, stream, position, subject, type, error, at, replayed_at"
_WHERE = (
    "from app.dead_letter where tenant_id = $1 and ($2::uuid[] is null or stream = any($2)) "
    "and ($3::boolean is null or (replayed_at is null) = $3) "
)


@dataclass(frozen=True, slots=True)
class Letter:
    """A fact and the reaction that failed at it. `stream` is the property, or the tenant itself."""

    id: UUID
    reader: str
    stream: UUID
    position: int
    subject: UUID
    type: str
    error: str
    at: datetime
    replayed_at: datetime | None


async def park(tx: Tx, reader: str, fact: Incoming, error: str, now: datetime) -> None:
    """Keep that the reaction failed at this fact."""
    await tx.execute(
        "insert into app.dead_letter (tenant_id, id, reader, stream, position, subject, type, error, at) "
        "values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        fact.tenant_id, new_id(), reader, fact.stream, fact.position, fact.subject, fact.type, error[:2000], now,
    )  # fmt: skip


async def is_held_up(tx: ReadTx, tenant_id: UUID, reader: str, subject: UUID) -> bool:
    """Whether an earlier fact of the same subject waits: then the later ones wait behind it."""
    return await tx.fetchval(
        "select exists (select from app.dead_letter where tenant_id = $1 and reader = $2 and subject = $3 "
        "and replayed_at is null)",
        tenant_id, reader, subject,
    )  # fmt: skip


async def find(
    tx: ReadTx,
    tenant_id: UUID,
    streams: list[UUID] | None,
    waiting: bool | None,  # noqa: FBT001  # a filter
    after: tuple[datetime, UUID] | None,
    limit: int,
) -> list[Letter]:
    """Letters behind a key, the newest first."""
    rows = await tx.fetch(
        f"select {_COLUMNS} {_WHERE} and ($4::timestamptz is null or (at, id) < ($4, $5)) "  # our own names
        "order by at desc, id desc limit $6",
        tenant_id, streams, waiting, *(after or (None, None)), limit,
    )  # fmt: skip
    return [into(Letter, row) for row in rows]


async def count(tx: ReadTx, tenant_id: UUID, streams: list[UUID] | None, waiting: bool | None) -> int:  # noqa: FBT001
    """How many there are."""
    return await tx.fetchval(f"select count(*) {_WHERE}", tenant_id, streams, waiting)


async def get(tx: ReadTx, tenant_id: UUID, letter_id: UUID) -> Letter | None:
    """The letter with this id."""
    row = await tx.fetchrow(
        f"select {_COLUMNS} from app.dead_letter where tenant_id = $1 and id = $2",  # noqa: S608
        tenant_id, letter_id,
    )  # fmt: skip
    return into(Letter, row) if row else None


async def first_of(tx: Tx, tenant_id: UUID, reader: str, subject: UUID) -> Letter | None:
    """The earliest that waits of a subject, held for the transaction."""
    row = await tx.fetchrow(
        f"select {_COLUMNS} from app.dead_letter where tenant_id = $1 and reader = $2 and subject = $3 "  # noqa: S608
        "and replayed_at is null order by position limit 1 for update",
        tenant_id, reader, subject,
    )  # fmt: skip
    return into(Letter, row) if row else None


async def fact_of(tx: ReadTx, tenant_id: UUID, letter: Letter) -> Incoming | None:
    """The fact itself, from the journal."""
    found = await journal.read(tx, tenant_id, letter.stream, letter.position - 1, 1)
    return found[0] if found and found[0].position == letter.position else None


async def replayed(tx: Tx, tenant_id: UUID, letter: Letter, now: datetime) -> None:
    """It was tried again, and went well."""
    await tx.execute(
        "update app.dead_letter set replayed_at = $3 where tenant_id = $1 and id = $2", tenant_id, letter.id, now
    )
