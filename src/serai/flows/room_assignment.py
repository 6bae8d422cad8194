"""A stay is given a room of its hotel by the desk."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import Response
from pydantic import Field

from serai.access.tenancy import service as tenancy
from serai.areas.blocks import service as blocks
from serai.areas.blocks.model import Kind
from serai.areas.spaces import service as spaces
from serai.areas.stays import service as stays
from serai.areas.stays.model import Stay
from serai.areas.stays.service import StayOut, show_stay
from serai.kernel.clock import shown
from serai.kernel.errors import Conflict, NotFound
from serai.kernel.ids import encode
from serai.kernel.text import text
from serai.runtime.http import Body, Call, Id, Router, needs
from serai.runtime.work import Work

router = Router(prefix="/stays", tags=["Stays"])


class RoomClosed(Conflict):
    """The room is closed in those days."""

    code = "room_closed"


class AssignRoomBody(Body):
    """Which room; null takes it back."""

    room_id: Annotated[UUID, Id("spc")] | None = Field(description="A room of the stay's property.")


async def assign_room(work: Work, stay_id: UUID, room_id: UUID | None) -> Stay:
    """Lock the stay, then the room, and give the one the other."""
    stay = await stays.lock_stay(work, stay_id)
    if room_id is not None:
        if (await spaces.lock_room(work, room_id)).property_id != stay.property_id:
            raise NotFound
        if room_id != stay.room_id:
            await _open(work, stay, room_id)
    return await stays.assign_room(work, stay_id, room_id)


async def _open(work: Work, stay: Stay, room_id: UUID) -> None:
    """A room that is closed in those days is refused; one that is only out of service is still given."""
    span = (max(stay.arrival, work.now), stay.departure)
    for window in await blocks.closing(work.tx, work.tenant_id, room_id, span):
        if window.kind is not Kind.OUT_OF_SERVICE:
            hotel = await tenancy.get_property(work.tx, work.tenant_id, window.property_id)
            until = shown(window.ends_at, ZoneInfo(hotel.zone))
            raise RoomClosed(text("The room is closed until {until}.", until=until), window_id=encode("win", window.id))


@router.post("/{stay_id:sty}/assign-room", summary="Give a stay a room", response_model=StayOut, **needs("stay.manage"))
async def post_assign_room(stay_id: UUID, body: AssignRoomBody, call: Call) -> Response:
    """Sets the room until a newer event says otherwise; one that another guest has, or that is closed, is refused."""
    return await call.command(lambda work: assign_room(work, stay_id, body.room_id), show_stay)
