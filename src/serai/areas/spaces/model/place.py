"""Spaces and rooms as records, and where each kind of space may lie."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from serai.areas.spaces.model.status import Condition, GuestService, Occupancy, Service


class Kind(StrEnum):
    """The kinds of space."""

    BUILDING = "building"
    FLOOR = "floor"
    SECTION = "section"
    ROOM = "room"
    PUBLIC_AREA = "public_area"
    VENUE = "venue"
    TABLE = "table"


_HOUSE = frozenset({None, Kind.BUILDING, Kind.FLOOR, Kind.SECTION})
INSIDE: Mapping[Kind, frozenset[Kind | None]] = {
    Kind.BUILDING: frozenset({None}),
    Kind.FLOOR: frozenset({None, Kind.BUILDING}),
    Kind.SECTION: frozenset({None, Kind.BUILDING, Kind.FLOOR}),
    Kind.ROOM: _HOUSE | {Kind.ROOM},
    Kind.PUBLIC_AREA: _HOUSE,
    Kind.VENUE: _HOUSE,
    Kind.TABLE: frozenset({None, Kind.VENUE, Kind.PUBLIC_AREA}),
}
"""Where each kind may lie; kinds only nest downward, so the tree has no circle (rooms of a suite: one level)."""


@dataclass(frozen=True, slots=True)
class Space:
    """A place in a property that is no room."""

    id: UUID
    tenant_id: UUID
    property_id: UUID
    kind: Kind
    parent_id: UUID | None
    name: str
    external_code: str | None
    capacity: int | None
    archived_at: datetime | None
    version: int


@dataclass(frozen=True, slots=True)
class Room(Space):
    """A room and its status. `credits` per kind of cleaning; `queue`: a guest waits for it."""

    number: str
    room_type: str
    floor: str | None
    section: str | None
    credits: Mapping[str, float]
    occupancy: Occupancy
    condition: Condition
    service: Service
    guest_service: GuestService
    repair_required: int
    stay_id: UUID | None
    queue: bool
    cleaned_at: datetime | None
    inspected_at: datetime | None
    status_changed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Draft:
    """A space to be made; from `number` on for rooms alone, which need a number and a type."""

    kind: Kind
    name: str | None = None
    parent_id: UUID | None = None
    external_code: str | None = None
    capacity: int | None = None
    number: str | None = None
    room_type: str | None = None
    floor: str | None = None
    section: str | None = None
    credits: Mapping[str, float] = field(default_factory=dict[str, float])


_DIGITS = re.compile(r"\d+")


def natural_key(text: str) -> str:
    """A key by which 9 sorts before 10 and B2 before B12: digits padded, small letters."""
    return _DIGITS.sub(lambda run: f"{run[0].lstrip('0') or '0':0>12}", text.casefold())
