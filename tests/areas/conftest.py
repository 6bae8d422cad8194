"""The people of a hotel, signed in."""

from __future__ import annotations

import httpx
import pytest

from tests.areas.housekeeping.people import Caller
from tests.conftest import SignIn


@pytest.fixture
async def boss(client: httpx.AsyncClient, sign: SignIn) -> Caller:
    return Caller(client, await sign("housekeeping_supervisor"))


@pytest.fixture
async def ana(client: httpx.AsyncClient, sign: SignIn) -> Caller:
    return Caller(client, await sign("housekeeper"))


@pytest.fixture
async def ben(client: httpx.AsyncClient, sign: SignIn) -> Caller:
    return Caller(client, await sign("housekeeper"))


@pytest.fixture
async def desk(client: httpx.AsyncClient, sign: SignIn) -> Caller:
    return Caller(client, await sign("front_desk"))


@pytest.fixture
async def chief(client: httpx.AsyncClient, sign: SignIn) -> Caller:
    return Caller(client, await sign("maintenance_supervisor"))


@pytest.fixture
async def tom(client: httpx.AsyncClient, sign: SignIn) -> Caller:
    return Caller(client, await sign("technician"))
