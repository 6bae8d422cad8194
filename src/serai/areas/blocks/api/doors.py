"""The general door to a room's status: two of its names close the room."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated
from uuid import UUID

from fastapi import Response
from pydantic import AwareDatetime, Field

from serai.areas.blocks import service
from serai.areas.blocks.model import SERVICE, Kind, Schedule
from serai.areas.spaces import service as spaces
from serai.areas.spaces.model import RoomStatus
from serai.areas.spaces.service import RoomOut, RoomView, StatusBody, show_room
from serai.kernel.errors import Fault, Invalid
from serai.runtime.http import Call, Router, needs
from serai.runtime.work import Work

router = Router(prefix="/rooms", tags=["Rooms"])
_CLOSING = {RoomStatus.OUT_OF_ORDER: Kind.OUT_OF_ORDER, RoomStatus.OUT_OF_SERVICE: Kind.OUT_OF_SERVICE}


class RoomStatusBody(StatusBody):
    """The status a room should have: one of S4's names, or dimensions. A room is closed with a reason and an end."""

    until: Annotated[AwareDatetime | None, Field(description="When a room that is closed comes back.")] = None

    def closing(self, room_id: UUID, kind: Kind) -> Schedule:
        """The window that is asked for."""
        if self.until is None or not self.reason:
            said = {"until": self.until, "reason": self.reason}
            raise Invalid(faults=[Fault(f"/{name}", "is needed to close a room") for name in said if not said[name]])
        return Schedule(room_id, kind, self.until, "closed_by_hand", remarks=self.reason)


@router.post("/{room_id:spc}/status", summary="Set the status of a room", response_model=RoomOut, **needs("room.read"))
async def set_status(room_id: UUID, body: RoomStatusBody, call: Call) -> Response:
    """By one of S4's names or by dimensions; the source, and with it what is permitted, follows from the caller's role.

    A status that holds already is a success that changes nothing. OUT_OF_ORDER and OUT_OF_SERVICE make a window, with
    `reason` and `until`; where a guest has the room it waits.
    """
    kind = None if body.status is None else _CLOSING.get(body.status)

    async def act(work: Work) -> RoomView:
        change = body.command(call.version)
        if kind is None:
            return await spaces.set_by_role(work, room_id, change)
        seen = await spaces.set_by_role(work, room_id, replace(change, named=None))
        if seen.room.service is SERVICE[kind]:
            return seen
        await service.schedule(work, body.closing(room_id, kind))
        return await spaces.view_room(work.tx, work.actor, room_id)

    return await call.command(act, lambda view, actor: show_room(view, actor, call.now))
