"""The booking system as a neighbour that speaks by a broker instead of HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any, Protocol
from uuid import UUID

import orjson

from serai import assembly
from serai.access.connections import service as connections
from serai.access.connections.service import AddConnection, Via
from serai.cli.hotel import Hotel
from serai.cli.replay.people import Program, Tally
from serai.flows.receivers import Receivers
from serai.kernel.actor import system
from serai.kernel.errors import SetupError
from serai.kernel.ids import encode
from serai.runtime.events import inbox
from serai.runtime.settings import Settings
from serai.runtime.transports.port import Listener
from serai.runtime.work import House

PATIENCE = 60
"""Seconds until somebody listens, and until a message is in the inbox."""
TICK = 0.001
MEDIA = "application/cloudevents+json"
Publish = Callable[[bytes], Awaitable[bool]]
"""Publish a message; False where nobody listens yet."""


class Teller(Protocol):
    """Who tells Serai of bookings."""

    async def tell(self, event: Mapping[str, Any]) -> None:
        """Return when the event is kept."""
        ...


class OverHttp:
    """By the door of the API."""

    def __init__(self, program: Program) -> None:
        """The program has the key."""
        self._program = program

    async def tell(self, event: Mapping[str, Any]) -> None:
        """One request."""
        await self._program.call("POST", "/events", event, headers={"content-type": MEDIA})


class OverBroker:
    """By a broker: published, then looked for in the inbox."""

    def __init__(self, house: House, tenant_id: UUID, tally: Tally, publish: Publish) -> None:
        """`house` only looks."""
        self._house, self._tenant_id, self._tally, self._publish = house, tenant_id, tally, publish

    async def tell(self, event: Mapping[str, Any]) -> None:
        """Publish until somebody hears it; then wait until it is in the inbox."""
        body = orjson.dumps({**event, "tenantid": encode("ten", self._tenant_id)})
        async with asyncio.timeout(PATIENCE):
            while not await self._publish(body):  # noqa: ASYNC110  # they say when they listen
                await asyncio.sleep(0.1)
            while not await self._kept(event):  # noqa: ASYNC110  # another process takes it in
                await asyncio.sleep(TICK)
        self._tally.answers["by broker"] += 1

    async def _kept(self, event: Mapping[str, Any]) -> bool:
        actor = system(self._tenant_id, "replay")
        found = await self._house.read(
            actor, lambda tx: inbox.is_known(tx, self._tenant_id, event["source"], event["id"])
        )
        return bool(found)


def ears_for(over: Via, settings: Settings) -> dict[Via, Listener]:
    """All listeners of the settings; a SetupError where that broker is not among them."""
    ears = assembly.listeners(settings)
    if over not in ears:
        raise SetupError(f"Set SERAI_{over.value.upper()}_URL to play over {over.value}.")
    return ears


@asynccontextmanager
async def broker(
    over: Via, settings: Settings, house: House, hotel: Hotel, code: str, tally: Tally, *, here: bool
) -> AsyncGenerator[Teller]:
    """The neighbour on a broker of the settings, bound to the hotel by a connection; `here`: we listen as well."""
    ears = ears_for(over, settings)
    topic = f"replay.{code}"
    address, bindings = (topic, (f"{topic}.#",)) if over is Via.RABBITMQ else (f"{topic}.*", ())
    cmd = AddConnection("Property management system", over, address, bindings, hotel.property.id)
    actor = system(hotel.tenant_id, "replay")
    made = await house.do(actor, lambda work: connections.add_connection(work, cmd))
    listening = asyncio.ensure_future(Receivers(house, ears if here else {}, hotel.tenant_id).run())
    opened = _rabbitmq if over is Via.RABBITMQ else _redis
    try:
        async with opened(settings, f"{topic}.pms") as publish:
            yield OverBroker(house, hotel.tenant_id, tally, publish)
    finally:
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
        await house.do(actor, lambda work: connections.remove_connection(work, made.id))


@asynccontextmanager
async def _rabbitmq(settings: Settings, key: str) -> AsyncGenerator[Publish]:
    import aio_pika  # noqa: PLC0415  # only where it is played over it

    assert settings.rabbitmq_url  # noqa: S101  # looked at before
    connection = await aio_pika.connect(settings.rabbitmq_url.get_secret_value())
    async with connection:
        channel: Any = await connection.channel(publisher_confirms=True)
        kind = aio_pika.ExchangeType.TOPIC
        exchange = await channel.declare_exchange(settings.rabbitmq_exchange, kind, durable=True)

        queue, heard = key.removesuffix(".pms"), False

        async def publish(body: bytes) -> bool:
            nonlocal heard
            heard = heard or await _is_consumed(connection, queue)
            if heard:
                await exchange.publish(aio_pika.Message(body, content_type=MEDIA), key, mandatory=True)
            return heard

        yield publish
        for name in (queue, f"{queue}.dead"):
            await (await connection.channel()).queue_delete(name)


async def _is_consumed(connection: Any, queue: str) -> bool:
    """Whether the queue is there and somebody takes from it; looking for one that is not there ends the channel."""
    from aio_pika.exceptions import ChannelNotFoundEntity  # noqa: PLC0415

    channel = await connection.channel()
    try:
        found = await channel.declare_queue(queue, passive=True)
    except ChannelNotFoundEntity:
        return False
    await channel.close()
    return found.declaration_result.consumer_count > 0


@asynccontextmanager
async def _redis(settings: Settings, key: str) -> AsyncGenerator[Publish]:
    from redis import asyncio as redis  # noqa: PLC0415

    assert settings.redis_url  # noqa: S101
    connect: Any = redis.from_url  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]  # untyped
    client = connect(settings.redis_url.get_secret_value())

    async def publish(body: bytes) -> bool:
        return await client.publish(key, body) >= 1

    yield publish
    await client.aclose()
