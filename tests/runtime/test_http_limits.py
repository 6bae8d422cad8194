"""A company asks so often and no oftener; the others notice nothing."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import httpx

from serai.asgi import create_app
from serai.runtime.work import House
from tests.conftest import Hotel, SignIn, make_hotel


@asynccontextmanager
async def limited(house: House, per_minute: int) -> AsyncGenerator[httpx.AsyncClient]:
    """The application with that limit."""
    transport = httpx.ASGITransport(create_app(house, per_minute=per_minute))
    async with httpx.AsyncClient(transport=transport, base_url="http://test/api/v1") as client:
        yield client


async def test_every_answer_says_what_is_left_and_one_too_many_waits(house: House, hotel: Hotel, sign: SignIn) -> None:
    ours, theirs = await sign("viewer"), await sign("viewer", at=await make_hotel(house, "other"))
    async with limited(house, 30) as client:
        answers = [await client.get("/me", headers=ours) for _ in range(7)]
        assert [one.status_code for one in answers] == [200] * 5 + [429] * 2
        assert {one.headers["ratelimit-policy"] for one in answers} == {'"company";q=5;w=10'}
        assert [one.headers["ratelimit"].split(";")[1] for one in answers] == [
            "r=4", "r=3", "r=2", "r=1", "r=0", "r=0", "r=0",
        ]  # fmt: skip
        late = answers[-1]
        assert late.json()["code"] == "too_many_requests"
        assert 1 <= int(late.headers["retry-after"]) <= 10
        assert f"t={late.headers['retry-after']}" in late.headers["ratelimit"]
        assert (await client.get("/me", headers=theirs)).status_code == 200


async def test_who_is_nobody_counts_for_nobody_and_no_limit_says_nothing(house: House, sign: SignIn) -> None:
    async with limited(house, 1) as client:
        assert {(await client.get("/me")).status_code for _ in range(3)} == {401}
        assert (await client.get("/me", headers=await sign("viewer"))).status_code == 200
    async with limited(house, 0) as client:
        answer = await client.get("/me", headers=await sign("viewer"))
    assert (answer.status_code, "ratelimit" in answer.headers) == (200, False)
