"""`serai replay`: the plan of a file, and a small hotel played and verified."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from serai import assembly
from serai.cli import replay
from serai.cli.place import Place
from serai.cli.replay import bill, plan, stage
from serai.cli.replay.apart import SharedClock
from serai.cli.replay.plan import What
from serai.cli.replay.play import Settable
from serai.kernel.actor import system
from serai.kernel.clock import ManualClock, at_local
from serai.runtime.db.tx import Tx
from serai.runtime.settings import Settings
from serai.runtime.work import House
from tests.brokers.conftest import URLS, answers

SECRET = "tests-need-a-secret-of-thirty-two-bytes"
HEADER = (
    "booking_reference,arrival,nights,departure,adults,children,babies,reserved_room_type,"
    "assigned_room_type,booking_changes,special_requests,status,status_date\n"
)
ROWS = """\
T1,2015-07-01,1,2015-07-02,2,0,0,A,A,1,0,Check-Out,2015-07-02
T2,2015-07-01,0,2015-07-01,2,0,0,A,A,0,0,Check-Out,2015-07-01
T3,2015-07-02,2,2015-07-04,1,1,0,A,A,0,0,Check-Out,2015-07-04
T4,2015-07-02,2,2015-07-04,2,0,0,B,B,0,0,Canceled,2015-06-20
T5,2015-07-02,1,2015-07-03,2,0,0,A,A,0,0,No-Show,2015-07-02
T6,2015-07-03,1,2015-07-04,2,0,0,A,A,0,0,Canceled,2015-07-04
"""
LISBON = ZoneInfo("Europe/Lisbon")
FIRST = date(2015, 7, 1)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A file of six bookings."""
    path = tmp_path / "small.csv"
    path.write_text(HEADER + ROWS, encoding="utf-8")
    return path


def script(path: Path, days: int = 3) -> plan.Script:
    return replay.script_of(path, "Small Inn", FIRST, days, "Europe/Lisbon")[0]


def test_deeds_stand_in_order_and_follow_the_dates_of_the_file(small: Path) -> None:
    deeds = plan.deeds(plan.load(small), FIRST, LISBON)
    assert deeds == sorted(deeds)
    told = {(one.reference, one.what): one.at.astimezone(LISBON).date() for one in deeds}
    assert told["T4", What.CANCEL] == date(2015, 6, 20)
    assert told["T4", What.BOOK] == date(2015, 6, 19)
    assert told["T6", What.CANCEL] == date(2015, 7, 4), "a cancellation after arrival is played as its date says"
    assert told["T5", What.NO_SHOW] == FIRST.replace(day=2)
    assert ("T5", What.ARRIVE) not in told
    assert told["T2", What.ARRIVE] == told["T2", What.LEAVE] == FIRST, "no night is day use"


def test_there_are_rooms_for_the_fullest_day(small: Path) -> None:
    assert plan.rooms_needed(plan.load(small)) == {"A": 3}


def test_two_runs_of_a_file_are_the_same_play(small: Path) -> None:
    assert script(small) == script(small)
    assert script(small).code != script(small, days=2).code


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a,b\n1,2\n", "columns"),
        (HEADER + "T1,2015-07-01,2,2015-07-02,2,0,0,A,A,1,0,Check-Out,2015-07-02\n", "line 2: departure"),
        (HEADER + "T1,2015-02-31,1,2015-07-02,2,0,0,A,A,1,0,Check-Out,2015-07-02\n", "line 2"),
        (HEADER + "T1,2015-07-01,1,2015-07-02,2,0,0,A,A,1,0,Gone,2015-07-02\n", "line 2"),
    ],
)
def test_a_file_that_cannot_be_played_is_refused_with_its_line(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(plan.PlanError, match=told):
        plan.load(path)


def brokers() -> dict[str, str]:
    """Settings of the brokers that answer, with names of our own."""
    mark = f"serai_test_{uuid4().hex[:10]}"
    found = {f"SERAI_{kind.upper()}_URL": url for kind, url in URLS.items() if kind != "nats" and answers(kind)}
    return {**found, "SERAI_RABBITMQ_EXCHANGE": mark, "SERAI_EVENT_TYPE_PREFIX": f"{mark}."}


@pytest.mark.parametrize("web", [0, 2], ids=["in one process", "in four processes with brokers"])
async def test_a_small_hotel_is_played_cleanly_and_then_only_verified(
    database: dict[str, str], small: Path, tmp_path: Path, web: int
) -> None:
    told, end = replay.script_of(small, "Small Inn", FIRST, 3, "Europe/Lisbon")
    start, path = told.deeds[0].at - replay.OPENING, tmp_path / "clock"
    past = SharedClock.at(path, start) if web else ManualClock(start)
    house = assembly.build(database["serai_app"], database["serai_relay"], SECRET, clock=past)
    await house.db.open()
    try:
        settings = Settings(**(brokers() if web else {}))
        manner, at = replay.Manner(web=web, workers=web), Place(database, SECRET)
        await played_then_verified(house, past, told, end, lambda code: replay.Scene(code, manner, settings, at, path))
    finally:
        await house.db.close()


async def played_then_verified(
    house: House, past: Settable, told: plan.Script, end: datetime, scene: Callable[[str], replay.Scene]
) -> None:
    code, found = await replay.where(house, told, None)
    assert found is None
    assert await replay.play(house, past, told, end, scene(code))
    assert past.now() == end == at_local(date(2015, 7, 4), datetime.min.time(), LISBON)

    code, found = await replay.where(house, told, None)
    assert found is not None
    lines = await replay.verify(house, found, told)
    assert [line.claim for line in lines if not line.holds] == []

    async def falsify(tx: Tx) -> None:
        await tx.execute("update app.stay set state = 'confirmed' where tenant_id = $1", found.tenant_id)

    await house.do(system(found.tenant_id, "test"), lambda work: falsify(work.tx))
    lines = await replay.verify(house, found, told)
    assert "Every booking ended as the file says" in [line.claim for line in lines if not line.holds]
    assert isinstance(lines[0], bill.Line)
    with pytest.raises(stage.OtherData):
        await replay.where(house, told, code)
