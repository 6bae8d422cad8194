"""The dashboards: what is counted for properties on their business dates."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from serai.access.tenancy import service as tenancy
from serai.areas.housekeeping.model import BEGUN, OPEN, TaskState
from serai.areas.spaces.model import RoomStatus
from serai.areas.stays.model import State
from serai.runtime.db.tx import ReadTx, Row
from serai.runtime.wire import to_json
from serai.views.day import Day, sql
from serai.views.kept import Shown
from serai.views.room_board import shown_id
from serai.views.status import Standings

_COUNTS = sql("dashboard_counts")
_NOW = sql("dashboard_now")
_NAMES = "select id, name from app.staff where tenant_id = $1 and id = any($2)"
_DONE = (TaskState.COMPLETED, TaskState.VERIFIED, TaskState.REJECTED)
_ROOMS = ("total", "ready", "sellable", "assignable", "occupied")
_TASKS = ("open", "unassigned", "delayed", "completed_today", "minutes_open")


async def summary(tx: ReadTx, tenant_id: UUID, days: list[Day]) -> Shown:
    """The counts of each property and of all, in the shape of `SummaryOut`."""
    each = await _counted(tx, tenant_id, days)
    totals = {part: _sum(one[part] for one in each) for part in ("rooms", "stays", "readiness", "tasks")}
    return Shown(to_json({"properties": each, "totals": totals}))


async def real_time(tx: ReadTx, tenant_id: UUID, day: Day) -> Shown:
    """The counts of one property, and what goes on there now, in the shape of `RealTimeOut`."""
    counted = (await _counted(tx, tenant_id, [day]))[0]
    standings = Standings((await tenancy.get_property(tx, tenant_id, day.property_id)).policies)
    rows = await tx.fetch(_NOW, tenant_id, day.property_id, day.opens, day.closes)
    under_way = [_task(row) for row in rows if row["what"] == "task" and row["state"] in BEGUN]
    late = [_task(row) for row in rows if row["what"] == "task" and row["flag"]]
    awaited = [_arrival(row, standings) for row in rows if row["what"] == "arrival"]
    return Shown(to_json({**counted, "in_progress": under_way, "delayed": late, "arrivals": awaited}))


async def _counted(tx: ReadTx, tenant_id: UUID, days: list[Day]) -> list[dict[str, Any]]:
    own = [one.property_id for one in days]
    rows = await tx.fetch(_COUNTS, tenant_id, own, [one.opens for one in days], [one.closes for one in days])
    grouped: dict[UUID, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row["property_id"]].append(row)
    people = {row["staff_id"] for row in rows if row["staff_id"] is not None}
    names = {row["id"]: row["name"] for row in await tx.fetch(_NAMES, tenant_id, list(people))} if people else {}
    hotels = {one.id: one for one in await tenancy.all_properties(tx, tenant_id, tuple(own))}
    return [
        _property(day, grouped[day.property_id], Standings(hotels[day.property_id].policies), names) for day in days
    ]


def _property(day: Day, rows: list[Row], standings: Standings, names: Mapping[UUID, str]) -> dict[str, Any]:
    return {
        "property_id": shown_id("prp", day.property_id),
        "code": day.code,
        "name": day.name,
        "business_date": day.date,
        "epoch": day.mark.epoch,
        "position": day.mark.position,
        "rooms": _rooms([row for row in rows if row["what"] == "room"], standings),
        "stays": _stays(rows),
        "readiness": _readiness([row for row in rows if row["what"] == "arrival"], standings),
        "tasks": _tasks([row for row in rows if row["what"] in {"open", "done"}]),
        "workload": _workload([row for row in rows if row["what"] in {"open", "done"}], names),
    }


def _rooms(rows: list[Row], standings: Standings) -> dict[str, Any]:
    by_status = dict.fromkeys((one.value for one in RoomStatus), 0)
    found: Counter[str] = Counter()
    for row in rows:
        stands = _stands(row, standings)
        by_status[stands.status] += row["n"]
        found["total"] += row["n"]
        for name in ("ready", "sellable", "assignable"):
            found[name] += row["n"] * getattr(stands, name)
        found["occupied"] += row["n"] * (row["occupancy"] == "occupied")
    return {
        **{name: found[name] for name in ("total", "ready", "sellable", "assignable", "occupied")},
        "by_status": by_status,
    }


def _stays(rows: list[Row]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for row in rows:
        if row["what"] == "arrival":
            found["arrivals"] += row["n"]
            found["arrived"] += row["n"] * (row["state"] != State.CONFIRMED)
        elif row["what"] == "in_house":
            found["in_house"] += row["n"]
            found["due_out"] += row["n"] * row["flag"]
        elif row["what"] == "departed":
            found["departed"] += row["n"]
    found["departures"] = found["due_out"] + found["departed"]
    return {name: found[name] for name in ("arrivals", "arrived", "departures", "departed", "due_out", "in_house")}


def _readiness(rows: list[Row], standings: Standings) -> dict[str, int]:
    found: Counter[str] = Counter()
    for row in rows:
        if row["state"] == State.CONFIRMED:
            found["expected"] += row["n"]
            if not row["flag"]:
                found["without_room"] += row["n"]
            else:
                found["ready" if _stands(row, standings).ready else "not_ready"] += row["n"]
    return {name: found[name] for name in ("expected", "ready", "not_ready", "without_room")}


def _tasks(rows: list[Row]) -> dict[str, Any]:
    by_state = dict.fromkeys((one.value for one in (*OPEN, *_DONE)), 0)
    by_type: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for row in rows:
        by_state[row["state"]] += row["n"]
        if row["what"] == "done":
            found["completed_today"] += row["n"]
            continue
        by_type[row["type"]] += row["n"]
        found["open"] += row["n"]
        found["minutes_open"] += row["minutes"]
        found["delayed"] += row["n"] * row["flag"]
        found["unassigned"] += row["n"] * (row["staff_id"] is None)
    return {**{name: found[name] for name in _TASKS}, "by_state": by_state, "by_type": dict(sorted(by_type.items()))}


def _workload(rows: list[Row], names: Mapping[UUID, str]) -> list[dict[str, Any]]:
    found: dict[UUID, Counter[str]] = defaultdict(Counter)
    for row in rows:
        if row["staff_id"] is None:
            continue
        load = found[row["staff_id"]]
        if row["what"] == "done":
            load["completed_today"] += row["n"]
            continue
        load["open"] += row["n"]
        load["minutes_open"] += row["minutes"]
        load["in_progress"] += row["n"] * (row["state"] in BEGUN)
        load["delayed"] += row["n"] * row["flag"]
    kinds = ("open", "in_progress", "delayed", "completed_today", "minutes_open")
    busy = sorted(found.items(), key=lambda one: (-one[1]["minutes_open"], names.get(one[0], ""), one[0]))
    return [
        {"staff_id": shown_id("stf", who), "name": names.get(who, ""), **{kind: load[kind] for kind in kinds}}
        for who, load in busy
    ]


def _stands(row: Row, standings: Standings) -> Any:
    return standings.of(row["occupancy"], row["condition"], row["service"], "none", row["repair"])


def _task(row: Row) -> dict[str, Any]:
    return {
        "id": shown_id("tsk", row["id"]),
        "type": row["type"],
        "state": row["state"],
        "room_number": row["number"],
        "assignee_id": None if row["assignee_id"] is None else shown_id("stf", row["assignee_id"]),
        "priority": row["priority"],
        "due_at": row["planned"],
        "started_at": row["expected"],
        "delayed": row["flag"],
    }


def _arrival(row: Row, standings: Standings) -> dict[str, Any]:
    eta: datetime | None = row["expected"]
    return {
        "stay_id": shown_id("sty", row["id"]),
        "room_number": row["number"],
        "room_type": row["type"],
        "arrival": row["planned"],
        "eta": eta,
        "vip": row["flag"],
        "room_status": None if row["occupancy"] is None else _stands(row, standings).status,
        "ready": row["occupancy"] is not None and _stands(row, standings).ready,
    }


def _sum(parts: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The numbers of many, added up; what is itself a group of numbers too."""
    found: dict[str, Any] = {}
    for part in parts:
        for name, value in part.items():
            before = found.get(name)
            if isinstance(value, Mapping):
                found[name] = _sum([before or {}, cast("Mapping[str, Any]", value)])
            else:
                found[name] = (before or 0) + value
    return found
