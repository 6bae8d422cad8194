"""Events come in over HTTP: once, in any order, from anybody, in any shape."""

from __future__ import annotations

import asyncio
import itertools
import random
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import httpx
import orjson
import pytest

from serai.access.identity import service as identity
from serai.kernel.clock import ManualClock
from serai.kernel.ids import encode
from serai.runtime.jobs.background import Background

Send = Callable[..., Awaitable[httpx.Response]]
MEDIA = {"content-type": "application/cloudevents+json"}
BATCH = {"content-type": "application/cloudevents-batch+json"}
NIGHTS = {"arrival": "2026-03-02", "departure": "2026-03-04"}
HISTORY = (
    ("booking.created", 0, {"room_number": "101", "adults": 2, **NIGHTS}),
    ("booking.modified", 5, {"room_number": "102"}),
    ("reservation.checked_in.v1", 10, {}),
    ("booking.completed", 20, {"venue_id": "102"}),
)


@pytest.fixture
async def admin(sign: Any) -> dict[str, str]:
    return await sign("venue_admin")


@pytest.fixture
async def rooms(client: httpx.AsyncClient, admin: dict[str, str], hotel: Any) -> dict[str, str]:
    """Rooms 101 and 102: number → id."""
    found: dict[str, str] = {}
    for number in ("101", "102"):
        body = {"property_id": encode("prp", hotel.property_id), "number": number, "room_type": "K"}
        answer = await client.post("/rooms", json=body, headers=admin)
        assert answer.status_code == 201, answer.text
        found[number] = answer.json()["id"]
    return found


@pytest.fixture
def event(hotel: Any, clock: ManualClock) -> Callable[..., dict[str, Any]]:
    """An event of booking R1, `minutes` after the clock's first moment."""
    start, count = clock.now(), itertools.count(1)

    def make(kind: str, minutes: float = 0, data: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
        return {
            "specversion": "1.0", "id": str(next(count)), "source": "/pms", "type": kind,
            "data": {"booking_reference": "R1", **(data or {})},
            "time": (start + timedelta(minutes=minutes)).isoformat(),
            "propertyid": encode("prp", hotel.property_id), **more,
        }  # fmt: skip

    return make


@pytest.fixture
def send(client: httpx.AsyncClient, admin: dict[str, str]) -> Send:
    async def send(event: Any, **headers: str) -> httpx.Response:
        media = BATCH if isinstance(event, list) else MEDIA
        return await client.post("/events", content=orjson.dumps(event), headers={**admin, **media, **headers})

    return send


async def status(answer: httpx.Response) -> str:
    assert answer.status_code == 202, answer.text
    return answer.json()["results"][0]["status"]


async def stays(client: httpx.AsyncClient, admin: dict[str, str]) -> list[dict[str, Any]]:
    return (await client.get("/stays", headers=admin)).json()["items"]


async def test_a_booking_of_two_rooms_is_two_stays(
    send: Send, event: Any, client: Any, admin: Any, rooms: dict[str, str]
) -> None:
    two = [{"room_number": "101", "adults": 2}, {"roomNumber": "102"}]
    assert await status(await send(event("booking.created", 0, {**NIGHTS, "rooms": two}))) == "applied"
    assert [(one["line"], one["room_id"], one["adults"]) for one in await stays(client, admin)] == [
        (1, rooms["101"], 2),
        (2, rooms["102"], 1),
    ]


async def test_what_was_said_of_the_whole_booking_holds_for_a_room_told_later(
    send: Send, event: Any, client: Any, admin: Any
) -> None:
    await send(event("booking.cancelled", 5))
    await send(event("booking.created", 0, {**NIGHTS, "rooms": [{}, {}]}))
    assert [one["state"] for one in await stays(client, admin)] == ["cancelled", "cancelled"]


async def test_a_check_in_without_a_line_finds_its_room_and_waits_where_there_is_none(
    send: Send, event: Any, client: Any, admin: Any, rooms: Any
) -> None:
    await send(event("booking.created", 0, {**NIGHTS, "rooms": [{"room_number": "101"}, {}]}))
    assert await status(await send(event("reservation.checked_in.v1", 1, {"room_number": "101"}))) == "applied"
    assert [one["state"] for one in await stays(client, admin)] == ["checked_in", "confirmed"]
    assert await status(await send(event("booking.completed", 1, {"room_number": "102"}))) == "waiting"


@pytest.mark.parametrize("order", list(itertools.permutations(range(4)))[::4])
async def test_events_out_of_order_end_in_the_same_stay(
    order: tuple[int, ...], send: Send, event: Any, client: Any, admin: Any, rooms: dict[str, str]
) -> None:
    for place in order:
        await send(event(*HISTORY[place]))
    (stay,) = await stays(client, admin)
    assert (stay["state"], stay["room_id"], stay["adults"], stay["arrival"][:10]) == (
        "completed",
        rooms["102"],
        2,
        "2026-03-02",
    )


async def test_fifty_copies_at_once_have_one_effect(
    send: Send, event: Any, client: Any, admin: Any, hotel: Any, rooms: Any
) -> None:
    copies = [event(*one) for one in HISTORY] * 50
    random.Random(7).shuffle(copies)
    answers = await asyncio.gather(*(send(one) for one in copies))
    results = [one.json()["results"][0] for one in answers]
    assert sum(not one["repeat"] for one in results) == len(HISTORY)
    (stay,) = await stays(client, admin)

    async def count(tx: Any) -> int:
        return await tx.fetchval("select count(*) from app.journal where type like 'property.stay.%'")

    assert await hotel.do(lambda work: count(work.tx)) == stay["version"]


async def test_an_older_event_is_kept_and_changes_nothing(send: Send, event: Any, client: Any, admin: Any) -> None:
    await send(event("booking.created", 10, NIGHTS))
    assert await status(await send(event("booking.modified", 5, {"departure": "2026-03-09"}))) == "ignored"
    assert (await stays(client, admin))[0]["version"] == 1
    assert (await client.get("/events?status=ignored&count=true", headers=admin)).json()["total"] == 1


async def test_binary_and_plain_json_are_events_too(client: Any, admin: Any, event: Any, send: Send) -> None:
    made = event("booking.created", 0, NIGHTS)
    headers = {f"ce-{name}": value for name, value in made.items() if name != "data"}
    assert await status(await client.post("/events", json=made["data"], headers={**admin, **headers})) == "applied"
    assert await status(await client.post("/events", json=event("booking.cancelled", 1), headers=admin)) == "applied"
    again = (await send(made)).json()["results"][0]
    assert (again["status"], again["repeat"]) == ("applied", True)


async def test_a_batch_has_a_result_an_event_and_a_bad_one_does_not_lose_the_others(
    send: Send, event: Any, client: Any, admin: Any
) -> None:
    answer = await send([
        event("booking.created", 0, NIGHTS),
        event("booking.modified", 1, {"adults": -1}),
        event("booking.modified", -200_000),
        event("weather.changed", 1, {"booking_reference": "R1"}),
        event("booking.cancelled", 2),
    ])  # fmt: skip
    assert answer.status_code == 202
    results = answer.json()["results"]
    assert [one["status"] for one in results] == ["applied", "refused", "refused", "parked", "applied"]
    assert "/data/adults" in results[1]["reason"]
    assert "90 days" in results[2]["reason"]
    assert (await stays(client, admin))[0]["state"] == "cancelled"


async def test_a_refused_event_sent_again_is_judged_anew(send: Send, event: Any) -> None:
    bad = event("booking.created", 0, {**NIGHTS, "adults": "many"})
    refused = await send(bad)
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid")
    assert "/data/adults" in refused.json()["detail"]
    assert await status(await send({**bad, "data": {"booking_reference": "R1", **NIGHTS}})) == "applied"


async def test_an_unknown_room_is_waited_for_and_then_parked_until_a_person_replays_it(
    send: Send, event: Any, client: Any, admin: Any, hotel: Any, sign: Any, clock: ManualClock, background: Background
) -> None:
    for number in ("301", "302"):
        made = event("booking.created", 0, {"booking_reference": number, "room_number": number, **NIGHTS})
        assert await status(await send(made)) == "waiting"
    property_id = encode("prp", hotel.property_id)

    async def build(number: str, admin: dict[str, str]) -> None:
        body = {"property_id": property_id, "number": number, "room_type": "K"}
        assert (await client.post("/rooms", json=body, headers=admin)).status_code == 201

    await build("301", admin)
    clock.set(clock.now() + timedelta(seconds=2))
    await background.settle()
    assert [one["booking_reference"] for one in await stays(client, admin)] == ["301"]
    for _ in range(6):
        clock.set(clock.now() + timedelta(minutes=11))
        await background.settle()
    fresh = await sign("venue_admin")
    (parked,) = (await client.get("/events?status=parked", headers=fresh)).json()["items"]
    assert "302 is no room" in parked["reason"]
    assert (parked["attempts"], parked["allowed_actions"]) == (6, ["replay"])
    await build("302", fresh)
    replayed = await client.post(f"/events/{parked['id']}/replay", headers=fresh)
    assert replayed.json()["status"] == "applied", replayed.text
    assert (await client.post(f"/events/{parked['id']}/replay", headers=fresh)).json()["status"] == "applied"
    assert len(await stays(client, fresh)) == 2


async def test_an_unknown_name_is_parked_without_the_guests_name(
    send: Send, event: Any, client: Any, admin: Any
) -> None:
    assert await status(await send(event("guest.sneezed", 0, {"guest_name": "Ada", "loud": True}))) == "parked"
    (entry,) = (await client.get("/events", headers=admin)).json()["items"]
    assert entry["data"] == {"booking_reference": "R1", "loud": True}
    assert (await client.get(f"/events/{entry['id']}", headers=admin)).json()["type"] == "guest.sneezed"


async def test_an_event_that_names_another_tenant_is_refused_and_parked_without_its_data(
    send: Send, event: Any, client: Any, hotel: Any, sign: Any
) -> None:
    foreign = event("booking.created", 0, NIGHTS, tenantid="ten_00000000000000000000000001")
    answer = await send([event("booking.created", 0, NIGHTS), foreign])
    assert (answer.status_code, answer.json()["code"]) == (403, "another_tenant")
    everywhere = await sign("executive_admin", everywhere=True)
    (entry,) = (await client.get("/events", headers=everywhere)).json()["items"]
    assert (entry["status"], entry["data"], entry["property_id"]) == ("parked", None, None)
    assert (await client.post(f"/events/{entry['id']}/replay", headers=everywhere)).status_code == 409
    mine = {**foreign, "tenantid": encode("ten", hotel.tenant_id)}
    assert await status(await send(mine)) == "applied"


async def test_our_own_event_is_dropped(send: Send, event: Any, client: Any, admin: Any, hotel: Any) -> None:
    source = f"/serai/{encode('ten', hotel.tenant_id)}/x"
    assert await status(await send(event("booking.created", 0, NIGHTS, source=source))) == "dropped"
    assert (await client.get("/events", headers=admin)).json()["items"] == []


async def test_an_event_of_the_future_does_not_win_for_ever(
    send: Send, event: Any, client: Any, admin: Any, clock: ManualClock
) -> None:
    await send(event("booking.created", 60 * 24 * 300, {**NIGHTS, "adults": 3}))
    clock.set(clock.now() + timedelta(minutes=6))
    assert await status(await send(event("booking.modified", 6, {"adults": 1}))) == "applied"
    assert (await stays(client, admin))[0]["adults"] == 1


async def test_the_property_is_the_keys_only_one_or_said(
    send: Send, event: Any, client: Any, hotel: Any, sign: Any
) -> None:
    unplaced = event("booking.created", 0, NIGHTS)
    del unplaced["propertyid"]
    everywhere = await sign("executive_admin", everywhere=True)
    refused = await send(unplaced, **everywhere)
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/propertyid")
    cmd = identity.CreateKey("pms", frozenset({identity.Role("integration")}), frozenset({hotel.property_id}))
    _, secret = await hotel.do(lambda work: identity.create_key(work, cmd))
    key = {"authorization": f"Bearer {secret}"}
    assert await status(await send(unplaced, **key)) == "applied"
    assert (await client.get("/events", headers=key)).status_code == 403
    assert await status(await send({**unplaced, "id": "odd", "type": "odd"}, **everywhere)) == "parked"


async def test_another_property_is_absent_and_a_housekeeper_sends_nothing(send: Send, event: Any, sign: Any) -> None:
    elsewhere = event("booking.created", 0, NIGHTS, propertyid="prp_00000000000000000000000001")
    assert (await send(elsewhere)).status_code == 404
    assert (await send(elsewhere, **await sign("executive_admin", everywhere=True))).status_code == 404
    assert (await send({**elsewhere, "propertyid": "spc_1"})).status_code == 422
    assert (await send(event("booking.created", 0, NIGHTS), **await sign("housekeeper"))).status_code == 403


BAD = (
    b"", b"{", b"null", b"[", b'"x"', b"{}", b'{"specversion":"1.0"}', b"[1]", b"[[[]]]", b"\xff",
    b'{"a":NaN}', b'{"a":Infinity}', b'{"a":1e400}', b'{"a":"\\ud800"}', b'{"a":"\\u0000"}', b'{"a":"\x00"}',
    b'{"a":1,"a":2}', b"[" * 100_000, b'{"a":' * 21 + b"1" + b"}" * 21, b'"' + b"x" * 1_100_000 + b'"',
)  # fmt: skip


async def test_bad_bodies_are_refused_as_problems(client: Any, admin: Any) -> None:
    media = (MEDIA, BATCH, {"content-type": "application/json"}, {"content-type": "text/plain"})
    for body, form in itertools.product(BAD, media):
        answer = await client.post("/events", content=body, headers={**admin, **form})
        assert 400 <= answer.status_code < 500, (body[:40], form, answer.text)
        assert answer.headers["content-type"] == "application/problem+json"


async def test_old_entries_are_forgotten_and_parked_ones_kept(
    send: Send, event: Any, client: Any, hotel: Any, clock: ManualClock, background: Background
) -> None:
    await send([event("booking.created", 0, NIGHTS), event("odd", 0)])
    clock.set(clock.now() + timedelta(days=91))
    await background.settle()

    async def left(tx: Any) -> list[str]:
        return [row["status"] for row in await tx.fetch("select status from app.inbox")]

    assert await hotel.do(lambda work: left(work.tx)) == ["parked"]
