"""Neighbours that listen: each remembers what it heard, spelled as it came."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aio_pika
import nats
import orjson
from redis import asyncio as redis

PATIENCE = 60
"""Seconds."""


@dataclass
class Heard:
    """What came: (how it was addressed, the envelope), in order; repeats are kept apart."""

    messages: list[tuple[str, dict[str, Any]]] = field(default_factory=list[tuple[str, dict[str, Any]]])
    repeats: int = 0

    @property
    def ids(self) -> list[str]:
        """The ids, each once, in the order of their first coming."""
        return [envelope["id"] for _, envelope in self.messages]

    def take(self, address: str, body: bytes) -> None:
        """Remember one."""
        envelope = orjson.loads(body)
        if "id" not in envelope:
            return  # a neighbour's bare message, not ours
        if envelope["id"] in self.ids:
            self.repeats += 1
        else:
            self.messages.append((address, envelope))

    async def wait(self, enough: Callable[[], bool]) -> None:
        """Until that is so."""
        async with asyncio.timeout(PATIENCE):
            while not enough():
                await asyncio.sleep(0.02)


Listening = Callable[[str, str], AbstractAsyncContextManager[Heard]]
"""A listener at the URL, for one exchange, channel pattern or stream."""


@asynccontextmanager
async def rabbitmq(url: str, exchange: str, *bindings: str, queue_name: str | None = None) -> AsyncGenerator[Heard]:
    """A queue of its own, or a durable one of that name, bound to everything or to these keys."""
    heard = Heard()
    connection = await aio_pika.connect(url)
    channel = await connection.channel()
    source = await channel.declare_exchange(exchange, aio_pika.ExchangeType.TOPIC, durable=True)
    queue = await channel.declare_queue(queue_name, durable=queue_name is not None, exclusive=queue_name is None)
    for key in bindings or ("#",):
        await queue.bind(source, key)

    async def take(message: Any) -> None:
        assert message.delivery_mode == aio_pika.DeliveryMode.PERSISTENT
        assert message.content_type == "application/cloudevents+json"
        heard.take(message.routing_key, message.body)
        assert message.message_id == heard.messages[-1][1]["id"] or heard.repeats
        await message.ack()

    await queue.consume(take)
    yield heard
    await connection.close()


@asynccontextmanager
async def redis_channels(url: str, prefix: str) -> AsyncGenerator[Heard]:
    """Channels of the full types, and those of older consumers."""
    heard = Heard()
    client = redis.from_url(url)
    heart = client.pubsub()
    await heart.psubscribe(f"{prefix}*", "maintenance:*")

    async def listen() -> None:
        async for message in heart.listen():
            if message["type"] == "pmessage":
                heard.take(message["channel"].decode(), message["data"])

    listening = asyncio.create_task(listen())
    await asyncio.sleep(0.1)
    yield heard
    listening.cancel()
    await client.aclose()


@asynccontextmanager
async def nats_stream(url: str, prefix: str) -> AsyncGenerator[Heard]:
    """Whatever the stream of these subjects holds and will hold."""
    heard = Heard()
    client = await nats.connect(url)
    jetstream = client.jetstream()
    waiting = asyncio.create_task(_follow(jetstream, f"{prefix}>", heard))
    yield heard
    waiting.cancel()
    await client.close()


async def _follow(jetstream: Any, subjects: str, heard: Heard) -> None:
    while True:
        try:
            subscription = await jetstream.subscribe(subjects, ordered_consumer=True)
            break
        except Exception:  # noqa: BLE001  # the stream is made with the first message
            await asyncio.sleep(0.05)
    async for message in subscription.messages:
        heard.take(message.subject, message.data)
