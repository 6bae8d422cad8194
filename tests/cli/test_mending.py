"""What is parked is listed for the operator, and tried again."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import httpx
import pytest
import typer

from serai.areas.housekeeping import events
from serai.cli import mending
from serai.kernel.ids import encode, new_id
from serai.runtime.events.catalog import Incoming
from serai.runtime.jobs.background import Background
from serai.runtime.jobs.queue import enqueue
from serai.runtime.jobs.reactions import REACTIONS
from serai.runtime.slice import Job, Reaction
from serai.runtime.work import House, Work
from tests.conftest import Hotel, SignIn, make_hotel
from tests.queues import until, working

pytestmark = pytest.mark.integration


async def test_facts_and_messages_of_every_company_are_listed_and_mended(
    house: House, hotel: Hotel, client: httpx.AsyncClient, sign: SignIn
) -> None:
    broken = True

    async def act(_: Work, __: Incoming) -> None:
        if broken:
            raise RuntimeError("the printer is on fire")

    reaction = house.shelf[REACTIONS]["print"] = Reaction("print", (events.CREATED,), act)
    admin = await sign("venue_admin")
    body = {"property_id": encode("prp", hotel.property_id), "type": "custom"}
    assert (await client.post("/tasks", json=body, headers=admin)).status_code == 201
    await Background(house, reactions=[reaction]).settle()
    strange = {"specversion": "1.0", "id": "1", "source": "/pms", "type": "room.painted", "data": {}}
    told = {**admin, "content-type": "application/cloudevents+json"}
    assert (await client.post("/events", json=strange, headers=told)).status_code == 202

    await make_hotel(house, "other")
    found = [one for company in await mending.companies(house, None) for one in await mending.waiting(house, company)]
    assert [(one.company, one.shown_id[:3], one.what) for one in found] == [
        (hotel.code, "dlq", f"print ← {events.CREATED.name}"),
        (hotel.code, "inb", "room.painted"),
    ]
    assert found[0].why == "RuntimeError: the printer is on fire"
    [company] = await mending.companies(house, hotel.code)
    assert [await mending.again(house, company, one) for one in found] == [False, False]
    broken = False
    assert await mending.again(house, company, found[0])
    assert [one.shown_id[:3] for one in await mending.waiting(house, company)] == ["inb"]
    with pytest.raises(typer.BadParameter):
        await mending.companies(house, "nobody")


async def test_a_job_that_failed_for_good_is_listed_and_put_back(house: House, hotel: Hotel) -> None:
    tries: list[int] = []

    async def act(_: House, __: UUID, ___: UUID) -> None:
        tries.append(1)
        if len(tries) == 1:
            raise RuntimeError("no paper")

    job = Job("print", act, 1, timedelta(0), timedelta(0))
    at = house.clock.now()
    fact = Incoming(new_id(), "x", hotel.tenant_id, hotel.property_id, 1, new_id(), 1, {}, {}, "test", at, "", None)
    await hotel.do(lambda work: enqueue(work.tx, job, fact))
    async with working(house, job):

        async def is_listed() -> bool:
            return [one.why for one in await mending.waiting(house, hotel.tenant_id)] == ["no paper"]

        await until(is_listed)
        assert await mending.waiting(house, (await make_hotel(house, "other")).tenant_id) == []
        [found] = await mending.waiting(house, hotel.tenant_id)
        assert (found.what, await mending.again(house, hotel.tenant_id, found)) == ("print, 1 times", True)
        await until(lambda: len(tries) == 2)
    assert await mending.waiting(house, hotel.tenant_id) == []
