"""M6: many copies of each event, in any order, by every way in; one effect each."""

from __future__ import annotations

import argparse
import asyncio
import base64
import random
import time
from collections import Counter
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import aio_pika
import httpx
import orjson
from redis import asyncio as redis
from rich.progress import track

from campaigns.google import ACCOUNT, AUDIENCE, Google, google
from campaigns.ground import database, house
from serai import assembly
from serai.access.connections import service as connections
from serai.access.connections.service import AddConnection, Via
from serai.access.identity import service as identity
from serai.access.identity.model import CreateKey
from serai.access.identity.service import Role
from serai.access.issuers import Issuer
from serai.access.tenancy import service as tenancy
from serai.areas.spaces import service as spaces
from serai.areas.spaces.model import Draft, Kind
from serai.asgi import create_app
from serai.flows.inbound_pubsub import ISSUER
from serai.kernel.actor import Actor, system
from serai.kernel.ids import encode
from serai.runtime.transports.rabbitmq_in import RabbitMQListener
from serai.runtime.transports.redis_in import RedisListener
from serai.runtime.work import House

RABBITMQ, REDIS = "amqp://guest:guest@127.0.0.1:5672/", "redis://127.0.0.1:6379/0"
TOGETHER = 64
"""Messages on their way at the same time."""
PATIENCE = 600.0
SHOWN = 20
ENDS = ("booking.completed", "booking.cancelled", "booking.modified", "reservation.no_show.v1")
STATES = {
    "booking.created": "confirmed",
    "booking.modified": None,
    "reservation.checked_in.v1": "checked_in",
    "booking.completed": "completed",
    "booking.cancelled": "cancelled",
    "reservation.no_show.v1": "no_show",
}
Event = dict[str, Any]


def options(parser: argparse.ArgumentParser) -> None:
    """How many."""
    parser.add_argument("--events", type=int, default=10_000)
    parser.add_argument("--copies", type=int, default=50)


async def run(given: Any) -> dict[str, Any]:
    """Tell the events of many bookings, and compare the house with what they say."""
    dice, mark = random.Random(given.seed), f"serai_m6_{uuid4().hex[:8]}"  # the same run again
    async with database() as urls, house(urls) as home:
        with google() as issuer:
            return await _campaign(given, home, dice, mark, issuer)


async def _campaign(given: Any, home: House, dice: random.Random, mark: str, issuer: Google) -> dict[str, Any]:
    actor, hotel_id, key = await _open(home, max(1, given.events // 4), mark)
    lives = _lives(dice, given.events, home.clock.now() - timedelta(days=1), hotel_id)
    copies = [event for life in lives for event in life for _ in range(given.copies)]
    dice.shuffle(copies)
    began = time.perf_counter()
    async with _listening(home, mark), _ways(home, key, mark, issuer) as ways:
        by = await _tell(copies, ways, dice)
        await _settled(home, actor, sum(map(len, lives)))
    seconds = time.perf_counter() - began
    await assembly.background(home, ()).settle()
    found = await home.read(actor, lambda tx: _compare(tx, actor.tenant_id, lives))
    return {
        "events": sum(map(len, lives)), "copies": given.copies, "messages": len(copies), "by": dict(by),
        "messages_per_second": round(len(copies) / seconds), "broken": len(found), "shown": found[:SHOWN],
    }  # fmt: skip


async def _open(home: House, rooms: int, mark: str) -> tuple[Actor, UUID, str]:
    """A hotel with so many rooms, its ways in, and the key of its booking system."""
    tenant = await tenancy.create_tenant(home, tenancy.CreateTenant(mark[6:].replace("_", ""), "Campaign"))
    actor = system(tenant.id, "campaign")
    place = tenancy.CreateProperty("main", "Main", "Asia/Kabul", "AFN", "fa-AF")
    hotel = await home.do(actor, lambda work: tenancy.create_property(work, place))
    drafts = [Draft(Kind.ROOM, number=str(n), room_type="DBL") for n in range(rooms)]
    for begin in range(0, rooms, 500):
        part = drafts[begin : begin + 500]
        await home.do(actor, lambda work, part=part: spaces.create_rooms(work, hotel.id, part))
    for via, address, bindings, more in (
        (Via.RABBITMQ, f"{mark}.in", ("#",), ()), (Via.REDIS, f"{mark}.*", (), ()),
        (Via.PUBSUB, _subscription(mark), (), (ACCOUNT, AUDIENCE)),
    ):  # fmt: skip
        asked = AddConnection("PMS", via, address, bindings, hotel.id, *more)
        await home.do(actor, lambda work, asked=asked: connections.add_connection(work, asked))
    wanted = CreateKey("PMS", frozenset({Role("integration")}), frozenset({hotel.id}))
    roles = identity.gate(home).roles
    _, key = await home.do(actor, lambda work: identity.create_key(work, wanted, roles))
    return actor, hotel.id, key


def _subscription(mark: str) -> str:
    return f"projects/campaign/subscriptions/{mark}"


def _lives(dice: random.Random, events: int, start: datetime, hotel_id: UUID) -> list[list[Event]]:
    """One booking a room, each with a life of one to six events in the order of their instants."""
    lives: list[list[Event]] = []
    left = events
    for number in range(max(1, events // 4)):
        names = ["booking.created", *["booking.modified"] * dice.randrange(4)]
        end = dice.choice(ENDS)
        names += ["reservation.checked_in.v1"] if end == "booking.completed" or dice.random() < 0.3 else []
        names += [end] if end != "booking.modified" and names[-1] != "reservation.checked_in.v1" else []
        names += ["booking.completed"] if end == "booking.completed" else []
        life: list[Event] = []
        for step, name in enumerate(names[:left]):
            at = start + timedelta(seconds=number, minutes=step)
            data = {"booking_reference": f"B{number}", "room_number": str(number), "arrival": "2026-03-01",
                    "departure": "2026-03-04", "adults": 1 + step}  # fmt: skip
            life.append({
                "specversion": "1.0", "id": f"{number}-{step}", "source": "/pms", "type": name, "time": at.isoformat(),
                "propertyid": encode("prp", hotel_id), "data": data,
            })  # fmt: skip
        left -= len(life)
        if life:
            lives.append(life)
    return lives


@asynccontextmanager
async def _listening(home: House, mark: str) -> AsyncGenerator[None]:
    """Two backgrounds at once, as two worker processes are."""
    both = [
        assembly.background(home, (), {Via.RABBITMQ: RabbitMQListener(RABBITMQ, mark), Via.REDIS: RedisListener(REDIS)})
        for _ in range(2)
    ]
    going = [asyncio.create_task(one.run()) for one in both]
    await asyncio.sleep(2)
    try:
        yield
    finally:
        for one in both:
            one.stop()
        await asyncio.gather(*going)
        connection = await aio_pika.connect(RABBITMQ)
        channel = await connection.channel()
        for name in (f"{mark}.in", f"{mark}.in.dead"):
            with suppress(Exception):
                await channel.queue_delete(name)
        await channel.exchange_delete(mark)
        await connection.close()


@asynccontextmanager
async def _ways(home: House, key: str, mark: str, issuer: Google) -> AsyncGenerator[dict[str, Any]]:
    connection = await aio_pika.connect(RABBITMQ)
    channel = await connection.channel()
    exchange = await channel.declare_exchange(mark, aio_pika.ExchangeType.TOPIC, durable=True)
    client = redis.from_url(REDIS)
    headers = {"authorization": f"Bearer {key}", "content-type": "application/cloudevents+json"}
    home.shelf[ISSUER] = Issuer(issuer.url, issuer.url)
    pushed = {"authorization": f"Bearer {issuer.token()}", "content-type": "application/json"}
    transport = httpx.ASGITransport(create_app(home))
    async with httpx.AsyncClient(transport=transport, base_url="http://campaign/api/v1", headers=headers) as http:

        async def by_http(event: Event, body: bytes) -> None:
            answer = await http.post("/events", content=body)
            assert answer.is_success or answer.status_code == 503, f"{event['id']}: {answer.status_code} {answer.text}"

        async def by_rabbitmq(event: Event, body: bytes) -> None:
            message = aio_pika.Message(body, content_type="application/cloudevents+json")
            await exchange.publish(message, event["type"], mandatory=True)

        async def by_redis(event: Event, body: bytes) -> None:
            await client.publish(f"{mark}.{event['type']}", body)

        async def by_pubsub(event: Event, body: bytes) -> None:
            message = {"messageId": uuid4().hex, "data": base64.b64encode(body).decode()}
            push = {"message": message, "subscription": _subscription(mark)}
            answer = await http.post("/events/pubsub", json=push, headers=pushed)
            assert answer.is_success or answer.status_code == 503, f"{event['id']}: {answer.status_code} {answer.text}"

        yield {"http": by_http, "rabbitmq": by_rabbitmq, "redis": by_redis, "pubsub": by_pubsub}
    await client.aclose()
    await connection.close()


async def _tell(copies: Sequence[Event], ways: dict[str, Any], dice: random.Random) -> Counter[str]:
    """Each copy by a way of chance; the last one of each event never by Redis alone, which promises nothing."""
    by, gate = Counter[str](), asyncio.Semaphore(TOGETHER)
    told: set[str] = set()

    async def one(event: Event) -> None:
        name = dice.choice(list(ways) if event["id"] in told else ["http", "rabbitmq", "pubsub"])
        told.add(event["id"])
        by[name] += 1
        async with gate:
            await ways[name](event, orjson.dumps(event))

    for begin in track(range(0, len(copies), 1_000), "telling", transient=True):
        await asyncio.gather(*map(one, copies[begin : begin + 1_000]))
    return by


async def _settled(home: House, actor: Actor, events: int) -> None:
    """Until everything that came in was taken, and nothing waits."""
    until, same, last = time.monotonic() + PATIENCE, 0, -1
    while time.monotonic() < until and same < 10:  # quiet for two seconds
        await asyncio.sleep(0.2)
        count = await home.read(
            actor,
            lambda tx: tx.fetchval(
                "select count(*) + sum(version) from (select 1 as version from app.inbox where tenant_id = $1 "
                "union all select version from app.stay where tenant_id = $1) x",
                actor.tenant_id,
            ),
        )
        same = same + 1 if count == last and count >= events else 0
        last = count


async def _compare(tx: Any, tenant_id: UUID, lives: list[list[Event]]) -> list[str]:
    """Where the house is not what the events say."""
    found: list[str] = []
    rows = await tx.fetch(
        "select event_id, count(*) as n, max(status) as status, max(error) as error from app.inbox "
        "where tenant_id = $1 group by event_id",
        tenant_id,
    )
    seen = {row["event_id"]: row for row in rows}
    for life in lives:
        for event in life:
            row = seen.get(event["id"])
            if row is None or row["n"] != 1 or row["status"] not in {"applied", "ignored"}:
                found.append(f"{event['id']} {event['type']}: {dict(row) if row else 'lost'}")
    stays = await tx.fetch("select booking_reference, state, adults from app.stay where tenant_id = $1", tenant_id)
    standing = {row["booking_reference"]: (row["state"], row["adults"]) for row in stays}
    if len(stays) != len(lives):
        found.append(f"{len(stays)} stays of {len(lives)} bookings")
    tasks = await tx.fetch(
        "select booking_reference, count(*) filter (where type = 'checkout_cleaning') as cleanings from app.task "
        "where tenant_id = $1 group by booking_reference",
        tenant_id,
    )
    cleanings = {row["booking_reference"]: row["cleanings"] for row in tasks}
    for life in lives:
        reference = life[0]["data"]["booking_reference"]
        said = [state for event in life if (state := STATES[event["type"]]) is not None]
        if standing.get(reference) != (said[-1], life[-1]["data"]["adults"]):
            found.append(f"{reference} is {standing.get(reference)}, told was {said[-1]}")
        if cleanings.get(reference, 0) != (said[-1] == "completed"):
            found.append(f"{reference} ({said[-1]}) has {cleanings.get(reference, 0)} check-out cleanings")
    doubles = await tx.fetchval(
        "select count(*) from (select stream, position from app.journal where tenant_id = $1 "
        "group by 1, 2 having count(*) > 1) x",
        tenant_id,
    )
    return [*found, *([f"{doubles} positions twice in the journal"] if doubles else [])]
