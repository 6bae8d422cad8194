"""S4's names on the way in, the source of a caller, and the moves open to one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from serai.areas.spaces.model.decide import change_status
from serai.areas.spaces.model.place import Room
from serai.areas.spaces.model.status import (
    Condition,
    NeedsBlock,
    Occupancy,
    Policies,
    RoomStatus,
    Source,
    StatusChange,
)
from serai.kernel.actor import Actor, ActorKind
from serai.kernel.errors import Refusal

_NAMED: Mapping[RoomStatus, Mapping[str, Any]] = {
    RoomStatus.CHECKOUT_DIRTY: {"occupancy": Occupancy.VACANT, "condition": Condition.DIRTY},
    RoomStatus.OCCUPIED: {"occupancy": Occupancy.OCCUPIED},
    RoomStatus.CLEANING_IN_PROGRESS: {"condition": Condition.CLEANING},
    RoomStatus.CLEANED_UNINSPECTED: {"condition": Condition.CLEAN},
    RoomStatus.READY_FOR_GUEST: {"occupancy": Occupancy.VACANT, "condition": Condition.INSPECTED},
    RoomStatus.MAINTENANCE_REQUIRED: {"repair": 1},
}


def change_to(name: RoomStatus, room: Room, policies: Policies, change: StatusChange) -> StatusChange:
    """`change` with the dimensions that one of S4's names stands for.

    OUT_OF_ORDER and OUT_OF_SERVICE are refused: they come of windows, with a reason and an end.
    """
    if name not in _NAMED:
        raise NeedsBlock(
            f"{name.value} needs a reason and an end: close the room by a window (a block); its status follows.",
            room_status=name.value,
        )
    named = dict(_NAMED[name])
    if name is RoomStatus.READY_FOR_GUEST and not policies.inspects and room.condition is not Condition.INSPECTED:
        named["condition"] = Condition.CLEAN
    if name is RoomStatus.MAINTENANCE_REQUIRED and room.repair_required:
        named["repair"] = 0
    return replace(change, **named)


_DESK_ROLES = frozenset({"front_desk"})
_HOUSE_ROLES = frozenset({"housekeeper", "housekeeping_supervisor", "technician", "maintenance_supervisor"})


def source_of(actor: Actor, change: StatusChange) -> Source:
    """The source of a change that comes by the general route: of the caller's role.

    A key and the house itself are SYSTEM. Who has roles of both sides, or neither (a manager), speaks
    for the side that has the say on what is asked: occupancy, stay and queue are the front desk's.
    """
    if actor.kind is not ActorKind.STAFF:
        return Source.SYSTEM
    desk, housekeeping = bool(actor.roles & _DESK_ROLES), bool(actor.roles & _HOUSE_ROLES)
    if desk != housekeeping:
        return Source.FRONT_DESK if desk else Source.HOUSEKEEPING
    of_desk = change.occupancy is not None or change.stay_id is not None or change.queue is not None
    return Source.FRONT_DESK if of_desk else Source.HOUSEKEEPING


@dataclass(frozen=True, slots=True)
class Action:
    """A door to a change of status and what it asks for, by dimensions or by S4's name."""

    name: str
    change: StatusChange
    named: RoomStatus | None = None


ACTIONS: tuple[Action, ...] = (
    Action("start-cleaning", StatusChange(Source.HOUSEKEEPING, condition=Condition.CLEANING)),
    Action("mark-cleaned", StatusChange(Source.HOUSEKEEPING, condition=Condition.CLEAN)),
    Action("inspect", StatusChange(Source.HOUSEKEEPING, condition=Condition.INSPECTED)),
    Action("check-in", StatusChange(Source.FRONT_DESK, occupancy=Occupancy.OCCUPIED)),
    Action("check-out", StatusChange(Source.FRONT_DESK, occupancy=Occupancy.VACANT, condition=Condition.DIRTY)),
    Action("mark-maintenance", StatusChange(Source.HOUSEKEEPING), RoomStatus.MAINTENANCE_REQUIRED),
    Action("complete-maintenance", StatusChange(Source.HOUSEKEEPING, repair=-1)),
)


def open_actions(room: Room, policies: Policies, actor: Actor, now: datetime) -> list[str]:
    """The doors that would change this room now and are open to this caller."""
    return [one.name for one in ACTIONS if _open(room, one, policies, actor, now)]


def _open(room: Room, action: Action, policies: Policies, actor: Actor, now: datetime) -> bool:
    try:
        change = change_to(action.named, room, policies, action.change) if action.named else action.change
        return change_status(room, change, policies, actor, now).changed
    except Refusal:
        return False
