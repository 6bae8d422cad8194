"""M1: kill -9 of web and worker at random moments; nothing lost, nothing twice."""

from __future__ import annotations

import argparse
import asyncio
import random
import signal
import tempfile
import time
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import aio_pika
import orjson
from rich.progress import track

from campaigns.ground import SECRET, database, house
from campaigns.lives import Serai
from campaigns.mutants import ALL as MUTANTS
from campaigns.turnovers import Desk, Players, furnish
from campaigns.verdict import broken_promises, rest
from serai.kernel.actor import system
from serai.kernel.ids import encode
from serai.runtime.work import House

RABBITMQ = "amqp://guest:guest@127.0.0.1:5672/"
LIVES = {"web": 1.6, "worker": 0.6}
"""The longest life of each, in seconds from its fork."""
SHOWN = 20


def options(parser: argparse.ArgumentParser) -> None:
    """How many, and whether a mutant is to be noticed."""
    parser.add_argument("--kills", type=int, default=10_000)
    parser.add_argument("--rooms", type=int, default=6)
    parser.add_argument("--mutant", choices=sorted(MUTANTS), default="")


async def run(options: argparse.Namespace) -> dict[str, Any]:
    """Kill, count, compare."""
    mark = uuid4().hex[:8]
    with tempfile.TemporaryDirectory(prefix="serai-m1-") as folder:
        async with database() as urls, house(urls) as here, _broker(mark) as broker:
            settings = {"RABBITMQ_URL": RABBITMQ, "RABBITMQ_EXCHANGE": broker.exchange}
            processes = {
                command: Serai(urls, Path(folder), SECRET, command=command, mutant=options.mutant, **settings)
                for command in LIVES
            }
            try:
                return await _campaign(options, here, processes, broker)
            finally:
                for one in processes.values():
                    one.close()


async def _campaign(
    options: argparse.Namespace, here: House, processes: dict[str, Serai], broker: _Broker
) -> dict[str, Any]:
    dice = random.Random(options.seed)
    hotel = await furnish(here, options.rooms, broker.inbound)
    await processes["worker"].begin()
    await processes["web"].start()
    desk = Desk([processes["web"].url], here, hotel, broker.send)
    await desk.open()
    players = Players(desk, options.rooms)
    kills: Counter[str] = Counter()
    dies = {command: time.monotonic() + dice.uniform(0, longest) for command, longest in LIVES.items()}
    for _ in track(range(options.kills), "killing"):
        command = min(dies, key=lambda one: dies[one])
        await asyncio.sleep(max(0.0, dies[command] - time.monotonic()))
        await asyncio.to_thread(processes[command].end)
        kills[command] += 1
        await processes[command].begin()
        dies[command] = time.monotonic() + dice.uniform(0, LIVES[command])
        if (options.mutant and players.lost) or players.gave_up:
            break
    broken = await players.end()
    broken += await rest(here, hotel.tenant_id)
    for one in processes.values():
        await asyncio.to_thread(one.end, signal.SIGTERM)
    await desk.close()
    broken += await here.read(system(hotel.tenant_id, "m1"), lambda tx: broken_promises(tx, hotel.tenant_id, desk.done))
    broken += await broker.compare(here, hotel.tenant_id)
    return {
        "kills": dict(kills), "mutant": options.mutant, "turn_overs": len(desk.done), "asked_again": desk.repeats,
        "published": len(broker.heard), "published_again": len(broker.heard) - len(set(broker.heard)),
        "broken": len(broken), "shown": broken[:SHOWN],
    }  # fmt: skip


class _Broker:
    """What goes in and what comes out at RabbitMQ."""

    def __init__(self, channel: Any, exchange: str, inbound: str) -> None:
        self.exchange, self.inbound = exchange, inbound
        self.heard: list[str] = []
        self._channel = channel

    async def hear(self, message: Any) -> None:
        """A fact was published."""
        self.heard.append(message.message_id)

    async def send(self, event: dict[str, Any]) -> None:
        """An event of the PMS; the broker has it when this returns."""
        message = aio_pika.Message(
            orjson.dumps(event), content_type="application/cloudevents+json", message_id=event["id"],
            delivery_mode=aio_pika.DeliveryMode.PERSISTENT,
        )  # fmt: skip
        await self._channel.default_exchange.publish(message, self.inbound, mandatory=True)

    async def compare(self, here: House, tenant_id: Any) -> list[str]:
        """What was published and what the journal says."""
        await asyncio.sleep(1)  # the last messages are on their way

        sql = "select id from app.journal where tenant_id = $1 order by stream, position"

        async def ids(tx: Any) -> list[str]:
            return [encode("evt", row["id"]) for row in await tx.fetch(sql, tenant_id)]

        journal = await here.read(system(tenant_id, "m1"), ids)
        heard = set(self.heard)
        missing = [one for one in journal if one not in heard]
        foreign = heard - set(journal)
        found = [f"{len(missing)} of {len(journal)} facts never published, {missing[0]} first"] if missing else []
        return found + ([f"{len(foreign)} published that no journal knows"] if foreign else [])


@asynccontextmanager
async def _broker(mark: str) -> AsyncGenerator[_Broker]:
    connection: Any = await aio_pika.connect(RABBITMQ)
    channel = await connection.channel()
    exchange = await channel.declare_exchange(f"serai_m1_{mark}", aio_pika.ExchangeType.TOPIC, durable=True)
    out = await channel.declare_queue(f"serai_m1_out_{mark}", durable=True)
    await out.bind(exchange, "#.v1")
    into = await channel.declare_queue(f"serai_m1_in_{mark}", durable=True)
    broker = _Broker(channel, exchange.name, into.name)
    await out.consume(broker.hear, no_ack=True)
    try:
        yield broker
    finally:
        for one in (out, into):
            await one.delete(if_unused=False, if_empty=False)
        await exchange.delete()
        await connection.close()
