"""kill -9 at any moment of a turn-over loses nothing and does nothing twice."""

from __future__ import annotations

import asyncio
import random
import signal
from collections import Counter
from collections.abc import AsyncGenerator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from serai import assembly
from serai.access.identity import service as identity
from serai.areas.spaces.model import Room
from serai.kernel.actor import system
from serai.kernel.ids import encode
from serai.runtime.db.tx import ReadTx
from serai.runtime.events import journal
from serai.runtime.work import House
from tests.acceptance.process import Serai
from tests.areas.housekeeping.people import look, ready, rooms
from tests.conftest import PASSWORD, SECRET, Hotel, make_hotel

KILLS = 25
LONGEST_LIFE = 0.8
"""Seconds between a start and its kill."""
PATIENCE = 600
"""Repeats of one request, a twentieth of a second apart."""
EVENTS = {"content-type": "application/cloudevents+json"}
pytestmark = [pytest.mark.integration, pytest.mark.slow]


@pytest.fixture
async def here(database: dict[str, str]) -> AsyncGenerator[House]:
    """The same database as the process's, on the same clock."""
    house = assembly.build(database["serai_app"], database["serai_relay"], SECRET)
    await house.db.open()
    yield house
    await house.db.close()


@pytest.fixture
async def serai(database: dict[str, str], tmp_path: Path) -> AsyncGenerator[Serai]:
    one = Serai(database, tmp_path)
    yield one
    one.close()


class Guestful:
    """A client that knows its keys and repeats what was not answered."""

    def __init__(self, serai: Serai, hotel: Hotel) -> None:
        self._client = httpx.AsyncClient(base_url=f"{serai.url}/api/v1", timeout=10)
        self._hotel = hotel
        self._tokens: dict[str, str] = {}
        self.repeats = 0

    async def sign_in(self, role: str) -> None:
        """Employ somebody, and be them."""
        grant = identity.RoleGrant(identity.Role(role), self._hotel.property_id)
        cmd = identity.CreateStaff(role, f"{role}-1", roles=(grant,), password=PASSWORD)
        await self._hotel.do(lambda work: identity.create_staff(work, cmd))
        answer = await self._client.post("/auth/token", json={"login": cmd.login, "password": PASSWORD})
        assert answer.status_code == 200, answer.text
        self._tokens[role] = f"Bearer {answer.json()['access_token']}"

    async def ask(self, role: str, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """Ask until there is an answer; the key of a POST stays the same."""
        given = {"authorization": self._tokens[role], **headers}
        if method == "POST":
            given["idempotency-key"] = uuid4().hex
        for _ in range(PATIENCE):
            try:
                answer = await self._client.request(method, path, json=body, headers=given)
            except httpx.TransportError:
                self.repeats += 1
            else:
                if answer.is_success:
                    return answer.json()
                running = answer.status_code == 409 and "still running" in answer.text
                assert answer.status_code == 503 or running, f"{method} {path}: {answer.status_code} {answer.text}"
            await asyncio.sleep(0.05)
        raise AssertionError(f"{method} {path} was never answered")

    async def tell(self, kind: str, reference: str, **data: Any) -> None:
        """An event of the PMS; its id stays the same."""
        event = {
            "specversion": "1.0", "id": f"{reference}-{kind}", "source": "/pms", "type": kind,
            "time": datetime.now(UTC).isoformat(), "propertyid": encode("prp", self._hotel.property_id),
            "data": {"booking_reference": reference, **data},
        }  # fmt: skip
        [result] = (await self.ask("integration", "POST", "/events", event, **EVENTS))["results"]
        assert result["status"] in {"applied", "ignored"}, result

    async def turn_over(self, room: Room, reference: str, *, doors: bool) -> None:
        """A guest comes and leaves, by the doors or as the PMS says; the room is cleaned and inspected."""
        spc = encode("spc", room.id)
        nights = {"arrival": "2026-03-02", "departure": "2026-03-04", "adults": 2, "room_type": room.room_type}
        await self.tell("booking.created", reference, room_number=room.number, **nights)
        if doors:
            [stay] = (await self.ask("front_desk", "GET", f"/stays?booking_reference={reference}"))["items"]
            await self.ask("front_desk", "POST", f"/rooms/{spc}/check-in", {"stay_id": stay["id"]})
            await self.ask("front_desk", "POST", f"/rooms/{spc}/check-out", {"mode": "depart"})
        else:
            await self.tell("reservation.checked_in.v1", reference)
            await self.tell("booking.completed", reference)
        task = await self._cleaning(reference)
        for role, move in (
            ("housekeeper", "start"),
            ("housekeeper", "complete"),
            ("housekeeping_supervisor", "verify"),
        ):
            await self.ask(role, "POST", f"/tasks/{task}/{move}", {})

    async def _cleaning(self, reference: str) -> str:
        for _ in range(PATIENCE):
            path = f"/tasks?type=checkout_cleaning&booking_reference={reference}"
            if found := (await self.ask("housekeeping_supervisor", "GET", path))["items"]:
                assert len(found) == 1, found
                return found[0]["id"]
            await asyncio.sleep(0.05)
        raise AssertionError(f"{reference} was never to be cleaned after")

    async def close(self) -> None:
        await self._client.aclose()


async def test_kill_9_at_any_step_of_a_turn_over_loses_nothing_and_does_nothing_twice(
    serai: Serai, here: House
) -> None:
    hotel = await make_hotel(here)
    made = await rooms(hotel, "101", "102", "103")
    for room in made:
        await ready(hotel, room)
    await serai.start()
    client = Guestful(serai, hotel)
    for role in ("integration", "front_desk", "housekeeper", "housekeeping_supervisor"):
        await client.sign_in(role)
    over = asyncio.Event()
    done: list[str] = []

    async def play(room: Room) -> None:
        turn = 0
        while not over.is_set() or turn < 2:
            turn += 1
            reference = f"B{room.number}-{turn}"
            await client.turn_over(room, reference, doors=turn % 2 == 0)
            done.append(reference)

    players = asyncio.gather(*(play(room) for room in made))
    try:
        dice = random.Random(20260302)
        for _ in range(KILLS):
            await asyncio.sleep(dice.random() * LONGEST_LIFE)
            serai.end()
            await serai.start()
            assert not players.done(), players.result()
        over.set()
        await asyncio.wait_for(players, 120)
    finally:
        players.cancel()
        await client.close()
    assert client.repeats > 0, "no kill was felt"
    for _ in range(PATIENCE):
        if not (late := await here.read(system(hotel.tenant_id, "test"), lambda tx: behind(tx, hotel.tenant_id))):
            break
        await asyncio.sleep(0.05)
    assert late == [], "readers stand behind"
    serai.end(signal.SIGTERM)
    assert await here.read(system(hotel.tenant_id, "test"), lambda tx: wrong(tx, hotel.tenant_id, done)) == []
    for room in made:
        assert (await look(hotel, room)).stay_id is None


async def behind(tx: ReadTx, tenant_id: UUID) -> list[str]:
    """The readers that have not seen a fact which concerns them."""
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


async def wrong(tx: ReadTx, tenant_id: UUID, done: list[str]) -> list[str]:
    """What of the promises does not hold, in words."""
    found: list[str] = []
    made = Counter(
        row["origin"]
        for row in await tx.fetch(
            "select origin from app.task where tenant_id = $1 and type = 'checkout_cleaning'", tenant_id
        )
    )
    stays = await tx.fetch("select id, booking_reference, state from app.stay where tenant_id = $1", tenant_id)
    if sorted(row["booking_reference"] for row in stays) != sorted(done):
        found.append(f"stays: {stays}")
    if any(row["state"] != "completed" for row in stays):
        found.append(f"not over: {stays}")
    if made != Counter(f"checkout:{encode('sty', row['id'])}" for row in stays):
        found.append(f"cleanings: {made}")
    if left := await tx.fetch("select id from app.task where tenant_id = $1 and state <> 'verified'", tenant_id):
        found.append(f"unfinished: {left}")
    for row in await tx.fetch("select stream, head from app.stream where tenant_id = $1", tenant_id):
        positions = await tx.fetch(
            "select position from app.journal where tenant_id = $1 and stream = $2 order by position",
            tenant_id, row["stream"],
        )  # fmt: skip
        if [one["position"] for one in positions] != list(range(1, row["head"] + 1)):
            found.append(f"a gap in {row['stream']}")
    told = await tx.fetch(
        "select subject from app.journal where tenant_id = $1 and type = 'property.room.status_changed.v1'",
        tenant_id,
    )
    kept = await tx.fetch("select room_id from app.room_status_event where tenant_id = $1", tenant_id)
    if Counter(map(tuple, told)) != Counter(map(tuple, kept)):
        found.append(f"status events: {len(kept)} kept, {len(told)} told")
    if left := await tx.fetch("select reader, type, error from app.dead_letter where tenant_id = $1", tenant_id):
        found.append(f"parked: {left}")
    if left := await tx.fetch(
        "select event_id, status, error from app.inbox where tenant_id = $1 and status in ('parked', 'waiting')",
        tenant_id,
    ):
        found.append(f"inbox: {left}")
    return found
