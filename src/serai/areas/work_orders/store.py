"""The SQL of work orders."""

from __future__ import annotations

from dataclasses import astuple, dataclass, fields
from datetime import datetime
from uuid import UUID

from serai.areas.work_orders.model import WorkOrder
from serai.kernel.errors import NotFound
from serai.runtime.db.rows import into
from serai.runtime.db.tx import ReadTx, Row, Tx
from serai.runtime.work import Work

_NAMES = tuple(one.name for one in fields(WorkOrder))
_FIXED = ("id", "tenant_id", "property_id", "number", "reported_at")
_CHANGING = tuple(name for name in _NAMES if name not in _FIXED)
_SELECT = f"select {', '.join(_NAMES)} from app.work_order where tenant_id = $1"  # noqa: S608  # own text
_INSERT = (
    f"insert into app.work_order ({', '.join(_NAMES)}) "  # noqa: S608  # own text
    f"values ({', '.join(f'${place}' for place in range(1, len(_NAMES) + 1))}) returning id"
)
_UPDATE = (
    f"update app.work_order set {', '.join(f'{name} = ${place}' for place, name in enumerate(_CHANGING, 4))} "  # noqa: S608  # own text
    "where tenant_id = $1 and id = $2 and version = $3 returning id"
)
_NUMBER = (
    "insert into app.work_order_count as c (tenant_id, property_id, last) values ($1, $2, 1) "
    "on conflict (tenant_id, property_id) do update set last = c.last + 1 returning last"
)
_WHERE = (
    "and ($2::uuid[] is null or property_id = any($2)) and ($3::text[] is null or state = any($3)) "
    "and ($4::text[] is null or severity = any($4)) and ($5::text[] is null or category = any($5)) "
    "and ($6::uuid is null or assignee_id = $6) and ($7::uuid is null or space_id = $7) "
    "and ($8::timestamptz is null or reported_at >= $8) and ($9::timestamptz is null or reported_at < $9) "
    "and ($10::boolean is null or (triaged_at is not null) = $10) "
    "and ($11::boolean is null or (planned_start is not null or state = 'assigned') = $11)"
)
_LISTS = {
    "-reported_at": "and ($12::timestamptz is null or (reported_at, id) < ($12, $13::uuid)) "
    "order by reported_at desc, id desc",
    "reported_at": "and ($12::timestamptz is null or (reported_at, id) > ($12, $13::uuid)) order by reported_at, id",
}
SORTS = tuple(_LISTS)


@dataclass(frozen=True, slots=True)
class Filter:
    """Which orders a list shows; None shows all. The first report lies in [after, before)."""

    properties: list[UUID] | None = None
    states: list[str] | None = None
    severities: list[str] | None = None
    categories: list[str] | None = None
    assignee_id: UUID | None = None
    space_id: UUID | None = None
    reported_after: datetime | None = None
    reported_before: datetime | None = None
    triaged: bool | None = None
    scheduled: bool | None = None


async def next_number(tx: Tx, tenant_id: UUID, property_id: UUID) -> int:
    """The number of the property's next order; held for the transaction."""
    return await tx.fetchval(_NUMBER, tenant_id, property_id)


async def get(tx: ReadTx, tenant_id: UUID, order_id: UUID) -> WorkOrder:
    """An order, or NotFound."""
    return _one(await tx.fetchrow(f"{_SELECT} and id = $2", tenant_id, order_id))


async def lock(tx: Tx, tenant_id: UUID, order_id: UUID) -> WorkOrder:
    """An order, locked, or NotFound."""
    return _one(await tx.fetchrow(f"{_SELECT} and id = $2 for update", tenant_id, order_id))


async def insert(work: Work, made: WorkOrder) -> None:
    """Save a new one."""
    await work.save(_INSERT, *(getattr(made, name) for name in _NAMES))


async def save(work: Work, before: WorkOrder, after: WorkOrder) -> None:
    """Save a change to the version that was read."""
    await work.save(_UPDATE, before.tenant_id, before.id, before.version, *(getattr(after, name) for name in _CHANGING))


async def find(
    tx: ReadTx, tenant_id: UUID, wanted: Filter, sort: str, after: tuple[datetime, UUID] | None, limit: int
) -> list[WorkOrder]:
    """Orders in the order of `sort`, behind the key `after`."""
    rows = await tx.fetch(
        f"{_SELECT} {_WHERE} {_LISTS[sort]} limit $14", tenant_id, *astuple(wanted), *(after or (None, None)), limit
    )
    return [into(WorkOrder, row) for row in rows]


async def count(tx: ReadTx, tenant_id: UUID, wanted: Filter) -> int:
    """How many such orders there are."""
    return await tx.fetchval(
        f"select count(*) from app.work_order where tenant_id = $1 {_WHERE}",  # noqa: S608  # own text
        tenant_id, *astuple(wanted),
    )  # fmt: skip


def _one(row: Row | None) -> WorkOrder:
    if row is None:
        raise NotFound
    return into(WorkOrder, row)
