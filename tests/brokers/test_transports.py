"""Every fact reaches real brokers, under its names, in order."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import pytest

from serai import assembly
from serai.kernel.clock import ManualClock
from serai.kernel.ids import encode, new_id
from serai.runtime.events import journal
from serai.runtime.events.catalog import Catalog, Incoming
from serai.runtime.jobs import cursors
from serai.runtime.jobs.background import Background
from serai.runtime.jobs.relay import Relay
from serai.runtime.transports.memory import MemoryTransport
from serai.runtime.transports.port import Message, in_lanes
from serai.runtime.work import Work
from tests.areas.housekeeping.people import rooms
from tests.brokers import listeners
from tests.brokers.conftest import Way
from tests.conftest import START, Hotel, make_hotel

pytestmark = pytest.mark.integration


def message(catalog: Catalog, name: str, subject: UUID | None = None, version: int = 1) -> Message:
    """A fact of that type; its data is no matter of a transport."""
    fact = Incoming(
        new_id(), name, new_id(), new_id(), 1, subject or new_id(), version,
        {"note": "سلام"}, {}, "test", START, "c", None,
    )  # fmt: skip
    return Message(catalog[name], catalog.envelope(fact))


async def test_every_type_comes_out_under_its_names_once(way: Way) -> None:
    catalog = assembly.catalog(way.prefix)
    batch = [message(catalog, one.name) for one in catalog]
    transport = way.transport()
    async with way.listen() as heard:
        await transport.publish(batch)
        await heard.wait(lambda: len(heard.ids) == len(batch))
        await asyncio.sleep(0.1)
    await transport.close()
    assert heard.repeats == 0
    assert {envelope["id"]: envelope for _, envelope in heard.messages} == {one.id: one.envelope for one in batch}
    for address, envelope in heard.messages:
        name = envelope["type"].removeprefix(way.prefix)
        short = getattr(catalog[name], way.kind, None)
        assert address == (short or way.prefix + name)


async def test_on_rabbitmq_the_short_and_the_full_name_can_both_be_bound(way: Way) -> None:
    if way.kind != "rabbitmq":
        pytest.skip("bindings are RabbitMQ's")
    catalog, transport = assembly.catalog(way.prefix), way.transport()
    full = f"{way.prefix}housekeeping.task.*.v1"
    async with (
        listeners.rabbitmq(way.url, way.mark, "task.*") as short,
        listeners.rabbitmq(way.url, way.mark, full) as long,
        listeners.rabbitmq(way.url, way.mark, "task.created", full) as both,
    ):
        created, verified = (message(catalog, f"housekeeping.task.{one}.v1") for one in ("created", "verified"))
        await transport.publish([created, verified])
        await long.wait(lambda: len(long.ids) == len(both.ids) == 2)
        await asyncio.sleep(0.1)
        assert short.ids == [created.id]
        assert (both.repeats, long.repeats) == (0, 0)
    await transport.close()


async def test_what_the_journal_says_is_what_the_brokers_neighbours_hear(
    database: dict[str, str], clock: ManualClock, way: Way
) -> None:
    house = assembly.build(*_urls(database), clock=clock, prefix=way.prefix)
    await house.db.open()
    hotel = await make_hotel(house)
    background = Background(house, transports=[way.transport()])
    async with way.listen() as heard:
        await rooms(hotel, *map(str, range(101, 141)))
        await background.settle()
        facts = await _facts(hotel)
        await heard.wait(lambda: len(heard.ids) >= len(facts))
    assert heard.repeats == 0
    assert set(heard.ids) == {encode("evt", one.id) for one in facts}
    assert await background.busy() is False
    await background.close()
    await house.db.close()


async def test_facts_of_one_subject_keep_their_order(way: Way) -> None:
    catalog, transport = assembly.catalog(way.prefix), way.transport()
    subjects = [new_id() for _ in range(7)]
    names = [one.name for one in catalog if one.subject == "tsk"]
    batch = [message(catalog, names[n % len(names)], subjects[n % 7 * n % 7], n) for n in range(300)]
    async with way.listen() as heard:
        await transport.publish(batch)
        await heard.wait(lambda: len(heard.ids) == 300)
    await transport.close()
    for subject in {one.envelope["subject"] for one in batch}:
        told = [envelope["sequence"] for _, envelope in heard.messages if envelope["subject"] == subject]
        assert told == sorted(told)


async def test_after_a_failure_nothing_later_of_its_subject_goes_out() -> None:
    catalog = assembly.catalog()
    a, b = new_id(), new_id()
    batch = [message(catalog, "property.room.ready.v1", one, n) for n, one in enumerate((a, b, a, b, a, b))]
    out: list[int] = []

    async def send(one: Message) -> None:
        await asyncio.sleep(0)
        if one is batch[2]:
            raise ConnectionError("gone")
        out.append(batch.index(one))

    with pytest.raises(ConnectionError):
        await in_lanes(batch, send)
    await asyncio.sleep(0.01)
    assert 4 not in out
    assert out[:2] == [0, 1]


class Slow(MemoryTransport):
    """Takes its time, and does something meanwhile."""

    def __init__(self) -> None:
        super().__init__()
        self.out: list[str] = []
        self.meanwhile: Any = None

    async def publish(self, batch: Sequence[Message]) -> None:
        self.out += [one.id for one in batch]
        if self.meanwhile:
            then, self.meanwhile = self.meanwhile, None
            await then()
        await asyncio.sleep(0.05)


async def test_a_cursor_put_back_while_a_batch_is_out_stays_there(hotel: Hotel) -> None:
    await rooms(hotel, "101", "102")
    slow = Slow()

    async def put_back() -> None:
        await hotel.do(lambda work: cursors.place(work.tx, hotel.tenant_id, hotel.property_id, "relay:memory", 0))

    relay = Relay(hotel.house, slow)
    while await relay.turn():
        pass
    first = len(slow.out)
    await rooms(hotel, "103")
    slow.meanwhile = put_back
    while await relay.turn():
        pass
    assert sorted(set(slow.out)) == sorted({encode("evt", one.id) for one in await _facts(hotel)})
    assert len(slow.out) > 2 * (first - 3)


async def test_two_relays_at_once_publish_nothing_twice(hotel: Hotel) -> None:
    slow = Slow()
    relays = [Relay(hotel.house, slow) for _ in range(4)]
    over = asyncio.Event()

    async def go(relay: Relay) -> None:
        while await relay.turn() or not over.is_set():
            await asyncio.sleep(0.001)

    going = [asyncio.create_task(go(one)) for one in relays]
    for number in range(101, 111):
        await rooms(hotel, str(number))
        await asyncio.sleep(0.02)
    over.set()
    await asyncio.gather(*going)
    for relay in relays:
        while await relay.turn():
            pass
    assert sorted(slow.out) == sorted(encode("evt", one.id) for one in await _facts(hotel))


async def test_a_transport_that_hangs_delays_nobody_else(hotel: Hotel) -> None:
    class Hangs(MemoryTransport):
        name = "hangs"

        async def publish(self, batch: Sequence[Message]) -> None:  # noqa: ARG002  # none is taken
            await asyncio.sleep(60)

    memory, heard = MemoryTransport(), list[str]()
    memory.subscribe(lambda one: heard.append(one.id))
    background = Background(hotel.house, transports=[Hangs(), memory])
    working = asyncio.create_task(background.run())
    await asyncio.sleep(0.2)
    before = len(heard)
    await rooms(hotel, "101")
    async with asyncio.timeout(20):
        while len(heard) == before:
            await asyncio.sleep(0.005)
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)


def _urls(database: dict[str, str]) -> tuple[str, str, str]:
    return database["serai_app"], database["serai_relay"], "tests-need-a-secret-of-thirty-two-bytes"


async def _facts(hotel: Hotel) -> list[Incoming]:
    async def act(work: Work) -> list[Incoming]:
        streams = await work.tx.fetch("select stream from app.stream where tenant_id = $1", hotel.tenant_id)
        found = [await journal.read(work.tx, hotel.tenant_id, one["stream"], 0, 10_000) for one in streams]
        return [fact for facts in found for fact in facts]

    return await hotel.do(act)
