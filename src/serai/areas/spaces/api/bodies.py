"""What comes in about rooms and spaces."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, model_validator

from serai.areas.spaces.model import Condition, Draft, GuestService, Kind, RoomStatus, Source, StatusChange
from serai.areas.spaces.service import MoveBody, OverridableBody, RoomOut, SpaceOut, StatusEventOut
from serai.kernel.text import text
from serai.runtime.http import Body, Id, Out

RoomId = Annotated[UUID, Id("spc")]
StayId = Annotated[UUID, Id("sty")]
PropertyId = Annotated[UUID, Id("prp")]
Line = Annotated[str, Field(min_length=1, max_length=200)]
Number = Annotated[str, Field(min_length=1, max_length=40)]
Code = Annotated[str, Field(min_length=1, max_length=100)]
Note = Annotated[str, Field(max_length=2000)]
Capacity = Annotated[int, Field(ge=0, le=100_000)]
CleaningKind = Annotated[str, Field(pattern=r"^[a-z][a-z_]{0,39}$")]
Credit = Annotated[float, Field(ge=0, le=100)]
Credits = Annotated[dict[CleaningKind, Credit], Field(max_length=50, examples=[{"checkout_cleaning": 1.5}])]


class SpaceBody(Body):
    """A new space that is no room."""

    property_id: PropertyId
    kind: Literal["building", "floor", "section", "public_area", "venue", "table"]
    name: Line
    parent_id: RoomId | None = None
    external_code: Code | None = None
    capacity: Capacity | None = None

    def draft(self) -> Draft:
        """The command."""
        return Draft(Kind(self.kind), self.name, self.parent_id, self.external_code, self.capacity)


class RoomDraft(Body):
    """A new room; floor and section are labels, taken from what it lies in where they are not given."""

    number: Number
    room_type: Code
    name: Line | None = None
    parent_id: RoomId | None = None
    external_code: Code | None = Field(None, description="Its code in the PMS.")
    capacity: Capacity | None = None
    floor: Number | None = None
    section: Number | None = None
    credits: Credits = Field(default_factory=dict[str, float])

    def draft(self) -> Draft:
        """The command."""
        return Draft(
            Kind.ROOM, self.name, self.parent_id, self.external_code, self.capacity,
            self.number, self.room_type, self.floor, self.section, self.credits,
        )  # fmt: skip


class RoomBody(RoomDraft):
    """A new room of a property."""

    property_id: PropertyId


class RoomsBody(Body):
    """Many new rooms of one property."""

    property_id: PropertyId
    rooms: list[RoomDraft] = Field(min_length=1, max_length=500)


class SpacePatch(Body):
    """What to change; fields left out stay, null clears."""

    name: Line | None = None
    parent_id: RoomId | None = None
    external_code: Code | None = None
    capacity: Capacity | None = None
    version: int | None = Field(None, ge=1)

    def given(self) -> dict[str, Any]:
        """The fields that were sent."""
        return {name: getattr(self, name) for name in sorted(self.model_fields_set - {"version"})}


class RoomPatch(SpacePatch):
    """What to change of a room; fields left out stay, null clears."""

    number: Number | None = None
    room_type: Code | None = None
    floor: Number | None = None
    section: Number | None = None
    credits: Credits | None = None


class ManyStatusBody(OverridableBody):
    """The status many rooms should have: one of S4's names, or a condition, whoever is in them."""

    room_ids: list[RoomId] = Field(min_length=1, max_length=500)
    status: RoomStatus | None = None
    condition: Condition | None = None

    @model_validator(mode="after")
    def _one_way(self) -> ManyStatusBody:
        if (self.status is None) is (self.condition is None):
            raise ValueError(text("give a status, or a condition"))
        return self

    def commands(self) -> list[tuple[UUID, StatusChange]]:
        """A command for each room."""
        asked = {"named": self.status, "condition": self.condition}
        change = self.change(source=Source.SYSTEM, **asked, **self.overriding())
        return [(room_id, change) for room_id in self.room_ids]


class GuestServiceBody(MoveBody):
    """What the guest asked for."""

    guest_service: GuestService


class QueueBody(MoveBody):
    """Whether a guest waits for the room."""

    queue: bool


class RefusalOut(Out):
    """Why one room of many was refused."""

    status: int
    code: str
    detail: str


class RoomResultOut(Out):
    """What became of one room of many."""

    room_id: str
    room: RoomOut | None
    error: RefusalOut | None


class RoomResultsOut(Out):
    """What became of each room, in the order asked."""

    items: list[RoomResultOut]


class RoomsOut(Out):
    """The rooms made."""

    items: list[RoomOut]


class SpacePage(Out):
    """Some spaces."""

    items: list[SpaceOut]
    next_cursor: str | None
    total: int | None = None


class StatusEventPage(Out):
    """Some lines of a room's history."""

    items: list[StatusEventOut]
    next_cursor: str | None
    total: int | None = None
