"""The SQL of files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from uuid import UUID

from serai.areas.files.model import File
from serai.kernel.errors import NotFound
from serai.runtime.db.rows import into
from serai.runtime.db.tx import ReadTx, Tx
from serai.runtime.work import Work

_NAMES = tuple(one.name for one in fields(File))
_PLACES = ", ".join(f"${n}" for n in range(1, len(_NAMES) + 1))
_INSERT = f"insert into app.file ({', '.join(_NAMES)}) values ({_PLACES}) returning id"  # noqa: S608  # own names
_UPDATE = (
    "update app.file set scan = $3, attached_to = $4, removed_at = $5, expires_at = $6, version = $7 "
    "where tenant_id = $1 and id = $2 and version = $7 - 1 returning id"
)


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
    await work.save(_INSERT, *(getattr(made, name) for name in _NAMES))


async def save(work: Work, after: File) -> None:
    """Save a change to the version that was read."""
    await work.save(
        _UPDATE, after.tenant_id, after.id, after.scan, after.attached_to, after.removed_at, after.expires_at,
        after.version,
    )  # fmt: skip


async def due(tx: Tx, tenant_id: UUID, ids: Sequence[UUID]) -> list[File]:
    """Those of the locked files; removed ones too."""
    rows = await tx.fetch("select * from app.file where tenant_id = $1 and id = any($2)", tenant_id, list(ids))
    return [into(File, row) for row in rows]


async def drop(work: Work, file: File) -> None:
    """Forget one."""
    await work.save("delete from app.file where tenant_id = $1 and id = $2 returning id", file.tenant_id, file.id)
