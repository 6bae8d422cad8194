"""The SQL of second factors and of invitations."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from serai.access.identity.factor import Factor
from serai.runtime.db.rows import into
from serai.runtime.db.tx import ReadTx, Tx

_KEEP = (
    "insert into app.second_factor (tenant_id, staff_id, secret, confirmed_at, step, paper) "
    "values ($1, $2, $3, $4, $5, $6) on conflict (tenant_id, staff_id) do update "
    "set secret = excluded.secret, confirmed_at = excluded.confirmed_at, step = excluded.step, paper = excluded.paper"
)


async def get(tx: ReadTx, tenant_id: UUID, staff_id: UUID, *, lock: bool = False) -> Factor | None:
    """Somebody's second factor, confirmed or not; None where there is none."""
    sql = "select * from app.second_factor where tenant_id = $1 and staff_id = $2"
    row = await tx.fetchrow(sql + " for update" if lock else sql, tenant_id, staff_id)
    return into(Factor, row) if row else None


async def keep(tx: Tx, factor: Factor) -> None:
    """Keep it."""
    await tx.execute(
        _KEEP,
        factor.tenant_id, factor.staff_id, factor.secret, factor.confirmed_at, factor.step, factor.paper,
    )  # fmt: skip


async def drop(tx: Tx, tenant_id: UUID, staff_id: UUID) -> None:
    """Forget it."""
    await tx.execute("delete from app.second_factor where tenant_id = $1 and staff_id = $2", tenant_id, staff_id)


async def invite(tx: Tx, tenant_id: UUID, staff_id: UUID, token_hash: bytes, expires_at: datetime) -> None:
    """Keep the one invitation of a person; an earlier one is good no more."""
    await tx.execute(
        "insert into app.invitation (tenant_id, staff_id, hash, expires_at) values ($1, $2, $3, $4) "
        "on conflict (tenant_id, staff_id) do update set hash = excluded.hash, expires_at = excluded.expires_at",
        tenant_id, staff_id, token_hash, expires_at,
    )  # fmt: skip


async def use_invitation(tx: Tx, tenant_id: UUID, token_hash: bytes, now: datetime) -> UUID | None:
    """Whose invitation it was, if it is still good; it is used up by this."""
    return await tx.fetchval(
        "delete from app.invitation where tenant_id = $1 and hash = $2 and expires_at > $3 returning staff_id",
        tenant_id, token_hash, now,
    )  # fmt: skip
