"""The SQL of spaces and rooms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from typing import Any
from uuid import UUID

from serai.areas.spaces.model import Kind, Room, RoomStatus, Source, Space, StatusChange, StatusEvent, natural_key
from serai.kernel.errors import NotFound
from serai.runtime.db.rows import into
from serai.runtime.db.tx import ReadTx, Row
from serai.runtime.work import Work

_COLUMNS = (
    "id, tenant_id, property_id, kind, parent_id, name, external_code, capacity, archived_at, version, "
    "number, room_type, floor, section, credits, occupancy, condition, service, guest_service, repair_required, "
    "stay_id, queue, cleaned_at, inspected_at, status_changed_at"
)
_SELECT = f"select {_COLUMNS} from app.space where tenant_id = $1"  # noqa: S608  # own text


def _record(row: Row) -> Space:
    return into(Room if row["kind"] == Kind.ROOM else Space, row)


async def get(tx: ReadTx, tenant_id: UUID, space_id: UUID) -> Space:
    """A space or a room, or NotFound."""
    row = await tx.fetchrow(f"{_SELECT} and id = $2", tenant_id, space_id)
    if row is None:
        raise NotFound
    return _record(row)


async def lock(tx: ReadTx, tenant_id: UUID, space_ids: Sequence[UUID]) -> dict[UUID, Space]:
    """Those of the spaces that are here, locked in the order of their ids."""
    rows = await tx.fetch(f"{_SELECT} and id = any($2) order by id for update", tenant_id, sorted(space_ids))
    return {row["id"]: _record(row) for row in rows}


async def lock_room(tx: ReadTx, tenant_id: UUID, room_id: UUID) -> Room:
    """A room, locked, or NotFound."""
    row = await tx.fetchrow(f"{_SELECT} and id = $2 and kind = 'room' for update", tenant_id, room_id)
    if row is None:
        raise NotFound
    return into(Room, row)


async def inside(tx: ReadTx, tenant_id: UUID, space_id: UUID) -> int:
    """How many living spaces lie in this one directly."""
    return await tx.fetchval(
        "select count(*) from app.space where tenant_id = $1 and parent_id = $2 and archived_at is null",
        tenant_id,
        space_id,
    )


async def above(tx: ReadTx, tenant_id: UUID, space_id: UUID) -> list[Space]:
    """The space and all it lies in, nearest first; the tree is at most as deep as there are kinds."""
    rows = await tx.fetch(
        f"with recursive up as (select id, parent_id, 0 as depth from app.space where tenant_id = $1 and id = $2 "  # noqa: S608  # own text
        "union all select s.id, s.parent_id, up.depth + 1 from up join app.space s "
        "on s.tenant_id = $1 and s.id = up.parent_id where up.depth < 10) "
        f"select {_COLUMNS} from app.space join (select id as up_id, depth from up) u on up_id = id "
        "where tenant_id = $1 order by depth",
        tenant_id,
        space_id,
    )
    return [_record(row) for row in rows]


async def rooms_inside(tx: ReadTx, tenant_id: UUID, space_id: UUID) -> list[Room]:
    """The living rooms in a space, at any depth."""
    rows = await tx.fetch(
        f"with recursive down as (select id, 0 as depth from app.space where tenant_id = $1 and id = $2 "  # noqa: S608  # own text
        "union all select s.id, down.depth + 1 from down join app.space s "
        "on s.tenant_id = $1 and s.parent_id = down.id where down.depth < 10) "
        f"select {_COLUMNS} from app.space where tenant_id = $1 and kind = 'room' and archived_at is null "
        "and id in (select id from down where depth > 0) order by id",
        tenant_id, space_id,
    )  # fmt: skip
    return [into(Room, row) for row in rows]


async def lock_property(tx: ReadTx, tenant_id: UUID, property_id: UUID) -> list[Room]:
    """The living rooms of a property, locked in the order of their ids."""
    rows = await tx.fetch(
        f"{_SELECT} and property_id = $2 and kind = 'room' and archived_at is null order by id for update",
        tenant_id, property_id,
    )  # fmt: skip
    return [into(Room, row) for row in rows]


async def find_room(tx: ReadTx, tenant_id: UUID, property_id: UUID, text: str) -> UUID | None:
    """The living room with this PMS code, else with this number."""
    return await tx.fetchval(
        "select id from app.space where tenant_id = $1 and property_id = $2 and kind = 'room' and archived_at is null "
        "and (external_code = $3 or number = $3) order by external_code = $3 desc nulls last limit 1",
        tenant_id,
        property_id,
        text,
    )


@dataclass(frozen=True, slots=True)
class Where:
    """Which spaces a list asks for; None is all."""

    tenant_id: UUID
    properties: list[UUID] | None
    property_id: UUID | None
    kind: str | None
    parent_id: UUID | None


_WHERE = (
    "tenant_id = $1 and archived_at is null and ($2::uuid[] is null or property_id = any($2)) "
    "and ($3::uuid is null or property_id = $3) and ($4::text is null or kind = $4) "
    "and ($5::uuid is null or parent_id = $5)"
)


async def spaces(tx: ReadTx, where: Where, after: tuple[str, UUID] | None, limit: int) -> list[Space]:
    """Living spaces in natural order of their names (rooms: numbers)."""
    rows = await tx.fetch(
        f"select {_COLUMNS} from app.space where {_WHERE} "  # noqa: S608  # own text
        "and ($6::text is null or (sort_key, id) > ($6, $7::uuid)) order by sort_key, id limit $8",
        *astuple(where), *(after or (None, None)), limit,
    )  # fmt: skip
    return [_record(row) for row in rows]


async def count_spaces(tx: ReadTx, where: Where) -> int:
    """How many such spaces there are."""
    return await tx.fetchval(f"select count(*) from app.space where {_WHERE}", *astuple(where))  # noqa: S608  # own text


def sort_key(space: Space) -> str:
    """What a space is sorted by."""
    return natural_key(space.number if isinstance(space, Room) else space.name)


_INSERT = (
    "insert into app.space (tenant_id, id, property_id, kind, created_at, parent_id, name, sort_key, external_code, "
    "capacity, archived_at, number, room_type, floor, section, credits) "
)


def _values(space: Space) -> tuple[Any, ...]:
    room = space if isinstance(space, Room) else None
    return (
        space.parent_id, space.name, sort_key(space), space.external_code, space.capacity, space.archived_at,
        room and room.number, room and room.room_type, room and room.floor, room and room.section,
        dict(room.credits) if room else {},
    )  # fmt: skip


async def insert(work: Work, space: Space) -> None:
    """Keep a new space."""
    await work.save(
        f"{_INSERT} values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) returning id",
        space.tenant_id, space.id, space.property_id, space.kind, work.now, *_values(space),
    )  # fmt: skip


async def insert_many(work: Work, many: Sequence[Space]) -> None:
    """Keep many new spaces in one round trip."""
    await work.tx.executemany(
        f"{_INSERT} values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
        [(one.tenant_id, one.id, one.property_id, one.kind, work.now, *_values(one)) for one in many],
    )


async def save(work: Work, space: Space) -> None:
    """Save what describes a space; the status is not touched."""
    await work.save(
        "update app.space set parent_id = $4, name = $5, sort_key = $6, external_code = $7, capacity = $8, "
        "archived_at = $9, number = $10, room_type = $11, floor = $12, section = $13, credits = $14, version = $3 "
        "where tenant_id = $1 and id = $2 and version = $3 - 1 returning id",
        space.tenant_id, space.id, space.version, *_values(space),
    )  # fmt: skip


async def save_status(
    work: Work, before: Room, after: Room, names: tuple[RoomStatus, RoomStatus], change: StatusChange
) -> None:
    """Save a room's status and its line of history, in the one function that may."""
    actor = work.actor
    source = Source.MANAGER_OVERRIDE if change.overrides else change.source
    await work.save(
        "select set_room_status as id from app.set_room_status"
        "($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)",
        after.tenant_id, after.id, before.version, after.version,
        after.occupancy, after.condition, after.service, after.guest_service, after.repair_required, after.stay_id,
        after.queue, after.cleaned_at, after.inspected_at, after.status_changed_at,
        work.new_id(), *names, source, actor.kind, actor.id, actor.name,
        change.note, change.reason,
    )  # fmt: skip


async def status_events(
    tx: ReadTx, tenant_id: UUID, room_id: UUID, before: int | None, limit: int
) -> list[StatusEvent]:
    """The history of a room's status, newest first, behind a version."""
    rows = await tx.fetch(
        "select id, tenant_id, property_id, room_id, at, version, from_status, to_status, before, after, source, "
        "actor_kind, actor_id, actor_name, note, reason "
        "from app.room_status_event where tenant_id = $1 and room_id = $2 "
        "and ($3::int is null or version < $3) order by version desc limit $4",
        tenant_id, room_id, before, limit,
    )  # fmt: skip
    return [into(StatusEvent, row) for row in rows]


async def count_status_events(tx: ReadTx, tenant_id: UUID, room_id: UUID) -> int:
    """How many lines the history has."""
    return await tx.fetchval(
        "select count(*) from app.room_status_event where tenant_id = $1 and room_id = $2", tenant_id, room_id
    )
