"""Appending to the journal without a gap, and reading it in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from serai.kernel.event import Event
from serai.kernel.ids import new_id
from serai.runtime.db.pool import Database
from serai.runtime.db.tx import ReadTx, Row, Tx
from serai.runtime.events.catalog import Incoming

_COLUMNS = (
    "tenant_id, stream, position, at, id, subject, version, type, payload, changes, "
    "actor_kind, actor_id, actor, source, correlation, cause"
)
_COMMON = ("uuid", "uuid", "timestamptz", "text", "uuid", "text", "text", "text", "uuid")
_EACH = ("uuid", "uuid", "int", "text", "jsonb", "jsonb")


@dataclass(frozen=True, slots=True)
class Origin:
    """Who caused the facts of one transaction, when and from where."""

    tenant_id: UUID
    at: datetime
    actor_kind: str
    actor_id: UUID | None
    actor: str
    source: str
    correlation: str
    cause: UUID | None


@cache
def statement(save: str | None, values: int, events: int) -> str:
    """One statement: save (if any), move the stream's head, append the rows at their positions.

    The position hangs on the save: where it touches no row, nothing is appended.
    """
    tenant, stream, at, kind, actor_id, actor, source, correlation, cause = (
        f"${values + n}::{type_}" for n, type_ in enumerate(_COMMON, 1)
    )
    first = values + len(_COMMON)
    rows = ", ".join(
        f"({n + 1}::int, "
        + ", ".join(f"${first + n * len(_EACH) + m}::{type_}" for m, type_ in enumerate(_EACH, 1))
        + ")"
        for n in range(events)
    )
    saved = f"w as ({save}), " if save else ""
    source_rows = " from w" if save else ""
    return (
        f"with {saved}s as (update app.stream set head = head + {events}{source_rows} "  # noqa: S608  # own text, counted placeholders
        f"where stream.tenant_id = {tenant} and stream.stream = {stream} returning head) "
        f"insert into app.journal ({_COLUMNS}) "
        f"select {tenant}, {stream}, s.head - {events} + v.n, {at}, v.id, v.subject, v.version, v.type, v.payload, "
        f"v.changes, {kind}, {actor_id}, {actor}, {source}, {correlation}, {cause} "
        f"from s, (values {rows}) v(n, id, subject, version, type, payload, changes)"
    )


def arguments(origin: Origin, stream: UUID, events: Sequence[Event]) -> list[Any]:
    """The values of `statement` behind those of the save."""
    values: list[Any] = [
        origin.tenant_id, stream, origin.at, origin.actor_kind, origin.actor_id,
        origin.actor, origin.source, origin.correlation, origin.cause,
    ]  # fmt: skip
    for event in events:
        changed = {name: list(pair) for name, pair in event.changes.items()}
        values += [new_id(), event.subject, event.version, event.type.name, event.data, changed]
    return values


async def open_stream(tx: Tx, tenant_id: UUID, stream: UUID) -> None:
    """Make the stream of a new property (or of the tenant itself)."""
    await tx.execute("insert into app.stream (tenant_id, stream) values ($1, $2)", tenant_id, stream)


_AFTER = "select * from app.journal where tenant_id = $1 and stream = $2 and position > $3 and at >= $4 "
_ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)
SKEW = timedelta(hours=1)
"""How far the instants of one stream may run against its positions: a transaction's length, with room."""


async def read(
    tx: ReadTx, tenant_id: UUID, stream: UUID, after: int, limit: int, since: datetime | None = None
) -> list[Incoming]:
    """The facts behind a position, in order; `since` is the instant of that position and spares old partitions."""
    rows = await tx.fetch(_AFTER + "order by position limit $5", tenant_id, stream, after, _from(since), limit)
    return [incoming(row) for row in rows]


async def next_of(
    tx: ReadTx,
    tenant_id: UUID,
    stream: UUID,
    after: int,
    types: list[str],
    since: datetime | None = None,
    changed: str | None = None,
) -> Incoming | None:
    """The first fact of these types behind a position; with `changed`, in which that field changed."""
    row = await tx.fetchrow(
        _AFTER + "and type = any($5) and ($6::text is null or changes ? $6) order by position limit 1",
        tenant_id, stream, after, _from(since), types, changed,
    )  # fmt: skip
    return incoming(row) if row else None


def _from(since: datetime | None) -> datetime:
    return _ALWAYS if since is None else since - SKEW


async def head(tx: ReadTx, tenant_id: UUID, stream: UUID) -> int:
    """The last position given in the stream."""
    return await tx.fetchval("select head from app.stream where tenant_id = $1 and stream = $2", tenant_id, stream) or 0


async def streams(tx: ReadTx, tenant_id: UUID) -> list[tuple[UUID, int, int]]:
    """(stream, epoch, head) of every stream of a tenant."""
    rows = await tx.fetch("select stream, epoch, head from app.stream where tenant_id = $1 order by stream", tenant_id)
    return [(row["stream"], row["epoch"], row["head"]) for row in rows]


async def heads(db: Database, wanted: dict[UUID, UUID]) -> dict[UUID, tuple[int, int]]:
    """Epoch and head of these streams, given with their tenants."""
    async with db.relay() as tx:
        rows = await tx.fetch(
            "select stream, epoch, head from app.stream "
            "where (tenant_id, stream) in (select * from unnest($1::uuid[], $2::uuid[]))",
            list(wanted.values()), list(wanted),
        )  # fmt: skip
    return {row["stream"]: (row["epoch"], row["head"]) for row in rows}


async def position_before(tx: ReadTx, tenant_id: UUID, stream: UUID, at: datetime) -> int:
    """The last position before the first fact of that instant or later; the head where there is none."""
    first = await tx.fetchval(
        "select min(position) from app.journal where tenant_id = $1 and stream = $2 and at >= $3", tenant_id, stream, at
    )
    return await head(tx, tenant_id, stream) if first is None else first - 1


def incoming(row: Row) -> Incoming:
    """A journal row as a fact."""
    return Incoming(
        row["id"], row["type"], row["tenant_id"], row["stream"], row["position"], row["subject"], row["version"],
        row["payload"], row["changes"], row["actor"], row["at"], row["correlation"], row["cause"],
    )  # fmt: skip
