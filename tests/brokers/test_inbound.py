"""Neighbours speak by RabbitMQ, Redis and Pub/Sub: each message counts once."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import aio_pika
import httpx
import jwt
import orjson
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from redis import asyncio as redis

from campaigns.google import ACCOUNT, AUDIENCE, google
from serai import assembly
from serai.access.connections import service as connections
from serai.access.connections.service import AddConnection, Via
from serai.access.issuers import Issuer
from serai.flows import inbound_wires, receivers
from serai.flows.inbound_pubsub import ISSUER
from serai.kernel.ids import encode
from serai.runtime.jobs.background import Background
from serai.runtime.transports.port import Raw
from serai.runtime.transports.rabbitmq_in import DEAD, RabbitMQListener
from serai.runtime.transports.redis_in import RedisListener
from serai.runtime.work import House, Work
from tests.areas.housekeeping.people import rooms
from tests.brokers.conftest import Way
from tests.conftest import Hotel, make_hotel

pytestmark = pytest.mark.integration
BOOKING = {"booking_reference": "R1", "room_number": "101", "arrival": "2026-03-02", "departure": "2026-03-04"}
BODY = orjson.dumps(BOOKING)


async def bind(hotel: Hotel, way: Way, *, hotel_of: Hotel | None = None) -> connections.Connection:
    """The hotel's way in, on names of this test."""
    address = f"{way.mark}.in" if way.kind == "rabbitmq" else f"{way.mark}.*"
    bindings = ("booking.*", "reservation.#", "melmastoon.#") if way.kind == "rabbitmq" else ()
    place = (hotel_of or hotel).property_id
    return await hotel.do(
        lambda work: connections.add_connection(work, AddConnection("PMS", Via(way.kind), address, bindings, place))
    )


def background(house: House, way: Way) -> Background:
    ears: Any = {
        "rabbitmq": lambda: {Via.RABBITMQ: RabbitMQListener(way.url, way.mark)},
        "redis": lambda: {Via.REDIS: RedisListener(way.url)},
    }
    return assembly.background(house, (), ears[way.kind]())


@asynccontextmanager
async def listening(house: House, way: Way) -> AsyncGenerator[None]:
    work = background(house, way)
    going = asyncio.create_task(work.run())
    await asyncio.sleep(0.7)
    try:
        yield
    finally:
        work.stop()
        await asyncio.wait_for(going, 30)


async def say(way: Way, key: str, body: bytes, **more: Any) -> None:
    """A neighbour publishes; on Redis the channel is the key under this test's name."""
    if way.kind == "redis":
        client = redis.from_url(way.url)
        assert await client.publish(f"{way.mark}.{key}", body) >= 1
        await client.aclose()
        return
    connection = await aio_pika.connect(way.url)
    channel = await connection.channel()
    exchange = await channel.declare_exchange(way.mark, aio_pika.ExchangeType.TOPIC, durable=True)
    await exchange.publish(aio_pika.Message(body, **more), key, mandatory=True)
    await connection.close()


async def inbox(hotel: Hotel) -> list[Any]:
    async def look(work: Work) -> list[Any]:
        return await work.tx.fetch(
            "select event_id, source, type, status, error, payload from app.inbox where tenant_id = $1 "
            "order by received_at, id",
            hotel.tenant_id,
        )

    return await hotel.do(look)


async def until(hotel: Hotel, count: int) -> list[Any]:
    """The inbox, once it holds so many."""
    async with asyncio.timeout(60):
        while len(found := await inbox(hotel)) < count:
            await asyncio.sleep(0.02)
    return found


@pytest.fixture
async def heard(way: Way) -> AsyncGenerator[Way]:
    """The brokers that we listen to."""
    if way.kind == "nats":
        pytest.skip("no way in")
    yield way
    if way.kind == "rabbitmq":
        connection = await aio_pika.connect(way.url)
        for name in (f"{way.mark}.in", f"{way.mark}.in{DEAD}"):
            await (await connection.channel()).queue_delete(name)
        await connection.close()


async def test_a_bare_message_is_the_routing_keys_event_once(house: House, hotel: Hotel, way: Way) -> None:
    if way.kind != "rabbitmq":
        pytest.skip("channels are named otherwise")
    await rooms(hotel, "101")
    await bind(hotel, way)
    async with listening(house, way):
        for _ in range(3):
            await say(way, "booking.created", BODY, message_id="m1")
        await say(way, "booking.created", orjson.dumps({**BOOKING, "room_number": "9"}), message_id="m2")
        found = await until(hotel, 2)
        await asyncio.sleep(0.3)
        assert len(await inbox(hotel)) == 2
    assert [(one["event_id"], one["type"], one["status"]) for one in found] == [
        ("m1", "booking.created", "applied"),
        ("m2", "booking.created", "waiting"),
    ]
    assert found[0]["source"] == f"rabbitmq:{way.mark}.in"
    assert "9 is no room" in found[1]["error"]


async def test_a_bare_message_without_an_id_has_its_bodys_or_a_hash(hotel: Hotel, way: Way) -> None:
    if way.kind != "redis":
        pytest.skip("one is enough")
    made = await bind(hotel, way)
    raws = [Raw("booking.created", body) for body in (BODY, BODY, b'{"event_id": "e2"}', b'{"eventId": 3}')]
    ids = [inbound_wires.read(made, raw).id for raw in raws]
    assert ids[0] == ids[1] != inbound_wires.read(made, Raw("booking.completed", BODY)).id
    assert (len(ids[0]), *ids[2:]) == (64, "e2", "3")
    binary = {
        "cloudevents:id": "b1",
        "cloudevents:source": "/pms",
        "cloudevents:type": "x.y",
        "cloudevents:specversion": "1.0",
    }
    message = inbound_wires.read(made, Raw("any", BODY, "m1", None, binary))
    assert (message.id, message.source, message.type, message.data) == ("b1", "/pms", "x.y", BOOKING)
    assert message.property == encode("prp", hotel.property_id)


async def test_an_event_comes_once_however_it_comes(house: House, hotel: Hotel, heard: Way) -> None:
    await rooms(hotel, "101")
    await bind(hotel, heard)
    event = {
        "specversion": "1.0", "id": "7", "source": "/pms", "type": "booking.created",
        "tenantid": encode("ten", hotel.tenant_id), "data": BOOKING,
    }  # fmt: skip
    async with listening(house, heard), listening(house, heard):
        for _ in range(5):
            await say(heard, "booking.created", orjson.dumps(event), content_type="application/cloudevents+json")
        [entry] = await until(hotel, 1)
        await asyncio.sleep(0.3)
        assert len(await inbox(hotel)) == 1
        assert (entry["event_id"], entry["source"], entry["status"]) == ("7", "/pms", "applied")
    stays = await hotel.do(
        lambda work: work.tx.fetch("select property_id from app.stay where tenant_id = $1", work.tenant_id)
    )
    assert [one["property_id"] for one in stays] == [hotel.property_id]


async def test_ours_is_dropped_anothers_is_parked_and_nonsense_refused(house: House, hotel: Hotel, heard: Way) -> None:
    other = await make_hotel(house, "other")
    await bind(hotel, heard)
    plain = {"specversion": "1.0", "type": "booking.created", "data": {"secret": "Sitara"}}
    foreign = {**plain, "id": "1", "source": "/pms", "tenantid": encode("ten", other.tenant_id)}
    ours = {**plain, "id": "2", "source": f"/serai/{encode('ten', other.tenant_id)}", "tenantid": "ten_x"}
    deep: Any = {}
    for _ in range(30):
        deep = {"a": deep}
    async with listening(house, heard):
        await say(heard, "booking.created", orjson.dumps(ours))
        await say(heard, "booking.created", orjson.dumps(foreign))
        await until(hotel, 1)
        for bad in (b"{", b"[]", orjson.dumps(deep), b'{"a":"\\u0000"}', b'"' + b"a" * 300_000 + b'"'):
            await say(heard, "booking.created", bad)
        found = await until(hotel, 6)
    assert (found[0]["event_id"], found[0]["status"], found[0]["payload"]) == ("1", "parked", None)
    assert [one["status"] for one in found[1:]] == ["refused"] * 5
    assert all(one["payload"] is None and one["error"] for one in found[1:])
    assert await inbox(other) == []
    if heard.kind == "rabbitmq":
        connection = await aio_pika.connect(heard.url)
        dead = await (await connection.channel()).get_queue(f"{heard.mark}.in{DEAD}")
        assert sorted([len((await dead.get()).body) for _ in range(5)])[:2] == [1, 2]
        await connection.close()


async def test_a_message_waits_while_the_database_is_away(house: House, hotel: Hotel, way: Way) -> None:
    if way.kind != "rabbitmq":
        pytest.skip("Redis keeps nothing")
    await rooms(hotel, "101")
    await bind(hotel, way)
    async with listening(house, way):
        begin = house.db.begin

        def away(_: UUID, **__: Any) -> Any:
            raise ConnectionRefusedError

        house.db.begin = away  # type: ignore[method-assign]
        await say(way, "booking.created", BODY, message_id="m1")
        await asyncio.sleep(0.8)
        house.db.begin = begin  # type: ignore[method-assign]
        [entry] = await until(hotel, 1)
        assert entry["status"] == "applied"


async def test_whatever_goes_wrong_with_connections_who_listens_goes_on(
    house: House, hotel: Hotel, way: Way, monkeypatch: pytest.MonkeyPatch
) -> None:
    if way.kind != "rabbitmq":
        pytest.skip("one broker is enough")
    monkeypatch.setattr(receivers, "LOOK", 0.05)
    await rooms(hotel, "101")
    await bind(hotel, way)
    async with listening(house, way):
        find = connections.open_connections
        failed = asyncio.Event()

        async def fail(*_: Any) -> Any:
            failed.set()
            raise TypeError("nobody thought of this")

        monkeypatch.setattr(connections, "open_connections", fail)
        await asyncio.wait_for(failed.wait(), 60)
        monkeypatch.setattr(connections, "open_connections", find)
        await say(way, "booking.created", BODY, message_id="m1")
        [entry] = await until(hotel, 1)
        assert entry["status"] == "applied"


async def test_a_paused_or_cut_connection_takes_nothing(house: House, hotel: Hotel, way: Way) -> None:
    if way.kind != "redis":
        pytest.skip("one broker is enough")
    made = await bind(hotel, way)
    paused = await hotel.do(
        lambda work: connections.change_connection(work, made.id, connections.ChangeConnection(1, {"paused": True}))
    )
    assert await connections.open_connections(house, Via.REDIS) == []
    await hotel.do(
        lambda work: connections.change_connection(
            work, made.id, connections.ChangeConnection(paused.version, {"paused": False})
        )
    )
    assert [one.id for one in await connections.open_connections(house, Via.REDIS)] == [made.id]
    await hotel.do(lambda work: connections.remove_connection(work, made.id))
    assert await connections.open_connections(house, Via.REDIS) == []
    await bind(hotel, way)


SUBSCRIPTION = "projects/inn/subscriptions/serai"


async def test_a_push_needs_googles_token_for_this_very_connection(
    house: House, hotel: Hotel, client: httpx.AsyncClient
) -> None:
    with google() as issuer:
        house.shelf[ISSUER] = Issuer(issuer.url, issuer.url)
        await rooms(hotel, "101")
        cmd = AddConnection("PMS", Via.PUBSUB, SUBSCRIPTION, (), hotel.property_id, ACCOUNT, AUDIENCE)
        await hotel.do(lambda work: connections.add_connection(work, cmd))
        message = {
            "messageId": "11",
            "data": base64.b64encode(BODY).decode(),
            "attributes": {"type": "booking.created"},
        }
        body = {"message": message, "subscription": SUBSCRIPTION}

        async def push(bearer: str, **change: Any) -> int:
            headers = {"authorization": f"Bearer {bearer}"}
            return (await client.post("/events/pubsub", json={**body, **change}, headers=headers)).status_code

        stranger = rsa.generate_private_key(65537, 2048)
        past = datetime.now(UTC) - timedelta(hours=1)
        for bad in (
            issuer.token(aud="https://elsewhere"),
            issuer.token(email="push@other.iam"),
            issuer.token(email_verified=False),
            issuer.token(iss="https://evil.example"),
            issuer.token(key=stranger),
            issuer.token(exp=past),
            jwt.encode({"sub": "1"}, "", "none"),
            "nonsense",
        ):
            assert await push(bad) == 401
        assert await push(issuer.token(), subscription="projects/inn/subscriptions/other") == 401
        assert [await push(issuer.token(kid=f"made-up-{n}")) for n in range(20)] == [401] * 20
        assert issuer.asked == 1
        assert await inbox(hotel) == []

        assert [await push(issuer.token()) for _ in range(3)] == [200] * 3
        [entry] = await inbox(hotel)
        assert (entry["event_id"], entry["status"]) == ("11", "applied")
        broken = {**message, "messageId": "12", "data": base64.b64encode(b"{").decode()}
        assert await push(issuer.token(), message=broken) == 200
        assert [one["status"] for one in await inbox(hotel)] == ["applied", "refused"]
        assert await push(issuer.token(), message={**message, "data": "%%"}) == 422
