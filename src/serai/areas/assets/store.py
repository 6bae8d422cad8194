"""The SQL of assets."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from serai.areas.assets.model import DEEPEST, Around, Asset, HealthPoint, Meter, Reading
from serai.kernel.errors import NotFound
from serai.runtime.db.rows import Saved, into
from serai.runtime.db.tx import ReadTx, Tx
from serai.runtime.work import Work

_ASSET, _METER = Saved("asset", Asset, ("property_id", "currency")), Saved("meter", Meter, ("property_id", "asset_id"))
_POINT, _READING = Saved("asset_health", HealthPoint, ()), Saved("meter_reading", Reading, ())
_WHERE = (
    "from app.asset where tenant_id = $1 and ($2::uuid[] is null or property_id = any($2)) "
    "and ($3::text is null or kind = $3) and ($4::uuid is null or space_id = $4) "
    "and ($5::uuid is null or parent_id = $5) and ($6::boolean is null or active = $6) "
    "and ($7::integer is null or health_index < $7) and ($8::text is null or code = $8)"
)
_ABOVE = (
    "with recursive above as (select a.*, 1 as depth from app.asset a where a.tenant_id = $1 and a.id = $2 "
    "union all select a.*, above.depth + 1 from app.asset a join above on a.id = above.parent_id "
    "where a.tenant_id = $1 and above.depth < $3) select * from above order by depth"
)
Asked = tuple[list[UUID] | None, str | None, UUID | None, UUID | None, bool | None, int | None, str | None]
"""The properties, the kind, the space, the parent, whether active, below which health, the code; None is all."""


async def get(tx: ReadTx, tenant_id: UUID, asset_id: UUID) -> Asset:
    """An asset, or NotFound."""
    row = await tx.fetchrow("select * from app.asset where tenant_id = $1 and id = $2", tenant_id, asset_id)
    if row is None:
        raise NotFound
    return into(Asset, row)


async def lock(tx: Tx, tenant_id: UUID, asset_id: UUID) -> Asset:
    """An asset, locked, or NotFound."""
    row = await tx.fetchrow("select * from app.asset where tenant_id = $1 and id = $2 for update", tenant_id, asset_id)
    if row is None:
        raise NotFound
    return into(Asset, row)


async def of_code(tx: Tx, tenant_id: UUID, property_id: UUID, code: str) -> Asset | None:
    """The asset that other systems call so, locked, if there is one."""
    row = await tx.fetchrow(
        "select * from app.asset where tenant_id = $1 and property_id = $2 and external_code = $3 for update",
        tenant_id, property_id, code,
    )  # fmt: skip
    return into(Asset, row) if row else None


async def above(tx: ReadTx, tenant_id: UUID, asset_id: UUID) -> list[Asset]:
    """The asset and its parents, the nearest first, as far as assets may stand."""
    rows = await tx.fetch(_ABOVE, tenant_id, asset_id, DEEPEST + 1)
    return [into(Asset, row) for row in rows]


async def find(tx: ReadTx, tenant_id: UUID, asked: Asked, after: tuple[str, UUID] | None, limit: int) -> list[Asset]:
    """Assets by name."""
    rows = await tx.fetch(
        f"select * {_WHERE} and ($9::text is null or (name, id) > ($9, $10::uuid)) order by name, id limit $11",
        tenant_id, *asked, *(after or (None, None)), limit,
    )  # fmt: skip
    return [into(Asset, row) for row in rows]


async def count(tx: ReadTx, tenant_id: UUID, asked: Asked) -> int:
    """How many such assets there are."""
    return await tx.fetchval(f"select count(*) {_WHERE}", tenant_id, *asked)


async def insert(work: Work, made: Asset) -> None:
    """Save a new one."""
    await work.save(*_ASSET.insert(made))


async def save(work: Work, before: Asset, after: Asset) -> None:
    """Save a change to the version that was read."""
    await work.save(*_ASSET.update(after, before.version))


async def insert_point(work: Work, made: HealthPoint) -> None:
    """Keep how an asset is."""
    await work.save(*_POINT.insert(made))


async def points(
    tx: ReadTx, tenant_id: UUID, asset_id: UUID, before: tuple[datetime, UUID] | None, limit: int
) -> list[HealthPoint]:
    """How an asset was, the newest first, behind a key."""
    rows = await tx.fetch(
        "select * from app.asset_health where tenant_id = $1 and asset_id = $2 "
        "and ($3::timestamptz is null or (at, id) < ($3, $4::uuid)) order by at desc, id desc limit $5",
        tenant_id, asset_id, *(before or (None, None)), limit,
    )  # fmt: skip
    return [into(HealthPoint, row) for row in rows]


async def count_points(tx: ReadTx, tenant_id: UUID, asset_id: UUID) -> int:
    """How often somebody said how an asset is."""
    sql = "select count(*) from app.asset_health where tenant_id = $1 and asset_id = $2"
    return await tx.fetchval(sql, tenant_id, asset_id)


async def insert_meter(work: Work, made: Meter) -> None:
    """Save a new one."""
    await work.save(*_METER.insert(made))


async def save_meter(work: Work, before: Meter, after: Meter) -> None:
    """Save a change to the version that was read."""
    await work.save(*_METER.update(after, before.version))


async def lock_meter(tx: Tx, tenant_id: UUID, meter_id: UUID) -> Meter:
    """A meter, locked, or NotFound."""
    row = await tx.fetchrow("select * from app.meter where tenant_id = $1 and id = $2 for update", tenant_id, meter_id)
    if row is None:
        raise NotFound
    return into(Meter, row)


async def get_meter(tx: ReadTx, tenant_id: UUID, meter_id: UUID) -> Meter:
    """A meter, or NotFound."""
    row = await tx.fetchrow("select * from app.meter where tenant_id = $1 and id = $2", tenant_id, meter_id)
    if row is None:
        raise NotFound
    return into(Meter, row)


async def meters(tx: ReadTx, tenant_id: UUID, asset_id: UUID) -> list[Meter]:
    """The meters of an asset, the oldest first."""
    rows = await tx.fetch(
        "select * from app.meter where tenant_id = $1 and asset_id = $2 order by id", tenant_id, asset_id
    )
    return [into(Meter, row) for row in rows]


async def around(tx: ReadTx, tenant_id: UUID, meter_id: UUID, at: datetime) -> Around:
    """The readings at an instant or just before it, and just after it."""
    earlier = await tx.fetchrow(
        "select * from app.meter_reading where tenant_id = $1 and meter_id = $2 and at <= $3 order by at desc limit 1",
        tenant_id, meter_id, at,
    )  # fmt: skip
    later = await tx.fetchrow(
        "select * from app.meter_reading where tenant_id = $1 and meter_id = $2 and at > $3 order by at limit 1",
        tenant_id, meter_id, at,
    )  # fmt: skip
    return Around(into(Reading, earlier) if earlier else None, into(Reading, later) if later else None)


async def insert_reading(work: Work, made: Reading) -> None:
    """Keep a reading."""
    await work.save(*_READING.insert(made))


async def readings(tx: ReadTx, tenant_id: UUID, meter_id: UUID, before: datetime | None, limit: int) -> list[Reading]:
    """What a meter showed, the newest first, before an instant."""
    rows = await tx.fetch(
        "select * from app.meter_reading where tenant_id = $1 and meter_id = $2 "
        "and ($3::timestamptz is null or at < $3) order by at desc limit $4",
        tenant_id, meter_id, before, limit,
    )  # fmt: skip
    return [into(Reading, row) for row in rows]


async def count_readings(tx: ReadTx, tenant_id: UUID, meter_id: UUID) -> int:
    """How often a meter was read."""
    sql = "select count(*) from app.meter_reading where tenant_id = $1 and meter_id = $2"
    return await tx.fetchval(sql, tenant_id, meter_id)
