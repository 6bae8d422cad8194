"""What the routes of windows take and answer."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import AwareDatetime, Field

from serai.areas.blocks import model
from serai.areas.blocks.model import ChangeWindow, Kind, Lane, ReturnStatus, Schedule, Window, WindowState
from serai.kernel.actor import Actor
from serai.kernel.errors import Fault, Invalid
from serai.runtime.http import Body, Id, Out, shown

PropertyId = Annotated[UUID, Id("prp")]
SpaceId = Annotated[UUID, Id("spc")]
Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$", examples=["painting"])]
Words = Annotated[str, Field(min_length=1, max_length=2000, pattern=r"^[^\x00]*$")]
Short = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00]*$")]


class ScheduleBody(Body):
    """What to close, as what, and until when. Say its place once: `room_id` and `venue_id` are `space_id`."""

    space_id: SpaceId | None = None
    room_id: SpaceId | None = None
    venue_id: SpaceId | None = None
    kind: Kind
    starts_at: AwareDatetime | None = Field(None, description="Left out: now.")
    ends_at: AwareDatetime
    reason_code: Code = "maintenance"
    remarks: Words | None = None
    return_status: ReturnStatus = ReturnStatus.DIRTY
    emergency: bool = False

    def command(self) -> Schedule:
        """What is asked for; no place, or two, are refused."""
        places = {one for one in (self.space_id, self.room_id, self.venue_id) if one is not None}
        if len(places) != 1:
            raise Invalid(faults=[Fault("/space_id", "names one place")])
        return Schedule(
            places.pop(), self.kind, self.ends_at, self.reason_code, self.starts_at, self.remarks, self.return_status,
            self.emergency,
        )  # fmt: skip


class ChangeBody(Body):
    """What to change; what is left out stays."""

    kind: Kind | None = None
    starts_at: AwareDatetime | None = None
    ends_at: AwareDatetime | None = None
    reason_code: Code | None = None
    remarks: Words | None = None
    return_status: ReturnStatus | None = None
    emergency: bool | None = None
    version: int | None = Field(None, ge=1, description="The version that you read, or If-Match.")

    def command(self, version: int) -> ChangeWindow:
        """What is asked for; only the remarks may be taken away."""
        fields = {name: getattr(self, name) for name in self.model_fields_set - {"version"}}
        empty = [name for name, value in fields.items() if value is None and name != "remarks"]
        if faults := [Fault(f"/{name}", "cannot be null") for name in empty]:
            raise Invalid(faults=faults)
        return ChangeWindow(version, fields)


class ReasonBody(Body):
    """Why."""

    reason: Short


class HolderOut(Out):
    """A work order that holds a window, and what it asks for."""

    order_id: str
    kind: Kind


class TouchedOut(Out):
    """A stay in the room while it is closed."""

    stay_id: str
    booking_reference: str


class WindowOut(Out):
    """A window. `allowed_actions` are yours, now; `touched` are the stays in the room meanwhile."""

    id: str
    property_id: str
    space_id: str
    venue_id: str
    room_number: str | None
    group_id: str | None
    lane: Lane
    kind: Kind
    state: WindowState
    reason_code: str
    remarks: str | None
    return_status: ReturnStatus
    starts_at: datetime
    ends_at: datetime
    emergency: bool
    forced: bool
    holders: list[HolderOut]
    touched: list[TouchedOut]
    reason: str | None
    started_at: datetime | None
    ended_at: datetime | None
    version: int
    allowed_actions: list[str]


class WindowsOut(Out):
    """The windows that were made: one, or one for each room."""

    items: list[WindowOut]


class WindowPage(Out):
    """Some windows."""

    items: list[WindowOut]
    next_cursor: str | None
    total: int | None = None


def show(window: Window, actor: Actor) -> dict[str, Any]:
    """A window for this caller (the shape of `WindowOut`)."""
    return shown(model.data(window), window.version, model.allowed(window, actor))


def show_all(windows: list[Window], actor: Actor) -> dict[str, Any]:
    """Windows for this caller (the shape of `WindowsOut`)."""
    return {"items": [show(one, actor) for one in windows]}
