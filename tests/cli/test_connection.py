"""Ways in from the command line: bound, seen, paused, cut."""

from __future__ import annotations

import asyncio

import pytest

from tests.cli.test_main import serai
from tests.conftest import Hotel

pytestmark = [pytest.mark.integration, pytest.mark.slow]


async def test_a_queue_is_bound_seen_paused_and_cut(hotel: Hotel, database: dict[str, str]) -> None:
    where = {
        "SERAI_DATABASE_URL": database["serai_app"],
        "SERAI_RELAY_URL": database["serai_relay"],
        "SERAI_JWT_SECRET": "x" * 40,
        "SERAI_ALLOW_UNPATCHED_POSTGRES": "true",
    }

    async def said(*words: str, tenant: str = hotel.code) -> tuple[int, str]:
        done = await asyncio.to_thread(serai, "connection", *words, "--tenant", tenant, **where)
        return done.returncode, done.stdout.strip() + done.stderr.strip()

    assert "Nothing is bound" in (await said("list"))[1]
    queue = ("add", "rabbitmq", "inn.bookings", "--name", "PMS", "--binding", "booking.*")
    status, told = await said(*queue, "--property", "main")
    assert (status, told[:4]) == (0, "con_")
    connection = told[:30]
    assert await said(*queue) == (1, "serai: inn.bookings speaks for somebody already.")
    assert (await said(*queue, "--property", "nowhere"))[1] == "serai: The company has no hotel with the code nowhere."
    assert (await said("list", tenant="mars"))[1] == "serai: There is no company with the code mars."
    assert (await said("pause", connection))[1] == "PMS is paused."
    shown = (await said("list"))[1]
    assert all(one in shown for one in (connection, "inn.bookings", "booking.*", "paused"))
    assert (await said("resume", connection))[1] == "PMS is open."
    assert (await said("cut", connection))[1] == "inn.bookings speaks for nobody now."
    assert (await said("cut", "con_x"))[0] == 2
    assert "Nothing is bound" in (await said("list"))[1]
