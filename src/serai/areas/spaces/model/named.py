"""S4's names on the way in: what each asks of the dimensions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from serai.areas.spaces.model.place import Room
from serai.areas.spaces.model.status import Condition, NeedsBlock, Occupancy, Policies, RoomStatus, StatusChange
from serai.kernel.text import text, word

_NAMED: Mapping[RoomStatus, Mapping[str, Any]] = {
    RoomStatus.CHECKOUT_DIRTY: {"occupancy": Occupancy.VACANT, "condition": Condition.DIRTY},
    RoomStatus.OCCUPIED: {"occupancy": Occupancy.OCCUPIED},
    RoomStatus.CLEANING_IN_PROGRESS: {"condition": Condition.CLEANING},
    RoomStatus.CLEANED_UNINSPECTED: {"condition": Condition.CLEAN},
    RoomStatus.READY_FOR_GUEST: {"occupancy": Occupancy.VACANT, "condition": Condition.INSPECTED},
    RoomStatus.MAINTENANCE_REQUIRED: {"repair": 1},
}


def spelled_out(change: StatusChange, room: Room, policies: Policies) -> StatusChange:
    """The change with the dimensions that its name stands for in this room, and without the name.

    OUT_OF_ORDER and OUT_OF_SERVICE are refused: they come of windows, with a reason and an end.
    """
    name = change.named
    if name is None:
        return change
    if name not in _NAMED:
        raise NeedsBlock(
            text(
                "To be {status}, a room needs a reason and an end: plan a window for it, its status follows.",
                status=word(name),
            ),
            room_status=name.value,
        )
    named = dict(_NAMED[name])
    if name is RoomStatus.READY_FOR_GUEST and not policies.inspects and room.condition is not Condition.INSPECTED:
        named["condition"] = Condition.CLEAN
    if name is RoomStatus.MAINTENANCE_REQUIRED and room.repair_required:
        named["repair"] = 0
    return replace(change, named=None, **named)
