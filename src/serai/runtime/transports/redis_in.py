"""The way in by Redis pub/sub: at most once, for Redis keeps nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from serai.runtime.transports.port import AT_ONCE, Raw, Take, taken
from serai.runtime.transports.redis import connect

HELD = 10_000
"""Messages that wait here at the most; then we read no further, and Redis decides."""
TIMEOUT = 15.0
"""Seconds that the way to the server may take."""


class RedisListener:
    """Subscribes to a channel, or to a pattern. Every worker hears each message; the inbox counts it once."""

    def __init__(self, url: str) -> None:
        """Nothing is opened until `listen`."""
        self._url = url

    async def listen(self, address: str, bindings: Sequence[str], take: Take) -> None:  # noqa: ARG002  # RabbitMQ's
        """Take what is said there until cancelled; a connection that ends raises."""
        client: Any = connect(self._url, socket_connect_timeout=TIMEOUT, health_check_interval=10)
        waiting: asyncio.Queue[Raw] = asyncio.Queue(HELD)
        takers = [asyncio.ensure_future(_take(waiting, take)) for _ in range(AT_ONCE)]
        try:
            async with client.pubsub(ignore_subscribe_messages=True) as heard:
                await heard.psubscribe(address)
                while True:
                    message = await heard.get_message(timeout=1.0)
                    if message is not None:
                        await waiting.put(_raw(message))
        finally:
            with suppress(Exception):
                await asyncio.wait_for(waiting.join(), 2)
            for one in takers:
                one.cancel()
            await asyncio.gather(*takers, return_exceptions=True)
            with suppress(Exception):
                await client.aclose()


async def _take(waiting: asyncio.Queue[Raw], take: Take) -> None:
    while True:
        raw = await waiting.get()
        try:
            await taken(raw, take)
        finally:
            waiting.task_done()


def _raw(message: dict[str, Any]) -> Raw:
    channel, body = message["channel"], message["data"]
    return Raw(channel.decode("utf-8", "replace"), body if isinstance(body, bytes) else str(body).encode())
