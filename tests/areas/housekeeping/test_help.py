"""Help that is asked for, and pictures of work that was not good."""

from __future__ import annotations

from uuid import uuid4

import httpx

from serai.areas.spaces.model import Condition
from serai.kernel.ids import encode
from tests.areas.files.test_files import photo, send
from tests.areas.housekeeping.people import Caller, asked, journal, look, rooms, spc
from tests.conftest import Hotel, SignIn, make_hotel


async def test_pictures_belong_to_the_task_that_they_reject_or_nothing_happens(
    client: httpx.AsyncClient, sign: SignIn, hotel: Hotel, boss: Caller, ana: Caller
) -> None:
    [room] = await rooms(hotel, "101")
    task = await asked(boss, hotel, room_id=spc(room))
    path = f"/tasks/{task['id']}"
    await ana.post(f"{path}/start")
    await ana.post(f"{path}/complete")
    other = await make_hotel(hotel.house, "other")
    there = await sign("housekeeping_supervisor", at=other)
    own = (await send(client, boss.headers, hotel, photo())).json()["id"]
    foreign = (await send(client, there, other, photo())).json()["id"]
    why = {"reason": "Hair in the bath."}
    for wrong in (foreign, encode("fil", uuid4())):
        refused = await boss.post(f"{path}/reject", {**why, "file_ids": [own, wrong]}, 422)
        assert [one["pointer"] for one in refused["errors"]] == ["/file_ids/1"]
    await boss.post(f"{path}/reject", {**why, "file_ids": [own] * 11}, 422)
    assert (await boss.get(path))["state"] == "completed"
    assert (await boss.get(f"/files/{own}"))["attached_to"] is None
    assert (await look(hotel, room)).condition is Condition.CLEAN
    await boss.post(f"{path}/reject", {**why, "file_ids": [own]})
    assert [one["id"] for one in (await ana.get(f"/files?attached_to={task['id']}"))["items"]] == [own]


async def test_help_is_asked_for_what_is_open_and_not_anothers(
    hotel: Hotel, boss: Caller, ana: Caller, ben: Caller, desk: Caller
) -> None:
    [room] = await rooms(hotel, "101")
    task = await asked(boss, hotel, room_id=spc(room), note="Two beds")
    path = f"/tasks/{task['id']}"
    await ana.post(f"{path}/start")
    before = await ana.get(path)
    after = await ana.post(f"{path}/help", {"note": "The bed is heavy"})
    assert after == {**before, "version": before["version"] + 1}
    assert "help" in after["allowed_actions"]
    [told] = await journal(hotel, "housekeeping.task.help_asked.v1")
    assert (told["note"], told["help_note"]) == ("Two beds", "The bed is heavy")
    assert "help" not in (await ben.get(path))["allowed_actions"]
    assert (await ben.post(f"{path}/help", {}, 409))["code"] == "not_yours"
    await desk.post(f"{path}/help", {}, 403)
    await ana.post(f"{path}/complete")
    assert "completed" in (await ana.post(f"{path}/help", {}, 409))["detail"]
    assert len(await journal(hotel, "housekeeping.task.help_asked.v1")) == 1
