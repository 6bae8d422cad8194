"""The SQL of bookings and stays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from serai.areas.stays.model import Said, Stay
from serai.kernel.errors import NotFound
from serai.runtime.db.rows import into
from serai.runtime.db.tx import ReadTx, Tx
from serai.runtime.work import Work

_GET = "select * from app.stay where tenant_id = $1 and id = $2"
_LINES = (
    "select * from app.stay where tenant_id = $1 and property_id = $2 and booking_reference = $3 order by id for update"
)
_BOOKING = (
    "insert into app.booking (tenant_id, property_id, booking_reference) values ($1, $2, $3) "
    "on conflict (tenant_id, property_id, booking_reference) "
    "do update set booking_reference = excluded.booking_reference returning said"
)
_KEEP_BOOKING = "update app.booking set said = $4 where tenant_id = $1 and property_id = $2 and booking_reference = $3"
_INSERT = (
    "insert into app.stay (tenant_id, id, property_id, booking_reference, line, room_id, room_type, guest_reference, "
    "guest_name, arrival, departure, adults, children, vip, eta, etd, service_nights, state, last_event_at, said, "
    "version) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21) "
    "returning id"
)
_UPDATE = (
    "update app.stay set room_id = $3, room_type = $4, guest_reference = $5, guest_name = $6, arrival = $7, "
    "departure = $8, adults = $9, children = $10, vip = $11, eta = $12, etd = $13, service_nights = $14, "
    "state = $15, last_event_at = $16, said = $17, version = $18 "
    "where tenant_id = $1 and id = $2 and version = $19 returning id"
)
_KEEP = "update app.stay set said = $3, last_event_at = $4, guest_name = $5 where tenant_id = $1 and id = $2"
_CURRENT = (
    "select * from app.stay where tenant_id = $1 and room_id = $2 and state = 'checked_in' "
    "order by arrival desc, id desc limit 1"
)
_NEXT = (
    "select * from app.stay where tenant_id = $1 and room_id = $2 and state = 'confirmed' and departure > $3 "
    "order by arrival, id limit 1"
)
_CLASH = (
    "select * from app.stay where tenant_id = $1 and room_id = $2 and id <> $3 "
    "and state in ('confirmed', 'checked_in') and arrival < $5 and departure > $4 order by arrival, id limit 1"
)
_IN_ROOM = (
    "select * from app.stay where tenant_id = $1 and room_id = $2 and arrival < $4 "
    "and (departure > $3 and state in ('confirmed', 'checked_in') or state = 'checked_in' and $5 >= $3) "
    "order by arrival, id"
)
_WHERE = (
    "from app.stay where tenant_id = $1 and ($2::uuid[] is null or property_id = any($2)) "
    "and ($3::uuid is null or room_id = $3) and ($4::text is null or state = $4) "
    "and ($5::timestamptz is null or arrival >= $5) and ($6::timestamptz is null or arrival < $6) "
    "and ($7::text is null or booking_reference = $7) "
)
_COUNT = "select count(*) " + _WHERE
_LISTS = {
    "arrival": "select * "
    + _WHERE
    + "and ($8::timestamptz is null or (arrival, id) > ($8, $9)) order by arrival, id limit $10",
    "-arrival": "select * "
    + _WHERE
    + "and ($8::timestamptz is null or (arrival, id) < ($8, $9)) order by arrival desc, id desc limit $10",
}
SORTS = tuple(_LISTS)
_CHANGING = (
    "room_id", "room_type", "guest_reference", "guest_name", "arrival", "departure", "adults", "children", "vip",
    "eta", "etd", "service_nights", "state", "last_event_at", "said", "version",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Filter:
    """Which stays a list shows; None shows all. The arrival lies in [from, before)."""

    properties: list[UUID] | None = None
    room_id: UUID | None = None
    state: str | None = None
    arrival_from: datetime | None = None
    arrival_before: datetime | None = None
    booking_reference: str | None = None

    def values(self) -> tuple[Any, ...]:
        """The parameters $2 to $7."""
        return (
            self.properties, self.room_id, self.state,
            self.arrival_from, self.arrival_before, self.booking_reference,
        )  # fmt: skip


async def get(tx: ReadTx, tenant_id: UUID, stay_id: UUID) -> Stay:
    """The stay, or NotFound."""
    return _one(await tx.fetchrow(_GET, tenant_id, stay_id))


async def lock(tx: Tx, tenant_id: UUID, stay_id: UUID) -> Stay:
    """The stay, held until the end of the transaction, or NotFound."""
    return _one(await tx.fetchrow(_GET + " for update", tenant_id, stay_id))


def _one(row: Any) -> Stay:
    if row is None:
        raise NotFound
    return into(Stay, row)


async def lock_booking(
    tx: Tx, tenant_id: UUID, property_id: UUID, booking_reference: str
) -> tuple[Said, dict[int, Stay]]:
    """What was said of the booking as a whole, and its stays by line, all held; made when it is new."""
    said = await tx.fetchval(_BOOKING, tenant_id, property_id, booking_reference)
    rows = await tx.fetch(_LINES, tenant_id, property_id, booking_reference)
    return said, {row["line"]: into(Stay, row) for row in rows}


async def keep_booking(tx: Tx, tenant_id: UUID, property_id: UUID, booking_reference: str, said: Said) -> None:
    """Keep what was said of the locked booking as a whole."""
    await tx.execute(_KEEP_BOOKING, tenant_id, property_id, booking_reference, said)


async def insert(work: Work, stay: Stay) -> None:
    """A new stay."""
    await work.save(
        _INSERT, stay.tenant_id, stay.id, stay.property_id, stay.booking_reference, stay.line, *_changing(stay)
    )


async def save(work: Work, stay: Stay, read: int) -> None:
    """The stay as changed; stale where it is no longer at the version `read`."""
    await work.save(_UPDATE, stay.tenant_id, stay.id, *_changing(stay), read)


async def keep(tx: Tx, stay: Stay) -> None:
    """What nobody sees and no version counts: the stamps of what was said, and a name."""
    await tx.execute(_KEEP, stay.tenant_id, stay.id, stay.said, stay.last_event_at, stay.guest_name)


def _changing(stay: Stay) -> list[Any]:
    return [getattr(stay, name) for name in _CHANGING]


async def current(tx: ReadTx, tenant_id: UUID, room_id: UUID) -> Stay | None:
    """The stay whose guest is in the room; of two the later one."""
    row = await tx.fetchrow(_CURRENT, tenant_id, room_id)
    return into(Stay, row) if row else None


async def next_arrival(tx: ReadTx, tenant_id: UUID, room_id: UUID, after: datetime) -> Stay | None:
    """The first confirmed stay in the room that is not over by `after`."""
    row = await tx.fetchrow(_NEXT, tenant_id, room_id, after)
    return into(Stay, row) if row else None


async def clash(tx: ReadTx, stay: Stay, room_id: UUID) -> Stay | None:
    """Another live stay in that room during this one."""
    row = await tx.fetchrow(_CLASH, stay.tenant_id, room_id, stay.id, stay.arrival, stay.departure)
    return into(Stay, row) if row else None


async def in_room(
    tx: ReadTx, tenant_id: UUID, room_id: UUID, span: tuple[datetime, datetime], now: datetime
) -> list[Stay]:
    """The live stays in a room in [from, until); a guest who is still there has not left."""
    return [into(Stay, row) for row in await tx.fetch(_IN_ROOM, tenant_id, room_id, *span, now)]


async def find(
    tx: ReadTx, tenant_id: UUID, wanted: Filter, sort: str, after: tuple[datetime, UUID] | None, limit: int
) -> list[Stay]:
    """Stays behind a key, in the order of the sort."""
    rows = await tx.fetch(_LISTS[sort], tenant_id, *wanted.values(), *(after or (None, None)), limit)
    return [into(Stay, row) for row in rows]


async def count(tx: ReadTx, tenant_id: UUID, wanted: Filter) -> int:
    """How many stays there are."""
    return await tx.fetchval(_COUNT, tenant_id, *wanted.values())
