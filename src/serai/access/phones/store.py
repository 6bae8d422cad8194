"""The SQL of phones and PINs."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from serai.access.phones.model import Phone
from serai.kernel.errors import NotFound
from serai.runtime.db.rows import into
from serai.runtime.db.tx import ReadTx, Tx
from serai.runtime.work import Work

_SELECT = (
    "select id, tenant_id, property_id, version, name, public_key, enrolled_at, revoked_at from app.phone "
    "where tenant_id = $1 "
)
_WHERE = "and ($2::uuid[] is null or property_id = any($2)) and revoked_at is null "


async def find_one(tx: ReadTx, tenant_id: UUID, phone_id: UUID) -> Phone | None:
    """The phone, locked, if there is one."""
    row = await tx.fetchrow(_SELECT + "and id = $2 for update", tenant_id, phone_id)
    return into(Phone, row) if row else None


async def get(tx: ReadTx, tenant_id: UUID, phone_id: UUID, *, lock: bool = False) -> Phone:
    """The phone, or NotFound."""
    row = await tx.fetchrow(_SELECT + "and id = $2" + (" for update" if lock else ""), tenant_id, phone_id)
    if row is None:
        raise NotFound
    return into(Phone, row)


async def find(
    tx: ReadTx, tenant_id: UUID, seen: list[UUID] | None, after: tuple[str, UUID] | None, limit: int
) -> list[Phone]:
    """The phones in use of these properties, by name."""
    rows = await tx.fetch(
        _SELECT + _WHERE + "and ($3::text is null or (name, id) > ($3, $4)) order by name, id limit $5",
        tenant_id, seen, *(after or (None, None)), limit,
    )  # fmt: skip
    return [into(Phone, row) for row in rows]


async def count(tx: ReadTx, tenant_id: UUID, seen: list[UUID] | None) -> int:
    """How many there are."""
    sql = "select count(*) from app.phone where tenant_id = $1 " + _WHERE  # noqa: S608  # own text
    return await tx.fetchval(sql, tenant_id, seen)


async def insert(work: Work, made: Phone) -> None:
    """Keep a new phone."""
    await work.save(
        "insert into app.phone (tenant_id, id, property_id, name, public_key, enrolled_at, version) "
        "values ($1, $2, $3, $4, $5, $6, $7) returning id",
        made.tenant_id, made.id, made.property_id, made.name, made.public_key, made.enrolled_at, made.version,
    )  # fmt: skip


async def save_revoked(work: Work, after: Phone) -> None:
    """Keep that it signs nobody in any more."""
    await work.save(
        "update app.phone set revoked_at = $3, version = $4, challenge = null where tenant_id = $1 and id = $2 "
        "returning id",
        after.tenant_id, after.id, after.revoked_at, after.version,
    )  # fmt: skip


async def challenge(tx: Tx, phone: Phone, chance: bytes, until: datetime) -> None:
    """Keep the one challenge that the phone may sign."""
    await tx.execute(
        "update app.phone set challenge = $3, challenge_until = $4 where tenant_id = $1 and id = $2",
        phone.tenant_id, phone.id, chance, until,
    )  # fmt: skip


async def take_challenge(tx: Tx, phone: Phone, now: datetime) -> bytes | None:
    """The challenge, if it is still good; it is used up by this."""
    return await tx.fetchval(
        "with old as (select id, challenge, challenge_until from app.phone where tenant_id = $1 and id = $2) "
        "update app.phone p set challenge = null from old where p.tenant_id = $1 and p.id = old.id "
        "returning case when old.challenge_until > $3 then old.challenge end",
        phone.tenant_id, phone.id, now,
    )  # fmt: skip


async def set_pin(tx: Tx, tenant_id: UUID, staff_id: UUID, pin_hash: str, now: datetime) -> None:
    """Keep the hash of a PIN."""
    await tx.execute(
        "insert into app.pin (tenant_id, staff_id, hash, changed_at) values ($1, $2, $3, $4) "
        "on conflict (tenant_id, staff_id) do update set hash = excluded.hash, changed_at = excluded.changed_at",
        tenant_id, staff_id, pin_hash, now,
    )  # fmt: skip


async def pin_hash(tx: ReadTx, tenant_id: UUID, staff_id: UUID) -> str | None:
    """The hash of a PIN, if there is one."""
    return await tx.fetchval("select hash from app.pin where tenant_id = $1 and staff_id = $2", tenant_id, staff_id)


async def count_try(tx: Tx, phone: Phone, staff_id: UUID) -> int:
    """Count a try before it is made; how many there were without a right one, this one included."""
    return await tx.fetchval(
        "insert into app.pin_try (tenant_id, phone_id, staff_id, wrong) values ($1, $2, $3, 1) "
        "on conflict (tenant_id, phone_id, staff_id) do update set wrong = pin_try.wrong + 1 returning wrong",
        phone.tenant_id, phone.id, staff_id,
    )  # fmt: skip


async def bind_session(tx: Tx, phone: Phone, session_id: UUID) -> None:
    """A session that lives on this phone."""
    await tx.execute(
        "insert into app.phone_session (tenant_id, session_id, phone_id) values ($1, $2, $3)",
        phone.tenant_id, session_id, phone.id,
    )  # fmt: skip


async def sessions_on(tx: ReadTx, phone: Phone) -> list[UUID]:
    """The sessions that live on it and have not ended."""
    rows = await tx.fetch(
        "select s.id from app.phone_session p join app.session s on s.tenant_id = $1 and s.id = p.session_id "
        "where p.tenant_id = $1 and p.phone_id = $2 and s.ended_at is null order by s.id",
        phone.tenant_id, phone.id,
    )  # fmt: skip
    return [row["id"] for row in rows]
