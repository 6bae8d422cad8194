"""The same key gives the same committed answer; the effect happens once."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest

from serai.kernel.actor import Actor, system
from serai.kernel.clock import ManualClock
from serai.kernel.ids import encode
from serai.runtime.events import journal
from serai.runtime.http import idempotency
from serai.runtime.work import House, Work
from tests.conftest import Hotel, SignIn, make_hotel

COPIES = 5
KEYS = 8


class Maker:
    """Somebody who makes rooms."""

    def __init__(self, client: httpx.AsyncClient, headers: dict[str, str], hotel: Hotel) -> None:
        self._client, self._headers, self._property = client, headers, encode("prp", hotel.property_id)

    async def make(self, key: str, number: str) -> httpx.Response:
        body = {"property_id": self._property, "number": number, "room_type": "DBL"}
        return await self._client.post("/rooms", json=body, headers={**self._headers, "idempotency-key": key})

    async def numbers(self) -> list[str]:
        answer = await self._client.get("/rooms", headers=self._headers)
        assert answer.status_code == 200, answer.text
        return sorted(one["number"] for one in answer.json()["items"])


@pytest.fixture
async def maker(client: httpx.AsyncClient, sign: SignIn, hotel: Hotel) -> Maker:
    return Maker(client, await sign("venue_admin"), hotel)


async def test_copies_at_once_have_one_effect_and_equal_answers(maker: Maker) -> None:
    keys = {f"key-{n}": f"{n + 101}" for n in range(KEYS)}
    asked = [(key, number) for key, number in keys.items() for _ in range(COPIES)]
    answers = await asyncio.gather(*(maker.make(key, number) for key, number in asked))
    for key in keys:
        mine = [answer for (of, _), answer in zip(asked, answers, strict=True) if of == key]
        assert {one.status_code for one in mine} == {201}
        assert len({(one.content, one.headers["etag"]) for one in mine}) == 1
    assert await maker.numbers() == sorted(keys.values())


async def test_the_key_with_another_body_is_refused(maker: Maker) -> None:
    await maker.make("one", "101")
    again = await maker.make("one", "102")
    assert (again.status_code, again.json()["code"]) == (422, "idempotency_key_reused")
    assert await maker.numbers() == ["101"]


async def test_a_change_is_not_made_again_either(
    maker: Maker, client: httpx.AsyncClient, sign: SignIn, hotel: Hotel
) -> None:
    room = (await maker.make("one", "101")).json()["id"]
    headers = {**await sign("venue_admin"), "idempotency-key": "two"}
    first = await client.patch(f"/rooms/{room}", json={"floor": "1", "version": 1}, headers=headers)
    await client.patch(f"/rooms/{room}", json={"floor": "2", "version": 2}, headers={**headers, "idempotency-key": "3"})
    again = await client.patch(f"/rooms/{room}", json={"floor": "1", "version": 1}, headers=headers)
    assert (first.status_code, again.status_code, again.content) == (200, 200, first.content)
    assert (await client.get(f"/rooms/{room}", headers=headers)).json()["floor"] == "2"


async def test_another_tenant_with_the_key_has_a_result_of_its_own(
    maker: Maker, client: httpx.AsyncClient, sign: SignIn, house: House
) -> None:
    other_hotel = await make_hotel(house, "other")
    other = Maker(client, await sign("venue_admin", at=other_hotel), other_hotel)
    one, two = await asyncio.gather(maker.make("same", "101"), other.make("same", "101"))
    assert (one.status_code, two.status_code) == (201, 201)
    assert one.json()["id"] != two.json()["id"]
    assert (await maker.numbers(), await other.numbers()) == (["101"], ["101"])


async def test_another_person_with_the_key_has_a_result_of_their_own(
    maker: Maker, client: httpx.AsyncClient, sign: SignIn, hotel: Hotel
) -> None:
    other = Maker(client, await sign("venue_admin"), hotel)
    assert (await maker.make("same", "101")).status_code == 201
    assert (await other.make("same", "102")).status_code == 201


async def test_a_refusal_is_not_kept_and_the_key_may_succeed_later(maker: Maker) -> None:
    await maker.make("first", "101")
    assert (await maker.make("second", "101")).status_code == 409
    assert (await maker.make("second", "102")).status_code == 201


@pytest.mark.parametrize("key", ["", "x" * 256, "a\tb", "ö"])
async def test_a_key_that_is_none_is_refused(maker: Maker, key: str) -> None:
    answer = await maker.make(key.encode("latin-1"), "101")  # type: ignore[arg-type]
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/headers/idempotency-key")


KEY = idempotency.Key("somebody", "/route", "key", b"hash")


async def _answer(work: Work, started: asyncio.Event, rest: float) -> idempotency.Answer:
    if before := await idempotency.begin(work.tx, work.tenant_id, KEY, work.now):
        return before
    started.set()
    await asyncio.sleep(rest)
    answer = idempotency.Answer(200, uuid4().bytes, None)
    await idempotency.finish(work.tx, work.tenant_id, KEY, answer, work.now)
    return answer


async def _twins(house: House, hotel: Hotel, rest: float) -> tuple[Any, Any]:
    started = asyncio.Event()
    actor = system(hotel.tenant_id, "test")
    first = asyncio.create_task(house.do(actor, lambda work: _answer(work, started, rest)))
    await started.wait()
    second = await asyncio.gather(
        house.do(actor, lambda work: _answer(work, asyncio.Event(), 0)), return_exceptions=True
    )
    return await first, second[0]


async def test_a_twin_of_one_that_still_runs_waits_and_has_its_answer(house: House, hotel: Hotel) -> None:
    first, second = await _twins(house, hotel, 0.5)
    assert first == second


async def test_a_twin_that_waits_too_long_is_told_to_try_again(house: House, hotel: Hotel) -> None:
    first, second = await _twins(house, hotel, 2.6)
    assert first.status == 200
    assert (second.status, second.code) == (503, "busy")


CANCELLED = 200


async def test_commands_cancelled_at_any_moment_leave_no_tenant_in_a_connection(
    house: House, hotel: Hotel, client: httpx.AsyncClient, sign: SignIn
) -> None:
    tenants = [hotel, await make_hotel(house, "other")]
    makers = [Maker(client, await sign("venue_admin", at=one), one) for one in tenants]
    ended = 0

    async def one(n: int) -> None:
        nonlocal ended
        task = asyncio.create_task(makers[n % 2].make(f"key-{n}", f"{n}"))
        await asyncio.sleep((n * 7919 % 100) / 1000)
        task.cancel()
        [result] = await asyncio.gather(task, return_exceptions=True)
        ended += isinstance(result, asyncio.CancelledError)

    for first in range(0, CANCELLED, 20):
        await asyncio.gather(*(one(n) for n in range(first, first + 20)))
    assert ended > CANCELLED // 4, "hardly a command was cancelled"
    assert await _entered(house) == set()
    for place in tenants:
        actor: Actor = system(place.tenant_id, "test")
        for stream in (place.tenant_id, place.property_id):
            facts = await house.read(actor, lambda tx, s=stream, t=place: journal.read(tx, t.tenant_id, s, 0, 10_000))
            assert [one.position for one in facts] == list(range(1, len(facts) + 1))


async def _entered(house: House) -> set[str]:
    """The tenants that any connection of the pool is still in; all are asked at once."""
    found: set[str] = set()
    pool = house.db._app
    held = [await pool.acquire() for _ in range(pool.get_max_size())]
    for one in held:
        tenant = await one.fetchval("select nullif(current_setting('app.tenant_id', true), '')")
        if tenant or one.is_in_transaction():
            found.add(str(tenant))
        await pool.release(one)
    return found


async def test_old_answers_make_room_for_new_ones(
    client: httpx.AsyncClient, sign: SignIn, hotel: Hotel, clock: ManualClock
) -> None:
    async def kept() -> list[str]:
        async with hotel.house.db.read(hotel.tenant_id) as tx:
            return [row["key"] for row in await tx.fetch("select key from app.idempotency order by key")]

    maker = Maker(client, await sign("venue_admin"), hotel)
    for n in range(5):
        await maker.make(f"old-{n}", f"{n}")
    clock.set(clock.now() + idempotency.KEPT)
    fresh = Maker(client, await sign("venue_admin"), hotel)
    assert (await fresh.make("new-1", "101")).status_code == 201
    assert len(await kept()) == 6
    clock.set(clock.now() + timedelta(seconds=1))
    for n in (2, 3, 4):
        await fresh.make(f"new-{n}", f"10{n}")
    assert await kept() == ["new-1", "new-2", "new-3", "new-4"]
