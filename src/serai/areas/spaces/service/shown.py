"""How rooms, spaces and their history are answered."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import Field

from serai.areas.spaces import model
from serai.areas.spaces.model import (
    Condition,
    GuestService,
    Kind,
    Occupancy,
    Policies,
    Room,
    RoomStatus,
    Service,
    Source,
    Space,
    StatusEvent,
)
from serai.areas.spaces.service.rooms import RoomView
from serai.kernel.actor import Actor
from serai.kernel.ids import encode
from serai.runtime.http import Out


class SpaceOut(Out):
    """A space."""

    id: str
    property_id: str
    kind: Kind
    parent_id: str | None = Field(description="The space it lies in.")
    name: str
    external_code: str | None = Field(description="Its code in the PMS.")
    capacity: int | None
    archived_at: datetime | None
    version: int
    allowed_actions: list[str]


class RoomOut(SpaceOut):
    """A room with its status."""

    number: str
    room_type: str
    floor: str | None
    section: str | None
    credits: dict[str, float] = Field(description="Credits per kind of cleaning.")
    status: RoomStatus = Field(description="S4's name, the same as `room_status`.")
    room_status: RoomStatus = Field(description="S4's name, derived from the dimensions.")
    codes: list[str] = Field(description="The codes staff speak, such as VD, VI, OC, VR, OOO, DND.")
    ready: bool = Field(description="A guest may have the key.")
    occupancy: Occupancy
    condition: Condition
    service: Service
    guest_service: GuestService
    repair_required: int = Field(description="Open faults to be fixed before the room is sold.")
    stay_id: str | None
    queue: bool = Field(description="A guest waits for this room.")
    cleaned_at: datetime | None
    inspected_at: datetime | None
    status_changed_at: datetime | None


class DimensionsOut(Out):
    """The dimensions of a room at one moment."""

    occupancy: Occupancy
    condition: Condition
    service: Service
    guest_service: GuestService
    repair_required: int
    stay_id: str | None
    queue: bool


class ActorOut(Out):
    """Who did it."""

    kind: str
    id: str | None
    name: str


class StatusEventOut(Out):
    """One line of a room's history."""

    id: str
    room_id: str
    at: datetime
    version: int = Field(description="The version of the room after it.")
    from_status: RoomStatus
    to_status: RoomStatus
    before: DimensionsOut
    after: DimensionsOut
    source: Source
    actor: ActorOut
    note: str | None
    reason: str | None


def show_room(view: RoomView, actor: Actor, now: datetime) -> dict[str, Any]:
    """The answer for a room (the shape of `RoomOut`), with the doors that are open to this caller."""
    actions = model.open_actions(view.room, view.policies, actor, now)
    return {**_shown(view.room, view.policies, actor), "allowed_actions": [*actions, *_managed(view.room, actor)]}


def show_space(space: Space, policies: Policies, actor: Actor) -> dict[str, Any]:
    """The answer for a space of any kind (the shape of `SpaceOut`)."""
    shown = _shown(space, policies, actor)
    return {name: shown[name] for name in SpaceOut.model_fields}


def _shown(space: Space, policies: Policies, actor: Actor) -> dict[str, Any]:
    data = asdict(model.public(space, policies))
    del data["space_id"], data["venue_id"]
    if isinstance(space, Room):
        data["status"] = data["room_status"]
    return {**data, "version": space.version, "allowed_actions": _managed(space, actor)}


def _managed(space: Space, actor: Actor) -> list[str]:
    may = space.archived_at is None and actor.may("space.manage", space.property_id)
    return ["update", "archive"] if may else []


def show_status_event(event: StatusEvent) -> dict[str, Any]:
    """The answer for one line of history (the shape of `StatusEventOut`)."""
    return {
        "id": encode("rse", event.id),
        "room_id": encode("spc", event.room_id),
        "at": event.at,
        "version": event.version,
        "from_status": event.from_status,
        "to_status": event.to_status,
        "before": _dimensions(event.before),
        "after": _dimensions(event.after),
        "source": event.source,
        "actor": {
            "kind": event.actor_kind,
            "id": _actor_id(event),
            "name": event.actor_name,
        },
        "note": event.note,
        "reason": event.reason,
    }


def _dimensions(kept: Any) -> dict[str, Any]:
    stay = kept["stay_id"]
    return {**kept, "stay_id": encode("sty", UUID(stay)) if stay else None}


def _actor_id(event: StatusEvent) -> str | None:
    if event.actor_id is None:
        return None
    return encode("stf" if event.actor_kind == "staff" else "key", event.actor_id)
