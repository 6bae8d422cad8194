"""The closing bill: what was played, checked against the database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from serai.cli.replay.bill_repairs import repairs
from serai.cli.replay.lines import Line, Place
from serai.cli.replay.plan import Booking, Deed, Fate, Script, What
from serai.kernel.ids import encode
from serai.runtime.db.tx import ReadTx

PATIENCE = timedelta(minutes=1)
"""A guest who has the key within this time of arriving did not wait."""


async def standing(tx: ReadTx, place: Place, script: Script) -> str:
    """`whole` where every booking stands as the play leaves it; else what is there instead."""
    stays = await _stays(tx, place)
    told = {(one.what, one.reference) for one in script.deeds}
    wanted = {one.reference: expected_state(one, told) for one in script.bookings}
    if strange := [one for one in stays if one not in wanted]:
        return f"other bookings ({', '.join(strange[:3])} …)"
    return "whole" if stays == wanted else "a part of this replay that was interrupted"


async def draw(tx: ReadTx, place: Place, script: Script) -> list[Line]:
    """Everything the database can tell of the replay."""
    stays = await _stays(tx, place)
    return [
        _fates(stays, script.bookings, script.deeds),
        await _one_task_each(tx, place),
        await _none_for_the_absent(tx, place),
        await _ready_before(tx, place),
        await _punctual(tx, place, script.deeds),
        await _status_has_events(tx, place),
        await _status_is_the_last_event(tx, place),
        await _no_gap(tx, place),
        await _nothing_parked(tx, place),
        *await repairs(tx, place),
    ]


async def _stays(tx: ReadTx, place: Place) -> dict[str, str]:
    rows = await tx.fetch(
        "select booking_reference, state from app.stay where tenant_id = $1 and property_id = $2",
        place.tenant_id, place.property_id,
    )  # fmt: skip
    return {row["booking_reference"]: row["state"] for row in rows}


def _fates(stays: dict[str, str], bookings: Sequence[Booking], deeds: Sequence[Deed]) -> Line:
    told = {(one.what, one.reference) for one in deeds}
    wrong = [one.reference for one in bookings if stays.get(one.reference) != expected_state(one, told)]
    counts = Counter(stays.values())
    figures = ", ".join(f"{number} {state}" for state, number in sorted(counts.items()))
    early = sum(one.fate is Fate.CANCELLED and one.fate_day < min(b.arrival for b in bookings) for one in bookings)
    late = sum(one.fate is Fate.CANCELLED and one.fate_day > one.arrival for one in bookings)
    figures += f"; cancelled before the first day {early}, after arrival {late}"
    if wrong:
        figures += f"; not as the file says: {', '.join(wrong[:5])}"
    return Line("Every booking ended as the file says", not wrong and len(stays) == len(bookings), figures)


def expected_state(one: Booking, told: set[tuple[What, str]]) -> str:
    """The state of a booking's stay once the deeds told so far were played."""
    if (What.LEAVE, one.reference) in told:
        return "completed"
    if (What.ARRIVE, one.reference) in told:
        return "checked_in"
    if (What.NO_SHOW, one.reference) in told:
        return "no_show"
    return "cancelled" if (What.CANCEL, one.reference) in told else "confirmed"


async def _one_task_each(tx: ReadTx, place: Place) -> Line:
    row = await _row(
        tx,
        "select count(*) as stays, count(*) filter (where n = 1) as one, count(*) filter (where n <> 1) as wrong "
        "from (select s.id, (select count(*) from app.task t where t.tenant_id = $1 and t.property_id = $2 "
        "and t.stay_id = s.id and t.type = 'checkout_cleaning' and t.origin is not null) as n "
        "from app.stay s where s.tenant_id = $1 and s.property_id = $2 and s.state = 'completed') as each",
        place,
    )
    figures = f"{row['stays']} check-outs, {row['one']} with exactly one task"
    return Line("Every check-out made exactly one checkout task", not row["wrong"], figures)


async def _none_for_the_absent(tx: ReadTx, place: Place) -> Line:
    row = await _row(
        tx,
        "select count(distinct s.id) as stays, count(t.id) as tasks from app.stay s "
        "left join app.task t on t.tenant_id = $1 and t.stay_id = s.id "
        "where s.tenant_id = $1 and s.property_id = $2 and s.state in ('cancelled', 'no_show')",
        place,
    )
    figures = f"{row['stays']} stays, {row['tasks']} tasks"
    return Line("No task for a cancellation or a no-show", not row["tasks"], figures)


async def _ready_before(tx: ReadTx, place: Place) -> Line:
    row = await _row(
        tx,
        "select count(*) as checkins, count(*) filter (where from_status <> 'READY_FOR_GUEST') as unready "
        "from app.room_status_event where tenant_id = $1 and property_id = $2 "
        "and before ->> 'occupancy' = 'vacant' and after ->> 'occupancy' = 'occupied'",
        place,
    )
    figures = f"{row['checkins']} check-ins, {row['unready']} into a room that was not ready"
    return Line("Every room sold was ready before the guest had the key", not row["unready"], figures)


async def _punctual(tx: ReadTx, place: Place, deeds: Sequence[Deed]) -> Line:
    rows = await tx.fetch(
        "select payload ->> 'booking_reference' as reference, min(at) as at from app.journal "
        "where tenant_id = $1 and stream = $2 and type = 'property.stay.checked_in.v1' group by 1",
        place.tenant_id, place.property_id,
    )  # fmt: skip
    came = {row["reference"]: row["at"] for row in rows}
    due = {one.reference: one.at for one in deeds if one.what is What.ARRIVE}
    waits = sorted((came[one] - due[one] for one in due if one in came), reverse=True)
    late = [one for one in waits if one > PATIENCE]
    figures = f"{len(waits)} arrivals, {len(late)} waited"
    if late:
        total = sum(late, timedelta())
        figures += f", on average {_minutes(total / len(late))} min, {_minutes(late[0])} at the longest"
    return Line("Arrivals had their key, or their lateness is told", len(waits) == len(due), figures)


async def _status_has_events(tx: ReadTx, place: Place) -> Line:
    row = await _row(
        tx,
        "select (select count(*) from app.room_status_event where tenant_id = $1 and property_id = $2) as kept, "
        "(select count(*) from app.journal where tenant_id = $1 and stream = $2 "
        "and type = 'property.room.status_changed.v1') as told",
        place,
    )
    return Line("Every status change has its event", row["kept"] == row["told"] > 0, f"{row['told']} changes")


async def _status_is_the_last_event(tx: ReadTx, place: Place) -> Line:
    row = await _row(
        tx,
        "select count(*) as rooms, count(*) filter (where e.after is not null and "
        "(e.after ->> 'occupancy' <> r.occupancy or e.after ->> 'condition' <> r.condition)) as off "
        "from app.space r left join lateral "
        "(select after from app.room_status_event e where e.tenant_id = $1 and e.room_id = r.id "
        "order by e.version desc limit 1) e on true "
        "where r.tenant_id = $1 and r.property_id = $2 and r.kind = 'room'",
        place,
    )
    return Line("Each room stands as its last event says", not row["off"], f"{row['rooms']} rooms")


async def _no_gap(tx: ReadTx, place: Place) -> Line:
    rows = await tx.fetch(
        "select s.head, count(j.position) as facts, min(j.position) as first, max(j.position) as last "
        "from app.stream s left join app.journal j on j.tenant_id = $1 and j.stream = s.stream "
        "where s.tenant_id = $1 group by s.stream, s.head",
        place.tenant_id,
    )
    whole = all(row["facts"] == row["head"] == (row["last"] or 0) for row in rows)
    return Line("The journal has no gap", whole, f"{sum(row['facts'] for row in rows)} facts in {len(rows)} streams")


async def _nothing_parked(tx: ReadTx, place: Place) -> Line:
    row = await _row(
        tx,
        "select (select count(*) from app.dead_letter where tenant_id = $1) as reactions, "
        "(select count(*) from app.inbox where tenant_id = $1 and status in ('parked', 'waiting', 'refused') "
        "and $2::uuid is not null) as messages",
        place,
    )
    figures = f"{row['reactions']} reactions, {row['messages']} messages"
    return Line("Nothing is parked", not (row["reactions"] or row["messages"]), figures)


async def facts(tx: ReadTx, place: Place) -> int:
    """How many facts the journal holds."""
    return await tx.fetchval("select count(*) from app.journal where tenant_id = $1", place.tenant_id)


async def reached(tx: ReadTx, place: Place, heard: Counter[str], transport: str) -> Line:
    """Whether every fact of the journal reached the probe on a transport; `heard` counts ids."""
    rows = await tx.fetch("select id from app.journal where tenant_id = $1", place.tenant_id)
    missing = sum(encode("evt", row["id"]) not in heard for row in rows)
    doubles = sum(number - 1 for number in heard.values())
    figures = f"{len(rows)} facts, {missing} missing, {doubles} doubles (same id)"
    return Line(f"Every event reached the transport {transport}", not missing and len(heard) == len(rows), figures)


async def published(tx: ReadTx, place: Place) -> list[Line]:
    """Whether the relay of each transport that ever took a step stands at the head of every stream."""
    rows = await tx.fetch(
        "select r.reader, sum(s.head - coalesce(c.position, 0)) as behind from app.stream s "
        "cross join (select distinct reader from app.cursor where tenant_id = $1 and reader like 'relay:%') r "
        "left join app.cursor c on c.tenant_id = $1 and c.stream = s.stream and c.reader = r.reader "
        "where s.tenant_id = $1 group by r.reader order by r.reader",
        place.tenant_id,
    )
    return [
        Line(
            f"The relay of {row['reader'].removeprefix('relay:')} stands at the head",
            not row["behind"],
            f"{row['behind']} events behind",
        )
        for row in rows
    ]


async def workload(tx: ReadTx, place: Place) -> list[tuple[str, int, int, int, int]]:
    """(day, attendants, tasks, fewest, most of one attendant) of each day of work."""
    rows = await tx.fetch(
        "select day, count(*) as people, sum(n) as tasks, min(n) as fewest, max(n) as most from "
        "(select (started_at at time zone 'UTC')::date as day, assignee_id, count(*) as n from app.task "
        "where tenant_id = $1 and property_id = $2 and started_at is not null group by 1, 2) as each "
        "group by day order by day",
        place.tenant_id, place.property_id,
    )  # fmt: skip
    return [(str(row["day"]), row["people"], int(row["tasks"]), row["fewest"], row["most"]) for row in rows]


async def _row(tx: ReadTx, sql: str, place: Place) -> Any:
    return await tx.fetchrow(sql, place.tenant_id, place.property_id)


def _minutes(time: timedelta) -> int:
    return round(time.total_seconds() / 60)
