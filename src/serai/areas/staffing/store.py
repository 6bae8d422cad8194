"""The SQL of shifts, profiles and rates."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from datetime import datetime
from uuid import UUID

from serai.areas.staffing.model import Profile, Rate, Shift
from serai.kernel.errors import NotFound
from serai.runtime.db.rows import into
from serai.runtime.db.tx import ReadTx
from serai.runtime.work import Work

_GET = "select * from app.shift where tenant_id = $1 and id = $2"
_INSERT = (
    "insert into app.shift (tenant_id, id, property_id, staff_id, state, starts_at, ends_at, break_minutes, "
    "started_at, ended_at, reason, external_code, version, created_at) "
    "values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) returning id"
)
_UPDATE = (
    "update app.shift set state = $3, starts_at = $4, ends_at = $5, break_minutes = $6, started_at = $7, "
    "ended_at = $8, reason = $9, version = $10 where tenant_id = $1 and id = $2 and version = $11 returning id"
)
_KEEP_PROFILE = (
    "insert into app.staff_profile (tenant_id, staff_id, skills, languages, external_code, version, id) "
    "values ($1, $2, $3, $4, $5, $6, $7) on conflict (tenant_id, staff_id) do update set skills = $3, languages = $4, "
    "external_code = $5, version = $6 where staff_profile.version = $6 - 1 returning id"
)


@dataclass(frozen=True, slots=True)
class Filters:
    """Which shifts a list asks for; None is all. A shift counts that touches `[since, until)`."""

    properties: list[UUID] | None = None
    staff_id: UUID | None = None
    state: str | None = None
    since: datetime | None = None
    until: datetime | None = None


_WHERE = (
    "from app.shift where tenant_id = $1 and ($2::uuid[] is null or property_id = any($2)) "
    "and ($3::uuid is null or staff_id = $3) and ($4::text is null or state = $4) "
    "and ($5::timestamptz is null or ends_at > $5) and ($6::timestamptz is null or starts_at < $6)"
)


async def get(tx: ReadTx, tenant_id: UUID, shift_id: UUID, *, lock: bool = False) -> Shift:
    """A shift, locked if asked, or NotFound."""
    row = await tx.fetchrow(_GET + " for update" if lock else _GET, tenant_id, shift_id)
    if row is None:
        raise NotFound
    return into(Shift, row)


async def of_code(tx: ReadTx, tenant_id: UUID, property_id: UUID, code: str) -> UUID | None:
    """The shift that another system calls so."""
    return await tx.fetchval(
        "select id from app.shift where tenant_id = $1 and property_id = $2 and external_code = $3",
        tenant_id, property_id, code,
    )  # fmt: skip


async def between(
    tx: ReadTx, tenant_id: UUID, property_id: UUID, since: datetime, until: datetime, staff_id: UUID | None = None
) -> list[Shift]:
    """The live shifts that touch `[since, until]`, by their end."""
    rows = await tx.fetch(
        "select * from app.shift where tenant_id = $1 and property_id = $2 and state in ('planned', 'started') "
        "and starts_at <= $4 and ends_at > $3 and ($5::uuid is null or staff_id = $5) order by ends_at, id",
        tenant_id, property_id, since, until, staff_id,
    )  # fmt: skip
    return [into(Shift, row) for row in rows]


async def any_between(tx: ReadTx, tenant_id: UUID, property_id: UUID, since: datetime, until: datetime) -> bool:
    """Whether the property keeps a roster for this time."""
    return await tx.fetchval(
        "select exists (select from app.shift where tenant_id = $1 and property_id = $2 "
        "and ends_at > $3 and starts_at < $4 and state <> 'cancelled')",
        tenant_id, property_id, since, until,
    )  # fmt: skip


async def insert(work: Work, made: Shift) -> None:
    """Save a new shift."""
    await work.save(
        _INSERT,
        made.tenant_id, made.id, made.property_id, made.staff_id, made.state, made.starts_at, made.ends_at,
        made.break_minutes, made.started_at, made.ended_at, made.reason, made.external_code, made.version, work.now,
    )  # fmt: skip


async def save(work: Work, after: Shift, version: int) -> None:
    """Save a change to the version that was read."""
    await work.save(
        _UPDATE,
        after.tenant_id, after.id, after.state, after.starts_at, after.ends_at, after.break_minutes,
        after.started_at, after.ended_at, after.reason, after.version, version,
    )  # fmt: skip


async def find(
    tx: ReadTx, tenant_id: UUID, filters: Filters, after: tuple[datetime, UUID] | None, limit: int
) -> list[Shift]:
    """Shifts by their start."""
    rows = await tx.fetch(
        f"select * {_WHERE} and ($7::timestamptz is null or (starts_at, id) > ($7, $8::uuid)) "
        "order by starts_at, id limit $9",
        tenant_id, *astuple(filters), *(after or (None, None)), limit,
    )  # fmt: skip
    return [into(Shift, row) for row in rows]


async def count(tx: ReadTx, tenant_id: UUID, filters: Filters) -> int:
    """How many such shifts there are."""
    return await tx.fetchval(f"select count(*) {_WHERE}", tenant_id, *astuple(filters))


async def profile(tx: ReadTx, tenant_id: UUID, staff_id: UUID) -> Profile | None:
    """What somebody can do; None where nobody has said."""
    row = await tx.fetchrow(
        "select * from app.staff_profile where tenant_id = $1 and staff_id = $2", tenant_id, staff_id
    )
    return None if row is None else into(Profile, row)


async def profiles(tx: ReadTx, tenant_id: UUID, people: list[UUID]) -> dict[UUID, Profile]:
    """The profiles of these people, as far as there are any."""
    rows = await tx.fetch(
        "select * from app.staff_profile where tenant_id = $1 and staff_id = any($2)", tenant_id, people
    )
    return {row["staff_id"]: into(Profile, row) for row in rows}


async def of_person_code(tx: ReadTx, tenant_id: UUID, code: str) -> UUID | None:
    """Whom another system calls so."""
    return await tx.fetchval(
        "select staff_id from app.staff_profile where tenant_id = $1 and external_code = $2", tenant_id, code
    )


async def keep_profile(work: Work, after: Profile) -> None:
    """Save a profile over the version that was read."""
    await work.save(
        _KEEP_PROFILE,
        after.tenant_id, after.staff_id, after.skills, after.languages, after.external_code, after.version,
        after.id,
    )  # fmt: skip


async def rates(tx: ReadTx, tenant_id: UUID, staff_id: UUID) -> list[Rate]:
    """All rates of a person, oldest first."""
    rows = await tx.fetch(
        "select * from app.staff_rate where tenant_id = $1 and staff_id = $2 order by valid_from", tenant_id, staff_id
    )
    return [into(Rate, row) for row in rows]


async def insert_rate(work: Work, rate: Rate) -> None:
    """Save a new rate."""
    await work.save(
        "insert into app.staff_rate (tenant_id, id, staff_id, valid_from, amount, currency) "
        "values ($1, $2, $3, $4, $5, $6) returning id",
        rate.tenant_id, rate.id, rate.staff_id, rate.valid_from, rate.amount, rate.currency,
    )  # fmt: skip
