"""The room board: every room of a property with its status, guests and open tasks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

import orjson

from serai.access.tenancy import service as tenancy
from serai.access.tenancy.model import Policies
from serai.areas.spaces.model import RoomStatus
from serai.kernel.ids import encode
from serai.runtime.db.tx import ReadTx, Row
from serai.runtime.wire import to_json
from serai.views.day import Day, sql
from serai.views.kept import Shown
from serai.views.status import Standing, Standings

_BOARD = sql("room_board")
shown_id = lru_cache(65_536)(encode)
"""A TypeID; the same rooms and people are shown again and again."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which rooms are asked for; None is all. `attendant` has an open task in the room."""

    floor: str | None = None
    section: str | None = None
    room_type: str | None = None
    status: frozenset[RoomStatus] | None = None
    attendant: UUID | None = None


async def show(tx: ReadTx, tenant_id: UUID, day: Day, wanted: Filter) -> Shown:
    """The board in bytes, in the shape of `BoardOut`."""
    hotel = await tenancy.get_property(tx, tenant_id, day.property_id)
    rows = await tx.fetch(_BOARD, tenant_id, day.property_id, day.opens, day.closes)
    return packed(day, board(rows, hotel.policies, day), wanted)


def packed(day: Day, rooms: list[dict[str, Any]], wanted: Filter) -> Shown:
    """The rooms asked for and the counts per status; the tag depends on these, not on the position."""
    if wanted != Filter():
        rooms = _there(rooms, wanted)
    counts = dict.fromkeys((one.value for one in RoomStatus), 0)
    for room in rooms:
        counts[room["room_status"]] += 1
    if wanted.status is not None:
        rooms = [room for room in rooms if room["room_status"] in wanted.status]
    told = to_json({"business_date": day.date, "total": sum(counts.values()), "counts": counts, "items": rooms})
    head = {"property_id": shown_id("prp", day.property_id), "epoch": day.mark.epoch, "position": day.mark.position}
    return Shown(orjson.dumps(head)[:-1] + b"," + told[1:], told)


def _there(rooms: list[dict[str, Any]], wanted: Filter) -> list[dict[str, Any]]:
    where = {"floor": wanted.floor, "section": wanted.section, "room_type": wanted.room_type}
    for name, value in where.items():
        if value is not None:
            rooms = [room for room in rooms if room.get(name) == value]
    if wanted.attendant is not None:
        who = encode("stf", wanted.attendant)
        rooms = [room for room in rooms if any(task.get("assignee_id") == who for task in room.get("tasks", ()))]
    return rooms


def board(rows: Sequence[Row], policies: Policies, day: Day) -> list[dict[str, Any]]:
    """The rooms in order. What is null, or as it mostly is, is left out, so that the answer stays small.

    So it does by the order of the fields: what rooms share stands together, what tells them apart too, and it packs by
    a sixth better than with the id in front.
    """
    standings = Standings(policies)
    said: dict[Standing, dict[str, Any]] = {}
    rooms: list[dict[str, Any]] = []
    last: UUID | None = None
    for row in rows:
        if row[0] != last:
            last = row[0]
            rooms.append(_room(row, standings, said, day))
        if row["task_id"] is not None:
            rooms[-1].setdefault("tasks", []).append(_task(row))
    return rooms


def _room(row: Row, standings: Standings, said: dict[Standing, dict[str, Any]], day: Day) -> dict[str, Any]:
    (
        id_, number, version, room_type, floor, section,
        occupancy, condition, service, guest_service, repair, queue,
        stay_state, departure, etd, vip, adults, children,
        arrival, eta, arrival_vip, arrival_adults, arrival_children, *_, delayed,
    ) = row  # fmt: skip
    stands = standings.of(occupancy, condition, service, guest_service, repair)
    if stands not in said:
        said[stands] = _standing(stands)
    flags: list[str] = []
    room: dict[str, Any] = _set(floor=floor, room_type=room_type, section=section, number=number)
    if arrival is not None:
        room["arrival"] = {"arrival": arrival, **_party(arrival_adults, arrival_children, arrival_vip), **_set(eta=eta)}
        flags.append("arrival" if stands.ready else "rush")
    if stay_state is not None:
        party = _party(adults, children, vip)
        room["stay"] = {"state": stay_state, **party, **_set(etd=etd), "departure": departure}
        if departure < day.closes:
            flags.append("due_out")
    room |= said[stands]
    room["version"] = version
    flags += [flag for flag, there in (("vip", vip or arrival_vip), ("queue", queue), ("delayed", delayed)) if there]
    if flags:
        room["flags"] = flags
    room["id"] = shown_id("spc", id_)
    return room


def _standing(stands: Standing) -> dict[str, Any]:
    usual = {"service": "in_service", "guest_service": "none", "sellable": True, "assignable": True}
    said = {
        "occupancy": stands.occupancy,
        "condition": stands.condition,
        "service": stands.service,
        "guest_service": stands.guest_service,
        "room_status": stands.status,
        "codes": stands.codes,
        **_set(repair_required=stands.repair_required, ready=stands.ready),
        "sellable": stands.sellable,
        "assignable": stands.assignable,
    }
    return {name: value for name, value in said.items() if value != usual.get(name)}


def _party(adults: int, children: int, vip: bool) -> dict[str, Any]:  # noqa: FBT001  # a column
    return {"adults": adults, **_set(children=children, vip=vip)}


def _task(row: Row) -> dict[str, Any]:
    *_, id_, type_, state, assignee, priority, due, delayed = row
    task: dict[str, Any] = {"state": state, "type": type_, "id": shown_id("tsk", id_), "priority": priority}
    if assignee is not None:
        task["assignee_id"] = shown_id("stf", assignee)
    return task | _set(due_at=due, delayed=delayed)


def _set(**values: Any) -> dict[str, Any]:
    """What there is to say of these; what is null, false or nought is left out."""
    return {name: value for name, value in values.items() if value}
