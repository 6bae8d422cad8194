"""Brokers stopped, killed and wiped: their neighbours end equal to the journal."""

from __future__ import annotations

import asyncio
import subprocess
from collections.abc import AsyncGenerator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from pathlib import Path

import httpx
import pytest

from campaigns.lives import SERAI, plain_environment
from serai import assembly
from serai.asgi import create_app
from serai.kernel.ids import encode
from serai.runtime.jobs import cursors
from serai.runtime.jobs.background import Background
from serai.runtime.transports.nats import Nats
from serai.runtime.transports.port import Transport
from serai.runtime.transports.rabbitmq import RabbitMQ
from serai.runtime.transports.redis import Redis
from serai.runtime.work import House
from tests.areas.housekeeping.people import rooms
from tests.brokers import listeners
from tests.brokers.listeners import Heard
from tests.brokers.private import NatsServer, Private, RabbitServer, RedisServer
from tests.conftest import SECRET, Hotel, make_hotel

pytestmark = [pytest.mark.integration, pytest.mark.slow]
KINDS: dict[str, type[Private]] = {"rabbitmq": RabbitServer, "redis": RedisServer, "nats": NatsServer}
EXCHANGE, PREFIX = "hospitality_platform", "melmastoon."


def transport(kind: str, broker: Private) -> Transport:
    if kind == "rabbitmq":
        return RabbitMQ(broker.url, EXCHANGE)
    return Redis(broker.url) if kind == "redis" else Nats(broker.url, "serai", PREFIX)


def listen(kind: str, broker: Private) -> AbstractAsyncContextManager[Heard]:
    if kind == "rabbitmq":
        return listeners.rabbitmq(broker.url, EXCHANGE, queue_name="neighbour")
    hear = listeners.redis_channels if kind == "redis" else listeners.nats_stream
    return hear(broker.url, PREFIX)


@pytest.fixture
async def house(database: dict[str, str]) -> AsyncGenerator[House]:
    """A house on the machine's own clock: rests after failures are real."""
    house = assembly.build(database["serai_app"], database["serai_relay"], SECRET, demo=True)
    await house.db.open()
    yield house
    await house.db.close()


@asynccontextmanager
async def working(house: House, *transports: Transport) -> AsyncGenerator[Background]:
    """Background work, going on."""
    background = Background(house, transports=transports)
    going = asyncio.create_task(background.run())
    try:
        yield background
    finally:
        background.stop()
        await asyncio.wait_for(going, 30)
        await background.close()


async def ids(hotel: Hotel) -> set[str]:
    """The ids of all facts."""
    rows = await hotel.do(
        lambda work: work.tx.fetch("select id from app.journal where tenant_id = $1", hotel.tenant_id)
    )
    return {encode("evt", row["id"]) for row in rows}


@pytest.mark.parametrize("kind", ["rabbitmq", "nats"])
async def test_a_broker_killed_and_away_misses_nothing(house: House, tmp_path: Path, kind: str) -> None:
    broker = KINDS[kind](tmp_path / "broker")
    hotel = await make_hotel(house)
    broker.start()
    try:
        async with listen(kind, broker):
            """The neighbour's queue is there before the first fact."""
        async with working(house, transport(kind, broker)):
            await rooms(hotel, "101", "102")
            await asyncio.sleep(0.5)
            broker.end()
            await rooms(hotel, "201", "202")
            await asyncio.sleep(1)
            [standing] = await cursors.standings(house.db, "relay:")
            assert (standing.behind >= 2, standing.failures >= 1) == (True, True)
            assert (await health(house))["transports"] == {kind: "failing"}
            broker.start()
            wanted = await ids(hotel)
            async with listen(kind, broker) as heard:
                await heard.wait(lambda: wanted <= set(heard.ids))
                assert set(heard.ids) == wanted
            async with asyncio.timeout(60):
                while (await health(house))["transports"] != {kind: "ok"}:
                    await asyncio.sleep(0.05)
    finally:
        broker.end()


@pytest.mark.parametrize("kind", list(KINDS))
async def test_a_broker_that_lost_its_disk_is_told_everything_again(
    house: House, database: dict[str, str], tmp_path: Path, kind: str
) -> None:
    broker = KINDS[kind](tmp_path / "broker")
    hotel = await make_hotel(house)
    broker.start()
    try:
        async with AsyncExitStack() as both:
            heard = await both.enter_async_context(listen(kind, broker))  # before the first fact is told
            background = await both.enter_async_context(working(house, transport(kind, broker)))
            await rooms(hotel, "101", "102", "103")
            wanted = await ids(hotel)
            await heard.wait(lambda: wanted <= set(heard.ids))
            async with asyncio.timeout(60):
                while await background.busy():
                    await asyncio.sleep(0.02)
            broker.wipe()
            broker.start()
            async with listen(kind, broker) as again:
                told = await asyncio.to_thread(replay, database, kind)
                assert f"{len(wanted):,} events will be published again ({kind})" in told
                await again.wait(lambda: wanted <= set(again.ids))
                assert set(again.ids) == wanted
    finally:
        broker.end()


def replay(database: dict[str, str], kind: str) -> str:
    """`serai events replay --from 1`, as an operator types it."""
    environment = {
        **plain_environment(),
        "SERAI_DATABASE_URL": database["serai_app"],
        "SERAI_RELAY_URL": database["serai_relay"],
        "SERAI_JWT_SECRET": SECRET,
        "COLUMNS": "200",
    }
    words = [str(SERAI), "events", "replay", "--from", "1", "--transport", kind]
    done = subprocess.run(words, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout


async def health(house: House) -> dict[str, dict[str, str]]:
    """What /health says."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(create_app(house)), base_url="http://test") as client:
        return (await client.get("/health")).json()
