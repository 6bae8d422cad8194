"""Neighbours that listen on every configured transport, and count what they hear."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import Any

import orjson

from serai.runtime.settings import Settings

OURS = "/serai/"
"""Begins the source of what Serai publishes; the neighbours speak here too."""
Heard = dict[str, Counter[str]]
"""How often each event's id was heard, by transport."""
PATIENCE = 30
"""Seconds that the last events have to arrive."""


@asynccontextmanager
async def probes(settings: Settings, tenant: str) -> AsyncGenerator[Heard]:
    """Listen to that tenant's events until the end of the block."""
    heard: Heard = {}

    def take(transport: str) -> Callable[[bytes], None]:
        counter = heard[transport] = Counter[str]()

        def count(body: bytes) -> None:
            envelope = orjson.loads(body)
            if envelope.get("tenantid") == tenant and envelope["source"].startswith(OURS):
                counter[envelope["id"]] += 1

        return count

    async with AsyncExitStack() as open_:
        if settings.rabbitmq_url:
            url, exchange = settings.rabbitmq_url.get_secret_value(), settings.rabbitmq_exchange
            await open_.enter_async_context(_rabbitmq(url, exchange, take("rabbitmq")))
        if settings.redis_url:
            url, prefix = settings.redis_url.get_secret_value(), settings.event_type_prefix
            await open_.enter_async_context(_redis(url, prefix, take("redis")))
        if settings.nats_url:
            url, prefix = settings.nats_url.get_secret_value(), settings.event_type_prefix
            await open_.enter_async_context(_nats(url, prefix, take("nats")))
        yield heard


async def heard_all(heard: Heard, facts: int) -> None:
    """Wait for the last of that many events on each transport; what does not come is for the bill to tell."""
    with suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE):
            while any(len(one) < facts for one in heard.values()):  # noqa: ASYNC110  # brokers set no event
                await asyncio.sleep(0.05)


@asynccontextmanager
async def _rabbitmq(url: str, exchange: str, take: Callable[[bytes], None]) -> AsyncGenerator[None]:
    import aio_pika  # noqa: PLC0415  # only where there is one to listen to

    connection = await aio_pika.connect(url)
    async with connection:
        channel = await connection.channel()
        source = await channel.declare_exchange(exchange, aio_pika.ExchangeType.TOPIC, durable=True)
        queue = await channel.declare_queue(exclusive=True)
        await queue.bind(source, "#")

        async def receive(message: Any) -> None:
            take(message.body)

        await queue.consume(receive, no_ack=True)
        yield


@asynccontextmanager
async def _redis(url: str, prefix: str, take: Callable[[bytes], None]) -> AsyncGenerator[None]:
    from redis import asyncio as redis  # noqa: PLC0415

    connect: Any = redis.from_url  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]  # untyped
    client = connect(url)
    channels = client.pubsub()
    await channels.psubscribe(f"{prefix}*", "maintenance:*")

    async def listen() -> None:
        async for message in channels.listen():
            if message["type"] == "pmessage":
                take(message["data"])

    async with _meanwhile(listen()):
        yield
    await client.aclose()


@asynccontextmanager
async def _nats(url: str, prefix: str, take: Callable[[bytes], None]) -> AsyncGenerator[None]:
    import nats  # noqa: PLC0415

    connect: Any = nats.connect  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]  # untyped
    client = await connect(url)
    listening = await client.subscribe(f"{prefix}>")

    async def listen() -> None:
        async for message in listening.messages:
            take(message.data)

    async with _meanwhile(listen()):
        yield
    await client.close()


@asynccontextmanager
async def _meanwhile(work: Awaitable[None]) -> AsyncGenerator[None]:
    going = asyncio.ensure_future(work)
    try:
        yield
    finally:
        going.cancel()
        await asyncio.gather(going, return_exceptions=True)
