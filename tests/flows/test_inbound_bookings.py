"""Messages of the booking system are read in both spellings, or refused."""

from __future__ import annotations

from collections.abc import Coroutine
from dataclasses import replace
from datetime import UTC, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from serai.access.tenancy.model import Policies, Property
from serai.areas.stays.model import BookingFact, Hours, NewStay, State, begin, words
from serai.flows import inbound_bookings
from serai.flows.inbound_bookings import UnknownRoom
from serai.kernel.errors import Invalid, Refusal
from serai.runtime.events.inbox import Message
from serai.runtime.wire import to_json

ROOMS = {"101": UUID(int=101), "A-101": UUID(int=101), "102": UUID(int=102)}
HOTEL = Property(
    UUID(int=3), UUID(int=2), "main", "Main", "Asia/Kabul", "AFN", "fa-AF", time(15), time(11), time(4),
    Policies(guest_names=True), 1,
)  # fmt: skip
AT = datetime(2026, 3, 2, 8, tzinfo=UTC)


async def find_room(text: str) -> UUID | None:
    return ROOMS.get(text)


async def read(*, names: bool = False, **data: Any) -> BookingFact:
    hotel = replace(HOTEL, policies=Policies(guest_names=names))
    message = Message("7", "/pms", "booking.created", AT, {"booking_reference": "R1", **data})
    return await inbound_bookings.read(message, State.CONFIRMED, hotel, find_room)


async def refused(**data: Any) -> str:
    with pytest.raises(Invalid) as refusal:
        await read(**data)
    return refusal.value.faults[0].pointer


async def test_both_spellings_say_the_same() -> None:
    snake = await read(room_number="101", guest_id="g1", arrival="2026-03-02", room_type="K", vip=True)
    camel = await read(roomNumber="101", guestId="g1", arrival="2026-03-02", roomType="K", vip="VIP1")
    assert snake == camel
    assert snake.about == {
        "room_id": str(ROOMS["101"]), "guest_reference": "g1", "arrival": "2026-03-02", "room_type": "K", "vip": True,
    }  # fmt: skip


async def test_both_spellings_at_once_must_agree() -> None:
    assert (await read(roomNumber="101", room_number="101")).about["room_id"] == str(ROOMS["101"])
    assert await refused(roomNumber="101", room_number="102") == "/data/"


async def test_a_room_is_known_by_any_of_its_names_but_not_by_those_of_two() -> None:
    assert (await read(venue_id="A-101", room_number=101)).about["room_id"] == str(ROOMS["101"])
    assert await refused(external_code="A-101", room_number="102") == "/data/"
    with pytest.raises(UnknownRoom, match="room_number 999"):
        await read(room_number="999")


async def test_two_rooms_are_two_lines_and_a_line_can_be_named() -> None:
    two = await read(arrival="2026-03-02", rooms=[{"room_number": "101"}, {"roomNumber": "102", "adults": 1}])
    assert dict(two.lines) == {1: {"room_id": str(ROOMS["101"])}, 2: {"room_id": str(ROOMS["102"]), "adults": 1}}
    assert two.about == {"arrival": "2026-03-02"}
    assert dict((await read(line=2)).lines) == {2: {}}
    assert dict((await read(rooms=[{"line": 5}])).lines) == {5: {}}
    assert await refused(rooms=[{"line": 2}, {}]) == "/data/rooms"


async def test_a_name_is_kept_only_where_the_property_keeps_names() -> None:
    assert "guest_name" not in (await read(guest_name="Ada")).about
    assert (await read(names=True, guest_name="Ada")).about["guest_name"] == "Ada"


async def test_null_and_unknown_fields_say_nothing() -> None:
    assert (await read(adults=None, colour="blue")).about == {}


async def test_hours_are_wall_times_or_instants() -> None:
    fact = await read(eta="16:30", etd="2026-03-05T09:00:00+04:30")
    assert fact.about == {"eta": "16:30", "etd": "2026-03-05T09:00:00+04:30"}


@pytest.mark.parametrize(
    ("data", "pointer"),
    [
        ({"booking_reference": ""}, "/data/booking_reference"),
        ({"booking_reference": ["R1"]}, "/data/booking_reference"),
        ({"booking_reference": "R\x7f1"}, "/data/booking_reference"),
        ({"arrival": "2026-02-30"}, "/data/arrival"),
        ({"arrival": 5}, "/data/arrival"),
        ({"arrival": "2026-03-02T15:00:00"}, "/data/arrival"),
        ({"arrival": "0001-01-01"}, "/data/arrival"),
        ({"departure": "9999-12-31T23:59:59-12:00"}, "/data/departure"),
        ({"arrival": "2026-03-03", "departure": "2026-03-02"}, "/data/"),
        ({"eta": "2026-03-02"}, "/data/eta"),
        ({"eta": "25:00"}, "/data/eta"),
        ({"adults": -1}, "/data/adults"),
        ({"adults": 10**30}, "/data/adults"),
        ({"vip": 7}, "/data/vip"),
        ({"line": 0}, "/data/line"),
        ({"rooms": {}}, "/data/rooms"),
        ({"rooms": ["101"]}, "/data/rooms/0"),
        ({"rooms": [{}] * 101}, "/data/rooms"),
    ],
)
async def test_what_cannot_be_understood_is_refused_with_its_place(data: dict[str, Any], pointer: str) -> None:
    assert await refused(**data) == pointer


async def test_data_that_is_no_object_is_refused() -> None:
    with pytest.raises(Invalid):
        await inbound_bookings.read(Message("7", "/pms", "t", AT, [1]), None, HOTEL, find_room)


SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text(max_size=12),
    st.sampled_from(["101", "2026-03-02", "2026-03-02T10:00:00Z", "9999-12-31", "0001-01-01", "24:00", "14:30", "T"]),
    st.dates().map(str), st.datetimes().map(str), st.times().map(str),
)  # fmt: skip
JSON = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner))
NAMES = st.sampled_from([
    "booking_reference", "bookingReference", "line", "rooms", "room_id", "venue_id", "room_number", "room_type",
    "arrival", "departure", "adults", "children", "guest_id", "guest_name", "vip", "eta", "etd",
])  # fmt: skip
DATA = st.dictionaries(NAMES, JSON, max_size=8) | JSON
HOURS = Hours(ZoneInfo("Asia/Kabul"), time(15), time(11), time(10), time(18))


def at_once(reading: Coroutine[Any, Any, BookingFact]) -> BookingFact:
    """Its outcome: nothing in it waits, so it needs no loop, which would be the slow part."""
    with pytest.raises(StopIteration) as done:
        reading.send(None)
    return done.value.value


@given(DATA)
@settings(max_examples=200)
def test_whatever_comes_is_read_as_a_stay_or_refused(data: Any) -> None:
    message = Message("7", "/pms", "booking.created", AT, data)
    try:
        fact = at_once(inbound_bookings.read(message, State.CONFIRMED, HOTEL, find_room))
    except Refusal:
        return
    for own in ({}, *fact.lines.values()):
        said = words(fact.state, fact.at, fact.key, {**fact.about, **own}, fact.sequence)
        decision = begin(NewStay(UUID(int=1), HOTEL.tenant_id, HOTEL.id, fact.booking_reference, 1), said, HOURS)
        assert decision.record.arrival <= decision.record.departure
        assert to_json(decision.record)
