"""The SQL of tenants and properties."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from serai.access.tenancy.model import Property, Tenant, policies_from
from serai.kernel.errors import NotFound
from serai.runtime.db.rows import into
from serai.runtime.db.tx import ReadTx, Row
from serai.runtime.work import Work

_PROPERTY = (
    "select id, tenant_id, code, name, zone, currency, locale, check_in, check_out, rollover, policies, version "
    "from app.property where tenant_id = $1 "
)


async def get_tenant(tx: ReadTx, tenant_id: UUID, *, lock: bool = False) -> Tenant:
    """The tenant, locked if asked; refused as absent when it is not the one entered."""
    sql = "select tenant_id, code, name, platform, second_factor_required, version from app.tenant where tenant_id = $1"
    row = await tx.fetchrow(sql + " for update" if lock else sql, tenant_id)
    if row is None:
        raise NotFound
    return into(Tenant, row)


async def insert_tenant(work: Work, tenant: Tenant) -> None:
    """Keep a new tenant."""
    await work.save(
        "insert into app.tenant (tenant_id, code, name, platform, second_factor_required, version, created_at) "
        "values ($1, $2, $3, $4, $5, $6, $7) returning version",
        tenant.tenant_id, tenant.code, tenant.name, tenant.platform, tenant.second_factor_required, tenant.version,
        work.now,
    )  # fmt: skip


async def save_tenant(work: Work, tenant: Tenant) -> None:
    """Keep a changed tenant."""
    await work.save(
        "update app.tenant set second_factor_required = $2, version = $3 "
        "where tenant_id = $1 and version = $3 - 1 returning version",
        tenant.tenant_id, tenant.second_factor_required, tenant.version,
    )  # fmt: skip


async def get(tx: ReadTx, tenant_id: UUID, property_id: UUID) -> Property:
    """The property, or NotFound."""
    return _found(await tx.fetchrow(_PROPERTY + "and id = $2", tenant_id, property_id))


async def by_code(tx: ReadTx, tenant_id: UUID, code: str) -> Property:
    """The property with this code, or NotFound."""
    return _found(await tx.fetchrow(_PROPERTY + "and code = $2", tenant_id, code))


async def lock(tx: ReadTx, tenant_id: UUID, property_id: UUID) -> Property:
    """The property, locked to the end of the transaction."""
    return _found(await tx.fetchrow(_PROPERTY + "and id = $2 for update", tenant_id, property_id))


async def find(
    tx: ReadTx, tenant_id: UUID, seen: list[UUID] | None, after: tuple[str, UUID] | None, limit: int
) -> list[Property]:
    """Properties by code, of those `seen` (None: all), behind a key."""
    code, id_ = after or (None, None)
    rows = await tx.fetch(
        _PROPERTY + "and ($2::uuid[] is null or id = any($2)) and ($3::text is null or (code, id) > ($3, $4)) "
        "order by code, id limit $5",
        tenant_id, seen, code, id_, limit,
    )  # fmt: skip
    return [_property(row) for row in rows]


async def count(tx: ReadTx, tenant_id: UUID, seen: list[UUID] | None) -> int:
    """How many properties there are of those `seen`."""
    return await tx.fetchval(
        "select count(*) from app.property where tenant_id = $1 and ($2::uuid[] is null or id = any($2))",
        tenant_id, seen,
    )  # fmt: skip


async def insert(work: Work, hotel: Property, now: datetime) -> None:
    """Keep a new property."""
    await work.save(
        "insert into app.property (tenant_id, id, code, name, zone, currency, locale, check_in, check_out, rollover, "
        "policies, version, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) "
        "returning version",
        hotel.tenant_id, hotel.id, hotel.code, hotel.name, hotel.zone, hotel.currency, hotel.locale, hotel.check_in,
        hotel.check_out, hotel.rollover, asdict(hotel.policies), hotel.version, now,
    )  # fmt: skip


async def save(work: Work, hotel: Property) -> None:
    """Keep a changed property."""
    await work.save(
        "update app.property set code = $3, name = $4, zone = $5, currency = $6, locale = $7, check_in = $8, "
        "check_out = $9, rollover = $10, policies = $11, version = $12 where tenant_id = $1 and id = $2 "
        "returning version",
        hotel.tenant_id, hotel.id, hotel.code, hotel.name, hotel.zone, hotel.currency, hotel.locale, hotel.check_in,
        hotel.check_out, hotel.rollover, asdict(hotel.policies), hotel.version,
    )  # fmt: skip


def _found(row: Row | None) -> Property:
    if row is None:
        raise NotFound
    return _property(row)


def _property(row: Row) -> Property:
    values: dict[str, Any] = dict(row)
    values["policies"] = policies_from(values["policies"])
    return Property(**values)
