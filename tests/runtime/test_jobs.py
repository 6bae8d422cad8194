"""Jobs: done, tried again, held for a person, rescued from a worker that died."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import asyncpg
import pytest

from serai.kernel.errors import Unavailable
from serai.kernel.ids import new_id
from serai.runtime.events.catalog import Incoming
from serai.runtime.jobs import queue
from serai.runtime.jobs.queue import enqueue, held
from serai.runtime.slice import Job
from serai.runtime.work import House, Work
from tests.conftest import Hotel
from tests.queues import until, working

pytestmark = pytest.mark.integration
SOON = timedelta(milliseconds=50)
Act = Callable[[House, UUID, UUID], Awaitable[None]]


def job(act: Act, attempts: int = 3) -> Job:
    """One that is tried again soon."""
    return Job("test.job", act, attempts, SOON, SOON)


def fact(hotel: Hotel, position: int = 1) -> Incoming:
    """A fact that asks for a job."""
    return Incoming(
        new_id(), "x", hotel.tenant_id, hotel.property_id, position, new_id(), 1, {}, {}, "test",
        hotel.house.clock.now(), "", None,
    )  # fmt: skip


async def ask(hotel: Hotel, one: Job, *facts: Incoming) -> None:
    """Enqueue it in a transaction."""

    async def act(work: Work) -> None:
        for fact in facts:
            await enqueue(work.tx, one, fact)

    await hotel.do(act)


async def left(hotel: Hotel) -> list[str]:
    """What the queue holds, as its states."""
    async with hotel.house.db.relay() as tx:
        return [row["status"] for row in await tx.fetch("select status from jobs.pgqueuer order by id")]


async def test_a_job_is_done_for_the_facts_subject_and_is_gone(hotel: Hotel) -> None:
    done: list[tuple[UUID, UUID]] = []

    async def act(_: House, tenant_id: UUID, subject: UUID) -> None:
        done.append((tenant_id, subject))

    facts = [fact(hotel, n) for n in range(30)]
    async with working(hotel.house, job(act)):
        await ask(hotel, job(act), *facts)
        await until(lambda: len(done) == 30)
        assert set(done) == {(hotel.tenant_id, one.subject) for one in facts}

        async def empty() -> bool:
            return await left(hotel) == []

        await until(empty)


async def test_a_job_exists_exactly_when_its_transaction_is_committed(hotel: Hotel) -> None:
    one = job(lambda *_: asyncio.sleep(0))

    async def act(work: Work) -> None:
        await enqueue(work.tx, one, fact(hotel))
        raise Unavailable("no")

    with pytest.raises(Unavailable):
        await hotel.do(act)
    assert await left(hotel) == []
    await ask(hotel, one, fact(hotel))
    assert await left(hotel) == ["queued"]


async def test_a_job_that_fails_is_tried_again_and_another_is_held_until_somebody_says_again(
    hotel: Hotel, database: dict[str, str]
) -> None:
    tries: list[int] = []

    async def second_time(_: House, __: UUID, ___: UUID) -> None:
        tries.append(1)
        if len(tries) % 4:
            raise Unavailable(f"The scanner is out for lunch ({len(tries)}).")

    one = job(second_time)
    connection: Any = await asyncpg.connect(database["serai_relay"])
    async with working(hotel.house, one):
        about = fact(hotel)
        await ask(hotel, one, about)

        async def is_held() -> bool:
            return await left(hotel) == ["failed"]

        await until(is_held)
        [found] = await held(connection)
        assert (found.name, found.tenant_id, found.subject) == ("test.job", hotel.tenant_id, about.subject)
        assert (len(tries), found.error) == (3, "The scanner is out for lunch (3).")
        await queue.again(connection, [found.id])

        async def empty() -> bool:
            return await left(hotel) == []

        await until(empty)
        assert len(tries) == 4
    await connection.close()


async def test_the_application_may_add_a_job_and_neither_see_what_it_holds_nor_take_it(
    hotel: Hotel, database: dict[str, str]
) -> None:
    await ask(hotel, job(lambda *_: asyncio.sleep(0)), fact(hotel))
    connection: Any = await asyncpg.connect(database["serai_app"])
    for forbidden in ("select payload from jobs.pgqueuer", "delete from jobs.pgqueuer", "table jobs.pgqueuer_log"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute(forbidden)
    await connection.close()


async def test_the_queue_comes_back_when_its_connection_is_cut(
    hotel: Hotel, server: Any, database: dict[str, str]
) -> None:
    done: list[UUID] = []

    async def act(_: House, __: UUID, subject: UUID) -> None:
        done.append(subject)

    admin: Any = await asyncpg.connect(server.admin)
    ours = urlsplit(database["serai_relay"]).path[1:]
    cut = (
        "select count(pg_terminate_backend(pid)) from pg_stat_activity"
        " where application_name = 'serai jobs' and datname = $1"
    )
    async with working(hotel.house, job(act)):
        for n in range(3):
            await ask(hotel, job(act), fact(hotel, n))
            await until(lambda n=n: len(done) > n)
            assert await admin.fetchval(cut, ours) >= 1
    await admin.close()


async def test_a_job_in_the_middle_is_finished_when_the_process_stops(hotel: Hotel) -> None:
    steps: list[str] = []

    async def act(_: House, __: UUID, ___: UUID) -> None:
        steps.append("begun")
        await asyncio.sleep(0.5)
        steps.append("done")

    await ask(hotel, job(act), fact(hotel))
    async with working(hotel.house, job(act)):
        await until(lambda: steps == ["begun"])
    assert (steps, await left(hotel)) == (["begun", "done"], [])


KILLED = """
import asyncio, sys
from datetime import timedelta
from serai import assembly
from serai.runtime.jobs.queue import Queue
from serai.runtime.slice import Job

async def act(house, tenant_id, subject):
    print("begun", flush=True)
    await asyncio.sleep(60)

async def main():
    house = assembly.build(sys.argv[1], sys.argv[2], "x" * 40)
    await house.db.open()
    await Queue(house, [Job("test.job", act, 3, timedelta(0), timedelta(0))]).run()

asyncio.run(main())
"""


async def test_a_killed_workers_job_is_done_by_another(
    hotel: Hotel, database: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "RESCUED", timedelta(seconds=1.5))
    done: list[UUID] = []

    async def act(_: House, __: UUID, subject: UUID) -> None:
        done.append(subject)

    about = fact(hotel)
    await ask(hotel, job(act), about)
    worker = await asyncio.create_subprocess_exec(
        sys.executable, "-c", KILLED, database["serai_app"], database["serai_relay"], stdout=asyncio.subprocess.PIPE
    )
    assert worker.stdout is not None
    assert await asyncio.wait_for(worker.stdout.readline(), 60) == b"begun\n"
    os.kill(worker.pid, signal.SIGKILL)
    await worker.wait()
    assert (done, await left(hotel)) == ([], ["picked"])
    async with working(hotel.house, job(act)):
        await until(lambda: done == [about.subject])


async def test_the_tables_are_those_that_the_library_expects(database: dict[str, str]) -> None:
    connection: Any = await asyncpg.connect(database["serai_owner"])
    plan = await queue.queries(connection).plan_upgrade()
    await connection.close()
    assert (plan.statements, plan.notes) == ((), ())
