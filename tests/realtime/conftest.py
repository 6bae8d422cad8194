"""A real live with its live channel, and people who listen to it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AsyncExitStack

import pytest

from serai.access.identity import service as identity
from serai.runtime.work import House
from tests.conftest import PASSWORD, Hotel, make_hotel
from tests.realtime.ear import Ear
from tests.realtime.server import Served, served

Listen = Callable[..., Awaitable[Ear]]


@pytest.fixture
async def live(house: House) -> AsyncGenerator[Served]:
    """The application on loopback."""
    async with served(house) as one:
        yield one


@pytest.fixture
async def other(house: House) -> Hotel:
    """Somebody else's hotel."""
    return await make_hotel(house, "other")


@pytest.fixture
async def listen() -> AsyncGenerator[Listen]:
    """Connect; all hang up at the end."""
    async with AsyncExitStack() as open_:

        async def listen(url: str, token: str, **auth: object) -> Ear:
            ear = Ear()
            await ear.connect(url, token, **auth)
            open_.push_async_callback(ear.hang_up)
            return ear

        yield listen


async def token_of(live: Served, hotel: Hotel, role: str, *, everywhere: bool = False) -> str:
    """A new person's access token."""
    login = f"{role}-{id(asyncio.current_task())}-{len(hotel.heard)}"
    hotel.heard.append(login)
    grant = identity.RoleGrant(identity.Role(role), None if everywhere else hotel.property_id)
    cmd = identity.CreateStaff(role, login, roles=(grant,), password=PASSWORD)
    await hotel.do(lambda work: identity.create_staff(work, cmd))
    return await again(live, hotel)


async def again(live: Served, hotel: Hotel) -> str:
    """A newer token of the same person."""
    answer = await live.http.post("/auth/token", json={"login": hotel.heard[-1], "password": PASSWORD})
    assert answer.status_code == 200, answer.text
    return answer.json()["access_token"]
