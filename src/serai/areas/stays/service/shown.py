"""How stays are answered."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import Field

from serai.areas.stays.model import LIVE, State, Stay
from serai.kernel.actor import Actor
from serai.kernel.ids import encode
from serai.runtime.http import Out


class StayOut(Out):
    """One room of one booking."""

    id: str
    property_id: str
    booking_reference: str
    line: int
    room_id: str | None
    room_type: str | None
    guest_reference: str | None
    guest_name: str | None = Field(description="Only where the property keeps names, and for who manages stays.")
    arrival: datetime
    departure: datetime
    adults: int
    children: int
    vip: bool
    eta: datetime | None
    etd: datetime | None
    service_nights: int | None = Field(description="Serviced every so many nights, 0: on request; null: as usual here.")
    state: State
    version: int
    allowed_actions: list[str]


def show_stay(stay: Stay, actor: Actor) -> StayOut:
    """The stay for this caller."""
    manages = actor.may("stay.manage", stay.property_id)
    public: dict[str, Any] = {name: getattr(stay, name) for name in _AS_THEY_ARE}
    return StayOut(
        id=encode("sty", stay.id),
        property_id=encode("prp", stay.property_id),
        room_id=None if stay.room_id is None else encode("spc", stay.room_id),
        guest_name=stay.guest_name if manages else None,
        allowed_actions=["assign_room", "expect"] if manages and stay.state in LIVE else [],
        **public,
    )


_AS_THEY_ARE = (
    "booking_reference", "line", "room_type", "guest_reference", "arrival", "departure", "adults", "children", "vip",
    "eta", "etd", "service_nights", "state", "version",
)  # fmt: skip
