"""What follows from the dimensions: status, codes, readiness, public record."""

from __future__ import annotations

from typing import Any

from serai.areas.spaces.events import SpaceData
from serai.areas.spaces.model.place import Room, Space
from serai.areas.spaces.model.status import Condition, GuestService, Occupancy, Policies, RoomStatus, Service
from serai.kernel.ids import encode, encode_some

_CLOSED = {
    Service.OUT_OF_ORDER: RoomStatus.OUT_OF_ORDER,
    Service.OUT_OF_INVENTORY: RoomStatus.OUT_OF_ORDER,
    Service.OUT_OF_SERVICE: RoomStatus.OUT_OF_SERVICE,
}
_UNCLEAN = {
    Condition.DIRTY: RoomStatus.CHECKOUT_DIRTY,
    Condition.PICKUP: RoomStatus.CHECKOUT_DIRTY,
    Condition.CLEANING: RoomStatus.CLEANING_IN_PROGRESS,
}
_CLOSED_CODE = {Service.OUT_OF_ORDER: "OOO", Service.OUT_OF_INVENTORY: "OOI", Service.OUT_OF_SERVICE: "OOS"}
_LETTER = {
    Condition.DIRTY: "D",
    Condition.CLEANING: "D",
    Condition.PICKUP: "P",
    Condition.CLEAN: "C",
    Condition.INSPECTED: "I",
}
_SIGN = {GuestService.DO_NOT_DISTURB: "DND", GuestService.MAKE_UP_ROOM: "MUR", GuestService.SERVICE_DECLINED: "SD"}


def clean_enough(room: Room, policies: Policies) -> bool:
    """Whether its condition is the property's ready condition."""
    return room.condition is Condition.INSPECTED or (room.condition is Condition.CLEAN and not policies.inspects)


def room_status(room: Room, policies: Policies) -> RoomStatus:
    """S4's name for the room, first match wins."""
    if room.service in _CLOSED:
        return _CLOSED[room.service]
    if room.repair_required > 0:
        return RoomStatus.MAINTENANCE_REQUIRED
    if room.occupancy is Occupancy.OCCUPIED:
        return RoomStatus.OCCUPIED
    if room.condition in _UNCLEAN:
        return _UNCLEAN[room.condition]
    return RoomStatus.READY_FOR_GUEST if clean_enough(room, policies) else RoomStatus.CLEANED_UNINSPECTED


def ready(room: Room, policies: Policies) -> bool:
    """Vacant, in service, nothing to repair and at the property's ready condition."""
    return room_status(room, policies) is RoomStatus.READY_FOR_GUEST


def codes(room: Room, policies: Policies) -> list[str]:
    """The codes staff speak: closed (OOO …), then VD, VP, VC, VI, OD …, VR when ready, then the guest's sign."""
    found = [_CLOSED_CODE[room.service]] if room.service in _CLOSED_CODE else []
    found.append(("V" if room.occupancy is Occupancy.VACANT else "O") + _LETTER[room.condition])
    if ready(room, policies):
        found.append("VR")
    if room.guest_service in _SIGN:
        found.append(_SIGN[room.guest_service])
    return found


def public(space: Space, policies: Policies) -> SpaceData:
    """The public record of a space, as events tell it."""
    own = encode("spc", space.id)
    shared: dict[str, Any] = {
        "id": own,
        "space_id": own,
        "venue_id": own,
        "property_id": encode("prp", space.property_id),
        "kind": space.kind.value,
        "parent_id": encode_some("spc", space.parent_id),
        "name": space.name,
        "external_code": space.external_code,
        "capacity": space.capacity,
        "archived_at": space.archived_at,
    }
    if not isinstance(space, Room):
        return SpaceData(**shared)
    return SpaceData(
        **shared,
        number=space.number,
        room_type=space.room_type,
        floor=space.floor,
        section=space.section,
        credits=dict(space.credits),
        occupancy=space.occupancy,
        condition=space.condition,
        service=space.service,
        guest_service=space.guest_service,
        repair_required=space.repair_required,
        stay_id=encode_some("sty", space.stay_id),
        queue=space.queue,
        cleaned_at=space.cleaned_at,
        inspected_at=space.inspected_at,
        status_changed_at=space.status_changed_at,
        room_status=room_status(space, policies),
        codes=codes(space, policies),
        ready=ready(space, policies),
    )
