"""The way in by RabbitMQ: a queue of our own, acknowledged once the inbox has it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import aio_pika
from aio_pika.exceptions import ChannelPreconditionFailed

from serai.runtime.transports.port import AT_ONCE, Raw, Take, taken

TIMEOUT = 15.0
"""Seconds that the way to the broker may take."""
DEAD = ".dead"
"""Ends the name of the queue that keeps what cannot be read."""


class RabbitMQListener:
    """A quorum queue bound to the exchange; what cannot be read goes to the queue `<name>.dead`.

    A queue that is there already is taken as it is. Nothing is put back: what the database cannot take now is held
    and tried again, so no delivery limit is ever reached.
    """

    def __init__(self, url: str, exchange: str) -> None:
        """Nothing is opened until `listen`."""
        self._url, self._exchange = url, exchange

    async def listen(self, address: str, bindings: Sequence[str], take: Take) -> None:
        """Take from the queue until cancelled; a connection that ends is a ConnectionError."""
        connection: Any = await aio_pika.connect(self._url, timeout=TIMEOUT)
        ended = asyncio.Event()
        going: set[asyncio.Task[None]] = set()

        def over(*_: object) -> None:
            ended.set()

        connection.close_callbacks.add(over)

        async def arrived(message: Any) -> None:
            one = asyncio.ensure_future(_settle(message, take))
            going.add(one)
            one.add_done_callback(going.discard)

        try:
            channel: Any = await connection.channel()
            channel.close_callbacks.add(over)
            await channel.set_qos(prefetch_count=AT_ONCE)
            queue = await self._queue(connection, channel, address, bindings)
            tag = await queue.consume(arrived)
            try:
                await ended.wait()
            finally:
                with suppress(Exception):
                    await queue.cancel(tag, timeout=1)
            raise ConnectionError("RabbitMQ has gone away.")
        finally:
            await _finished(going)
            with suppress(Exception):
                await asyncio.wait_for(connection.close(), 1)

    async def _queue(self, connection: Any, channel: Any, name: str, bindings: Sequence[str]) -> Any:
        trial = await connection.channel()
        arguments = {"x-queue-type": "quorum"}
        dead = {"x-dead-letter-exchange": "", "x-dead-letter-routing-key": name + DEAD}
        try:
            await trial.declare_queue(name + DEAD, durable=True, arguments=arguments)
            await trial.declare_queue(name, durable=True, arguments={**arguments, **dead})
            await trial.close()
        except ChannelPreconditionFailed:
            pass  # it is there, made otherwise by its owner
        queue = await channel.get_queue(name)
        if bindings:
            exchange = await channel.declare_exchange(self._exchange, aio_pika.ExchangeType.TOPIC, durable=True)
            for one in bindings:
                await queue.bind(exchange, one)
        return queue


async def _settle(message: Any, take: Take) -> None:
    read = await taken(_raw(message), take)
    with suppress(Exception):  # a channel that has ended gives it again
        if read:
            await message.ack()
        else:
            await message.reject(requeue=False)


def _raw(message: Any) -> Raw:
    given: dict[str, Any] = message.headers or {}
    headers = {name.lower(): value for name, value in given.items() if isinstance(value, str)}
    if message.content_type:
        headers["content-type"] = message.content_type
    return Raw(message.routing_key or "", message.body, message.message_id, message.timestamp, headers)


async def _finished(going: set[asyncio.Task[None]]) -> None:
    """Let what has begun come to its end, a while; the rest comes again."""
    if going:
        _, late = await asyncio.wait(going, timeout=2)
        for one in late:
            one.cancel()
        await asyncio.gather(*late, return_exceptions=True)
