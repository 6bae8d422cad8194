"""The SQL of windows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import datetime
from uuid import UUID

from serai.areas.blocks.model import LIVE, Window
from serai.kernel.errors import NotFound
from serai.runtime.db.rows import Saved, into
from serai.runtime.db.tx import ReadTx, Tx
from serai.runtime.work import Work

_SAVED = Saved("window", Window, ("property_id", "space_id", "room_number", "group_id", "lane"))
_SELECT = f"select {', '.join(_SAVED.names)} from app.window where tenant_id = $1"  # noqa: S608  # own names
_LIVE = f"state in ({', '.join(repr(one.value) for one in LIVE)})"
_WHERE = (
    "and ($2::uuid[] is null or property_id = any($2)) and ($3::uuid is null or space_id = $3) "
    "and ($4::text[] is null or state = any($4)) and ($5::text[] is null or kind = any($5)) "
    "and ($6::text is null or lane = $6) and ($7::timestamptz is null or ends_at > $7) "
    "and ($8::timestamptz is null or starts_at < $8)"
)
_LISTS = {
    "starts_at": "and ($9::timestamptz is null or (starts_at, id) > ($9, $10::uuid)) order by starts_at, id",
    "-starts_at": "and ($9::timestamptz is null or (starts_at, id) < ($9, $10::uuid)) order by starts_at desc, id desc",
}
SORTS = tuple(_LISTS)


@dataclass(frozen=True, slots=True)
class Filter:
    """Which windows a list shows; None shows all. They overlap [after, before)."""

    properties: list[UUID] | None = None
    space_id: UUID | None = None
    states: list[str] | None = None
    kinds: list[str] | None = None
    lane: str | None = None
    after: datetime | None = None
    before: datetime | None = None


async def get(tx: ReadTx, tenant_id: UUID, window_id: UUID, *, lock: bool = False) -> Window:
    """A window, or NotFound."""
    row = await tx.fetchrow(f"{_SELECT} and id = $2 {'for update' if lock else ''}", tenant_id, window_id)
    if row is None:
        raise NotFound
    return into(Window, row)


async def lock_many(tx: Tx, tenant_id: UUID, ids: Sequence[UUID]) -> list[Window]:
    """These windows, locked in the order of their ids."""
    rows = await tx.fetch(f"{_SELECT} and id = any($2) order by id for update", tenant_id, ids)
    return [into(Window, row) for row in rows]


async def lock_live(tx: Tx, tenant_id: UUID, space_id: UUID) -> list[Window]:
    """The live windows of a space, locked in the order of their ids."""
    rows = await tx.fetch(f"{_SELECT} and space_id = $2 and {_LIVE} order by id for update", tenant_id, space_id)
    return [into(Window, row) for row in rows]


async def lock_held(tx: Tx, tenant_id: UUID, property_id: UUID, order_id: str) -> list[Window]:
    """The live windows that an order of the property holds, locked in the order of their ids."""
    rows = await tx.fetch(
        f"{_SELECT} and property_id = $2 and holders <> '[]' and holders @> $3 and {_LIVE} order by id for update",
        tenant_id, property_id, [{"order_id": order_id}],
    )  # fmt: skip
    return [into(Window, row) for row in rows]


async def closing(tx: ReadTx, tenant_id: UUID, space_id: UUID, span: tuple[datetime, datetime]) -> list[Window]:
    """The live windows of a space in [from, until), by their beginning."""
    rows = await tx.fetch(
        f"{_SELECT} and space_id = $2 and {_LIVE} and ends_at > $3 and starts_at < $4 order by starts_at, id",
        tenant_id, space_id, *span,
    )  # fmt: skip
    return [into(Window, row) for row in rows]


async def insert(work: Work, made: Window) -> None:
    """Save a new one."""
    await work.save(*_SAVED.insert(made))


async def save(work: Work, before: Window, after: Window) -> None:
    """Save a change to the version that was read."""
    await work.save(*_SAVED.update(after, before.version))


async def find(
    tx: ReadTx, tenant_id: UUID, wanted: Filter, sort: str, after: tuple[datetime, UUID] | None, limit: int
) -> list[Window]:
    """Windows in the order of `sort`, behind the key `after`."""
    rows = await tx.fetch(
        f"{_SELECT} {_WHERE} {_LISTS[sort]} limit $11", tenant_id, *astuple(wanted), *(after or (None, None)), limit
    )
    return [into(Window, row) for row in rows]


async def count(tx: ReadTx, tenant_id: UUID, wanted: Filter) -> int:
    """How many such windows there are."""
    return await tx.fetchval(
        f"select count(*) from app.window where tenant_id = $1 {_WHERE}",  # noqa: S608  # own text
        tenant_id, *astuple(wanted),
    )  # fmt: skip
