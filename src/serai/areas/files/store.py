"""The SQL of files."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from serai.areas.files.model import File
from serai.kernel.errors import NotFound
from serai.runtime.db.rows import Saved, into
from serai.runtime.db.tx import ReadTx, Tx
from serai.runtime.work import Work

_SAVED = Saved(
    "file", File,
    ("property_id", "name", "media_type", "size", "sha256", "width", "height", "added_at", "added_by", "adder_id"),
)  # fmt: skip


async def get(tx: ReadTx, tenant_id: UUID, file_id: UUID, *, lock: bool = False) -> File:
    """A file that is not removed, locked if asked, or NotFound."""
    sql = "select * from app.file where tenant_id = $1 and id = $2 and removed_at is null"
    row = await tx.fetchrow(sql + " for update" if lock else sql, tenant_id, file_id)
    if row is None:
        raise NotFound
    return into(File, row)


async def of(tx: ReadTx, tenant_id: UUID, subject: str) -> list[File]:
    """What is part of something, the oldest first."""
    rows = await tx.fetch(
        "select * from app.file where tenant_id = $1 and attached_to = $2 and removed_at is null order by id",
        tenant_id, subject,
    )  # fmt: skip
    return [into(File, row) for row in rows]


async def insert(work: Work, made: File) -> None:
    """Save a new one."""
    await work.save(*_SAVED.insert(made))


async def save(work: Work, after: File) -> None:
    """Save a change to the version that was read."""
    await work.save(*_SAVED.update(after, after.version - 1))


async def due(tx: Tx, tenant_id: UUID, ids: Sequence[UUID]) -> list[File]:
    """Those of the locked files; removed ones too."""
    rows = await tx.fetch("select * from app.file where tenant_id = $1 and id = any($2)", tenant_id, list(ids))
    return [into(File, row) for row in rows]


async def drop(work: Work, file: File) -> None:
    """Forget one."""
    await work.save("delete from app.file where tenant_id = $1 and id = $2 returning id", file.tenant_id, file.id)
