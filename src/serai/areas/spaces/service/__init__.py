"""The commands and questions about spaces and rooms."""

from __future__ import annotations

from serai.areas.spaces.service.places import (
    archive_space,
    create_rooms,
    create_space,
    edit_space,
    find_room,
    list_spaces,
    view_space,
)
from serai.areas.spaces.service.rooms import (
    RoomView,
    StatusResult,
    get_room,
    history,
    lock_room,
    lock_rooms,
    lock_rooms_of,
    mark_maintenance,
    set_by_role,
    set_many,
    set_room_status,
    set_status,
    view_room,
)
from serai.areas.spaces.service.shown import RoomOut, SpaceOut, StatusEventOut, show_room, show_space, show_status_event

__all__ = [
    "RoomOut",
    "RoomView",
    "SpaceOut",
    "StatusEventOut",
    "StatusResult",
    "archive_space",
    "create_rooms",
    "create_space",
    "edit_space",
    "find_room",
    "get_room",
    "history",
    "list_spaces",
    "lock_room",
    "lock_rooms",
    "lock_rooms_of",
    "mark_maintenance",
    "set_by_role",
    "set_many",
    "set_room_status",
    "set_status",
    "show_room",
    "show_space",
    "show_status_event",
    "view_room",
    "view_space",
]
