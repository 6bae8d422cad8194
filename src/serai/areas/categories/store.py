"""The SQL of categories."""

from __future__ import annotations

from uuid import UUID

from serai.areas.categories.model import Category
from serai.runtime.db.rows import Saved, into
from serai.runtime.db.tx import ReadTx
from serai.runtime.work import Work

_SAVED = Saved("category", Category, ("code",))


async def kept(tx: ReadTx, tenant_id: UUID, code: str | None = None) -> list[Category]:
    """Those that the company added or changed; one of them, if a code is named."""
    rows = await tx.fetch(
        "select * from app.category where tenant_id = $1 and ($2::text is null or code = $2)", tenant_id, code
    )
    return [into(Category, row) for row in rows]


async def insert(work: Work, made: Category) -> None:
    """Save a new one."""
    await work.save(*_SAVED.insert(made))


async def save(work: Work, before: Category, after: Category) -> None:
    """Save a change to the version that was read; the first change of a usual one is a row."""
    if before.version:
        await work.save(*_SAVED.update(after, before.version))
    else:
        await insert(work, after)
