"""`python -m bench.moments`: events in, due moments, a cold start."""

from __future__ import annotations

import asyncio
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import aio_pika
import asyncpg
import httpx
import orjson
import psutil

from bench import place
from campaigns.ground import SECRET, house
from campaigns.lives import SERAI, Serai, free_port, plain_environment
from campaigns.turnovers import Desk, Hotel, furnish
from serai.areas.housekeeping import service as housekeeping
from serai.areas.housekeeping.model import CreateTask, TaskType
from serai.kernel.actor import system
from serai.runtime.work import House, Work

RABBITMQ = "amqp://guest:guest@127.0.0.1:5672/"
ROOMS, DUE, STARTS = 200, 10_000, 5


async def main() -> None:
    """Each in turn, on a database of its own."""
    mark = f"serai_bench_{uuid4().hex[:8]}"
    async with place.database() as at, house(at.urls) as here:
        print(f"PostgreSQL {at.version}")
        await _cold(at)
        connection: Any = await aio_pika.connect(RABBITMQ)
        channel = await connection.channel()
        queue = await channel.declare_queue(f"{mark}_in", durable=True)
        hotel = await furnish(here, ROOMS, queue.name)
        with tempfile.TemporaryDirectory(prefix="serai-bench-") as logs:
            settings = {"RABBITMQ_URL": RABBITMQ, "RABBITMQ_EXCHANGE": mark}
            webs = [Serai(at.urls, Path(logs), SECRET, command="web", **settings) for _ in range(2)]
            worker = Serai(at.urls, Path(logs), SECRET, command="worker", **settings)
            try:
                for one in webs:
                    await one.start()
                await worker.begin()

                async def by_rabbitmq(event: dict[str, Any]) -> None:
                    message = aio_pika.Message(orjson.dumps(event), content_type="application/cloudevents+json")
                    await channel.default_exchange.publish(message, queue.name)

                await _events(webs, here, hotel, by_rabbitmq)
                await _moments(here, hotel, at.urls["serai_owner"])
                print(f"  PSS of two web processes and one worker: {_pss(webs, worker):.0f} MB")
            finally:
                for one in (*webs, worker):
                    one.close()
        await queue.delete(if_unused=False, if_empty=False)
        await (await channel.get_exchange(mark)).delete()
        await connection.close()


async def _events(
    webs: list[Serai], here: House, hotel: Hotel, by_rabbitmq: Callable[[dict[str, Any]], Awaitable[None]]
) -> None:
    """A guest has left → the cleaning is on the list, asked for every 5 ms."""
    by_http = Desk([one.url for one in webs], here, hotel)
    await by_http.open()
    by_broker = Desk([one.url for one in webs], here, hotel, by_rabbitmq)
    for number in range(ROOMS):
        await by_http.arrive(number, f"B{number}")
    for name, desk, numbers in (
        ("HTTP", by_http, range(ROOMS // 2)), ("RabbitMQ", by_broker, range(ROOMS // 2, ROOMS)),
    ):  # fmt: skip
        taken: list[float] = []
        for number in numbers:
            began = time.perf_counter()
            await desk.leave(f"B{number}", pause=0.005)
            taken.append((time.perf_counter() - began) * 1000)
            await asyncio.sleep(0.02)
        taken.sort()
        middle, slow = statistics.median(taken), taken[int(len(taken) * 0.95)]
        print(f"  an event by {name} → its task: p50 {middle:.0f} ms, p95 {slow:.0f} ms")
    await by_http.close()
    await by_broker.close()


async def _moments(here: House, hotel: Hotel, owner_url: str) -> None:
    """Tasks that are late at the same instant → the last of their events."""

    async def make(work: Work) -> None:
        for _ in range(500):
            await housekeeping.create_task(work, CreateTask(hotel.property_id, TaskType.PUBLIC_AREA_CLEANING))

    for _ in range(DUE // 500):
        await here.do(system(hotel.tenant_id, "bench"), make)
    owner: Any = await asyncpg.connect(owner_url)
    begins = datetime.now(UTC) + timedelta(seconds=10)
    await owner.execute(
        "update app.task t set delay_at = m.due, due_at = m.due "
        "from (select id, $1::timestamptz + random() * interval '1 minute' due from app.task) m "
        "where t.id = m.id and t.type = 'public_area_cleaning' and t.delayed_at is null",
        begins,
    )
    late = (
        "select count(*) seen, extract(epoch from max(j.at - t.due_at))::float slowest, "
        "extract(epoch from percentile_cont(0.5) within group (order by j.at - t.due_at))::float middle "
        "from app.journal j join app.task t on t.id = j.subject where j.type = 'housekeeping.task.delayed.v1'"
    )
    await asyncio.sleep(70)
    for _ in range(120):
        found = await owner.fetchrow(late)
        if found["seen"] >= DUE:
            break
        await asyncio.sleep(1)
    await owner.close()
    print(f"  {found['seen']:,} moments in a minute → their events: {found['middle']:.2f} s late in the middle, "
          f"{found['slowest']:.2f} s at most")  # fmt: skip


async def _cold(at: place.Place) -> None:
    """A new `serai web` → its first good answer."""
    taken: list[float] = []
    for _ in range(STARTS):
        port = free_port()
        environment = {
            **plain_environment(),
            "SERAI_DATABASE_URL": at.urls["serai_app"], "SERAI_RELAY_URL": at.urls["serai_relay"],
            "SERAI_JWT_SECRET": SECRET, "SERAI_PORT": str(port),
        }  # fmt: skip
        began = time.perf_counter()
        process = subprocess.Popen([str(SERAI), "web"], env=environment, stderr=subprocess.DEVNULL)
        async with httpx.AsyncClient() as client:
            while True:
                try:
                    if (await client.get(f"http://127.0.0.1:{port}/health/ready")).is_success:
                        break
                except httpx.TransportError:
                    await asyncio.sleep(0.01)
        taken.append(time.perf_counter() - began)
        process.terminate()
        await asyncio.to_thread(process.wait)
    print(f"  cold start: {statistics.median(taken):.2f} s in the middle of {STARTS}, {max(taken):.2f} s at most")


def _pss(webs: list[Serai], worker: Serai) -> float:
    return sum(psutil.Process(one.pid).memory_full_info().pss for one in (*webs, worker)) / 1e6


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
