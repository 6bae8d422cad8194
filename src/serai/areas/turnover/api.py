"""The doors of a turn-over: clean, inspect, check in, check out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import Response
from pydantic import AwareDatetime, Field

from serai.areas.spaces.model import RoomStatus, Source, StatusChange
from serai.areas.spaces.service import RoomOut, RoomView, StatusResult, show_room
from serai.areas.turnover import service
from serai.kernel.actor import Actor
from serai.kernel.ids import encode
from serai.runtime.http import Body, Call, Id, Out, Router, needs
from serai.runtime.http.language import said

router = Router(prefix="/rooms", tags=["Rooms"])
RoomId = Annotated[UUID, Id("spc")]
Note = Annotated[str, Field(max_length=2000, pattern=r"^[^\x00]*$")]
Mode = Literal["depart", "status_only"]


class DoorBody(Body):
    """What may be said with an act at a room."""

    note: Note | None = None
    expected_status: RoomStatus | None = Field(default=None, description="Refused when it is another by now.")
    occurred_at: AwareDatetime | None = Field(default=None, description="When it was done: at most 24 hours ago.")

    def change(self, version: int | None = None) -> StatusChange:
        """The change of status; its source is set by the door."""
        return StatusChange(
            Source.SYSTEM,
            note=self.note,
            expected_status=self.expected_status,
            version=version,
            occurred_at=self.occurred_at,
        )


class CheckInBody(DoorBody):
    """Who moves in: a stay, or nobody we know of (a walk-in)."""

    stay_id: Annotated[UUID, Id("sty")] | None = None
    source: Literal["MANAGER_OVERRIDE"] | None = Field(default=None, description="A manager sets the rules aside.")
    reason: Note | None = Field(default=None, description="Why the rules are set aside.")

    def change(self, version: int | None = None) -> StatusChange:
        """The change of status, with the manager's word."""
        said = super().change(version)
        return StatusChange(
            said.source,
            note=said.note,
            expected_status=said.expected_status,
            version=version,
            occurred_at=said.occurred_at,
            override=self.source is not None,
            reason=self.reason,
        )


class CheckOutBody(DoorBody):
    """Whether the stay ends with it."""

    mode: Mode = Field(default="depart", description="`depart` ends the stay too; `status_only` turns the room alone.")


class CheckOutManyBody(Body):
    """Which rooms are left."""

    room_ids: list[RoomId] = Field(min_length=1, max_length=500)
    mode: Mode = "depart"
    note: Note | None = None


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


@router.post("/check-out", summary="Check out many rooms", response_model=RoomResultsOut, **needs("room.bulk"))
async def check_out_many(body: CheckOutManyBody, call: Call) -> Response:
    """A floor leaves, in one transaction; a refusal is the result of its room and does not lose the others."""
    change = StatusChange(Source.SYSTEM, note=body.note)
    show = _shower(call)

    def show_all(results: list[StatusResult], actor: Actor) -> dict[str, Any]:
        return {"items": [_result(one, actor, show) for one in results]}

    return await call.command(
        lambda work: service.check_out_many(work, body.room_ids, change, depart=body.mode == "depart"), show_all
    )


@router.post(
    "/{room_id:spc}/start-cleaning", summary="Start cleaning a room", response_model=RoomOut, **needs("room.clean")
)
async def start_cleaning(room_id: UUID, call: Call, body: DoorBody | None = None) -> Response:
    """The room is being cleaned, and its open cleaning task with it; nobody's task becomes yours."""
    change = (body or DoorBody()).change(call.version)
    return await call.command(lambda work: service.start_cleaning(work, room_id, change), _shower(call))


@router.post(
    "/{room_id:spc}/mark-cleaned", summary="Say that a room is clean", response_model=RoomOut, **needs("room.clean")
)
async def mark_cleaned(room_id: UUID, call: Call, body: DoorBody | None = None) -> Response:
    """The room is clean, and its open cleaning task completed."""
    change = (body or DoorBody()).change(call.version)
    return await call.command(lambda work: service.mark_cleaned(work, room_id, change), _shower(call))


@router.post("/{room_id:spc}/inspect", summary="Inspect a room", response_model=RoomOut, **needs("room.inspect"))
async def inspect(room_id: UUID, call: Call, body: DoorBody | None = None) -> Response:
    """The room is found good: inspected, its cleaning verified, its open inspections completed. One act."""
    change = (body or DoorBody()).change(call.version)
    return await call.command(lambda work: service.inspect(work, room_id, change), _shower(call))


@router.post("/{room_id:spc}/check-in", summary="Check a guest in", response_model=RoomOut, **needs("room.front_desk"))
async def check_in(room_id: UUID, call: Call, body: CheckInBody | None = None) -> Response:
    """The guest of a stay, or a walk-in, moves in. A room that is not ready is refused, unless a manager says why."""
    body = body or CheckInBody()
    change, stay_id = body.change(call.version), body.stay_id
    return await call.command(lambda work: service.check_in(work, room_id, stay_id, change), _shower(call))


@router.post(
    "/{room_id:spc}/check-out", summary="Check a guest out", response_model=RoomOut, **needs("room.front_desk")
)
async def check_out(room_id: UUID, call: Call, body: CheckOutBody | None = None) -> Response:
    """The room is vacant and dirty, its cleaning is asked for once, and the stay ends (unless `status_only`)."""
    body = body or CheckOutBody()
    change, depart = body.change(call.version), body.mode == "depart"
    return await call.command(lambda work: service.check_out(work, room_id, change, depart=depart), _shower(call))


def _shower(call: Call) -> Callable[[RoomView, Actor], dict[str, Any]]:
    return lambda view, actor: show_room(view, actor, call.now)


def _result(result: StatusResult, actor: Actor, show: Callable[[RoomView, Actor], dict[str, Any]]) -> dict[str, Any]:
    refusal = result.refusal
    return {
        "room_id": encode("spc", result.room_id),
        "room": None if result.view is None else show(result.view, actor),
        "error": refusal and {"status": refusal.status, "code": refusal.code, "detail": said(refusal.detail)},
    }
