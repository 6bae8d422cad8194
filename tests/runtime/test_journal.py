"""One transaction, one journal: saves and facts stand or fall together."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from serai.kernel.actor import system
from serai.kernel.errors import Stale
from serai.kernel.event import Event, EventType
from serai.kernel.ids import new_id
from serai.runtime.events import journal
from serai.runtime.events.catalog import Catalog, Incoming
from serai.runtime.jobs.background import Background
from serai.runtime.slice import Reaction
from serai.runtime.transports.memory import MemoryTransport

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from serai.runtime.transports.port import Message
    from serai.runtime.work import House, Work

INSERT = (
    "insert into app.dead_letter (tenant_id, id, reader, type, error, at) "
    "values ($1, $2, 'x', 'x', 'x', $3) returning id"
)


@dataclass(frozen=True)
class Noted:
    n: int


NOTED = EventType("test.thing.noted.v1", "A thing was noted", "tsk", Noted)


@pytest.fixture
async def stream(house: House) -> UUID:
    """A stream of its own: the tenant is the stream."""
    tenant = new_id()
    house.catalog = Catalog([NOTED])
    await house.do(system(tenant, "test"), lambda work: journal.open_stream(work.tx, tenant, tenant))
    return tenant


def noting(stream: UUID, subject: UUID, first: int = 1, count: int = 1) -> list[Event]:
    return [Event(NOTED, stream, subject, n, Noted(n)) for n in range(first, first + count)]


def saving(stream: UUID, subject: UUID, count: int = 1) -> Callable[[Work], Awaitable[None]]:
    async def act(work: Work) -> None:
        await work.save(INSERT, stream, subject, work.now)
        work.record(noting(stream, subject, count=count))

    return act


async def facts(house: House, stream: UUID) -> list[Incoming]:
    return await house.read(system(stream, "test"), lambda tx: journal.read(tx, stream, stream, 0, 10_000))


async def test_a_save_and_its_facts_are_one_statement_and_keep_their_order(house: House, stream: UUID) -> None:
    subject = new_id()
    await house.do(system(stream, "test"), saving(stream, subject, count=3))
    found = await facts(house, stream)
    assert [(one.position, one.version, one.data) for one in found] == [(n, n, {"n": n}) for n in (1, 2, 3)]
    assert found[0].subject == subject


async def test_a_save_of_no_row_publishes_nothing(house: House, stream: UUID) -> None:
    async def act(work: Work) -> None:
        await work.save(
            "update app.dead_letter set error = 'y' where tenant_id = $1 and id = $2 returning id", stream, new_id()
        )
        work.record(noting(stream, new_id()))

    with pytest.raises(Stale):
        await house.do(system(stream, "test"), act)
    assert await facts(house, stream) == []


async def test_a_later_save_or_read_sends_the_one_before(house: House, stream: UUID) -> None:
    async def act(work: Work) -> int:
        await work.save(INSERT, stream, new_id(), work.now)
        await work.save(INSERT, stream, new_id(), work.now)
        return await work.tx.fetchval("select count(*) from app.dead_letter where tenant_id = $1", stream)

    assert await house.do(system(stream, "test"), act) == 2


async def test_streams_have_no_gap_when_many_write_and_some_are_cancelled(house: House, stream: UUID) -> None:
    dice = random.Random(7)

    async def one() -> None:
        async def act(work: Work) -> None:
            await saving(stream, new_id(), count=2)(work)
            await asyncio.sleep(dice.random() / 200)

        task = asyncio.create_task(house.do(system(stream, "test"), act))
        if dice.random() < 0.3:
            await asyncio.sleep(dice.random() / 100)
            task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    await asyncio.gather(*(one() for _ in range(200)))
    found = await facts(house, stream)
    assert [fact.position for fact in found] == list(range(1, len(found) + 1))
    assert len(found) >= 200
    async with house.db.directory() as tx:
        assert await tx.fetchval("select nullif(current_setting('app.tenant_id', true), '')") is None


async def test_a_reaction_runs_once_for_each_fact_with_two_workers(house: House, stream: UUID) -> None:
    seen: list[int] = []

    async def note(work: Work, fact: Incoming) -> None:
        await work.tx.execute(INSERT, fact.tenant_id, new_id(), work.now)
        seen.append(fact.position)

    for _ in range(20):
        await house.do(system(stream, "test"), saving(stream, new_id()))
    reaction = Reaction("test.note", (NOTED,), note)
    await asyncio.gather(*(Background(house, reactions=[reaction]).settle() for _ in range(2)))
    await Background(house, reactions=[reaction]).settle()
    assert sorted(seen) == list(range(1, 21))


async def test_a_failing_reaction_is_parked_and_later_facts_of_its_subject_with_it(house: House, stream: UUID) -> None:
    bad, good = new_id(), new_id()
    seen: list[UUID] = []

    async def fail(_: Work, fact: Incoming) -> None:
        if fact.subject == bad:
            raise ValueError("a poor fact")
        seen.append(fact.subject)

    await house.do(system(stream, "test"), saving(stream, bad, count=2))
    await house.do(system(stream, "test"), saving(stream, good))
    await Background(house, reactions=[Reaction("test.fail", (NOTED,), fail)]).settle()
    assert seen == [good]
    parked = await house.read(
        system(stream, "test"),
        lambda tx: tx.fetch(
            "select position, error from app.dead_letter where tenant_id = $1 and reader = 'test.fail' "
            "order by position",
            stream,
        ),
    )
    assert [row["position"] for row in parked] == [1, 2]
    assert parked[0]["error"] == "ValueError: a poor fact"


async def test_the_relay_publishes_in_order_and_again_after_a_failure(house: House, stream: UUID) -> None:
    class Flaky(MemoryTransport):
        broken = True

        async def publish(self, batch: Sequence[Message]) -> None:
            if self.broken:
                await super().publish(batch[:1])
                raise ConnectionError("gone")
            await super().publish(batch)

    flaky, heard = Flaky(), list[tuple[str, int]]()
    flaky.subscribe(lambda message: heard.append((message.envelope["id"], message.envelope["sequence"])))
    await house.do(system(stream, "test"), saving(stream, new_id(), count=3))
    background = Background(house, transports=[flaky])
    await background._relays[0].turn()
    flaky.broken = False
    await background.settle()
    assert [sequence for _, sequence in heard] == [1, 1, 2, 3]
    assert heard[0] == heard[1], "a double carries the same id"


async def test_without_a_tenant_a_session_sees_nothing(house: House, stream: UUID) -> None:
    await house.do(system(stream, "test"), saving(stream, new_id()))
    async with house.db.directory() as tx:
        assert await tx.fetchval("select count(*) from app.journal") == 0
        assert await tx.fetchval("select count(*) from app.dead_letter") == 0
