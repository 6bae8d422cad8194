"""The SQL of parts."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from serai.areas.parts.model import Part, PartUsage, StockMove
from serai.kernel.errors import NotFound
from serai.runtime.db.rows import Saved, into
from serai.runtime.db.tx import ReadTx, Tx
from serai.runtime.work import Work

_PART = Saved("part", Part, ("property_id", "part_number", "currency"))
_MOVE, _USAGE = Saved("stock_move", StockMove, ()), Saved("part_usage", PartUsage, ())
_WHERE = (
    "from app.part where tenant_id = $1 and ($2::uuid[] is null or property_id = any($2)) "
    "and ($3::boolean is null or active = $3) and ($4::boolean is null or (low_since is not null and active) = $4) "
    "and ($5::text is null or part_number = $5)"
)
Asked = tuple[list[UUID] | None, bool | None, bool | None, str | None]
"""The properties, whether active, whether low, and the number of parts; None is all."""


async def get(tx: ReadTx, tenant_id: UUID, part_id: UUID) -> Part:
    """A part, or NotFound."""
    row = await tx.fetchrow("select * from app.part where tenant_id = $1 and id = $2", tenant_id, part_id)
    if row is None:
        raise NotFound
    return into(Part, row)


async def lock(tx: Tx, tenant_id: UUID, part_ids: list[UUID]) -> dict[UUID, Part]:
    """These parts, locked in the order of their ids; NotFound if one is missing."""
    rows = await tx.fetch(
        "select * from app.part where tenant_id = $1 and id = any($2) order by id for update", tenant_id, part_ids
    )
    found = {row["id"]: into(Part, row) for row in rows}
    if found.keys() != set(part_ids):
        raise NotFound
    return found


async def find(tx: ReadTx, tenant_id: UUID, asked: Asked, after: tuple[str, UUID] | None, limit: int) -> list[Part]:
    """Parts by name."""
    rows = await tx.fetch(
        f"select * {_WHERE} and ($6::text is null or (name, id) > ($6, $7::uuid)) order by name, id limit $8",
        tenant_id, *asked, *(after or (None, None)), limit,
    )  # fmt: skip
    return [into(Part, row) for row in rows]


async def count(tx: ReadTx, tenant_id: UUID, asked: Asked) -> int:
    """How many such parts there are."""
    return await tx.fetchval(f"select count(*) {_WHERE}", tenant_id, *asked)


async def insert(work: Work, made: Part) -> None:
    """Save a new one."""
    await work.save(*_PART.insert(made))


async def save(work: Work, before: Part, after: Part) -> None:
    """Save a change to the version that was read."""
    await work.save(*_PART.update(after, before.version))


async def insert_move(work: Work, made: StockMove) -> None:
    """Add to the ledger."""
    await work.save(*_MOVE.insert(made))


async def moves(tx: ReadTx, tenant_id: UUID, part_id: UUID, before: UUID | None, limit: int) -> list[StockMove]:
    """The movements of a part, the newest first, behind an id."""
    rows = await tx.fetch(
        "select * from app.stock_move where tenant_id = $1 and part_id = $2 and ($3::uuid is null or id < $3) "
        "order by id desc limit $4",
        tenant_id, part_id, before, limit,
    )  # fmt: skip
    return [into(StockMove, row) for row in rows]


async def count_moves(tx: ReadTx, tenant_id: UUID, part_id: UUID) -> int:
    """How many movements a part had."""
    sql = "select count(*) from app.stock_move where tenant_id = $1 and part_id = $2"
    return await tx.fetchval(sql, tenant_id, part_id)


async def held(tx: ReadTx, tenant_id: UUID, order_id: UUID) -> dict[UUID, Decimal]:
    """What is reserved for an order: part → how much."""
    rows = await tx.fetch(
        "select part_id, sum(reserved_delta) as held from app.stock_move where tenant_id = $1 and order_id = $2 "
        "group by part_id having sum(reserved_delta) > 0 order by part_id",
        tenant_id, order_id,
    )  # fmt: skip
    return {row["part_id"]: row["held"] for row in rows}


async def insert_usage(work: Work, made: PartUsage) -> None:
    """Keep that a part was used."""
    await work.save(*_USAGE.insert(made))


async def strike(work: Work, struck: PartUsage) -> None:
    """Keep that it was a slip."""
    await work.save(
        "update app.part_usage set version = $3, struck_at = $4 where tenant_id = $1 and id = $2 returning id",
        struck.tenant_id, struck.id, struck.version, struck.struck_at,
    )  # fmt: skip


async def usage(tx: ReadTx, tenant_id: UUID, usage_id: UUID) -> PartUsage:
    """A part that was used, or NotFound."""
    row = await tx.fetchrow("select * from app.part_usage where tenant_id = $1 and id = $2", tenant_id, usage_id)
    if row is None:
        raise NotFound
    return into(PartUsage, row)


async def used(tx: ReadTx, tenant_id: UUID, order_id: UUID) -> list[PartUsage]:
    """The parts that an order used, in their order, struck ones too."""
    rows = await tx.fetch(
        "select * from app.part_usage where tenant_id = $1 and order_id = $2 order by id", tenant_id, order_id
    )
    return [into(PartUsage, row) for row in rows]
