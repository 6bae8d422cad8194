"""Stays over HTTP and by their service: lists, hours, arrivals, the desk."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from serai.areas.stays import model, service
from serai.areas.stays.model import BookingFact, State, Stay
from serai.kernel.errors import IllegalMove, NotFound
from serai.kernel.ids import encode
from tests.conftest import START, make_hotel

ROOM, OTHER = uuid4(), uuid4()


async def book(
    hotel: Any, reference: str = "R1", *, minutes: int = 0, state: State = State.CONFIRMED, **about: Any
) -> Stay:
    """Tell of a booking: its first stay."""
    told = {"arrival": "2026-03-02", "departure": "2026-03-04", **about}
    at = START + timedelta(minutes=minutes)
    fact = BookingFact(hotel.property_id, reference, state, at, f"e{minutes}", told)
    return (await hotel.do(lambda work: service.apply_booking(work, fact)))[0]


async def listed(client: httpx.AsyncClient, headers: dict[str, str], **query: Any) -> list[str]:
    answer = await client.get("/stays", params=query, headers=headers)
    assert answer.status_code == 200, answer.text
    return [one["booking_reference"] for one in answer.json()["items"]]


async def test_the_list_is_filtered_by_room_state_day_and_booking(client: Any, sign: Any, hotel: Any) -> None:
    await book(hotel, "A", room_id=str(ROOM))
    await book(hotel, "B", arrival="2026-03-03")
    await book(hotel, "C", state=State.CANCELLED)
    desk = await sign("front_desk")
    assert await listed(client, desk) == ["A", "C", "B"]
    assert await listed(client, desk, sort="-arrival", limit=1) == ["B"]
    assert await listed(client, desk, room_id=encode("spc", ROOM)) == ["A"]
    assert await listed(client, desk, state="cancelled") == ["C"]
    assert await listed(client, desk, booking_reference="B", property_id=encode("prp", hotel.property_id)) == ["B"]
    assert await listed(client, desk, arrival_date="2026-03-03") == ["B"]
    for query in (
        {"state": "here"},
        {"arrival_date": "2026-02-30"},
        {"sort": "room"},
        {"room_id": "prp_1"},
        {"a": "b"},
    ):
        assert (await client.get("/stays", params=query, headers=desk)).status_code == 422, query


async def test_the_list_goes_on_behind_its_cursor_both_ways(client: Any, sign: Any, hotel: Any) -> None:
    for day in range(2, 7):
        await book(hotel, f"R{day}", arrival=f"2026-03-0{day}", departure="2026-03-09")
    viewer = await sign("viewer")
    for sort, expected in (("arrival", "R2 R3 R4 R5 R6"), ("-arrival", "R6 R5 R4 R3 R2")):
        found: list[str] = []
        query: dict[str, Any] = {"limit": 2, "sort": sort, "count": True}
        while query.get("cursor", "first"):
            answer = (await client.get("/stays", params=query, headers=viewer)).json()
            found += [one["booking_reference"] for one in answer["items"]]
            query["cursor"] = answer["next_cursor"]
            assert answer["total"] == 5
        assert " ".join(found) == expected


async def test_a_day_needs_its_property_where_there_are_many(client: Any, sign: Any, hotel: Any) -> None:
    boss = await sign("executive_admin", everywhere=True)
    assert (await client.get("/stays?arrival_date=2026-03-02", headers=boss)).status_code == 422
    place = encode("prp", hotel.property_id)
    assert await listed(client, boss, arrival_date="2026-03-02", property_id=place) == []
    absent = await client.get(f"/stays?property_id={encode('prp', uuid4())}&arrival_date=2026-03-02", headers=boss)
    assert absent.status_code == 404


async def test_another_tenants_stay_is_absent(client: Any, sign: Any, hotel: Any, house: Any) -> None:
    stay = await book(await make_hotel(house, "other"))
    desk = await sign("front_desk")
    path = f"/stays/{encode('sty', stay.id)}"
    assert (await client.get(path, headers=desk)).status_code == 404
    assert (await client.patch(path, json={"version": 1}, headers=desk)).status_code == 404
    assert (await client.post(f"{path}/assign-room", json={"room_id": None}, headers=desk)).status_code == 404
    assert await listed(client, desk) == []


async def test_the_desk_says_when_a_guest_is_expected(client: Any, sign: Any, hotel: Any) -> None:
    path = f"/stays/{encode('sty', (await book(hotel, eta='14:00')).id)}"
    desk = await sign("front_desk")
    seen = await client.get(path, headers=desk)
    assert seen.json()["eta"] == "2026-03-02T09:30:00+00:00"
    assert (await client.patch(path, json={"eta": None}, headers=desk)).status_code == 428
    later = {"eta": "2026-03-02T20:00:00+04:30", "etd": "2026-03-04T04:00:00Z"}
    told = await client.patch(path, json=later, headers={**desk, "if-match": seen.headers["etag"]})
    assert (told.json()["eta"], told.json()["version"]) == ("2026-03-02T15:30:00+00:00", 2)
    assert (await client.patch(path, json={**later, "version": 1}, headers=desk)).status_code == 412
    back = await client.patch(path, json={"eta": None, "version": 2}, headers=desk)
    assert (back.json()["eta"], back.json()["etd"]) == (None, "2026-03-04T04:00:00+00:00")
    assert (await client.patch(path, json={"eta": "soon", "version": 3}, headers=desk)).status_code == 422
    maid = await sign("housekeeper")
    assert (await client.patch(path, json={"eta": None, "version": 3}, headers=maid)).status_code == 403
    assert (await client.get(path, headers=maid)).json()["allowed_actions"] == []


async def test_an_event_newer_than_the_desks_word_wins_and_an_older_one_does_not(hotel: Any) -> None:
    stay = await book(hotel, minutes=-10, adults=2)
    when = datetime(2026, 3, 2, 20, tzinfo=UTC)
    await hotel.do(lambda work: service.expect(work, stay.id, stay.version, {"eta": when}))
    assert (await book(hotel, minutes=-5, eta="14:00")).eta == when
    assert (await book(hotel, minutes=5, eta="14:00")).eta == datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


async def test_the_guest_in_the_room_and_the_next_one_are_found(hotel: Any) -> None:
    first = await book(hotel, "A", room_id=str(ROOM))
    late = await book(hotel, "B", room_id=str(ROOM), arrival="2026-03-04", departure="2026-03-06")
    await book(hotel, "C", room_id=str(OTHER))

    async def ask(after: datetime) -> tuple[str | None, str | None]:
        async def act(work: Any) -> tuple[str | None, str | None]:
            now = await service.current_stay(work.tx, work.tenant_id, ROOM)
            then = await service.next_arrival(work.tx, work.tenant_id, ROOM, after)
            return now and now.booking_reference, then and then.booking_reference

        return await hotel.do(act)

    assert await ask(START) == (None, "A")
    await hotel.do(lambda work: service.check_in(work, first.id, START))
    assert await ask(START) == ("A", "B")
    assert await ask(late.arrival + timedelta(hours=9)) == ("A", "B")
    assert await ask(late.departure) == ("A", None)
    gone = await hotel.do(lambda work: service.complete(work, first.id, START))
    assert gone.state is State.COMPLETED
    assert (await hotel.do(lambda work: service.complete(work, first.id, START))).version == gone.version
    with pytest.raises(IllegalMove):
        await hotel.do(lambda work: service.check_in(work, first.id, START))
    with pytest.raises(NotFound):
        await hotel.do(lambda work: service.check_in(work, uuid4(), START))


async def test_a_record_is_the_fold_of_its_events(hotel: Any) -> None:
    await book(hotel, minutes=-30, room_id=str(ROOM), eta="14:00")
    await book(hotel, minutes=-20, room_id=str(OTHER), adults=3)
    stay = await book(hotel, minutes=-10, state=State.CHECKED_IN, vip=True)

    async def last(work: Any) -> Any:
        sql = "select payload from app.journal where subject = $1 order by version desc limit 1"
        return await work.tx.fetchval(sql, stay.id), await service.get_stay(work.tx, work.tenant_id, stay.id)

    payload, record = await hotel.do(last)
    told = model.payload(record)
    assert payload == {
        name: value.isoformat() if isinstance(value := getattr(told, name), datetime) else value
        for name in told.__slots__
    }


async def test_two_stays_do_not_share_a_room_and_a_room_is_given_by_hand(client: Any, sign: Any, hotel: Any) -> None:
    admin, desk = await sign("venue_admin"), await sign("front_desk")
    body = {"property_id": encode("prp", hotel.property_id), "number": "101", "room_type": "K"}
    room = (await client.post("/rooms", json=body, headers=admin)).json()["id"]
    first, second = await book(hotel, "A"), await book(hotel, "B")
    path = f"/stays/{encode('sty', first.id)}/assign-room"
    given = await client.post(path, json={"roomId": room}, headers=desk)
    assert (given.status_code, given.json()["room_id"], given.json()["version"]) == (200, room, 2)
    again = await client.post(path, json={"room_id": room}, headers=desk)
    assert again.json()["version"] == 2
    taken = await client.post(f"/stays/{encode('sty', second.id)}/assign-room", json={"room_id": room}, headers=desk)
    assert (taken.status_code, "Booking A" in taken.json()["detail"]) == (409, True)
    assert (await client.post(path, json={"room_id": encode("spc", uuid4())}, headers=desk)).status_code == 404
    assert (await client.post(path, json={}, headers=desk)).status_code == 422
    assert (await client.post(path, json={"room_id": None}, headers=desk)).json()["room_id"] is None


async def test_a_name_is_shown_to_who_manages_stays_alone(client: Any, sign: Any, hotel: Any) -> None:
    path = f"/stays/{encode('sty', (await book(hotel, guest_name='Ada')).id)}"
    assert (await client.get(path, headers=await sign("front_desk"))).json()["guest_name"] == "Ada"
    assert (await client.get(path, headers=await sign("housekeeper"))).json()["guest_name"] is None


async def test_a_booking_told_by_two_workers_at_once_is_one_stay(hotel: Any) -> None:
    found = await asyncio.gather(*(book(hotel, minutes=-minute, adults=minute % 3 + 1) for minute in range(20)))
    assert len({one.id for one in found}) == 1

    async def only(work: Any) -> Stay:
        return await service.get_stay(work.tx, work.tenant_id, UUID(int=found[0].id.int))

    assert (await hotel.do(only)).adults == 1
