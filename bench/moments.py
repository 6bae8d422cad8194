"""`python -m bench.moments`: events in, complaints, due moments, a cold start."""

from __future__ import annotations

import asyncio
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
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
from bench.gateway import Gateway, gateway
from campaigns.ground import SECRET, house
from campaigns.lives import SERAI, Serai, free_port, plain_environment
from campaigns.turnovers import PASSWORD, Desk, Hotel, furnish
from campaigns.verdict import rest
from serai.access.identity import service as identity
from serai.areas.housekeeping import service as housekeeping
from serai.areas.housekeeping.model import CreateTask, TaskType
from serai.areas.work_orders import service as orders
from serai.areas.work_orders.model import CreateOrder
from serai.kernel.actor import system
from serai.runtime.work import House, Work

RABBITMQ = "amqp://guest:guest@127.0.0.1:5672/"
ROOMS, COMPLAINTS, DUE, STARTS = 200, 100, 10_000, 5


async def main() -> None:
    """Each in turn, on a database of its own."""
    mark = f"serai_bench_{uuid4().hex[:8]}"
    async with place.database() as at, house(at.urls) as here, AsyncExitStack() as aside:
        print(f"PostgreSQL {at.version}")
        await _cold(at)
        connection: Any = await aio_pika.connect(RABBITMQ)
        channel = await connection.channel()
        queue = await channel.declare_queue(f"{mark}_in", durable=True)
        hotel = await furnish(here, ROOMS, queue.name)
        with tempfile.TemporaryDirectory(prefix="serai-bench-") as logs:
            sms = await aside.enter_async_context(gateway())
            settings = {"RABBITMQ_URL": RABBITMQ, "RABBITMQ_EXCHANGE": mark, "NOTIFY_SMS": sms.apprise()}
            webs = [Serai(at.urls, Path(logs), SECRET, command="web", **settings) for _ in range(2)]
            worker = Serai(at.urls, Path(logs), SECRET, command="worker", **settings)
            try:
                for one in webs:
                    await one.start()
                await worker.begin()

                async def by_rabbitmq(event: dict[str, Any]) -> None:
                    message = aio_pika.Message(orjson.dumps(event), content_type="application/cloudevents+json")
                    await channel.default_exchange.publish(message, queue.name)

                by_http = await _events(webs, here, hotel, by_rabbitmq)
                await _complaints(webs[0].url, by_http, here, hotel, sms)
                await by_http.close()
                owner: Any = await aside.enter_async_context(_connected(at.urls["serai_owner"]))
                await _tasks(here, hotel, owner)
                await _promises(here, hotel, owner)
                print(f"  PSS of two web processes and one worker: {_pss(webs, worker):.0f} MB")
            finally:
                for one in (*webs, worker):
                    one.close()
        await queue.delete(if_unused=False, if_empty=False)
        await (await channel.get_exchange(mark)).delete()
        await connection.close()


async def _events(
    webs: list[Serai], here: House, hotel: Hotel, by_rabbitmq: Callable[[dict[str, Any]], Awaitable[None]]
) -> Desk:
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
        _say(f"an event by {name} → its task", taken)
    await by_broker.close()
    return by_http


def _say(what: str, taken: list[float]) -> None:
    taken.sort()
    print(f"  {what}: p50 {statistics.median(taken):.0f} ms, p95 {taken[int(len(taken) * 0.95)]:.0f} ms")


async def _complaints(url: str, desk: Desk, here: House, hotel: Hotel, sms: Gateway) -> None:
    """A guest complains → the technician who got the order has been sent a message."""
    grant = identity.RoleGrant(identity.Role.TECHNICIAN, hotel.property_id)
    cmd = identity.CreateStaff("Tom", "tom", roles=(grant,), password=PASSWORD)
    await here.do(system(hotel.tenant_id, "bench"), lambda work: identity.create_staff(work, cmd))
    async with httpx.AsyncClient(base_url=f"{url}/api/v1") as http:
        token = (await http.post("/auth/token", json={"login": "tom", "password": PASSWORD})).json()["access_token"]
        wanted = {"channels": ["sms"], "phone": "+93799000111", "version": 0}
        headers = {"authorization": f"Bearer {token}"}
        (await http.put("/me/notification-settings", json=wanted, headers=headers)).raise_for_status()
    taken: list[float] = []
    for number in range(COMPLAINTS):
        began, known = time.perf_counter(), len(sms.taken)
        said = {"room_number": str(number), "complaint": f"The tap of {number} drips", "category": "plumbing"}
        await desk.tell("guest.complaint_filed", f"C{number}", **said)
        async with asyncio.timeout(30):
            while len(sms.taken) == known:  # noqa: ASYNC110  # another process sends it
                await asyncio.sleep(0.005)
        taken.append((time.perf_counter() - began) * 1000)
    _say("a complaint → its order is somebody's and the message is out", taken)


async def _promises(here: House, hotel: Hotel, owner: Any) -> None:
    """Work orders whose promise is broken within the same minute → the last of their events."""

    async def make(work: Work) -> None:
        for _ in range(500):
            await orders.create(work, CreateOrder(hotel.property_id, "It is broken"))

    for _ in range(DUE // 500):
        await here.do(system(hotel.tenant_id, "bench"), make)
    await rest(here, hotel.tenant_id, 600)
    begins = datetime.now(UTC) + timedelta(seconds=10)
    await owner.execute(
        "update app.work_order o set sla_at = m.due, respond_due_at = m.due, respond_warned_at = now(), "
        "reported_at = m.due - interval '2 hours' "
        "from (select id, $1::timestamptz + random() * interval '1 minute' due from app.work_order) m "
        "where o.id = m.id and o.state = 'open'",
        begins,
    )
    await _seen(owner, "promises broken", "work_order", "respond_due_at", "maintenance.work_order.sla_breached.v1")


async def _tasks(here: House, hotel: Hotel, owner: Any) -> None:
    """Tasks that are late within the same minute → the last of their events."""

    async def make(work: Work) -> None:
        for _ in range(500):
            await housekeeping.create_task(work, CreateTask(hotel.property_id, TaskType.PUBLIC_AREA_CLEANING))

    for _ in range(DUE // 500):
        await here.do(system(hotel.tenant_id, "bench"), make)
    begins = datetime.now(UTC) + timedelta(seconds=10)
    await owner.execute(
        "update app.task t set delay_at = m.due, due_at = m.due "
        "from (select id, $1::timestamptz + random() * interval '1 minute' due from app.task) m "
        "where t.id = m.id and t.type = 'public_area_cleaning' and t.delayed_at is null",
        begins,
    )
    await _seen(owner, "tasks late", "task", "due_at", "housekeeping.task.delayed.v1")


async def _seen(owner: Any, what: str, table: str, due: str, name: str) -> None:
    late = (
        f"select count(*) seen, extract(epoch from max(j.at - t.{due}))::float slowest, "
        f"extract(epoch from percentile_cont(0.5) within group (order by j.at - t.{due}))::float middle "
        f"from app.journal j join app.{table} t on t.id = j.subject where j.type = '{name}'"
    )
    await asyncio.sleep(70)
    for _ in range(120):
        found = await owner.fetchrow(late)
        if found["seen"] >= DUE:
            break
        await asyncio.sleep(1)
    print(f"  {found['seen']:,} {what} in a minute → their events: {found['middle']:.2f} s late in the middle, "
          f"{found['slowest']:.2f} s at most")  # fmt: skip


@asynccontextmanager
async def _connected(url: str) -> AsyncGenerator[Any]:
    connection: Any = await asyncpg.connect(url)
    yield connection
    await connection.close()


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
