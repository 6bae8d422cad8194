"""Hands the places of the hotel to the house."""

from __future__ import annotations

from serai.areas.spaces import api, events
from serai.runtime.slice import Permission, Slice

_CLEANERS = ("housekeeper", "housekeeping_supervisor")
_REPAIRERS = ("technician", "maintenance_supervisor")
_ALL = (*_CLEANERS, *_REPAIRERS, "front_desk", "integration", "viewer")

slice = Slice(  # the name every area hands over
    name="spaces",
    summary="The tree of spaces, and rooms with their status.",
    routers=api.routers,
    events=events.ALL,
    permissions=(
        Permission("space.read", "Read spaces", roles=_ALL),
        Permission("space.manage", "Add, describe and archive spaces and rooms"),
        Permission("room.read", "Read rooms and their history", roles=_ALL),
        Permission("room.clean", "Report on the cleaning of a room", roles=(*_CLEANERS, "integration")),
        Permission("room.inspect", "Inspect a cleaned room", roles=("housekeeping_supervisor",)),
        Permission("room.front_desk", "Say who is in a room", roles=("front_desk", "integration")),
        Permission("room.repair", "Raise and clear the repair flag", roles=(*_CLEANERS, *_REPAIRERS, "front_desk")),
        Permission(
            "room.bulk", "Change many rooms at once", roles=("housekeeping_supervisor", "front_desk", "integration")
        ),
        Permission("room.override", "Set the rules of room status aside, with a reason"),
    ),
    tables=("space", "room_status_event"),
)
