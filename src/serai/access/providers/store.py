"""The SQL of identity providers and linked accounts."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from serai.access.providers.model import Link, Provider
from serai.kernel.errors import NotFound
from serai.runtime.db.rows import into
from serai.runtime.db.tx import ReadTx, Row
from serai.runtime.work import Work

_PROVIDER = (
    "select id, tenant_id, version, name, issuer, client_id, client_secret, redirect_uris from app.identity_provider "
    "where tenant_id = $1 "
)
_LINK = "select id, tenant_id, staff_id, issuer, subject, linked_at from app.identity_link where tenant_id = $1 "


async def get(tx: ReadTx, tenant_id: UUID, provider_id: UUID) -> Provider:
    """A provider, or NotFound."""
    row = await tx.fetchrow(_PROVIDER + "and id = $2", tenant_id, provider_id)
    if row is None:
        raise NotFound
    return _provider(row)


async def every(tx: ReadTx, tenant_id: UUID) -> list[Provider]:
    """All of a company, by name."""
    return [_provider(row) for row in await tx.fetch(_PROVIDER + "order by name, id", tenant_id)]


async def insert(work: Work, made: Provider, now: datetime) -> None:
    """Keep a new one."""
    await work.save(
        "insert into app.identity_provider (tenant_id, id, version, name, issuer, client_id, client_secret, "
        "redirect_uris, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id",
        made.tenant_id, made.id, made.version, made.name, made.issuer, made.client_id, made.client_secret,
        list(made.redirect_uris), now,
    )  # fmt: skip


async def delete(work: Work, one: Provider) -> None:
    """Forget one."""
    await work.save(
        "delete from app.identity_provider where tenant_id = $1 and id = $2 returning id", one.tenant_id, one.id
    )


async def link_of(tx: ReadTx, tenant_id: UUID, issuer: str, subject: str) -> Link | None:
    """Who an account is here."""
    row = await tx.fetchrow(_LINK + "and issuer = $2 and subject = $3", tenant_id, issuer, subject)
    return None if row is None else into(Link, row)


async def links(tx: ReadTx, tenant_id: UUID, staff_id: UUID) -> list[Link]:
    """A person's accounts."""
    return [into(Link, row) for row in await tx.fetch(_LINK + "and staff_id = $2 order by id", tenant_id, staff_id)]


async def add_link(work: Work, link: Link) -> None:
    """Keep a new one; an account that is somebody already is a conflict."""
    await work.tx.execute(
        "insert into app.identity_link (tenant_id, id, staff_id, issuer, subject, linked_at) "
        "values ($1, $2, $3, $4, $5, $6)",
        link.tenant_id, link.id, link.staff_id, link.issuer, link.subject, link.linked_at,
    )  # fmt: skip


async def drop_link(work: Work, tenant_id: UUID, staff_id: UUID, link_id: UUID) -> bool:
    """Forget one of a person's; False when there is none."""
    sql = "delete from app.identity_link where tenant_id = $1 and staff_id = $2 and id = $3 returning id"
    return await work.tx.fetchval(sql, tenant_id, staff_id, link_id) is not None


def _provider(row: Row) -> Provider:
    return into(Provider, {**row, "redirect_uris": tuple(row["redirect_uris"])})
