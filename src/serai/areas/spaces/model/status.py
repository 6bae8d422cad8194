"""The words of room status: dimensions, S4's names, sources, commands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol
from uuid import UUID

from serai.kernel.errors import Conflict, IllegalMove


class Occupancy(StrEnum):
    """Who has the key; the front desk says so."""

    VACANT = "vacant"
    OCCUPIED = "occupied"


class Condition(StrEnum):
    """How clean it is; housekeeping says so."""

    DIRTY = "dirty"
    CLEANING = "cleaning"
    PICKUP = "pickup"
    CLEAN = "clean"
    INSPECTED = "inspected"


class Service(StrEnum):
    """Whether it is sold; follows from blocks and is never set by hand."""

    IN_SERVICE = "in_service"
    OUT_OF_SERVICE = "out_of_service"
    OUT_OF_ORDER = "out_of_order"
    OUT_OF_INVENTORY = "out_of_inventory"


class GuestService(StrEnum):
    """What the guest asked for."""

    NONE = "none"
    DO_NOT_DISTURB = "do_not_disturb"
    MAKE_UP_ROOM = "make_up_room"
    SERVICE_DECLINED = "service_declined"


class RoomStatus(StrEnum):
    """S4's single list, derived from the dimensions."""

    OUT_OF_ORDER = "OUT_OF_ORDER"
    OUT_OF_SERVICE = "OUT_OF_SERVICE"
    MAINTENANCE_REQUIRED = "MAINTENANCE_REQUIRED"
    OCCUPIED = "OCCUPIED"
    CHECKOUT_DIRTY = "CHECKOUT_DIRTY"
    CLEANING_IN_PROGRESS = "CLEANING_IN_PROGRESS"
    CLEANED_UNINSPECTED = "CLEANED_UNINSPECTED"
    READY_FOR_GUEST = "READY_FOR_GUEST"


class Source(StrEnum):
    """Through whom a change of status comes; it follows from the route and the caller's role."""

    HOUSEKEEPING = "HOUSEKEEPING"
    FRONT_DESK = "FRONT_DESK"
    SYSTEM = "SYSTEM"
    MANAGER_OVERRIDE = "MANAGER_OVERRIDE"


class Policies(Protocol):
    """What the property decides about its rooms."""

    @property
    def inspects(self) -> bool:
        """A cleaned room is ready only when it was inspected."""
        ...

    @property
    def pickup(self) -> bool:
        """The condition pickup is in use."""
        ...

    @property
    def oos_assignable(self) -> bool:
        """A guest may be given a room that is out of service."""
        ...


@dataclass(frozen=True, slots=True)
class StatusChange:
    """A change of status asked for; None leaves a dimension to what follows from the others.

    `named` asks for one of S4's names instead of dimensions.
    `repair` raises (+1) or clears (-1) one fault. `reason` is needed with MANAGER_OVERRIDE.
    `expected_status` (S4's name) and `version` are what the caller read. `occurred_at` is when it
    was done, up to 24 hours back.
    """

    source: Source
    named: RoomStatus | None = None
    occupancy: Occupancy | None = None
    condition: Condition | None = None
    guest_service: GuestService | None = None
    repair: int = 0
    stay_id: UUID | None = None
    queue: bool | None = None
    note: str | None = None
    reason: str | None = None
    override: bool = False
    expected_status: str | None = None
    version: int | None = None
    occurred_at: datetime | None = None

    @property
    def overrides(self) -> bool:
        """Whether a manager sets the rules aside."""
        return self.override or self.source is Source.MANAGER_OVERRIDE


@dataclass(frozen=True, slots=True)
class StatusEvent:
    """One line of a room's history; `before` and `after` are the dimensions as the database saw them."""

    id: UUID
    tenant_id: UUID
    property_id: UUID
    room_id: UUID
    at: datetime
    version: int
    from_status: RoomStatus
    to_status: RoomStatus
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    source: Source
    actor_kind: str
    actor_id: UUID | None
    actor_name: str
    note: str | None
    reason: str | None


class StatusRefused(IllegalMove):
    """The room's status does not allow this now."""

    code = "room_status_refused"


class NeedsBlock(Conflict):
    """A room is closed for a reason and until a time: plan a window for it, its status follows."""

    code = "needs_block"
