"""P13: a company asks ten times as much as it may; the others notice nothing."""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import random
import tempfile
import time
from collections.abc import AsyncGenerator
from concurrent.futures import ProcessPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from typing import Any

import httpx

from bench import seed
from bench.place import Place
from campaigns.ground import SECRET, database
from campaigns.lives import Serai
from serai.kernel.ids import encode

TIMES, QUIET, A_SECOND = 10, 60.0, 10
"""How many times its limit a company asks, seconds of quiet before, and requests a second of the other one."""
SLOWER = 2.0
"""How many times its quiet p99 the other one's may be."""


def options(parser: argparse.ArgumentParser) -> None:
    """What may be chosen."""
    parser.add_argument("--seconds", type=float, default=300.0, help="how long it asks too much")
    parser.add_argument("--limit", type=int, default=1200, help="requests a minute that a company may make")


@dataclass
class Asker:
    """Somebody of one company who asks at a pace, whatever comes back."""

    http: httpx.AsyncClient
    place: str
    rng: random.Random
    took: list[float] = field(default_factory=list[float])
    answers: dict[int, int] = field(default_factory=dict[int, int])

    async def ask(self, a_second: float, seconds: float) -> None:
        """So many requests a second; a slow answer holds up no other."""
        began, going = time.perf_counter(), set[asyncio.Task[None]]()
        for n in range(int(a_second * seconds)):
            await asyncio.sleep(max(0.0, began + n / a_second - time.perf_counter()))
            going.add(one := asyncio.create_task(self._one()))
            one.add_done_callback(going.discard)
        await asyncio.gather(*going)

    async def _one(self) -> None:
        began = time.perf_counter()
        if self.rng.random() < 0.2:  # a fifth writes
            body = {"property_id": self.place, "type": "custom", "note": "A lamp."}
            answer = await self.http.post("/tasks", json=body)
        else:
            answer = await self.http.get(f"/tasks?property_id={self.place}&limit=20")
        self.took.append(time.perf_counter() - began)
        self.answers[answer.status_code] = self.answers.get(answer.status_code, 0) + 1

    def p99(self) -> float:
        """Of what was measured since the last time, in ms."""
        took, self.took = self.took, []
        return quantiles(took, n=100)[98] * 1000


async def run(given: argparse.Namespace) -> dict[str, Any]:
    """Measure one company alone, then while the other asks too much."""
    async with database() as urls:
        place = Place(urls, urls["admin"], "", None)
        hotels = await seed.hotels(place)
        await seed.grow(place, hotels, 1000, seed.today())
        with tempfile.TemporaryDirectory(prefix="serai-p13-") as aside:
            web = Serai(urls, Path(aside), SECRET, command="web", RATE_LIMIT=str(given.limit))
            try:
                await web.start()
                return await _compare(given, web.url, hotels)
            finally:
                web.close()


async def _compare(given: argparse.Namespace, url: str, hotels: list[seed.Hotel]) -> dict[str, Any]:
    async with _asker(url, 1, hotels[1], given.seed) as other:
        await other.ask(A_SECOND, 5)
        other.p99()
        await other.ask(A_SECOND, min(QUIET, given.seconds))
        quiet = other.p99()
        asked = (url, hotels[0], given.limit / 60 * TIMES, given.seconds, given.seed)
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as apart:  # who measures is not held up
            loud_one = asyncio.get_running_loop().run_in_executor(apart, _greedy, *asked)
            await other.ask(A_SECOND, given.seconds)
            loud, greedy = other.p99(), await loud_one
    allowed = sum(count for status, count in greedy.items() if status < 400)
    most = given.limit * (given.seconds / 60 + 1)
    found = [f"its p99 is {loud:.0f} ms, alone {quiet:.0f} ms"] if loud > SLOWER * quiet else []
    if strange := {status for status in other.answers if status >= 400}:
        found.append(f"the other company was answered {sorted(strange)}")
    if allowed > most or greedy.get(429, 0) == 0:
        found.append(f"{allowed} of its requests were answered, of {most:.0f} at the most")
    return {
        "greedy": greedy, "other": other.answers, "quiet_p99_ms": round(quiet, 1), "loud_p99_ms": round(loud, 1),
        "broken": len(found), "shown": found,
    }  # fmt: skip


def _greedy(url: str, hotel: seed.Hotel, a_second: float, seconds: float, chance: int) -> dict[int, int]:
    async def ask() -> dict[int, int]:
        async with _asker(url, 0, hotel, chance) as one:
            await one.ask(a_second, seconds)
            return one.answers

    return asyncio.run(ask())


@asynccontextmanager
async def _asker(url: str, number: int, hotel: seed.Hotel, chance: int) -> AsyncGenerator[Asker]:
    pool = httpx.Limits(max_connections=64)
    async with httpx.AsyncClient(base_url=f"{url}/api/v1", timeout=30, limits=pool) as http:
        body = {"login": f"boss{number}", "password": seed.PASSWORD}
        token = (await http.post("/auth/token", json=body)).json()["access_token"]
        http.headers["authorization"] = f"Bearer {token}"
        yield Asker(http, encode("prp", hotel.busy), random.Random(chance))
