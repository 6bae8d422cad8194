"""What must hold of a hotel that turned rooms over, whatever happened meanwhile."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from uuid import UUID

from serai import assembly
from serai.kernel.actor import system
from serai.kernel.ids import encode
from serai.runtime.db.tx import ReadTx
from serai.runtime.events import journal
from serai.runtime.jobs import cursors
from serai.runtime.jobs.relay import PREFIX
from serai.runtime.work import House

SHOWN = 5
PATIENCE = 60.0
"""Seconds for the rest to be done once nobody is killed any more."""


async def rest(here: House, tenant_id: UUID, patience: float = PATIENCE) -> list[str]:
    """Wait until nobody is behind any more; who still is after so many seconds, in words."""
    until = time.monotonic() + patience
    while True:
        late = await here.read(system(tenant_id, "campaign"), lambda tx: late_readers(tx, tenant_id))
        late += [f"{one.reader} is behind" for one in await cursors.standings(here.db, PREFIX) if one.behind]
        if not late or time.monotonic() > until:
            return late
        await asyncio.sleep(0.1)


async def late_readers(tx: ReadTx, tenant_id: UUID) -> list[str]:
    """The reactions that have not seen a fact which concerns them."""
    found: list[str] = []
    streams = await tx.fetch("select stream from app.stream where tenant_id = $1", tenant_id)
    for stream in (row["stream"] for row in streams):
        for one in assembly.reactions():
            at = await tx.fetchval(
                "select coalesce(max(position), 0) from app.cursor "
                "where tenant_id = $1 and stream = $2 and reader = $3",
                tenant_id, stream, one.name,
            )  # fmt: skip
            if await journal.next_of(tx, tenant_id, stream, at, one.types, None, one.changed):
                found.append(f"{one.name} at {at}")
    return found


async def broken_promises(tx: ReadTx, tenant_id: UUID, done: list[str]) -> list[str]:
    """What of the promises does not hold, in words; `done` are the bookings whose rooms were turned over."""
    found: list[str] = []
    stays = await tx.fetch("select id, booking_reference, state from app.stay where tenant_id = $1", tenant_id)
    if lost := set(done) - {row["booking_reference"] for row in stays}:
        found.append(f"stays lost: {sorted(lost)}")
    ended = [row for row in stays if row["booking_reference"] in set(done)]
    if open_ := [row["booking_reference"] for row in ended if row["state"] != "completed"]:
        found.append(f"not over: {open_}")
    tasks = await tx.fetch(
        "select origin, state from app.task where tenant_id = $1 and type = 'checkout_cleaning'", tenant_id
    )
    made = Counter(row["origin"] for row in tasks)
    if wrong := [one for one in ended if made[f"checkout:{encode('sty', one['id'])}"] != 1]:
        found.append(f"not one cleaning each: {[one['booking_reference'] for one in wrong]}")
    if left := [row["origin"] for row in tasks if row["state"] != "verified"]:
        found.append(f"unfinished: {left}")
    found += await _journal(tx, tenant_id)
    found += await parked(tx, tenant_id)
    return found


async def _journal(tx: ReadTx, tenant_id: UUID) -> list[str]:
    found: list[str] = []
    for row in await tx.fetch("select stream, head from app.stream where tenant_id = $1", tenant_id):
        positions = await tx.fetch(
            "select position from app.journal where tenant_id = $1 and stream = $2 order by position",
            tenant_id, row["stream"],
        )  # fmt: skip
        if [one["position"] for one in positions] != list(range(1, row["head"] + 1)):
            found.append(f"a gap in {row['stream']}")
    told = await tx.fetch(
        "select subject from app.journal where tenant_id = $1 and type = 'property.room.status_changed.v1'", tenant_id
    )
    kept = await tx.fetch("select room_id from app.room_status_event where tenant_id = $1", tenant_id)
    if Counter(map(tuple, told)) != Counter(map(tuple, kept)):
        found.append(f"status events: {len(kept)} kept, {len(told)} told")
    return found


async def parked(tx: ReadTx, tenant_id: UUID) -> list[str]:
    """What nobody could do, in words."""
    found: list[str] = []
    parked = (
        "select reader, type, error, count(*)::int as times from app.dead_letter where tenant_id = $1 group by 1, 2, 3"
    )
    if left := await tx.fetch(parked, tenant_id):
        found.append(f"parked: {[tuple(one) for one in left[:SHOWN]]}")
    if left := await tx.fetch(
        "select event_id, status, error from app.inbox where tenant_id = $1 and status in ('parked', 'waiting')",
        tenant_id,
    ):
        found.append(f"inbox: {left}")
    return found
