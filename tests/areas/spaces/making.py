"""Rooms, actors and policies for tests of spaces."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from serai.areas.spaces.model import (
    Condition,
    GuestService,
    Kind,
    Occupancy,
    Room,
    Service,
    Source,
    Space,
    StatusChange,
)
from serai.kernel.actor import Actor, ActorKind, system

TENANT, PROPERTY, ROOM, STAY = (UUID(int=n) for n in range(1, 5))
NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
EVERYTHING = frozenset(
    {"room.read", "room.clean", "room.inspect", "room.front_desk", "room.repair", "room.bulk", "room.override"}
)


@dataclass(frozen=True)
class Rules:
    """The policies that matter to rooms."""

    inspects: bool = True
    pickup: bool = False
    oos_assignable: bool = False


def room(**given: Any) -> Room:
    """Room 101: vacant, dirty, in service; `given` fields differ."""
    fields: dict[str, Any] = {
        "id": ROOM,
        "tenant_id": TENANT,
        "property_id": PROPERTY,
        "kind": Kind.ROOM,
        "parent_id": None,
        "name": "101",
        "external_code": None,
        "capacity": 2,
        "archived_at": None,
        "version": 1,
        "number": "101",
        "room_type": "DBL",
        "floor": "1",
        "section": None,
        "credits": {},
        "occupancy": Occupancy.VACANT,
        "condition": Condition.DIRTY,
        "service": Service.IN_SERVICE,
        "guest_service": GuestService.NONE,
        "repair_required": 0,
        "stay_id": None,
        "queue": False,
        "cleaned_at": None,
        "inspected_at": None,
        "status_changed_at": None,
    }
    return Room(**fields | given)


def space(kind: Kind, number: int = 9, **given: Any) -> Space:
    """A space of a kind."""
    fields: dict[str, Any] = {
        "id": UUID(int=number),
        "tenant_id": TENANT,
        "property_id": PROPERTY,
        "kind": kind,
        "parent_id": None,
        "name": f"{kind.value} {number}",
        "external_code": None,
        "capacity": None,
        "archived_at": None,
        "version": 1,
    }
    return Space(**fields | given)


def staff(*permissions: str, roles: tuple[str, ...] = ()) -> Actor:
    """Somebody who may do this in the property; all of it where nothing is named."""
    granted = frozenset(permissions) or EVERYTHING
    return Actor(TENANT, ActorKind.STAFF, UUID(int=77), "Mina", frozenset(roles), {PROPERTY: granted})


def key() -> Actor:
    """The PMS's key."""
    return Actor(TENANT, ActorKind.API_KEY, UUID(int=78), "PMS", frozenset({"integration"}), {PROPERTY: EVERYTHING})


HOUSE = system(TENANT, "turnover")


def by(source: Source, **asked: Any) -> StatusChange:
    """A change through a source."""
    return StatusChange(source, **asked)
