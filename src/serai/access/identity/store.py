"""The SQL of staff, roles and passwords."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from serai.access.identity.model import Staff, StaffState
from serai.access.identity.roles import Role, RoleGrant
from serai.kernel.errors import NotFound
from serai.kernel.ids import new_id
from serai.runtime.db.tx import ReadTx, Row, Tx
from serai.runtime.work import Work

_STAFF = (
    "select s.id, s.tenant_id, s.name, s.login, s.email, s.state, s.version, "
    "coalesce((select jsonb_agg(jsonb_build_array(g.role, g.property_id)) from app.role_grant g "
    "where g.tenant_id = $1 and g.staff_id = s.id), '[]') roles from app.staff s where s.tenant_id = $1 "
)
_SEEN = (
    "and ($2::uuid[] is null or s.id = $3 or exists (select 1 from app.role_grant g where g.tenant_id = $1 "
    "and g.staff_id = s.id and (g.property_id is null or g.property_id = any($2)))) "
    "and ($4::text is null or s.state = $4) and ($5::text is null or exists (select 1 from app.role_grant g "
    "where g.tenant_id = $1 and g.staff_id = s.id and g.role = $5)) "
)
_IN_PROPERTY = (
    _STAFF  # noqa: S608  # own text
    + "and s.state = 'active' and exists (select 1 from app.role_grant g where g.tenant_id = $1 "
    + "and g.staff_id = s.id and (g.property_id is null or g.property_id = $2) and ($3::text is null or g.role = $3)) "
    + "order by s.name, s.id"
)
_COUNT = "select count(*) from app.staff s where s.tenant_id = $1 " + _SEEN  # noqa: S608  # own text


async def find_one(tx: ReadTx, tenant_id: UUID, staff_id: UUID) -> Staff | None:
    """The person, if there is one."""
    row = await tx.fetchrow(_STAFF + "and s.id = $2", tenant_id, staff_id)
    return _staff(row) if row else None


async def get(tx: ReadTx, tenant_id: UUID, staff_id: UUID) -> Staff:
    """The person, or NotFound."""
    return _found(await tx.fetchrow(_STAFF + "and s.id = $2", tenant_id, staff_id))


async def lock(tx: Tx, tenant_id: UUID, staff_id: UUID) -> Staff:
    """The person, locked to the end of the transaction."""
    return _found(await tx.fetchrow(_STAFF + "and s.id = $2 for update of s", tenant_id, staff_id))


async def in_property(tx: ReadTx, tenant_id: UUID, property_id: UUID, role: str | None) -> list[Staff]:
    """The active people of a property, those of the whole company included, by name."""
    return [_staff(row) for row in await tx.fetch(_IN_PROPERTY, tenant_id, property_id, role)]


async def find(
    tx: ReadTx, tenant_id: UUID, who: tuple[list[UUID] | None, UUID | None], where: tuple[str | None, str | None],
    after: tuple[str, UUID] | None, limit: int,
) -> list[Staff]:  # fmt: skip
    """People by name. `who` is what the asker sees and himself, `where` a state and a role."""
    name, id_ = after or (None, None)
    rows = await tx.fetch(
        _STAFF + _SEEN + "and ($6::text is null or (s.name, s.id) > ($6, $7)) order by s.name, s.id limit $8",
        tenant_id, *who, *where, name, id_, limit,
    )  # fmt: skip
    return [_staff(row) for row in rows]


async def count(
    tx: ReadTx, tenant_id: UUID, who: tuple[list[UUID] | None, UUID | None], where: tuple[str | None, str | None]
) -> int:
    """How many people `find` would give without a limit."""
    return await tx.fetchval(_COUNT, tenant_id, *who, *where)


async def insert(work: Work, staff: Staff) -> None:
    """Keep a new person with his roles."""
    await work.tx.execute(
        "insert into app.staff (tenant_id, id, name, login, email, state, version, created_at) "
        "values ($1, $2, $3, $4, $5, $6, $7, $8)",
        staff.tenant_id, staff.id, staff.name, staff.login, staff.email, staff.state, staff.version, work.now,
    )  # fmt: skip
    await _add_roles(work.tx, staff, staff.roles)


async def save(work: Work, before: Staff, staff: Staff) -> None:
    """Keep a changed person and his roles."""
    gone = [(staff.tenant_id, staff.id, one.role, one.property_id) for one in before.roles - staff.roles]
    await work.tx.executemany(
        "delete from app.role_grant where tenant_id = $1 and staff_id = $2 and role = $3 "
        "and property_id is not distinct from $4",
        gone,
    )
    await _add_roles(work.tx, staff, staff.roles - before.roles)
    await work.save(
        "update app.staff set name = $3, login = $4, email = $5, state = $6, version = $7 "
        "where tenant_id = $1 and id = $2 returning version",
        staff.tenant_id, staff.id, staff.name, staff.login, staff.email, staff.state, staff.version,
    )  # fmt: skip


async def password_hash(tx: ReadTx, tenant_id: UUID, staff_id: UUID) -> str | None:
    """The hash of a person's password, if there is one and he may sign in."""
    return await tx.fetchval(
        "select c.password_hash from app.credential c join app.staff s on s.tenant_id = $1 and s.id = c.staff_id "
        "where c.tenant_id = $1 and c.staff_id = $2 and s.state = 'active'",
        tenant_id, staff_id,
    )  # fmt: skip


async def set_password(tx: Tx, tenant_id: UUID, staff_id: UUID, password_hash: str, now: datetime) -> None:
    """Keep the hash of a person's password."""
    await tx.execute(
        "insert into app.credential (tenant_id, staff_id, password_hash, changed_at) values ($1, $2, $3, $4) "
        "on conflict (tenant_id, staff_id) do update "
        "set password_hash = excluded.password_hash, changed_at = excluded.changed_at",
        tenant_id, staff_id, password_hash, now,
    )  # fmt: skip


async def forget_pin_tries(tx: Tx, tenant_id: UUID, staff_id: UUID) -> None:
    """A right PIN or password: the person begins anew on all phones."""
    await tx.execute("delete from app.pin_try where tenant_id = $1 and staff_id = $2", tenant_id, staff_id)


async def _add_roles(tx: Tx, staff: Staff, roles: frozenset[RoleGrant]) -> None:
    rows = [(staff.tenant_id, new_id(), staff.id, one.role, one.property_id) for one in sorted(roles, key=str)]
    await tx.executemany(
        "insert into app.role_grant (tenant_id, id, staff_id, role, property_id) values ($1, $2, $3, $4, $5)", rows
    )


def _found(row: Row | None) -> Staff:
    if row is None:
        raise NotFound
    return _staff(row)


def _staff(row: Row) -> Staff:
    values: dict[str, Any] = dict(row)
    values["state"] = StaffState(values["state"])
    values["roles"] = grants(values["roles"])
    return Staff(**values)


def grants(pairs: list[tuple[str, str | None]]) -> frozenset[RoleGrant]:
    """Grants read from JSON pairs of role and property."""
    return frozenset(RoleGrant(Role(role), UUID(place) if place else None) for role, place in pairs)
