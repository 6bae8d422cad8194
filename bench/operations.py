"""What is measured of rooms and tasks: our requests, pgbench, what is asked."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Self
from uuid import UUID

import asyncpg

from bench import rival
from bench.place import Place
from bench.seed import Hotel, multiply, settle
from serai.kernel.ids import encode
from serai.views.day import sql

API = "/api/v1"
CLIENTS = 16


@dataclass(frozen=True)
class Target:
    """What speed.md asks for: requests a second, share of pgbench, p50 of one client in ms, CPU ms; must and aim."""

    rate: tuple[float, float] | None = None
    ratio: float | None = None
    alone: tuple[float, float] | None = None
    cpu: tuple[float, float] | None = None


CREATE = Target((1200, 2400), 0.19, (1.8, 1.2), (1.3, 0.75))
MOVE = Target((1000, 2000), 0.21, (2.0, 1.4), (1.5, 0.8))
READ = Target((2300, 3400), None, (1.0, 0.8), (0.7, 0.5))
LIST = Target((1300, 2000), None, (1.5, 1.1), (1.2, 0.8))
COUNTS = Target((1500, 3000))
BOARD = Target((150, 300))


_KEPT = {
    "tenant_id", "id", "property_id", "version", "type", "origin", "opened_at", "created_at", "space_id", "number",
    "reported_at",
}  # fmt: skip
"""Columns that no move changes."""


@dataclass
class Operation:
    """One line of the table. `moving`: the streams of what is read move all the time, so nothing kept is good."""

    name: str
    clients: list[list[str]]
    scripts: list[str]
    target: Target = Target()
    cycle: bool = True
    moving: tuple[UUID, ...] = ()


def request(hotel: Hotel, method: str, path: str, body: dict[str, Any] | None = None, **headers: str) -> str:
    """A whole HTTP/1.1 request."""
    lines = [f"{method} {API}{path} HTTP/1.1", "host: bench", f"authorization: Bearer {hotel.token}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    text = ""
    if body is not None:
        text = json.dumps(body)
        lines += ["content-type: application/json", f"content-length: {len(text)}"]
    return "\r\n".join([*lines, "", text])


class Builder:
    """Makes the operations from what is in the database."""

    def __init__(self, place: Place, hotels: list[Hotel], now: datetime) -> None:
        """`now` decides which day the views show."""
        self.place = place
        self.hotels = hotels
        opens = now.replace(hour=4, minute=0, second=0, microsecond=0)
        opens = opens if opens <= now else opens - timedelta(days=1)
        self._day = (opens, opens + timedelta(days=1))
        self._random = random.Random(7)
        self.owner: Any = None

    async def __aenter__(self) -> Self:
        self.owner = await asyncpg.connect(self.place.urls["serai_owner"])
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.owner.close()

    def boards(self, count: int) -> list[Operation]:
        """The board of a hotel with this many rooms: of a quiet one, and of one where something always happens."""
        hotel = self.hotels[0] if count == 300 else self.hotels[-1]
        place = encode("prp", hotel.main)
        asked = request(hotel, "GET", f"/rooms?property_id={place}", accept_encoding="gzip")
        script = rival.transaction(
            hotel.tenant, rival.filled(sql("room_board"), hotel.tenant, hotel.main, *self._day), read_only=True
        )
        target = BOARD if count == 300 else Target()
        clients = [[asked] for _ in range(CLIENTS)]
        return [
            Operation(f"board of {count} rooms", clients, [], target),
            Operation(f"board of {count} rooms, changing", clients, [script], target, moving=(hotel.main,)),
        ]

    def dashboards(self) -> list[Operation]:
        """The summary of one hotel, quiet and changing."""
        clients = [
            [request(hotel, "GET", f"/dashboard/summary?property_id={encode('prp', hotel.main)}")]
            for hotel in self.each()
        ]
        scripts = [
            rival.transaction(
                one.tenant,
                rival.filled(sql("dashboard_counts"), one.tenant, *([value] for value in (one.main, *self._day))),
                read_only=True,
            )
            for one in self.hotels
        ]
        moving = tuple(one.main for one in self.hotels)
        return [
            Operation("dashboard counts", clients, [], COUNTS),
            Operation("dashboard counts, changing", clients, scripts, COUNTS, moving=moving),
        ]

    async def reads(self) -> Operation:
        """One task by its id, drawn from all."""
        ids = {one.number: await self.some(one, "task", one.main, None, 400) for one in self.hotels}
        clients = [
            [request(one, "GET", f"/tasks/{encode('tsk', id_)}") for id_ in self.shuffled(ids[one.number])]
            for one in self.each()
        ]
        scripts: list[str] = []
        for one in self.hotels:
            line, own = rival.drawn(ids[one.number][:100])
            read = f"select * from app.task where tenant_id = '{one.tenant}' and id = {own}"
            scripts.append(line + rival.transaction(one.tenant, read, read_only=True))
        return Operation("read a task", clients, scripts, READ)

    def lists(self) -> Operation:
        """The 50 most urgent open tasks of a hotel."""
        states = ("pending", "assigned", "in_progress", "paused")
        query = "&".join(f"state={one}" for one in states)
        clients = [
            [request(one, "GET", f"/tasks?property_id={encode('prp', one.main)}&{query}&sort=-priority")]
            for one in self.each()
        ]
        wanted = ", ".join(f"'{one}'" for one in states)
        scripts = [
            rival.transaction(
                one.tenant,
                f"select * from app.task where tenant_id = '{one.tenant}' and property_id = '{one.main}' "
                f"and state in ({wanted}) order by priority desc, id desc limit 51",
                read_only=True,
            )
            for one in self.hotels
        ]
        return Operation("list 50 tasks", clients, scripts, LIST)

    async def creates(self) -> Operation:
        """A new task in a room."""
        clients = [
            [
                request(one, "POST", "/tasks", {
                    "type": "turndown", "property_id": encode("prp", one.busy), "space_id": encode("spc", room),
                    "note": "Two bathrobes and the blue slippers.",
                })
                for room in self.shuffled(one.rooms)
            ]
            for one in self.each()
        ]  # fmt: skip
        scripts: list[str] = []
        for one in self.hotels:
            task = await self.row(one, "task", one.templates["task", "pending"]) | {
                "id": rival.Raw("gen_random_uuid()")
            }
            values = ", ".join(map(rival.literal, task.values()))
            save = f"insert into app.task ({', '.join(task)}) values ({values}) returning id"
            fact = await self.fact(one, "housekeeping.task.created.v1")
            scripts.append(rival.transaction(one.tenant, rival.fused(save, one, one.busy, fact)))
        return Operation("create a task", clients, scripts, CREATE, cycle=True)

    async def assigns(self) -> Operation:
        """A task given to one person and then to another."""
        ids: dict[int, list[UUID]] = {}
        for one in self.hotels:
            await multiply(self.owner, one, "task", "assigned", 80, place=one.busy)
            ids[one.number] = await self.some(one, "task", one.busy, "assigned", 80)
        clients: list[list[str]] = []
        for client, one in enumerate(self.each()):
            own = ids[one.number][client // len(self.hotels) :: 2]
            people = [encode("stf", who) for who in one.staff[6:8]]
            clients.append([
                request(one, "POST", f"/tasks/{encode('tsk', id_)}/assign", {"staff_id": who})
                for who in people
                for id_ in own
            ])  # fmt: skip
        scripts = [
            await self.move(one, "task", ids[one.number], "housekeeping.task.assigned.v1") for one in self.hotels
        ]
        return Operation("assign a task", clients, scripts, MOVE)

    async def completes(self, count: int) -> Operation:
        """Tasks under way, each completed once."""
        ids: dict[int, list[UUID]] = {}
        for one in self.hotels:
            await multiply(self.owner, one, "task", "in_progress", count // len(self.hotels), place=one.busy)
            ids[one.number] = await self.some(one, "task", one.busy, "in_progress", count)
        await settle(self.place)
        clients: list[list[str]] = []
        for client, one in enumerate(self.each()):
            shared = sum(1 for other in self.each() if other is one)
            own = ids[one.number][client // len(self.hotels) :: shared]
            clients.append([request(one, "POST", f"/tasks/{encode('tsk', id_)}/complete", {}) for id_ in own])
        scripts: list[str] = []
        for one in self.hotels:
            spare = await self.some(one, "task", one.main, "completed", 80)
            scripts.append(await self.move(one, "task", spare, "housekeeping.task.completed.v1"))
        return Operation("complete a task", clients, scripts, MOVE, cycle=False)

    async def statuses(self) -> Operation:
        """A room that is being cleaned, and then is not."""
        clients: list[list[str]] = []
        for client, one in enumerate(self.each()):
            own = one.rooms[client // len(self.hotels) :: 2][:60]
            clients.append([
                request(one, "POST", f"/rooms/{encode('spc', room)}/status", {"condition": condition})
                for condition in ("cleaning", "dirty")
                for room in own
            ])  # fmt: skip
        scripts: list[str] = []
        for one in self.hotels:
            fact = await self.fact(one, "property.room.status_changed.v1")
            line, room = rival.drawn(one.rooms[120:200])
            version = f"(select version from app.space where tenant_id = '{one.tenant}' and id = {room})"
            save = (
                "select set_room_status as id from "
                f"app.set_room_status('{one.tenant}', {room}, {version}, {version} + 1, "
                "'vacant', 'dirty', 'in_service', 'none', 0, null, false, null, null, "
                f"{rival.literal(fact['at'])}, gen_random_uuid(), 'CHECKOUT_DIRTY', 'CHECKOUT_DIRTY', 'HOUSEKEEPING', "
                f"'staff', '{one.staff[0]}', 'Boss', null, null)"
            )
            lock = f"select * from app.space where tenant_id = '{one.tenant}' and id = {room} for update"
            scripts.append(line + rival.transaction(one.tenant, lock, rival.fused(save, one, one.busy, fact)))
        return Operation("set a room's status", clients, scripts, MOVE)

    async def move(self, hotel: Hotel, table: str, ids: Sequence[UUID], kind: str) -> str:
        """Lock, save all that changes, take the position, journal."""
        row = await self.row(hotel, table, ids[0])
        sets = ", ".join(f"{name} = {rival.literal(value)}" for name, value in row.items() if name not in _KEPT)
        line, own = rival.drawn(ids[:80])
        where = f"where tenant_id = '{hotel.tenant}' and id = {own}"
        save = f"update app.{table} set {sets}, version = version + 1 {where} returning id"
        fact = await self.fact(hotel, kind)
        lock = f"select * from app.{table} {where} for update"
        return line + rival.transaction(hotel.tenant, lock, rival.fused(save, hotel, hotel.busy, fact))

    async def row(self, hotel: Hotel, table: str, id_: UUID) -> dict[str, Any]:
        """A row by its column names, documents as such."""
        found = await self.owner.fetchrow(
            f"select * from app.{table} where tenant_id = $1 and id = $2", hotel.tenant, id_
        )
        return {
            name: rival.Json(value) if isinstance(value, str) and value[:1] in {"[", "{"} else value
            for name, value in found.items()
        }

    async def fact(self, hotel: Hotel, kind: str) -> Any:
        """A row of the journal of that kind."""
        found = await self.owner.fetchrow(
            "select * from app.journal where tenant_id = $1 and stream = $2 and type = $3 limit 1",
            hotel.tenant,
            hotel.busy,
            kind,
        )
        if found is None:
            raise SystemExit(f"There is no {kind} in the journal to measure by.")
        return found

    async def some(self, hotel: Hotel, table: str, place: UUID, state: str | None, most: int) -> list[UUID]:
        """Ids of rows in a state, in no order."""
        rows = await self.owner.fetch(
            f"select id from app.{table} where tenant_id = $1 and property_id = $2 "
            "and ($3::text is null or state = $3) order by md5(id::text) limit $4",
            hotel.tenant, place, state, most,
        )  # fmt: skip
        return [row["id"] for row in rows]

    def each(self) -> list[Hotel]:
        """The hotel of each client."""
        return [self.hotels[client % len(self.hotels)] for client in range(CLIENTS)]

    def shuffled(self, ids: Sequence[UUID]) -> list[UUID]:
        """In another order."""
        return self._random.sample(list(ids), len(ids))
