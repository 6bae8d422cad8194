"""What is asked of a room's status, at this area's doors and at those above."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field, model_validator

from serai.areas.spaces.model import Condition, GuestService, Occupancy, RoomStatus, Source, StatusChange
from serai.kernel.text import text
from serai.runtime.http import Body, Id

StayId = Annotated[UUID, Id("sty")]
Note = Annotated[str, Field(max_length=2000)]


class MoveBody(Body):
    """What may be said with a change of status."""

    note: Note | None = None
    expected_status: RoomStatus | None = Field(None, description="Refuse when the room is in another status by now.")
    occurred_at: AwareDatetime | None = Field(None, description="When it was done: at most 24 hours ago.")

    def change(self, version: int | None = None, **more: Any) -> StatusChange:
        """The command; its source is set by the route."""
        said = StatusChange(
            Source.HOUSEKEEPING, note=self.note, expected_status=self.expected_status, version=version,
            occurred_at=self.occurred_at,
        )  # fmt: skip
        return replace(said, **more)


class OverridableBody(MoveBody):
    """A change that a manager may force."""

    source: Literal["MANAGER_OVERRIDE"] | None = Field(
        None, description="A manager sets the rules aside, with a reason. All other sources follow from the caller."
    )
    reason: Note | None = None

    def overriding(self) -> dict[str, Any]:
        """The part of the command about the override."""
        return {"override": self.source is not None, "reason": self.reason}


class StatusBody(OverridableBody):
    """The status a room should have: one of S4's names, or dimensions."""

    status: RoomStatus | None = Field(None, examples=["CLEANING_IN_PROGRESS"])
    occupancy: Occupancy | None = None
    condition: Condition | None = None
    guest_service: GuestService | None = None
    stay_id: StayId | None = None

    @model_validator(mode="after")
    def _one_way(self) -> StatusBody:
        dimensions = [self.occupancy, self.condition, self.guest_service]
        named, spelled = self.status is not None, any(dimensions)
        if named is spelled:
            raise ValueError(text("give either status or dimensions (occupancy, condition, guest_service)"))
        return self

    def command(self, version: int | None = None, **more: Any) -> StatusChange:
        """The command."""
        return self.change(
            version, named=self.status, occupancy=self.occupancy, condition=self.condition,
            guest_service=self.guest_service, stay_id=self.stay_id, **self.overriding(), **more,
        )  # fmt: skip
