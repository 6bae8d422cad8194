"""What follows from a room's dimensions, for many rooms at once."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from serai.access.tenancy.model import Policies
from serai.areas.spaces.model import (
    Condition,
    GuestService,
    Kind,
    Occupancy,
    Room,
    RoomStatus,
    Service,
    codes,
    ready,
    room_status,
)

_NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a room stands: its dimensions, S4's name, the codes staff speak, and what may be done with it.

    `sellable`: it counts as available. `assignable`: an arrival may be given it.
    """

    occupancy: str
    condition: str
    service: str
    guest_service: str
    repair_required: int
    status: RoomStatus
    codes: tuple[str, ...]
    ready: bool
    sellable: bool
    assignable: bool


class Standings:
    """Rooms share a few combinations of dimensions, so each is derived once."""

    def __init__(self, policies: Policies) -> None:
        """For the rooms of one property."""
        self._policies = policies
        self._known: dict[tuple[str, str, str, str, int], Standing] = {}

    def of(self, occupancy: str, condition: str, service: str, guest_service: str, repair: int) -> Standing:
        """How a room with these dimensions stands."""
        key = (occupancy, condition, service, guest_service, repair)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = _standing(_room(*key), self._policies)
        return found


def _standing(room: Room, policies: Policies) -> Standing:
    fit = room.repair_required == 0
    open_ = room.service is Service.IN_SERVICE
    held = room.service is Service.OUT_OF_SERVICE
    return Standing(
        room.occupancy, room.condition, room.service, room.guest_service, room.repair_required,
        room_status(room, policies),
        tuple(codes(room, policies)),
        ready(room, policies),
        fit and (open_ or (held and policies.oos_sellable)),
        fit and (open_ or (held and policies.oos_assignable)),
    )  # fmt: skip


def _room(occupancy: str, condition: str, service: str, guest_service: str, repair: int) -> Room:
    """A room in these dimensions; the rest of it plays no part in its status."""
    return Room(
        id=_NOBODY, tenant_id=_NOBODY, property_id=_NOBODY, kind=Kind.ROOM, parent_id=None, name="", external_code=None,
        capacity=None, archived_at=None, version=1, number="", room_type="", floor=None, section=None, credits={},
        occupancy=Occupancy(occupancy), condition=Condition(condition), service=Service(service),
        guest_service=GuestService(guest_service), repair_required=repair, stay_id=None, queue=False, cleaned_at=None,
        inspected_at=None, status_changed_at=None,
    )  # fmt: skip
