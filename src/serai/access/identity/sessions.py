"""The SQL of sessions, refresh tokens and keys."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from serai.access.identity.model import ApiKey, Session
from serai.access.identity.roles import Role
from serai.kernel.errors import NotFound
from serai.runtime.db.rows import into
from serai.runtime.db.tx import ReadTx, Row, Tx
from serai.runtime.work import Work

REPEATED = timedelta(days=1)
"""How long a refresh token may come again while nothing has come of it."""
_COLUMNS = "id, tenant_id, staff_id, device, started_at, used_at, expires_at, ended_at, reason, version"
_SESSION = f"select {_COLUMNS} from app.session where tenant_id = $1 "  # noqa: S608  # own text
_KEY = (
    "select id, tenant_id, name, prefix, roles, properties, created_at, expires_at, revoked_at, version "
    "from app.api_key where tenant_id = $1 "
)


async def insert(work: Work, session: Session) -> None:
    """Keep a new session; the same person's expired ones go (the journal remembers them)."""
    await work.tx.execute(
        "delete from app.session where tenant_id = $1 and staff_id = $2 and expires_at < $3",
        session.tenant_id, session.staff_id, work.now,
    )  # fmt: skip
    await work.tx.execute(
        "insert into app.session (tenant_id, id, staff_id, device, started_at, used_at, expires_at, version) "
        "values ($1, $2, $3, $4, $5, $6, $7, $8)",
        session.tenant_id, session.id, session.staff_id, session.device, session.started_at, session.used_at,
        session.expires_at, session.version,
    )  # fmt: skip


async def of_staff(tx: ReadTx, tenant_id: UUID, staff_id: UUID, now: datetime) -> list[Session]:
    """The sessions of a person that have not ended and are not too old, newest first."""
    rows = await tx.fetch(
        _SESSION + "and staff_id = $2 and ended_at is null and expires_at > $3 order by started_at desc, id limit 1000",
        tenant_id, staff_id, now,
    )  # fmt: skip
    return [into(Session, row) for row in rows]


async def lock(tx: Tx, tenant_id: UUID, session_id: UUID) -> Session:
    """The session, locked to the end of the transaction, or NotFound."""
    row = await tx.fetchrow(_SESSION + "and id = $2 for update", tenant_id, session_id)
    if row is None:
        raise NotFound
    return into(Session, row)


async def save_end(work: Work, session: Session) -> None:
    """Keep that a session ended."""
    await work.save(
        "update app.session set ended_at = $3, reason = $4, version = $5 where tenant_id = $1 and id = $2 "
        "returning version",
        session.tenant_id, session.id, session.ended_at, session.reason, session.version,
    )  # fmt: skip


async def add_token(tx: Tx, session: Session, token_hash: bytes, now: datetime) -> None:
    """Keep the hash of a session's newest refresh token."""
    await tx.execute(
        "insert into app.refresh_token (tenant_id, hash, session_id, issued_at) values ($1, $2, $3, $4)",
        session.tenant_id, token_hash, session.id, now,
    )  # fmt: skip


async def use_token(tx: Tx, tenant_id: UUID, token_hash: bytes, now: datetime) -> tuple[Session, bool] | None:
    """Use a refresh token up: its session, locked, and whether that is in order; None when unknown.

    For a day the newest that was used may come again: its answer was lost on the way, or comes late. The first to be
    used of those that were given for it makes the others void, and what is void counts as used before: of two who hold
    tokens of one session the second is always noticed.
    """
    session_id: UUID | None = await tx.fetchval(
        "select session_id from app.refresh_token where tenant_id = $1 and hash = $2", tenant_id, token_hash
    )
    if session_id is None:
        return None
    session = await lock(tx, tenant_id, session_id)
    used: Any = await tx.fetchrow(
        "select max(used_at) filter (where hash = $3) mine, max(used_at) newest from app.refresh_token "
        "where tenant_id = $1 and session_id = $2",
        tenant_id, session_id, token_hash,
    )  # fmt: skip
    mine: datetime | None = used["mine"]
    newest: datetime | None = used["newest"]
    if mine is not None:
        return session, mine == newest and now - mine < REPEATED
    await tx.execute(
        "update app.refresh_token set used_at = case when hash = $3 then $4::timestamptz else $5::timestamptz end "
        "where tenant_id = $1 and session_id = $2 and used_at is null",
        tenant_id, session_id, token_hash,
        now if newest is None else max(now, newest + timedelta(microseconds=1)),
        session.started_at - timedelta(seconds=1),
    )  # fmt: skip
    return session, True


async def touch(tx: Tx, session: Session, now: datetime) -> None:
    """Keep that a session was renewed now."""
    await tx.execute(
        "update app.session set used_at = $3 where tenant_id = $1 and id = $2", session.tenant_id, session.id, now
    )


async def holder(tx: ReadTx, tenant_id: UUID, session_id: UUID, staff_id: UUID) -> Row | None:
    """Name and roles of a person whose session has not ended and who may sign in; `unproven`: without a second factor
    where the company asks its managers for one.
    """
    return await tx.fetchrow(
        "select s.name, coalesce((select jsonb_agg(jsonb_build_array(g.role, g.property_id)) from app.role_grant g "
        "where g.tenant_id = $1 and g.staff_id = s.id), '[]') roles, "
        "t.second_factor_required and not exists (select from app.second_factor f "
        "where f.tenant_id = $1 and f.staff_id = s.id and f.confirmed_at is not null) unproven "
        "from app.session e join app.staff s on s.tenant_id = $1 and s.id = e.staff_id "
        "join app.tenant t on t.tenant_id = $1 "
        "where e.tenant_id = $1 and e.id = $2 and e.staff_id = $3 and e.ended_at is null and s.state = 'active'",
        tenant_id, session_id, staff_id,
    )  # fmt: skip


async def insert_key(work: Work, key: ApiKey, key_hash: bytes) -> None:
    """Keep a new key."""
    await work.save(
        "insert into app.api_key (tenant_id, id, name, prefix, hash, roles, properties, created_at, expires_at, "
        "version) "
        "values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning version",
        key.tenant_id, key.id, key.name, key.prefix, key_hash, sorted(key.roles),
        None if key.properties is None else sorted(key.properties), key.created_at, key.expires_at, key.version,
    )  # fmt: skip


async def get_key(tx: ReadTx, tenant_id: UUID, key_id: UUID) -> ApiKey:
    """The key, or NotFound."""
    return _found(await tx.fetchrow(_KEY + "and id = $2", tenant_id, key_id))


async def lock_key(tx: Tx, tenant_id: UUID, key_id: UUID) -> ApiKey:
    """The key, locked to the end of the transaction."""
    return _found(await tx.fetchrow(_KEY + "and id = $2 for update", tenant_id, key_id))


async def key_hash(tx: ReadTx, tenant_id: UUID, key_id: UUID) -> bytes:
    """The hash of a key's secret."""
    return await tx.fetchval("select hash from app.api_key where tenant_id = $1 and id = $2", tenant_id, key_id)


async def key_by_hash(tx: ReadTx, tenant_id: UUID, secret_hash: bytes) -> ApiKey | None:
    """The key with this secret."""
    row = await tx.fetchrow(_KEY + "and hash = $2", tenant_id, secret_hash)
    return _key(row) if row else None


async def find_keys(
    tx: ReadTx, tenant_id: UUID, seen: list[UUID] | None, after: tuple[datetime, UUID] | None, limit: int
) -> list[ApiKey]:
    """Keys by age, of those that reach no further than `seen` (None: all), behind a key of the list."""
    at, id_ = after or (None, None)
    rows = await tx.fetch(
        _KEY + "and ($2::uuid[] is null or properties <@ $2) "
        "and ($3::timestamptz is null or (created_at, id) > ($3, $4)) "
        "order by created_at, id limit $5",
        tenant_id, seen, at, id_, limit,
    )  # fmt: skip
    return [_key(row) for row in rows]


async def count_keys(tx: ReadTx, tenant_id: UUID, seen: list[UUID] | None) -> int:
    """How many keys `find_keys` would give without a limit."""
    return await tx.fetchval(
        "select count(*) from app.api_key where tenant_id = $1 and ($2::uuid[] is null or properties <@ $2)",
        tenant_id, seen,
    )  # fmt: skip


async def save_revoked(work: Work, key: ApiKey) -> None:
    """Keep that a key was revoked."""
    await work.save(
        "update app.api_key set revoked_at = $3, version = $4 where tenant_id = $1 and id = $2 returning version",
        key.tenant_id, key.id, key.revoked_at, key.version,
    )  # fmt: skip


def _found(row: Row | None) -> ApiKey:
    if row is None:
        raise NotFound
    return _key(row)


def _key(row: Row) -> ApiKey:
    values: dict[str, Any] = dict(row)
    values["roles"] = frozenset(map(Role, values["roles"]))
    if values["properties"] is not None:
        values["properties"] = frozenset(values["properties"])
    return ApiKey(**values)
