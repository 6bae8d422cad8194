"""`python -m bench.live`: how long after a change 200 screens know of it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import httpx
import psutil
import uvloop

from bench import place, rosa
from bench.ear import Ear

_TIME = b'"time":"'
CLIENTS, RATE, SECONDS = 200, 100, 30


async def main() -> None:
    """Tasks made at an even pace over HTTP while all clients listen; from the change's own instant to the client."""
    async with place.database() as at, place.server(at) as server:
        property_id, _ = await rosa.hotel(at)
        await _measure(server, property_id)


async def _measure(server: place.Server, property_id: str) -> None:
    late: list[float] = []
    ready = 0

    def hear(message: bytes) -> None:
        nonlocal ready
        if (found := message.find(_TIME)) > 0:  # read no further: two cores are for the server, PostgreSQL and us
            began = found + len(_TIME)
            at = datetime.fromisoformat(message[began : message.index(b'"', began)].decode())
            late.append(time.time() - at.timestamp())
        elif message.startswith(b'["welcome"'):
            ready += 1

    async with httpx.AsyncClient(base_url=f"{server.url}/api/v1") as http:
        token = await rosa.token(http)
        ears = await asyncio.gather(*(Ear.open(server.url, token, hear, []) for _ in range(CLIENTS)))
        await _until(lambda: ready == CLIENTS)
        headers = {"authorization": f"Bearer {token}"}
        body = {"property_id": property_id, "type": "public_area_cleaning"}
        began, made = time.monotonic(), list[asyncio.Task[Any]]()
        for n in range(RATE * SECONDS):
            await asyncio.sleep(began + n / RATE - time.monotonic())
            made.append(asyncio.create_task(http.post("/tasks", json=body, headers=headers)))
        answers = [(await one).status_code for one in made]
        await _until(lambda: len(late) == CLIENTS * len(answers))
        await asyncio.gather(*(one.close() for one in ears))
    print(f"CPU of the clients {time.process_time():.1f} s, of the server {_cpu(server.pid):.1f} s")
    late.sort()
    total = CLIENTS * len(answers)
    print(f"{datetime.now(UTC):%F}: {answers.count(201):,} tasks at {RATE}/s, {CLIENTS} clients")
    print(f"heard {len(late):,} of {total:,}")
    for share in (0.5, 0.95, 0.99, 1.0):
        print(f"  p{share * 100:g}: {late[min(len(late) - 1, int(len(late) * share))] * 1000:.1f} ms")


async def _until(so: Callable[[], bool]) -> None:
    for _ in range(200):
        if so():
            return
        await asyncio.sleep(0.05)


def _cpu(pid: int) -> float:
    used = psutil.Process(pid).cpu_times()
    return used.user + used.system


if __name__ == "__main__":
    uvloop.run(main())
