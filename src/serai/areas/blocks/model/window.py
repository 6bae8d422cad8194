"""A window as a record, its words, and the commands about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from serai.areas.spaces.model import Service


class WindowState(StrEnum):
    """Where a window stands; a pending one waits for the guest to leave."""

    SCHEDULED = "scheduled"
    PENDING = "pending"
    ACTIVE = "active"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


LIVE: Final = (WindowState.SCHEDULED, WindowState.PENDING, WindowState.ACTIVE)


class Kind(StrEnum):
    """What a space is closed as, the strictest last."""

    OUT_OF_SERVICE = "out_of_service"
    MAINTENANCE_WINDOW = "maintenance_window"
    OUT_OF_ORDER = "out_of_order"
    OUT_OF_INVENTORY = "out_of_inventory"


SERVICE: Final = {
    Kind.OUT_OF_SERVICE: Service.OUT_OF_SERVICE,
    Kind.MAINTENANCE_WINDOW: Service.OUT_OF_ORDER,
    Kind.OUT_OF_ORDER: Service.OUT_OF_ORDER,
    Kind.OUT_OF_INVENTORY: Service.OUT_OF_INVENTORY,
}
"""What a room is while such a window is active."""
_STRICTNESS: Final = {kind: place for place, kind in enumerate(Kind)}


class Lane(StrEnum):
    """What is planned, and what is broken: each keeps its own calendar."""

    PLAN = "plan"
    FAULT = "fault"


class ReturnStatus(StrEnum):
    """How a room comes back."""

    DIRTY = "dirty"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Holder:
    """A work order (its public id) that holds a window, and what it asks for."""

    order_id: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Touched:
    """A stay (its public id) in the room while it is closed."""

    stay_id: str
    booking_reference: str


@dataclass(frozen=True, slots=True)
class Window:
    """A space is closed in [starts_at, ends_at). `due_at` is when the clock has something to do with it.

    `reason` is why it was called off, or why it did not wait for the guest.
    """

    id: UUID
    tenant_id: UUID
    property_id: UUID
    version: int
    space_id: UUID
    room_number: str | None
    group_id: UUID | None
    lane: Lane
    kind: Kind
    state: WindowState
    reason_code: str
    remarks: str | None
    return_status: ReturnStatus
    starts_at: datetime
    ends_at: datetime
    emergency: bool
    forced: bool
    holders: tuple[Holder, ...]
    touched: tuple[Touched, ...]
    reason: str | None
    started_at: datetime | None
    ended_at: datetime | None
    due_at: datetime | None
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Schedule:
    """Close a space; `starts_at` None is now. A space that holds rooms closes each of them."""

    space_id: UUID
    kind: Kind
    ends_at: datetime
    reason_code: str
    starts_at: datetime | None = None
    remarks: str | None = None
    return_status: ReturnStatus = ReturnStatus.DIRTY
    emergency: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """The space to close; `group_id` where it is one of several."""

    property_id: UUID
    space_id: UUID
    room_number: str | None = None
    group_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Hold:
    """A work order (its public id) closes a room. `until` None: nobody knows; `force` does not wait for the guest."""

    room_id: UUID
    order_id: str
    kind: Kind
    reason_code: str
    until: datetime | None = None
    force: str | None = None


@dataclass(frozen=True, slots=True)
class ChangeWindow:
    """Change what is given; `version` is the one that was read."""

    version: int
    fields: Mapping[str, Any]


def strictest(kinds: list[Kind]) -> Kind:
    """The strictest of some kinds."""
    return max(kinds, key=_STRICTNESS.__getitem__)
