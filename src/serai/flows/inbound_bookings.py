"""What a message of the booking system says, read into a fact."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from uuid import UUID

from pydantic import ValidationError

from serai.access.tenancy.model import Property
from serai.areas.stays.model import BookingFact, State
from serai.flows.inbound_schema import Said, SaidOfBooking
from serai.kernel.errors import Conflict, Fault, Invalid
from serai.kernel.text import text
from serai.runtime.events.inbox import Message
from serai.runtime.http.problems import worded

_ROOMS = ("room_id", "venue_id", "external_code", "room_number")
_FIELDS = [
    "room_type",
    "guest_reference",
    "guest_name",
    "arrival",
    "departure",
    "adults",
    "children",
    "vip",
    "eta",
    "etd",
]
FindRoom = Callable[[str], Awaitable[UUID | None]]


class UnknownRoom(Conflict):
    """The room is not known here."""


async def read(message: Message, state: State | None, hotel: Property, find_room: FindRoom) -> BookingFact:
    """The fact; what cannot be understood is refused with where it stands, a room nobody knows is a conflict."""
    try:
        told = SaidOfBooking.model_validate(message.data)
    except ValidationError as error:
        faults = [Fault("/".join(map(str, one["loc"])), worded(one)) for one in error.errors()]
        raise _unreadable(*faults) from None
    lines: dict[int, Mapping[str, Any]] = {}
    for place, room in enumerate(told.rooms, 1):
        line = room.line or place
        if line in lines:
            raise _unreadable(Fault("rooms", text("line {line} is given twice", line=line)))
        lines[line] = await _about(room, hotel, find_room)
    about = await _about(told, hotel, find_room)
    if told.line and not lines:
        lines = {told.line: {}}
    assert message.at, "the inbox gives every message its instant"  # noqa: S101
    key = f"{message.source} {message.id}"
    return BookingFact(hotel.id, told.booking_reference, state, message.at, key, about, lines, message.sequence)


async def _about(told: Said, hotel: Property, find_room: FindRoom) -> dict[str, Any]:
    about = {name: value for name in _FIELDS if (value := getattr(told, name)) is not None}
    if not hotel.policies.guest_names:
        about.pop("guest_name", None)
    rooms = {name: await find_room(one) for name in _ROOMS if (one := getattr(told, name)) is not None}
    for name, room in rooms.items():
        if room is None:
            raise UnknownRoom(
                text("{name} {value} is no room of {hotel}.", name=name, value=getattr(told, name), hotel=hotel.code)
            )
    if len(set(rooms.values())) > 1:
        raise _unreadable(Fault("", text("{names} are different rooms", names=list(rooms))))
    if rooms:
        about["room_id"] = str(next(iter(rooms.values())))
    return about


def _unreadable(*faults: Fault) -> Invalid:
    told = [Fault(f"/data/{one.pointer}", one.message) for one in faults]
    return Invalid("The booking cannot be read.", faults=told)
