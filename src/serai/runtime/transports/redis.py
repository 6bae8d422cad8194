"""The way out by Redis pub/sub: at most once, a hint to look at the journal."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from redis import asyncio as redis
from redis.exceptions import RedisError

from serai.runtime.transports.port import Message
from serai.runtime.wire import to_json

connect: Any = redis.from_url  # pyright: ignore[reportUnknownMemberType]  # the library leaves it untyped
TIMEOUT = 15.0
"""Seconds that a batch may take."""


class Redis:
    """The channel is the one that older consumers name where there is one, else the full type."""

    name = "redis"

    def __init__(self, url: str) -> None:
        """Nothing is opened until the first message."""
        self._client: Any = connect(url, socket_timeout=TIMEOUT, socket_connect_timeout=TIMEOUT)

    async def publish(self, batch: Sequence[Message]) -> None:
        """Publish the batch in one round trip, in order."""
        async with asyncio.timeout(TIMEOUT), self._client.pipeline(transaction=False) as pipe:
            for message in batch:
                pipe.publish(message.type.redis or message.name, to_json(message.envelope))
            await pipe.execute()

    async def close(self) -> None:
        """Close the connections."""
        with suppress(RedisError, OSError):
            await self._client.aclose()
