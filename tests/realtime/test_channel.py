"""The live channel: heard at once, by who may hear it, without a gap."""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta
from typing import Any

import pytest
from socketio.exceptions import ConnectionError as NotConnected

from serai.access.identity import service as identity
from serai.areas.spaces.model import Condition
from serai.kernel.clock import ManualClock
from serai.kernel.ids import encode
from serai.runtime.realtime import hub
from serai.runtime.work import House
from tests.areas.housekeeping.people import put, rooms
from tests.conftest import Hotel
from tests.realtime.conftest import Listen, token_of
from tests.realtime.ear import Ear
from tests.realtime.server import Served, served

pytestmark = pytest.mark.integration


async def ready(hotel: Hotel, *numbers: str) -> None:
    """Rooms made, each a fact."""
    await rooms(hotel, *numbers)


async def test_who_may_hears_it_at_once_and_in_order(live: Served, hotel: Hotel, other: Hotel, listen: Listen) -> None:
    desk = await listen(live.url, await token_of(live, hotel, "front_desk"))
    stranger = await listen(live.url, await token_of(live, other, "venue_admin"))
    [stream] = desk.named("welcome")[0]["streams"]
    assert (stream["stream"], stream["epoch"]) == (encode("prp", hotel.property_id), 1)
    began = time.monotonic()
    await ready(hotel, *(str(100 + n) for n in range(50)))
    await desk.until(lambda: len(desk.events) == 50)
    assert time.monotonic() - began < 2
    assert [name for name, _ in desk.heard[1:]] == ["space:created"] * 50
    assert [one["data"]["number"] for one in desk.events] == [str(100 + n) for n in range(50)]
    assert (desk.gaps, stranger.events, stranger.gaps) == ([], [], [])


async def test_what_one_may_not_hear_moves_the_position_alone(
    live: Served, hotel: Hotel, listen: Listen, monkeypatch: pytest.MonkeyPatch
) -> None:
    technician = await listen(live.url, await token_of(live, hotel, "technician"))
    desk = await listen(live.url, await token_of(live, hotel, "front_desk"))
    body = {"property_id": encode("prp", hotel.property_id), "name": "Room", "task_type": "deep_cleaning",
            "items": [{"key": "bed", "label": "Bed", "kind": "yes_no"}]}  # fmt: skip
    boss = {"authorization": f"Bearer {await token_of(live, hotel, 'venue_admin')}"}
    await ready(hotel, "1")
    for kind in ("deep_cleaning", "turndown", "laundry"):
        made = await live.http.post("/checklists", json={**body, "task_type": kind}, headers=boss)
        assert made.status_code == 201, made.text
    await ready(hotel, "2")
    for ear in (technician, desk):
        await ear.until(lambda ear=ear: len(ear.events) == 2)
        assert "housekeeping.checklist.created.v1" not in [name for name, _ in ear.heard]
        assert ear.gaps == []
        assert next(iter(ear.places.values()))[1] == 6


async def test_who_comes_back_is_told_what_was_missed(live: Served, hotel: Hotel, listen: Listen) -> None:
    token = await token_of(live, hotel, "front_desk")
    first = await listen(live.url, token)
    await ready(hotel, "1", "2")
    await first.until(lambda: len(first.events) == 2)
    await first.hang_up()
    await ready(hotel, *(str(n) for n in range(10, 40)))
    again = Ear()
    again.places = dict(first.places)
    await again.connect(live.url, token, cursors=first.cursors)
    await again.until(lambda: len(again.events) == 30)
    assert (again.gaps, again.named("resync")) == ([], [])
    await again.hang_up()


@pytest.mark.parametrize("change", [{"epoch": 9}, {"position": 10**9}, {"position": -1}, {"epoch": "x"}])
async def test_a_place_that_cannot_be_begins_anew(
    live: Served, hotel: Hotel, listen: Listen, change: dict[str, Any]
) -> None:
    token = await token_of(live, hotel, "front_desk")
    await ready(hotel, "1")
    cursor = {"stream": encode("prp", hotel.property_id), "epoch": 1, "position": 1, **change}
    ear = await listen(live.url, token, cursors=[cursor, None, {"stream": "prp_x", "epoch": 1, "position": 1}])
    await ready(hotel, "2")
    await ear.until(lambda: len(ear.events) == 1)
    assert ear.events[0]["data"]["number"] == "2"
    assert len(ear.named("resync")) == (0 if change in ({"epoch": "x"}, {"position": -1}) else 1)
    assert ear.gaps == []


async def test_who_missed_too_much_begins_anew(
    live: Served, hotel: Hotel, listen: Listen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub, "FARTHEST", 3)
    token = await token_of(live, hotel, "front_desk")
    await ready(hotel, "1", "2", "3", "4", "5")
    ear = await listen(
        live.url, token, cursors=[{"stream": encode("prp", hotel.property_id), "epoch": 1, "position": 1}]
    )
    await ear.until(lambda: len(ear.named("resync")) == 1)
    await ready(hotel, "6")
    await ear.until(lambda: len(ear.events) == 1)
    assert ear.gaps == []


async def test_a_restore_tells_everybody_to_begin_anew(
    live: Served, database: dict[str, str], hotel: Hotel, listen: Listen
) -> None:
    ear = await listen(live.url, await token_of(live, hotel, "front_desk"))
    import asyncpg  # noqa: PLC0415  # as the owner, who alone may

    owner: Any = await asyncpg.connect(database["serai_owner"])
    await owner.execute("update app.stream set epoch = 2 where stream = $1", hotel.property_id)
    await owner.close()
    await ear.until(lambda: len(ear.named("resync")) == 1)
    await ready(hotel, "1")
    await ear.until(lambda: len(ear.events) == 1)
    assert (ear.gaps, next(iter(ear.places.values()))) == ([], (2, 2))


@pytest.mark.parametrize("token", ["", "nonsense", None, 7, "serai_x" * 30])
async def test_without_a_good_token_nobody_comes_in(live: Served, hotel: Hotel, token: Any) -> None:
    ear = Ear()
    with pytest.raises(NotConnected):
        await ear.connect(live.url, token)
    assert ear.refused["data"]["code"] == "unauthenticated", ear.refused
    assert len(live.channel.hub) == 0


async def test_a_page_of_another_origin_and_a_token_in_the_address_are_refused(house: House, hotel: Hotel) -> None:
    async with served(house, ("https://hotel.example",)) as live:
        token = await token_of(live, hotel, "front_desk")
        for origin, url, auth in (
            ("https://evil.example", live.url, token),
            ("https://hotel.example", f"{live.url}?token={token}", ""),
        ):
            ear = Ear()
            with pytest.raises(NotConnected):
                await ear.connect(url, auth, {"origin": origin})
        good = Ear()
        await good.connect(live.url, token, {"origin": "https://hotel.example"})
        await good.hang_up()


async def test_a_client_cannot_choose_rooms_nor_make_us_fail(
    live: Served, hotel: Hotel, other: Hotel, listen: Listen
) -> None:
    ear = await listen(
        live.url, await token_of(live, hotel, "front_desk"), streams=[encode("prp", other.property_id), "x", None]
    )
    assert ear.named("welcome")[0]["streams"] == []
    for said in ("join", "subscribe", "enter_room"):
        await ear.client.emit(said, {"room": encode("prp", other.property_id)})
    for bad in (None, 7, "x", [], {"token": 7}, {"token": "x"}, {"token": "a" * 5000}):
        assert (await ear.client.call("authenticate", bad, timeout=60))["ok"] is False
    await ready(other, "1")
    await asyncio.sleep(0.3)
    assert ear.events == []


async def test_a_token_is_renewed_before_it_is_out_and_who_does_not_is_sent_away(
    live: Served, hotel: Hotel, clock: ManualClock, listen: Listen
) -> None:
    login = "desk"
    grant = identity.RoleGrant(identity.Role.FRONT_DESK, hotel.property_id)
    cmd = identity.CreateStaff("Desk", login, roles=(grant,), password="correct horse battery")
    await hotel.do(lambda work: identity.create_staff(work, cmd))

    async def sign_in() -> str:
        answer = await live.http.post("/auth/token", json={"login": login, "password": "correct horse battery"})
        return answer.json()["access_token"]

    renewed, idle = await listen(live.url, await sign_in()), await listen(live.url, await sign_in())
    another = await token_of(live, hotel, "housekeeper")
    clock.set(clock.now() + timedelta(minutes=10))
    assert (await renewed.client.call("authenticate", {"token": another}, timeout=60))["code"] == "another_person"
    assert (await renewed.client.call("authenticate", {"token": await sign_in()}, timeout=60))["ok"] is True
    clock.set(clock.now() + timedelta(minutes=6))
    await idle.until(lambda: not idle.client.connected)
    assert idle.named("bye") == [{"reason": "expired"}]
    await ready(hotel, "1")
    await renewed.until(lambda: len(renewed.events) == 1)


@pytest.mark.parametrize("how", ["signed_out", "deactivated", "changed"])
async def test_ended_access_ends_within_five_seconds(live: Served, hotel: Hotel, listen: Listen, how: str) -> None:
    boss = {"authorization": f"Bearer {await token_of(live, hotel, 'executive_admin', everywhere=True)}"}
    token = await token_of(live, hotel, "front_desk")
    mine = {"authorization": f"Bearer {token}"}
    ear = await listen(live.url, token)
    person = (await live.http.get("/me", headers=mine)).json()
    began = time.monotonic()
    if how == "signed_out":
        answer = await live.http.post("/auth/logout", headers=mine)
    elif how == "deactivated":
        answer = await live.http.post(f"/staff/{person['id']}/deactivate", headers=boss)
    else:
        read = await live.http.get(f"/staff/{person['id']}", headers=boss)
        roles = [{"role": "housekeeper", "property_id": encode("prp", hotel.property_id)}]
        answer = await live.http.patch(
            f"/staff/{person['id']}", json={"roles": roles, "version": read.json()["version"]}, headers=boss
        )
    assert answer.is_success, answer.text
    await ear.until(lambda: not ear.client.connected)
    assert time.monotonic() - began < 5
    assert ear.named("bye") == [{"reason": "changed" if how == "changed" else "signed_out"}]
    assert len(live.channel.hub) == 0


async def test_silence_is_noticed_by_the_heads(
    live: Served, hotel: Hotel, listen: Listen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub, "HEADS", 0.2)
    ear = await listen(live.url, await token_of(live, hotel, "front_desk"))
    await ready(hotel, "1")
    await ear.until(lambda: len(ear.named("head")) >= 2)
    assert ear.named("head")[-1]["streams"] == ear.cursors
    assert ear.gaps == []


async def test_the_hub_tells_when_it_does_not_turn(live: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    root = live.url
    assert (await live.http.get(f"{root}/health/ready")).json()["live"] == "ok"
    monkeypatch.setattr(hub, "DEAD", -1.0)
    assert (await live.http.get(f"{root}/health/ready")).status_code == 503


async def test_two_web_processes_tell_the_same(house: House, live: Served, hotel: Hotel, listen: Listen) -> None:
    token = await token_of(live, hotel, "front_desk")
    async with served(house) as second:
        ears = [await listen(one.url, token) for one in (live, second)]
        [room] = await rooms(hotel, "1")
        for n in range(20):
            await put(hotel, room, condition=Condition.CLEAN if n % 2 == 0 else Condition.DIRTY)
        for ear in ears:
            await ear.until(lambda ear=ear: len(ear.events) == 21)
        assert ears[0].events == ears[1].events
        assert ears[0].gaps == ears[1].gaps == []
        for ear in ears:
            await ear.hang_up()
