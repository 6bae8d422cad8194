"""The SQL of costs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from serai.areas.costs.model import Budget, CostLine
from serai.kernel.errors import NotFound
from serai.kernel.money import Money
from serai.runtime.db.rows import Saved, into
from serai.runtime.db.tx import ReadTx, Tx
from serai.runtime.work import Work

_LINE = Saved("cost_line", CostLine, ())
_BUDGET = Saved("budget", Budget, ("property_id", "category", "month"))


async def insert(work: Work, made: CostLine) -> None:
    """Keep a line."""
    await work.save(*_LINE.insert(made))


async def of(tx: Tx, tenant_id: UUID, ref_id: UUID) -> CostLine:
    """The line of something, locked, or NotFound."""
    row = await tx.fetchrow(
        "select * from app.cost_line where tenant_id = $1 and ref_id = $2 for update", tenant_id, ref_id
    )
    if row is None:
        raise NotFound
    return into(CostLine, row)


async def strike(work: Work, line: CostLine) -> None:
    """Keep that a line was a slip."""
    await work.save(
        "update app.cost_line set struck_at = $3 where tenant_id = $1 and id = $2 returning id",
        line.tenant_id, line.id, work.now,
    )  # fmt: skip


async def of_order(tx: ReadTx, tenant_id: UUID, order_id: UUID) -> list[CostLine]:
    """The lines of an order, the oldest first."""
    rows = await tx.fetch(
        "select * from app.cost_line where tenant_id = $1 and order_id = $2 order by id", tenant_id, order_id
    )
    return [into(CostLine, row) for row in rows]


async def spent(tx: ReadTx, tenant_id: UUID, property_id: UUID, category: str | None, days: tuple[date, date]) -> list[
    Money
]:  # fmt: skip
    """What a property spent on a trade (None: on all) on the days [from, until), by currency."""
    rows = await tx.fetch(
        "select currency, sum(amount) as amount from app.cost_line where tenant_id = $1 and property_id = $2 "
        "and ($3::text is null or category = $3) and day >= $4 and day < $5 and struck_at is null "
        "group by currency order by currency",
        tenant_id, property_id, category, *days,
    )  # fmt: skip
    return [Money(Decimal(row["amount"]), row["currency"]) for row in rows]


async def lock_budget(tx: Tx, tenant_id: UUID, property_id: UUID, month: str, category: str | None) -> Budget | None:
    """The budget of a month and a trade, locked, if it was ever said."""
    row = await tx.fetchrow(
        "select * from app.budget where tenant_id = $1 and property_id = $2 and month = $3 "
        "and category is not distinct from $4 for update",
        tenant_id, property_id, month, category,
    )  # fmt: skip
    return into(Budget, row) if row else None


async def budgets(tx: ReadTx, tenant_id: UUID, property_id: UUID, month: str) -> list[Budget]:
    """The budgets of a month: the one for all trades, then those of one."""
    rows = await tx.fetch(
        "select * from app.budget where tenant_id = $1 and property_id = $2 and month = $3 and amount is not null "
        "order by category nulls first",
        tenant_id, property_id, month,
    )  # fmt: skip
    return [into(Budget, row) for row in rows]


async def insert_budget(work: Work, made: Budget) -> None:
    """Save a new one."""
    await work.save(*_BUDGET.insert(made))


async def save_budget(work: Work, before: Budget, after: Budget) -> None:
    """Save a change to the version that was read."""
    await work.save(*_BUDGET.update(after, before.version))
