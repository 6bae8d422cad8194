"""Spaces and rooms: records, derived status, rules, decisions."""

from __future__ import annotations

from serai.areas.spaces.model.decide import archive, change_service, change_status, create, draft_of, edit
from serai.areas.spaces.model.derive import codes, public, ready, room_status
from serai.areas.spaces.model.doors import ACTIONS, open_actions, source_of
from serai.areas.spaces.model.named import spelled_out
from serai.areas.spaces.model.place import Draft, Kind, Room, Space, natural_key
from serai.areas.spaces.model.rules import RULES, Guard, Rule
from serai.areas.spaces.model.status import (
    Condition,
    GuestService,
    NeedsBlock,
    Occupancy,
    Policies,
    RoomStatus,
    Service,
    Source,
    StatusChange,
    StatusEvent,
    StatusRefused,
)

__all__ = [
    "ACTIONS",
    "RULES",
    "Condition",
    "Draft",
    "Guard",
    "GuestService",
    "Kind",
    "NeedsBlock",
    "Occupancy",
    "Policies",
    "Room",
    "RoomStatus",
    "Rule",
    "Service",
    "Source",
    "Space",
    "StatusChange",
    "StatusEvent",
    "StatusRefused",
    "archive",
    "change_service",
    "change_status",
    "codes",
    "create",
    "draft_of",
    "edit",
    "natural_key",
    "open_actions",
    "public",
    "ready",
    "room_status",
    "source_of",
    "spelled_out",
]
