"""The facts about windows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from serai.kernel.event import EventType


@dataclass(frozen=True, slots=True)
class HolderData:
    """A work order that holds a window, and what it asks for."""

    order_id: str
    kind: str


@dataclass(frozen=True, slots=True)
class TouchedData:
    """A stay in the room while it is closed."""

    stay_id: str
    booking_reference: str


@dataclass(frozen=True, slots=True)
class WindowData:
    """When a space is closed. `touched` are the stays in it meanwhile; `forced`: it did not wait for the guest."""

    id: str
    property_id: str
    space_id: str
    venue_id: str
    room_number: str | None
    group_id: str | None
    lane: str
    kind: str
    state: str
    reason_code: str
    remarks: str | None
    return_status: str
    starts_at: datetime
    ends_at: datetime
    emergency: bool
    forced: bool
    holders: tuple[HolderData, ...]
    touched: tuple[TouchedData, ...]
    reason: str | None
    started_at: datetime | None
    ended_at: datetime | None


_window = partial(EventType, subject="win", payload=WindowData, permission="window.read")
SCHEDULED = _window("maintenance.window.scheduled.v1", "A space is to be closed.", socketio="window:scheduled")
PENDING = _window("maintenance.window.pending.v1", "It waits for the guest to leave.", socketio="window:pending")
STARTED = _window("maintenance.window.started.v1", "The space is closed.", socketio="window:started")
UPDATED = _window("maintenance.window.updated.v1", "Its kind, end, reason or holders changed.",
                  socketio="window:updated")  # fmt: skip
COMPLETED = _window("maintenance.window.completed.v1", "The space is back.", socketio="window:completed")
CANCELLED = _window("maintenance.window.cancelled.v1", "It never was.", socketio="window:cancelled")
CONFLICT_FOUND = _window("maintenance.window.conflict_found.v1", "A guest has the room while it is to be closed.",
                         socketio="window:conflict-found")  # fmt: skip

ALL = (SCHEDULED, PENDING, STARTED, UPDATED, COMPLETED, CANCELLED, CONFLICT_FOUND)
