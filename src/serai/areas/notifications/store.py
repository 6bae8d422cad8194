"""The SQL of notifications."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from serai.areas.notifications.model import Delivery, Notice, NoticeSettings, settings_for
from serai.kernel.errors import NotFound
from serai.runtime.db.rows import Saved, into
from serai.runtime.db.tx import ReadTx, Tx
from serai.runtime.work import Work

_NOTICE, _SETTINGS = Saved("notice", Notice, ()), Saved("notice_settings", NoticeSettings, ("staff_id",))
_DELIVERY = Saved("delivery", Delivery, ("property_id", "notice_id", "topic", "channel"))
_MINE = "from app.notice where tenant_id = $1 and staff_id = $2 and ($3::boolean is null or (read_at is null) = $3)"
_LOG = (
    "from app.delivery where tenant_id = $1 and ($2::uuid[] is null or property_id = any($2)) "
    "and ($3::text is null or state = $3) and ($4::text is null or about = $4)"
)
Asked = tuple[list[UUID] | None, str | None, str | None]
"""The properties, the state and the subject of deliveries; None is all."""


async def insert(work: Work, made: Notice) -> None:
    """Keep a notice."""
    await work.save(*_NOTICE.insert(made))


async def mine(
    tx: ReadTx, tenant_id: UUID, staff_id: UUID, after: tuple[datetime, UUID] | None, limit: int, *, unread: bool | None
) -> list[Notice]:
    """What a person was told, the newest first."""
    rows = await tx.fetch(
        f"select * {_MINE} and ($4::timestamptz is null or (created_at, id) < ($4, $5::uuid)) "
        "order by created_at desc, id desc limit $6",
        tenant_id, staff_id, unread, *(after or (None, None)), limit,
    )  # fmt: skip
    return [into(Notice, row) for row in rows]


async def count_mine(tx: ReadTx, tenant_id: UUID, staff_id: UUID, *, unread: bool | None) -> int:
    """How much a person was told."""
    return await tx.fetchval(f"select count(*) {_MINE}", tenant_id, staff_id, unread)


async def read(tx: Tx, tenant_id: UUID, staff_id: UUID, ids: list[UUID] | None, now: datetime) -> int:
    """These notices of a person (None: all) are read; how many were not yet."""
    rows = await tx.fetch(
        "update app.notice set read_at = $4 where tenant_id = $1 and staff_id = $2 and read_at is null "
        "and ($3::uuid[] is null or id = any($3)) returning id",
        tenant_id, staff_id, ids, now,
    )  # fmt: skip
    return len(rows)


async def settings_of(
    tx: ReadTx, tenant_id: UUID, staff_ids: Sequence[UUID], *, lock: bool = False
) -> list[NoticeSettings]:
    """How these people want to be told, in their order; who never said is as everybody is at first."""
    sql = "select * from app.notice_settings where tenant_id = $1 and staff_id = any($2)"
    rows = await tx.fetch(sql + " for update" if lock else sql, tenant_id, list(staff_ids))
    said = {row["staff_id"]: into(NoticeSettings, row) for row in rows}
    return [said.get(one) or settings_for(tenant_id, one) for one in staff_ids]


async def save_settings(work: Work, before: NoticeSettings, after: NoticeSettings) -> None:
    """Save a change to the version that was read; the first one is a row."""
    await work.save(*(_SETTINGS.update(after, before.version) if before.version else _SETTINGS.insert(after)))


async def insert_delivery(work: Work, made: Delivery) -> None:
    """Keep a delivery."""
    await work.save(*_DELIVERY.insert(made))


async def save_delivery(work: Work, before: Delivery, after: Delivery) -> None:
    """Save a change to the version that was read."""
    await work.save(*_DELIVERY.update(after, before.version))


async def lock(tx: Tx, tenant_id: UUID, delivery_id: UUID) -> Delivery:
    """A delivery, locked, or NotFound."""
    row = await tx.fetchrow(
        "select * from app.delivery where tenant_id = $1 and id = $2 for update", tenant_id, delivery_id
    )
    if row is None:
        raise NotFound
    return into(Delivery, row)


async def lock_many(tx: Tx, tenant_id: UUID, ids: Sequence[UUID]) -> list[Delivery]:
    """These deliveries, locked in the order of their ids."""
    rows = await tx.fetch(
        "select * from app.delivery where tenant_id = $1 and id = any($2) order by id for update", tenant_id, list(ids)
    )
    return [into(Delivery, row) for row in rows]


async def log(
    tx: ReadTx, tenant_id: UUID, asked: Asked, after: tuple[datetime, UUID] | None, limit: int
) -> list[Delivery]:
    """Deliveries, the newest first."""
    rows = await tx.fetch(
        f"select * {_LOG} and ($5::timestamptz is null or (created_at, id) < ($5, $6::uuid)) "
        "order by created_at desc, id desc limit $7",
        tenant_id, *asked, *(after or (None, None)), limit,
    )  # fmt: skip
    return [into(Delivery, row) for row in rows]


async def count_log(tx: ReadTx, tenant_id: UUID, asked: Asked) -> int:
    """How many such deliveries there are."""
    return await tx.fetchval(f"select count(*) {_LOG}", tenant_id, *asked)


async def note_error(tx: Tx, tenant_id: UUID, delivery_id: UUID, error: str) -> None:
    """Keep what the gateway said last; nobody counts it."""
    await tx.execute(
        "update app.delivery set error = $3 where tenant_id = $1 and id = $2", tenant_id, delivery_id, error
    )
