"""The facts about spaces and rooms."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from serai.kernel.event import EventType


@dataclass(frozen=True, slots=True)
class SpaceData:
    """All that is public about a space; from `number` on null where it is no room."""

    id: str
    space_id: str
    venue_id: str
    property_id: str
    kind: str
    parent_id: str | None
    name: str
    external_code: str | None
    capacity: int | None
    archived_at: datetime | None
    number: str | None = None
    room_type: str | None = None
    floor: str | None = None
    section: str | None = None
    credits: dict[str, float] | None = None
    occupancy: str | None = None
    condition: str | None = None
    service: str | None = None
    guest_service: str | None = None
    repair_required: int | None = None
    stay_id: str | None = None
    queue: bool | None = None
    cleaned_at: datetime | None = None
    inspected_at: datetime | None = None
    status_changed_at: datetime | None = None
    room_status: str | None = None
    codes: list[str] = field(default_factory=list[str])
    ready: bool | None = None


SPACE_CREATED = EventType(
    "property.space.created.v1",
    "A space was added to the property.",
    "spc",
    SpaceData,
    socketio="space:created",
    permission="room.read",
)
SPACE_UPDATED = EventType(
    "property.space.updated.v1", "A space was renamed, moved, described or archived.", "spc", SpaceData,
    socketio="space:updated", permission="room.read",
)  # fmt: skip
ROOM_STATUS_CHANGED = EventType(
    "property.room.status_changed.v1",
    "A room's status changed.",
    "spc",
    SpaceData,
    socketio="room:updated",
    permission="room.read",
)
ROOM_READY = EventType(
    "property.room.ready.v1", "A room became ready for a guest; told once each time.", "spc", SpaceData,
    rabbitmq="room.ready", socketio="room:ready", permission="room.read",
)  # fmt: skip

ALL = (SPACE_CREATED, SPACE_UPDATED, ROOM_STATUS_CHANGED, ROOM_READY)
