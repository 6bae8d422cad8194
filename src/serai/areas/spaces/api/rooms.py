"""The routes of rooms: describing them, their status, their history."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any
from uuid import UUID

from fastapi import Response

from serai.areas.spaces import service
from serai.areas.spaces.api import bodies
from serai.areas.spaces.model import Draft, Kind, Policies, Room, Source, Space
from serai.areas.spaces.service import RoomOut, RoomView, StatusResult
from serai.kernel.actor import Actor
from serai.kernel.errors import NotFound
from serai.kernel.ids import encode
from serai.runtime.http import Call, ListQuery, Router, asked, needs
from serai.runtime.http.language import said
from serai.runtime.work import Work

router = Router(prefix="/rooms", tags=["Rooms"])


@router.post("", summary="Add a room", response_model=RoomOut, status_code=201, **needs("space.manage"))
async def create_room(body: bodies.RoomBody, call: Call) -> Response:
    """A new room is vacant, dirty and in service. A number in use in the property is refused."""

    async def act(work: Work) -> RoomView:
        return _view(await service.create_space(work, body.property_id, body.draft()))

    return await call.command(act, _shower(call), status=201)


@router.post(
    "/bulk", summary="Add many rooms", response_model=bodies.RoomsOut, status_code=201, **needs("space.manage")
)
async def create_rooms(body: bodies.RoomsBody, call: Call) -> Response:
    """Up to 500 rooms of one property, all or none."""
    drafts: list[Draft] = [one.draft() for one in body.rooms]
    show = _shower(call)

    def show_all(views: list[RoomView], actor: Actor) -> dict[str, Any]:
        return {"items": [show(one, actor) for one in views]}

    return await call.command(lambda work: service.create_rooms(work, body.property_id, drafts), show_all, status=201)


@router.post(
    "/status", summary="Set the status of many rooms", response_model=bodies.RoomResultsOut, **needs("room.bulk")
)
async def set_status_of_many(body: bodies.ManyStatusBody, call: Call) -> Response:
    """One transaction; a refusal is the result of its room and does not lose the others."""
    show = _shower(call)

    def show_all(results: list[StatusResult], actor: Actor) -> dict[str, Any]:
        return {"items": [_result(one, actor, show) for one in results]}

    return await call.command(lambda work: service.set_many(work, body.commands()), show_all)


@router.get("/{room_id:spc}", summary="Read a room", response_model=RoomOut, **needs("room.read"))
async def read_room(room_id: UUID, call: Call) -> Response:
    """The room with its status and the moves open to the caller."""
    return await call.query(lambda tx: service.view_room(tx, call.actor, room_id), _shower(call))


@router.patch("/{room_id:spc}", summary="Describe a room anew", response_model=RoomOut, **needs("space.manage"))
async def edit_room(room_id: UUID, body: bodies.RoomPatch, call: Call) -> Response:
    """Number, type, place, credits and so on; the status has its own routes. Asks for the version that was read."""
    version = call.need_version(body.version)

    async def act(work: Work) -> RoomView:
        return _view(await service.edit_space(work, room_id, body.given(), version, kind=Kind.ROOM))

    return await call.command(act, _shower(call))


@router.get(
    "/{room_id:spc}/status-events", summary="The history of a room's status",
    response_model=bodies.StatusEventPage, **needs("room.read"),
)  # fmt: skip
async def list_status_events(room_id: UUID, call: Call, query: Annotated[ListQuery, asked(ListQuery)]) -> Response:
    """Every change: before, after, who, through which source, why; newest first. Sort: `-at`."""
    return await call.page(
        lambda tx: service.history(tx, call.actor, room_id, query), lambda one, _: service.show_status_event(one)
    )


@router.post(
    "/{room_id:spc}/mark-maintenance", summary="Say that a room needs a repair",
    response_model=RoomOut, **needs("room.repair"),
)  # fmt: skip
async def mark_maintenance(room_id: UUID, body: bodies.MoveBody, call: Call) -> Response:
    """The room is not ready until the repair is complete; on a room marked already it changes nothing."""
    change = body.change(call.version)
    return await call.command(lambda work: service.mark_maintenance(work, room_id, change), _shower(call))


@router.post(
    "/{room_id:spc}/complete-maintenance", summary="Say that the repair is done",
    response_model=RoomOut, **needs("room.repair"),
)  # fmt: skip
async def complete_maintenance(room_id: UUID, body: bodies.MoveBody, call: Call) -> Response:
    """Clears one fault; on a room without any it changes nothing."""
    change = body.change(call.version, repair=-1)
    return await call.command(lambda work: service.set_status(work, room_id, change), _shower(call))


@router.post(
    "/{room_id:spc}/guest-service", summary="Say what the guest asked for", response_model=RoomOut, **needs("room.read")
)
async def set_guest_service(room_id: UUID, body: bodies.GuestServiceBody, call: Call) -> Response:
    """Do not disturb, make up room, service declined, or none."""
    change = body.change(call.version, guest_service=body.guest_service)
    return await call.command(lambda work: service.set_by_role(work, room_id, change), _shower(call))


@router.post(
    "/{room_id:spc}/queue", summary="Say that a guest waits for the room",
    response_model=RoomOut, **needs("room.front_desk"),
)  # fmt: skip
async def set_queue(room_id: UUID, body: bodies.QueueBody, call: Call) -> Response:
    """A queue room is cleaned first; the mark goes when a guest moves in."""
    change = body.change(call.version, queue=body.queue, source=Source.FRONT_DESK)
    return await call.command(lambda work: service.set_status(work, room_id, change), _shower(call))


def _shower(call: Call) -> Callable[[RoomView, Actor], dict[str, Any]]:
    return lambda view, actor: service.show_room(view, actor, call.now)


def _view(found: tuple[Space, Policies]) -> RoomView:
    room, policies = found
    if not isinstance(room, Room):
        raise NotFound
    return RoomView(room, policies)


def _result(result: StatusResult, actor: Actor, show: Callable[[RoomView, Actor], dict[str, Any]]) -> dict[str, Any]:
    refusal = result.refusal
    error = refusal and {"status": refusal.status, "code": refusal.code, "detail": said(refusal.detail)}
    room = show(result.view, actor) if result.view else None
    return {"room_id": encode("spc", result.room_id), "room": room, "error": error}
