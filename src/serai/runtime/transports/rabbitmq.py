"""The way out by RabbitMQ: a durable topic exchange, each message confirmed."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

import aio_pika
from aiormq.abc import DeliveredMessage

from serai.runtime.telemetry import unrouted
from serai.runtime.transports.port import Message, in_lanes
from serai.runtime.wire import to_json

TIMEOUT = 15.0
"""Seconds that a batch, or the way to the broker, may take."""


class RabbitMQ:
    """The routing key is the short name of older consumers where there is one, with the full type in CC.

    So one message serves both kinds of binding. Nobody bound to it: counted, and no error.
    """

    name = "rabbitmq"

    def __init__(self, url: str, exchange: str) -> None:
        """Nothing is opened until the first message."""
        self._url, self._exchange_name = url, exchange
        self._connection: Any = None
        self._exchange: Any = None

    async def publish(self, batch: Sequence[Message]) -> None:
        """Publish the batch; what fails closes the connection, and the next batch opens another."""
        try:
            async with asyncio.timeout(TIMEOUT):
                exchange = self._exchange or await self._open()
                await in_lanes(batch, lambda message: self._send(exchange, message))
        except BaseException:
            await self.close()
            raise

    async def _open(self) -> Any:
        self._connection = await aio_pika.connect(self._url, timeout=TIMEOUT)
        channel = await self._connection.channel(publisher_confirms=True)
        kind = aio_pika.ExchangeType.TOPIC
        self._exchange = await channel.declare_exchange(self._exchange_name, kind, durable=True)
        return self._exchange

    async def _send(self, exchange: Any, message: Message) -> None:
        short = message.type.rabbitmq
        sent = aio_pika.Message(
            to_json(message.envelope),
            content_type="application/cloudevents+json",
            delivery_mode=aio_pika.DeliveryMode.PERSISTENT,
            message_id=message.id,
            timestamp=datetime.fromisoformat(message.envelope["time"]),
            type=message.name,
            headers={"CC": [message.name]} if short else None,
        )
        told = await exchange.publish(sent, short or message.name, mandatory=True)
        if isinstance(told, DeliveredMessage):
            unrouted.inc()

    async def close(self) -> None:
        """Close the connection; one that is broken is only forgotten."""
        connection, self._connection, self._exchange = self._connection, None, None
        if connection is not None:
            with suppress(Exception):
                async with asyncio.timeout(1):
                    await connection.close()
