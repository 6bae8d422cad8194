"""`python -m bench.relay`: how fast the journal goes out to each broker."""

from __future__ import annotations

import statistics
import time
from typing import Any
from uuid import UUID, uuid4

import aio_pika
import asyncpg
import nats
import uvloop

from bench import place
from serai import assembly
from serai.access.tenancy import service as tenancy
from serai.areas.housekeeping import service as housekeeping
from serai.areas.housekeeping.model import CreateTask, TaskType
from serai.kernel.actor import system
from serai.runtime.jobs import cursors
from serai.runtime.jobs.relay import Relay
from serai.runtime.transports.memory import MemoryTransport
from serai.runtime.transports.nats import Nats
from serai.runtime.transports.port import Transport
from serai.runtime.transports.rabbitmq import RabbitMQ
from serai.runtime.transports.redis import Redis
from serai.runtime.work import House, Work

TASKS, COPIES, ROUNDS = 2_000, 10, 3
RABBITMQ, REDIS, NATS = "amqp://guest:guest@127.0.0.1:5672/", "redis://127.0.0.1:6379/0", "nats://127.0.0.1:4222"
_COPY = """
insert into app.journal
select tenant_id, stream, position + n * $3, at + n * interval '1 millisecond', gen_random_uuid(), subject, version,
    type, payload, changes, actor_kind, actor_id, actor, source, correlation, cause
from app.journal cross join generate_series(1, $4::int) n where tenant_id = $1 and stream = $2"""


async def main() -> None:
    """Fill a journal with tasks that were made, and let each transport take it."""
    mark = f"serai_bench_{uuid4().hex[:8]}"
    async with place.database() as at:
        house = assembly.build(at.urls["serai_app"], at.urls["serai_relay"], "x" * 32, prefix=f"{mark}.")
        await house.db.open()
        tenant_id, stream = await _fill(house, at.urls["serai_owner"])
        print(f"PostgreSQL {at.version}, {TASKS * (COPIES + 1):,} events of a new task")
        ways: tuple[Transport, ...] = (
            MemoryTransport(), RabbitMQ(RABBITMQ, mark), Redis(REDIS), Nats(NATS, mark, f"{mark}."),
        )  # fmt: skip
        neighbour = await aio_pika.connect(RABBITMQ)
        queue = await _queue(neighbour, mark)
        for way in ways:
            rate = await _rate(house, tenant_id, stream, way, queue)
            print(f"  journal → {way.name:9} {rate:8,.0f} events/s")
            await way.close()
        await house.db.close()
    await _tidy(queue, mark)
    await neighbour.close()


async def _fill(house: House, owner_url: str) -> tuple[UUID, UUID]:
    tenant = await tenancy.create_tenant(house, tenancy.CreateTenant("bench", "Bench"))
    actor = system(tenant.id, "bench")
    hotel = await house.do(
        actor, lambda work: tenancy.create_property(work, tenancy.CreateProperty("main", "Main", "Asia/Kabul", "AFN"))
    )

    async def make(work: Work) -> None:
        for _ in range(TASKS):
            cmd = CreateTask(hotel.id, TaskType.PUBLIC_AREA_CLEANING, note="The lobby and the stairs to the garden.")
            await housekeeping.create_task(work, cmd)

    await house.do(actor, make)
    owner: Any = await asyncpg.connect(owner_url)
    head = await owner.fetchval("select head from app.stream where stream = $1", hotel.id)
    await owner.execute(_COPY, tenant.id, hotel.id, head, COPIES)
    await owner.execute("update app.stream set head = $2 where stream = $1", hotel.id, head * (COPIES + 1))
    await owner.close()
    return tenant.id, hotel.id


async def _rate(house: House, tenant_id: UUID, stream: UUID, way: Transport, queue: Any) -> float:
    rates: list[float] = []
    for _ in range(ROUNDS):
        relay = Relay(house, way, tenant_id)
        started, sent = time.perf_counter(), 0
        while step := await relay.turn():
            sent += step
        rates.append(sent / (time.perf_counter() - started))
        await house.do(
            system(tenant_id, "bench"), lambda work: cursors.place(work.tx, tenant_id, stream, f"relay:{way.name}", 0)
        )
        await queue.purge()
    return statistics.median(rates)


async def _queue(neighbour: Any, mark: str) -> Any:
    """A durable queue that takes everything, as a neighbour's would."""
    channel = await neighbour.channel()
    exchange = await channel.declare_exchange(mark, aio_pika.ExchangeType.TOPIC, durable=True)
    queue = await channel.declare_queue(mark, durable=True)
    await queue.bind(exchange, "#")
    return queue


async def _tidy(queue: Any, mark: str) -> None:
    await queue.delete(if_unused=False, if_empty=False)
    await queue.channel.exchange_delete(mark)
    client = await nats.connect(NATS)
    await client.jetstream().delete_stream(mark)
    await client.close()


if __name__ == "__main__":
    uvloop.run(main())
