"""The facts of a stay, each with the whole record after it; never a guest's name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from serai.kernel.event import EventType


@dataclass(frozen=True, slots=True)
class StayPayload:
    """A stay as others see it: ids are TypeIDs, instants are UTC."""

    id: str
    property_id: str
    booking_reference: str
    line: int
    room_id: str | None
    room_type: str | None
    guest_reference: str | None
    arrival: datetime
    departure: datetime
    adults: int
    children: int
    vip: bool
    eta: datetime | None
    etd: datetime | None
    service_nights: int | None
    state: str
    version: int


def _type(name: str, summary: str) -> EventType:
    live = f"stay:{name.replace('_', '-')}"
    return EventType(f"property.stay.{name}.v1", summary, "sty", StayPayload, socketio=live, permission="stay.read")


STAY_CREATED = _type("created", "A stay became known.")
STAY_UPDATED = _type("updated", "Dates, guests or hours of a stay changed, or it was reinstated.")
STAY_MOVED = _type("moved", "A stay has another room, its first one, or none any more.")
STAY_CHECKED_IN = _type("checked_in", "The guest has come.")
STAY_COMPLETED = _type("completed", "The guest has left.")
STAY_CANCELLED = _type("cancelled", "The guest will not come.")
STAY_NO_SHOW = _type("no_show", "The guest did not come.")

ALL = (
    STAY_CREATED,
    STAY_UPDATED,
    STAY_MOVED,
    STAY_CHECKED_IN,
    STAY_COMPLETED,
    STAY_CANCELLED,
    STAY_NO_SHOW,
)
