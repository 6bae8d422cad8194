"""The machine's own brokers, with names that no other test uses."""

from __future__ import annotations

import os
import socket
from collections.abc import AsyncGenerator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from uuid import uuid4

import aio_pika
import nats
import pytest

from serai.runtime.transports.nats import Nats
from serai.runtime.transports.port import Transport
from serai.runtime.transports.rabbitmq import RabbitMQ
from serai.runtime.transports.redis import Redis
from tests.brokers import listeners
from tests.brokers.listeners import Heard

URLS = {
    "rabbitmq": "amqp://guest:guest@127.0.0.1:5672/",
    "redis": "redis://127.0.0.1:6379/0",
    "nats": "nats://127.0.0.1:4222",
}
PORTS = {"rabbitmq": 5672, "redis": 6379, "nats": 4222}


@dataclass(frozen=True)
class Way:
    """A transport, and its names on a broker."""

    kind: str
    url: str
    mark: str

    @property
    def prefix(self) -> str:
        """Stands before every type."""
        return f"{self.mark}."

    def transport(self) -> Transport:
        """A new one."""
        if self.kind == "rabbitmq":
            return RabbitMQ(self.url, self.mark)
        return Redis(self.url) if self.kind == "redis" else Nats(self.url, self.mark, self.prefix)

    def listen(self) -> AbstractAsyncContextManager[Heard]:
        """Somebody who hears everything."""
        if self.kind == "rabbitmq":
            return listeners.rabbitmq(self.url, self.mark)
        hear = listeners.redis_channels if self.kind == "redis" else listeners.nats_stream
        return hear(self.url, self.prefix)


def answers(kind: str) -> bool:
    """Whether the machine's own broker is there; where brokers are required, an absent one is a failure."""
    with socket.socket() as one:
        if one.connect_ex(("127.0.0.1", PORTS[kind])) == 0:
            return True
    if os.environ.get("SERAI_REQUIRE_BROKERS") == "1":
        pytest.fail(f"{kind} does not answer on 127.0.0.1:{PORTS[kind]}")
    return False


@pytest.fixture(params=list(PORTS))
async def way(request: pytest.FixtureRequest) -> AsyncGenerator[Way]:
    """Each of the machine's brokers in turn; what the test makes there is taken away."""
    kind: str = request.param
    if not answers(kind):
        pytest.skip(f"{kind} does not answer on 127.0.0.1:{PORTS[kind]}")
    one = Way(kind, URLS[kind], f"serai_test_{uuid4().hex[:10]}")
    yield one
    if kind == "rabbitmq":
        connection = await aio_pika.connect(one.url)
        await (await connection.channel()).exchange_delete(one.mark)
        await connection.close()
    if kind == "nats":
        client = await nats.connect(one.url)
        jetstream = client.jetstream()
        if one.mark in [info.config.name for info in await jetstream.streams_info()]:
            await jetstream.delete_stream(one.mark)
        await client.close()
