"""Many at once, and one who does not read: nobody else notices."""

from __future__ import annotations

import asyncio
import socket
import time
from collections import Counter
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest
from websockets.asyncio.client import connect

from bench.ear import Ear
from campaigns.lives import Serai
from serai.kernel.ids import encode
from serai.runtime.realtime import channel
from tests.areas.housekeeping.people import rooms
from tests.conftest import SECRET, Hotel
from tests.realtime.conftest import Listen, token_of
from tests.realtime.server import Served

pytestmark = [pytest.mark.integration, pytest.mark.slow]
CROWD = 2_000


PATIENT = 15
"""Seconds: one who does not read would hold the others up until the line is found dead, twice as long at the least."""


async def test_who_does_not_read_is_sent_away_and_delays_nobody(
    live: Served, hotel: Hotel, listen: Listen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(channel, "LONGEST_LINE", 100)
    token = await token_of(live, hotel, "front_desk")
    small = socket.socket()
    small.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    small.settimeout(0)
    host, _, port = live.url.removeprefix("http://").partition(":")
    await asyncio.get_running_loop().sock_connect(small, (host, int(port)))
    lazy = await connect(
        live.url.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket",
        sock=small,
        compression=None,
        max_queue=1,
        ping_interval=None,
    )
    await lazy.send(f'40{{"token":"{token}"}}')
    good = await listen(live.url, token)
    while len(live.channel.hub) < 2:
        await asyncio.sleep(0.01)
    slowest = 0.0
    for batch in range(40):
        await rooms(hotel, *(f"{batch}-{n}" for n in range(90)))
        began = time.monotonic()
        await good.until(lambda batch=batch: len(good.events) == 90 * (batch + 1))
        slowest = max(slowest, time.monotonic() - began)
        if len(live.channel.hub) == 1:
            break
    assert len(live.channel.hub) == 1
    assert (good.gaps, slowest < PATIENT) == ([], True), slowest
    lazy.transport.abort()


class Crowd:
    """Listeners who notice a gap, go, and come back where they were."""

    def __init__(self, url: str, tokens: list[str]) -> None:
        self._url, self.tokens = url, tokens
        self.places: list[dict[str, Any]] = [{} for _ in range(CROWD)]
        self.heard = [0] * CROWD
        self.faults = Counter[str]()
        self.welcome = 0
        self.ears: list[Ear] = []

    async def come(self) -> None:
        """All at once, until each is welcome."""
        self.welcome = 0
        self.ears = list(await asyncio.gather(*(self._come(n) for n in range(CROWD))))
        async with asyncio.timeout(60):
            while self.welcome < CROWD:
                await asyncio.sleep(0.02)

    async def go(self) -> None:
        """All at once."""
        await asyncio.gather(*(one.close() for one in self.ears))

    async def _come(self, n: int) -> Ear:
        def hear(message: bytes) -> None:
            name, content = orjson.loads(message)
            place = self.places[n]
            if name == "welcome":
                self.welcome += 1
                if not place:
                    place |= content["streams"][0]
            elif name in {"resync", "bye"}:
                self.faults[name] += 1
            elif "after" in content:
                self.heard[n] += 1
                self.faults["gap"] += content["after"] != place["position"]
                place["position"] = content["position"]

        cursors = [self.places[n]] if self.places[n] else []
        return await Ear.open(self._url, self.tokens[n % len(self.tokens)], hear, cursors)

    async def until(self, total: int) -> None:
        """Until everybody has heard that many."""
        async with asyncio.timeout(60):
            while min(self.heard) < total:
                await asyncio.sleep(0.02)


def board(url: str, token: str, hotel: Hotel, until: asyncio.Task[None]) -> float:
    """The longest that somebody at the desk waits for the board meanwhile, in seconds."""
    slowest = 0.0
    with httpx.Client(base_url=f"{url}/api/v1", headers={"authorization": f"Bearer {token}"}, timeout=30) as http:
        while not until.done():
            began = time.monotonic()
            assert http.get("/rooms", params={"property_id": encode("prp", hotel.property_id)}).status_code == 200
            slowest = max(slowest, time.monotonic() - began)
            time.sleep(0.05)
    return slowest


@pytest.fixture
async def serai(database: dict[str, str], tmp_path: Path) -> AsyncGenerator[Serai]:
    """The product as a process of its own."""
    one = Serai(database, tmp_path, SECRET)
    await one.start()
    yield one
    one.close()


async def test_two_thousand_come_back_at_once_and_miss_nothing(serai: Serai, hotel: Hotel) -> None:
    async with httpx.AsyncClient(base_url=f"{serai.url}/api/v1", timeout=60) as http:
        here: Any = type("Here", (), {"http": http})
        crowd = Crowd(serai.url, [await token_of(here, hotel, "front_desk") for _ in range(4)])
        await crowd.come()
        await rooms(hotel, *(f"a{n}" for n in range(20)))
        await crowd.until(20)
        await crowd.go()
        await rooms(hotel, *(f"b{n}" for n in range(20)))
        began = time.monotonic()
        coming = asyncio.create_task(crowd.come())
        slowest = await asyncio.to_thread(board, serai.url, crowd.tokens[0], hotel, coming)
        await coming
        await crowd.until(40)
        assert (time.monotonic() - began < 60, slowest < 10) == (True, True)
        await crowd.go()
    assert crowd.faults == Counter({"gap": 0})
    assert set(crowd.heard) == {40}
