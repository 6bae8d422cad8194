"""Who speaks at the general door, and the doors open to a caller."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from serai.areas.spaces.model.decide import change_status
from serai.areas.spaces.model.named import spelled_out
from serai.areas.spaces.model.place import Room
from serai.areas.spaces.model.status import Condition, Occupancy, Policies, RoomStatus, Source, StatusChange
from serai.kernel.actor import Actor, ActorKind
from serai.kernel.errors import Refusal

_DESK_ROLES = frozenset({"front_desk"})
_HOUSE_ROLES = frozenset({"housekeeper", "housekeeping_supervisor", "technician", "maintenance_supervisor"})


def source_of(actor: Actor, room: Room, change: StatusChange, policies: Policies) -> Source:
    """The source of a change that comes by the general route: of the caller's role.

    A key and the house itself are SYSTEM. Who has roles of both sides, or neither (a manager), speaks
    for the side that has the say on what differs: occupancy, stay and queue are the front desk's.
    """
    if change.override:
        return Source.MANAGER_OVERRIDE
    if actor.kind is not ActorKind.STAFF:
        return Source.SYSTEM
    desk, housekeeping = bool(actor.roles & _DESK_ROLES), bool(actor.roles & _HOUSE_ROLES)
    if desk != housekeeping:
        return Source.FRONT_DESK if desk else Source.HOUSEKEEPING
    asked = spelled_out(change, room, policies)
    moves = asked.occupancy is not None and asked.occupancy is not room.occupancy
    of_desk = moves or asked.stay_id is not None or asked.queue is not None
    return Source.FRONT_DESK if of_desk else Source.HOUSEKEEPING


@dataclass(frozen=True, slots=True)
class Action:
    """A door to a change of status and what it asks for."""

    name: str
    change: StatusChange


ACTIONS: tuple[Action, ...] = (
    Action("start-cleaning", StatusChange(Source.HOUSEKEEPING, condition=Condition.CLEANING)),
    Action("mark-cleaned", StatusChange(Source.HOUSEKEEPING, condition=Condition.CLEAN)),
    Action("inspect", StatusChange(Source.HOUSEKEEPING, condition=Condition.INSPECTED)),
    Action("check-in", StatusChange(Source.FRONT_DESK, occupancy=Occupancy.OCCUPIED)),
    Action("check-out", StatusChange(Source.FRONT_DESK, occupancy=Occupancy.VACANT, condition=Condition.DIRTY)),
    Action("mark-maintenance", StatusChange(Source.HOUSEKEEPING, named=RoomStatus.MAINTENANCE_REQUIRED)),
    Action("complete-maintenance", StatusChange(Source.HOUSEKEEPING, repair=-1)),
)


def open_actions(room: Room, policies: Policies, actor: Actor, now: datetime) -> list[str]:
    """The doors that would change this room now and are open to this caller."""
    return [one.name for one in ACTIONS if _open(room, one, policies, actor, now)]


def _open(room: Room, action: Action, policies: Policies, actor: Actor, now: datetime) -> bool:
    try:
        return change_status(room, action.change, policies, actor, now).changed
    except Refusal:
        return False
