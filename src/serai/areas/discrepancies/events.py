"""The facts about discrepancies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from serai.kernel.event import EventType


@dataclass(frozen=True, slots=True)
class DiscrepancyData:
    """What housekeeping saw in a room, and what the front desk said of it then."""

    id: str
    property_id: str
    room_id: str
    kind: str
    state: str
    seen_occupancy: str
    seen_persons: int | None
    told_occupancy: str
    told_persons: int | None
    stay_id: str | None
    note: str | None
    found_at: datetime
    found_by: str
    resolved_at: datetime | None
    resolved_by: str | None
    resolution: str | None


_discrepancy = partial(EventType, subject="dsc", payload=DiscrepancyData, permission="discrepancy.read")
FOUND = _discrepancy(
    "property.room.discrepancy_found.v1", "Housekeeping sees something else than the front desk believes.",
    socketio="room:discrepancy",
)  # fmt: skip
RESOLVED = _discrepancy(
    "property.room.discrepancy_resolved.v1", "A discrepancy was cleared up.", socketio="room:discrepancy-resolved"
)

ALL = (FOUND, RESOLVED)
