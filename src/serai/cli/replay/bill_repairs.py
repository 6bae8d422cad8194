"""The lines of the bill about repairs."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import orjson

from serai.cli.replay.lines import Line, Place
from serai.kernel.ids import encode
from serai.runtime.db.tx import ReadTx

FAR = datetime(9999, 1, 1, tzinfo=UTC)
_WINDOWS = (
    'select id, space_id, state, started_at, coalesce(ended_at, $3) as ended_at, holders from app."window" '
    "where tenant_id = $1 and property_id = $2 and kind = 'out_of_order' and started_at is not null"
)
_IN_HOUSE = (
    "select s.id, s.room_id, min(j.at) filter (where j.type = 'property.stay.checked_in.v1') as came, "
    "coalesce(min(j.at) filter (where j.type = 'property.stay.completed.v1'), $3) as went from app.stay s "
    "join app.journal j on j.tenant_id = $1 and j.subject = s.id "
    "where s.tenant_id = $1 and s.property_id = $2 and s.room_id is not null group by s.id, s.room_id"
)
_MOMENTS = (
    "select j.subject, m.field, j.payload ->> (m.target || '_due_at') as due, j.payload ->> m.field as told, j.type "
    "from app.journal j cross join (values ('respond_warned_at', 'respond', 'sla_warning'), "
    "('resolve_warned_at', 'resolve', 'sla_warning'), ('respond_breached_at', 'respond', 'sla_breached'), "
    "('resolve_breached_at', 'resolve', 'sla_breached')) as m (field, target, kind) "
    "where j.tenant_id = $1 and j.stream = $2 and j.type = 'maintenance.work_order.' || m.kind || '.v1' "
    "and j.changes ? m.field"
)
_UNTOLD = (
    "select count(*)::int from app.work_order where tenant_id = $1 and property_id = $2 and escalated = '[]' and "
    "(respond_breached_at is null and responded_at > respond_due_at "
    "or resolve_breached_at is null and resolved_at > resolve_due_at)"
)
_STEPS = (
    "select count(*)::int as taken, count(*)::int - count(distinct (j.subject, j.changes -> 'escalation_level'))::int "
    "as twice from app.journal j where j.tenant_id = $1 and j.stream = $2 "
    "and j.type = 'maintenance.work_order.escalated.v1'"
)
_CAME_BACK = (
    "select count(*)::int as n, count(*) filter (where w.ready_at is not null and not exists ("
    "select 1 from app.task t where t.tenant_id = $1 and t.space_id = w.space_id and t.type = 'checkout_cleaning' "
    "and t.completed_at between w.ended_at and w.ready_at))::int as uncleaned, "
    "count(*) filter (where w.ready_at is null)::int as not_yet, count(*) filter (where w.ready_at is null "
    "and w.condition = 'dirty' and not exists (select 1 from app.task t where t.tenant_id = $1 "
    "and t.space_id = w.space_id and t.type = 'checkout_cleaning' "
    "and t.state in ('pending', 'assigned', 'in_progress', 'paused')))::int as forgotten from ("
    "select w.space_id, w.ended_at, s.condition, (select min(j.at) from app.journal j where j.tenant_id = $1 "
    "and j.subject = w.space_id and j.type = 'property.room.ready.v1' and j.at >= w.ended_at) as ready_at "
    'from app."window" w join app.space s on s.tenant_id = $1 and s.id = w.space_id '
    "where w.tenant_id = $1 and w.property_id = $2 and w.state = 'completed' "
    "and w.started_at is not null and w.room_number is not null and w.return_status = 'dirty') w"
)


async def repairs(tx: ReadTx, place: Place) -> list[Line]:
    """What became of everything that broke."""
    return [
        await _orders(tx, place),
        await _nobody_in_a_closed_room(tx, place),
        await _moments(tx, place),
        await _costs(tx, place),
        await _store(tx, place),
        await _back_through_cleaning(tx, place),
    ]


async def _orders(tx: ReadTx, place: Place) -> Line:
    rows = await tx.fetch(
        "select state, count(*)::int as n from app.work_order where tenant_id = $1 and property_id = $2 "
        "group by state order by state",
        place.tenant_id, place.property_id,
    )  # fmt: skip
    nobodys = await tx.fetchval(
        "select count(*) from app.work_order where tenant_id = $1 and property_id = $2 and state = 'in_progress' "
        "and assignee_id is null and vendor_id is null",
        place.tenant_id, place.property_id,
    )  # fmt: skip
    figures = ", ".join(f"{row['n']} {row['state']}" for row in rows) or "nothing broke"
    return Line("Every fault is somebody's, or waits for one", not nobodys, figures)


async def _nobody_in_a_closed_room(tx: ReadTx, place: Place) -> Line:
    windows = await tx.fetch(_WINDOWS, place.tenant_id, place.property_id, FAR)
    guests = await tx.fetch(_IN_HOUSE, place.tenant_id, place.property_id, FAR)
    told = await tx.fetch(
        "select id, relocations from app.work_order where tenant_id = $1 and property_id = $2 "
        "and relocations <> '[]'",
        place.tenant_id, place.property_id,
    )  # fmt: skip
    moved = {(encode("mnt", row["id"]), one["stay_id"]) for row in told for one in _list(row["relocations"])}
    stays = {stay for _, stay in moved}
    meetings = [
        (window, guest)
        for window in windows
        for guest in guests
        if guest["room_id"] == window["space_id"] and guest["came"] is not None
        and guest["came"] < window["ended_at"] and guest["went"] > window["started_at"]
    ]  # fmt: skip
    silent = [guest for _, guest in meetings if encode("sty", guest["id"]) not in stays]
    figures = f"{len(windows)} closings, {len(meetings)} met a guest, {len(silent)} not told; {len(moved)} told in all"
    return Line("No guest is in a closed room without having been told to move", not silent, figures)


async def _moments(tx: ReadTx, place: Place) -> Line:
    rows = await tx.fetch(_MOMENTS, place.tenant_id, place.property_id)
    counts = Counter((row["subject"], row["field"]) for row in rows)
    twice = sum(number > 1 for number in counts.values())
    late = [
        (datetime.fromisoformat(row["told"]) - datetime.fromisoformat(row["due"])).total_seconds()
        for row in rows
        if row["field"].endswith("breached_at") and row["due"]
    ]
    worst = max(late, default=0.0)
    broken = sum(row["field"].endswith("breached_at") for row in rows)
    untold = await tx.fetchval(_UNTOLD, place.tenant_id, place.property_id)
    [steps] = await tx.fetch(_STEPS, place.tenant_id, place.property_id)
    twice += steps["twice"]
    figures = (
        f"{len(rows) - broken} warnings, {broken} broken, {steps['taken']} brought higher; {untold} untold, "
        f"{twice} told twice, {worst:.3f} s late at the most"
    )
    return Line("Each promise's moment was told once, within a second", not (twice or untold) and worst <= 1, figures)


async def _costs(tx: ReadTx, place: Place) -> Line:
    lines = await tx.fetch(
        "select order_id, kind, currency, sum(amount) as amount, count(*)::int as n from app.cost_line "
        "where tenant_id = $1 and property_id = $2 and struck_at is null group by order_id, kind, currency",
        place.tenant_id, place.property_id,
    )  # fmt: skip
    orders = await tx.fetch(
        "select id, costs from app.work_order where tenant_id = $1 and property_id = $2 and costs <> '[]'",
        place.tenant_id, place.property_id,
    )  # fmt: skip
    summed = {(row["order_id"], row["kind"], row["currency"]): Decimal(row["amount"]) for row in lines}
    said = {
        (row["id"], one["kind"], one["currency"]): Decimal(one["amount"])
        for row in orders
        for one in _list(row["costs"])
    }
    total = sum(summed.values(), Decimal(0))
    figures = f"{sum(row['n'] for row in lines)} lines, {total:.2f} in all, {len(said)} sums on orders"
    return Line("What orders cost is the sum of their lines", summed == said, figures)


async def _store(tx: ReadTx, place: Place) -> Line:
    off = await tx.fetchval(
        "select count(*) from app.part p where p.tenant_id = $1 and p.property_id = $2 and p.on_hand <> "
        "(select coalesce(sum(m.on_hand_delta), 0) from app.stock_move m where m.tenant_id = $1 and m.part_id = p.id)",
        place.tenant_id, place.property_id,
    )  # fmt: skip
    used = await tx.fetchval(
        "select count(*) from app.part_usage where tenant_id = $1 and property_id = $2",
        place.tenant_id, place.property_id,
    )  # fmt: skip
    return Line("What the store holds is the sum of its movements", not off, f"{used} parts used")


async def _back_through_cleaning(tx: ReadTx, place: Place) -> Line:
    [row] = await tx.fetch(_CAME_BACK, place.tenant_id, place.property_id)
    figures = (
        f"{row['n']} rooms came back, {row['uncleaned']} ready without a cleaning, {row['not_yet']} not ready yet, "
        f"{row['forgotten']} of them dirty and forgotten"
    )
    good = not (row["uncleaned"] or row["forgotten"])
    return Line("Every room that was closed came back through cleaning", good, figures)


def _list(value: Any) -> list[dict[str, Any]]:
    return orjson.loads(value) if isinstance(value, str | bytes) else value
