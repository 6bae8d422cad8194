"""A demo that was killed half-way starts again and ends filled."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from datetime import time as time_of_day
from pathlib import Path

import asyncpg
import pytest

from campaigns.lives import SERAI, plain_environment
from serai.cli.demo import PEOPLE, ZONE, fill
from serai.kernel.actor import system
from serai.kernel.clock import ManualClock, SystemClock, at_local, business_date
from serai.runtime.db import embedded, roles
from serai.runtime.work import House
from tests.web.pages import SAMPLE

KILLED_WHEN = (
    "select count(*) > 0 from app.staff",
    "select count(*) > 10 from app.stay",
    "select count(*) > 5 from app.stay where state = 'checked_in'",
    "select count(*) > 2 from app.task where completed_at is not null",
    "select count(*) > 3 from app.work_order",
    "select count(*) > 0 from app.stay where state = 'completed'",
)
"""What is true when the demo is killed."""
WITHIN = 120
COUNTS = {
    "rooms": "select count(*) from app.space where kind = 'room'",
    "numbers": "select count(distinct number) from app.space where kind = 'room'",
    "people": "select count(*) from app.staff",
    "logins": "select count(distinct login) from app.staff",
    "stays": "select count(*) from app.stay",
    "bookings": "select count(distinct (booking_reference, line)) from app.stay",
    "checkouts": "select count(*) from app.task where type = 'checkout_cleaning'",
    "origins": "select count(distinct origin) from app.task where type = 'checkout_cleaning'",
    "in house": "select count(*) from app.stay where state = 'checked_in'",
    "occupied": "select count(*) from app.space where occupancy = 'occupied'",
    "stay-overs": "select count(*) from app.task where type = 'stay_over_cleaning'",
    "cleaned": "select count(*) from app.task where state = 'completed'",
    "verified": "select count(*) from app.task where state = 'verified'",
    "refused": "select count(*) from app.task where state = 'refused'",
    "discrepancies": "select count(*) from app.discrepancy where state = 'open'",
    "begun": "select count(*) from app.task where state = 'in_progress'",
    "assets": "select count(*) from app.asset",
    "in the store": "select sum(on_hand)::int from app.part",
    "orders": "select count(*) from app.work_order",
    "faults": "select count(distinct symptom) from app.work_order",
    "parked": "select count(*) from app.dead_letter",
}
BEGUN = "select count(*) from app.task where tenant_id = $1 and started_at between $2 and $3"
pytestmark = [pytest.mark.integration, pytest.mark.slow]


@pytest.fixture
def folder() -> Iterator[Path]:
    """A short path that the database's own user can reach."""
    base = Path("/var/lib/serai") if os.geteuid() == 0 else Path.home()
    base.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix="d", dir=base))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture
def outliving(folder: Path) -> Iterator[embedded.Embedded]:
    """Held open by us, so that only the demo is killed."""
    with embedded.start(folder / "postgres") as held:
        yield held


def _fill(folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [SERAI, "demo", "--fill-only"],
        env={**plain_environment(), "SERAI_DATA_DIR": str(folder)},
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=(folder / "log").open("ab"),
    )


def _kill_at(demo: subprocess.Popen[bytes], url: str, true: str) -> None:
    until = time.monotonic() + WITHIN
    while demo.poll() is None and time.monotonic() < until:
        if asyncio.run(_count(url, true)):
            break
        time.sleep(0.02)
    assert demo.poll() is None, "it was filled before it was killed"
    os.kill(demo.pid, signal.SIGKILL)
    demo.wait(30)


async def _count(url: str, sql: str) -> int:
    try:
        connection = await asyncpg.connect(url)
    except asyncpg.InvalidCatalogNameError:
        return 0
    try:
        return await connection.fetchval(sql)
    except asyncpg.UndefinedTableError:
        return 0
    finally:
        await connection.close()


def _day() -> date:
    return business_date(SystemClock().now(), ZONE, time_of_day(4))


def _counted(url: str) -> dict[str, int]:
    return {name: asyncio.run(_count(url, sql)) for name, sql in COUNTS.items()}


def test_a_demo_killed_half_way_ends_as_one_that_was_not(folder: Path, outliving: embedded.Embedded) -> None:
    url = roles.with_database(outliving.url(), "serai_demo")
    ended, found, day = dict[str, int](), dict[str, int](), None
    while day != _day():  # a demo of yesterday's guests gets today's beside them
        if day is not None:
            asyncio.run(_drop(outliving.url()))
        day = _day()
        for true in KILLED_WHEN:
            _kill_at(_fill(folder), url, true)
        again = _fill(folder)
        assert again.wait(WITHIN) == 0, (folder / "log").read_text(encoding="utf-8")[-3000:]
        ended = _counted(url)
        asyncio.run(_drop(outliving.url()))
        whole = _fill(folder)
        assert whole.wait(WITHIN) == 0
        found = _counted(url)
    assert ended == found
    assert ended["people"] == ended["logins"] == len(PEOPLE)
    assert ended["rooms"] == ended["numbers"] > 20
    assert ended["stays"] == ended["bookings"] > 20
    assert ended["checkouts"] == ended["origins"] > 5
    assert ended["stay-overs"] > 5
    assert (ended["cleaned"], ended["verified"], ended["refused"], ended["discrepancies"]) == (4, 2, 1, 1)
    assert ended["begun"] == 3
    assert ended["orders"] == ended["faults"] > 5
    assert ended["parked"] == 0


async def _drop(admin: str) -> None:
    connection = await asyncpg.connect(admin)
    await connection.execute("drop database serai_demo with (force)")
    await connection.close()


async def test_a_demo_of_the_first_minute_of_a_day_and_one_of_the_next_day(house: House, clock: ManualClock) -> None:
    """What is earlier than the day itself is done at its begin, and the clock of a second filling does not go back."""
    begin = at_local(business_date(clock.now(), ZONE, time_of_day(4)) + timedelta(days=1), time_of_day(4), ZONE)
    for day in range(2):
        clock.set(begin + timedelta(days=day, minutes=1))
        hotel = await fill(house, SAMPLE)
        held = (hotel.tenant_id, begin + timedelta(days=day), clock.now())
        assert await house.read(system(hotel.tenant_id, "test"), lambda tx, held=held: tx.fetchval(BEGUN, *held)) > 0
