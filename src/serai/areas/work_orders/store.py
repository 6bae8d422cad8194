"""The SQL of work orders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from datetime import datetime
from uuid import UUID

from serai.areas.work_orders.model import LIVE, CreateOrder, Note, TimeEntry, WorkOrder
from serai.kernel.errors import NotFound
from serai.runtime.db.places import IN_PLACES, placed
from serai.runtime.db.rows import Saved, into
from serai.runtime.db.tx import ReadTx, Row, Tx
from serai.runtime.work import Work

_SAVED = Saved("work_order", WorkOrder, ("property_id", "number", "reported_at"))
_SELECT = f"select {', '.join(_SAVED.names)} from app.work_order where tenant_id = $1"  # noqa: S608  # own names
_NUMBER = (
    "insert into app.work_order_count as c (tenant_id, property_id, last) values ($1, $2, 1) "
    "on conflict (tenant_id, property_id) do update set last = c.last + 1 returning last"
)
_HOLD = (
    "insert into app.work_order_count as c (tenant_id, property_id, last) values ($1, $2, 0) "
    "on conflict (tenant_id, property_id) do update set last = c.last"
)
_LIVE = f"state in ({', '.join(repr(one.value) for one in LIVE)})"
_NOTE, _TIME = Saved("work_order_note", Note, ()), Saved("work_order_time", TimeEntry, ())
_WHERE = (
    f"and {IN_PLACES} and ($3::text[] is null or state = any($3)) "
    "and ($4::text[] is null or severity = any($4)) and ($5::text[] is null or category = any($5)) "
    "and ($6::uuid is null or assignee_id = $6) and ($7::uuid is null or space_id = $7) "
    "and ($8::timestamptz is null or reported_at >= $8) and ($9::timestamptz is null or reported_at < $9) "
    "and ($10::boolean is null or (triaged_at is not null) = $10) "
    "and ($11::boolean is null or (planned_start is not null or state = 'assigned') = $11) "
    "and ($12::uuid is null or vendor_id = $12) and ($13::boolean is null "
    "or (respond_breached_at is not null or resolve_breached_at is not null) = $13) "
    "and ($14::uuid is null or asset_id = $14)"
)
_LISTS = {
    "-reported_at": "and ($15::timestamptz is null or (reported_at, id) < ($15, $16::uuid)) "
    "order by reported_at desc, id desc",
    "reported_at": "and ($15::timestamptz is null or (reported_at, id) > ($15, $16::uuid)) order by reported_at, id",
}
SORTS = tuple(_LISTS)


@dataclass(frozen=True, slots=True)
class Listed:
    """As much of an order as a list needs: what it is sorted by, and what tells whether it was written before."""

    id: UUID
    version: int
    property_id: UUID
    reported_at: datetime
    assignee_id: UUID | None
    resolved_by: UUID | None


KEYS = tuple(one.name for one in fields(Listed))


_FOUND = f"select {', '.join(KEYS)} from app.work_order where tenant_id = $1 {_WHERE}"  # noqa: S608  # own text


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
    vendor_id: UUID | None = None
    breached: bool | None = None
    asset_id: UUID | None = None


async def next_number(tx: Tx, tenant_id: UUID, property_id: UUID) -> int:
    """The number of the property's next order; held for the transaction."""
    return await tx.fetchval(_NUMBER, tenant_id, property_id)


async def hold_numbers(tx: Tx, tenant_id: UUID, property_id: UUID) -> None:
    """Nobody else makes an order in this property until the transaction ends."""
    await tx.execute(_HOLD, tenant_id, property_id)


async def lock_same(tx: Tx, tenant_id: UUID, cmd: CreateOrder) -> WorkOrder | None:
    """The newest live order of the same fault, locked: of the symptom, of the asset, or of the trade in the space."""
    row = await tx.fetchrow(
        f"{_SELECT} and property_id = $2 and {_LIVE} and ((symptom = $4 and space_id is not distinct from $3) "
        "or ($4 is null and asset_id = $6) or ($4 is null and space_id = $3 and $6::uuid is null and category = $5)) "
        "order by reported_at desc, id desc limit 1 for update",
        tenant_id, cmd.property_id, cmd.space_id, cmd.symptom, cmd.category, cmd.asset_id,
    )  # fmt: skip
    return into(WorkOrder, row) if row else None


async def open_minutes(tx: ReadTx, tenant_id: UUID, property_id: UUID) -> dict[UUID, int]:
    """The minutes that people of a property still have to work on live orders; an hour where nobody guessed."""
    rows = await tx.fetch(
        "select assignee_id, sum(coalesce(estimated_minutes, 60))::int as minutes from app.work_order "  # noqa: S608  # own
        f"where tenant_id = $1 and property_id = $2 and {_LIVE} and assignee_id is not null group by assignee_id",
        tenant_id, property_id,
    )  # fmt: skip
    return {row["assignee_id"]: row["minutes"] for row in rows}


async def get(tx: ReadTx, tenant_id: UUID, order_id: UUID) -> WorkOrder:
    """An order, or NotFound."""
    return _one(await tx.fetchrow(f"{_SELECT} and id = $2", tenant_id, order_id))


async def lock(tx: Tx, tenant_id: UUID, order_id: UUID) -> WorkOrder:
    """An order, locked, or NotFound."""
    return _one(await tx.fetchrow(f"{_SELECT} and id = $2 for update", tenant_id, order_id))


async def lock_many(tx: Tx, tenant_id: UUID, ids: Sequence[UUID]) -> list[WorkOrder]:
    """These orders, locked in the order of their ids."""
    rows = await tx.fetch(f"{_SELECT} and id = any($2) order by id for update", tenant_id, ids)
    return [into(WorkOrder, row) for row in rows]


async def doubt_terms(tx: Tx, tenant_id: UUID, property_id: UUID | None) -> None:
    """What is promised of the live orders of a property, or of all, is to be looked up again: they are due at once."""
    await tx.execute(
        "update app.work_order set terms_old = true, sla_at = reported_at "  # noqa: S608  # own
        f"where tenant_id = $1 and ($2::uuid is null or property_id = $2) and {_LIVE}",
        tenant_id, property_id,
    )  # fmt: skip


async def lock_of_space(tx: Tx, tenant_id: UUID, space_id: UUID) -> list[WorkOrder]:
    """The live orders of a space, locked in the order of their ids."""
    rows = await tx.fetch(f"{_SELECT} and space_id = $2 and {_LIVE} order by id for update", tenant_id, space_id)
    return [into(WorkOrder, row) for row in rows]


async def save_moment(work: Work, order: WorkOrder) -> None:
    """When its next promise falls due; nobody sees it, no version counts it."""
    await work.save(
        "update app.work_order set sla_at = $3, terms_old = $4 where tenant_id = $1 and id = $2 returning id",
        order.tenant_id, order.id, order.sla_at, order.terms_old,
    )  # fmt: skip


async def insert(work: Work, made: WorkOrder) -> None:
    """Save a new one."""
    await work.save(*_SAVED.insert(made))


async def save(work: Work, before: WorkOrder, after: WorkOrder) -> None:
    """Save a change to the version that was read."""
    await work.save(*_SAVED.update(after, before.version))


async def insert_note(work: Work, made: Note) -> None:
    """Keep what was said."""
    await work.save(*_NOTE.insert(made))


async def notes(tx: ReadTx, tenant_id: UUID, order_id: UUID, before: UUID | None, limit: int) -> list[Note]:
    """What was said of an order, the newest first, behind an id."""
    rows = await tx.fetch(
        "select * from app.work_order_note where tenant_id = $1 and order_id = $2 and ($3::uuid is null or id < $3) "
        "order by id desc limit $4",
        tenant_id, order_id, before, limit,
    )  # fmt: skip
    return [into(Note, row) for row in rows]


async def count_notes(tx: ReadTx, tenant_id: UUID, order_id: UUID) -> int:
    """How many notes an order has."""
    sql = "select count(*) from app.work_order_note where tenant_id = $1 and order_id = $2"
    return await tx.fetchval(sql, tenant_id, order_id)


async def count_times(tx: ReadTx, tenant_id: UUID, order_id: UUID) -> int:
    """How many entries of minutes an order has, void ones too."""
    sql = "select count(*) from app.work_order_time where tenant_id = $1 and order_id = $2"
    return await tx.fetchval(sql, tenant_id, order_id)


async def insert_time(work: Work, made: TimeEntry) -> None:
    """Keep minutes."""
    await work.save(*_TIME.insert(made))


async def get_time(tx: ReadTx, tenant_id: UUID, order_id: UUID, entry_id: UUID) -> TimeEntry:
    """An entry of an order, or NotFound."""
    row = await tx.fetchrow(
        "select * from app.work_order_time where tenant_id = $1 and order_id = $2 and id = $3",
        tenant_id, order_id, entry_id,
    )  # fmt: skip
    if row is None:
        raise NotFound
    return into(TimeEntry, row)


async def void_time(work: Work, voided: TimeEntry) -> None:
    """Keep that an entry was a slip."""
    await work.save(
        "update app.work_order_time set voided_at = $3 where tenant_id = $1 and id = $2 returning id",
        voided.tenant_id, voided.id, voided.voided_at,
    )  # fmt: skip


async def times(tx: ReadTx, tenant_id: UUID, order_id: UUID, before: UUID | None, limit: int) -> list[TimeEntry]:
    """The minutes of an order, the newest first, behind an id."""
    rows = await tx.fetch(
        "select * from app.work_order_time where tenant_id = $1 and order_id = $2 and ($3::uuid is null or id < $3) "
        "order by id desc limit $4",
        tenant_id, order_id, before, limit,
    )  # fmt: skip
    return [into(TimeEntry, row) for row in rows]


async def find(
    tx: ReadTx, tenant_id: UUID, wanted: Filter, sort: str, after: tuple[datetime, UUID] | None, limit: int
) -> list[Listed]:
    """Orders in the order of `sort`, behind the key `after`; `load` gives the whole of them."""
    rows = await tx.fetch(
        placed(f"{_FOUND} {_LISTS[sort]} limit $17", wanted.properties),
        tenant_id, *astuple(wanted), *(after or (None, None)), limit,
    )  # fmt: skip
    return [Listed(*row) for row in rows]


async def load(tx: ReadTx, tenant_id: UUID, ids: Sequence[UUID]) -> list[WorkOrder]:
    """Those of the orders that are here, whole."""
    return [into(WorkOrder, row) for row in await tx.fetch(f"{_SELECT} and id = any($2)", tenant_id, ids)]


async def performance(
    tx: ReadTx, tenant_id: UUID, properties: list[UUID] | None, span: tuple[datetime, datetime]
) -> list[Row]:
    """Orders reported in [from, until) that were promised something, by category and severity: kept and broken."""
    return await tx.fetch(
        "select category, severity, count(*) as orders, "
        "count(*) filter (where terms ->> 'respond_minutes' is not null) as respond_promised, "
        "count(*) filter (where respond_breached_at is not null) as respond_breached, "
        "count(*) filter (where terms ->> 'respond_minutes' is not null and responded_at is not null "
        "and respond_breached_at is null) as respond_kept, "
        "count(*) filter (where terms ->> 'resolve_minutes' is not null) as resolve_promised, "
        "count(*) filter (where resolve_breached_at is not null) as resolve_breached, "
        "count(*) filter (where terms ->> 'resolve_minutes' is not null and resolved_at is not null "
        "and resolve_breached_at is null) as resolve_kept, "
        "avg(extract(epoch from responded_at - reported_at) / 60)::float8 as respond_minutes, "
        "avg(extract(epoch from resolved_at - reported_at) / 60)::float8 as resolve_minutes "
        "from app.work_order where tenant_id = $1 and ($2::uuid[] is null or property_id = any($2)) "
        "and reported_at >= $3 and reported_at < $4 and state <> 'cancelled' "
        "group by category, severity order by category, severity",
        tenant_id, properties, *span,
    )  # fmt: skip


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
