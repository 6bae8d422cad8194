"""The facts about shifts, skills and rates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from serai.kernel.event import EventType


@dataclass(frozen=True, slots=True)
class ShiftData:
    """When somebody works in a property."""

    id: str
    property_id: str
    staff_id: str
    state: str
    starts_at: datetime
    ends_at: datetime
    break_minutes: int
    started_at: datetime | None
    ended_at: datetime | None
    reason: str | None
    external_code: str | None


@dataclass(frozen=True, slots=True)
class ProfileData:
    """What somebody can do, and which languages they speak."""

    id: str
    staff_id: str
    skills: list[str]
    languages: list[str]
    external_code: str | None


@dataclass(frozen=True, slots=True)
class RateData:
    """What an hour of somebody costs from an instant on; `amount` is a decimal number as text."""

    id: str
    staff_id: str
    valid_from: datetime
    amount: str
    currency: str


_shift = partial(EventType, subject="shf", payload=ShiftData, permission="roster.read")
PLANNED = _shift("staff.shift.planned.v1", "A shift was planned.")
UPDATED = _shift("staff.shift.updated.v1", "A shift was moved.")
STARTED = _shift("staff.shift.started.v1", "Somebody began to work.")
ENDED = _shift("staff.shift.ended.v1", "Somebody's work is over.")
CANCELLED = _shift("staff.shift.cancelled.v1", "A shift was called off.")
MISSED = _shift("staff.shift.missed.v1", "Somebody does not come: ill, or away.")
PROFILE = EventType(
    "staff.profile.updated.v1", "What somebody can do was changed.", "spf", ProfileData, permission="roster.read"
)
RATE = EventType("staff.rate.set.v1", "What an hour of somebody costs.", "rte", RateData, permission="rate.read")

SHIFT = (PLANNED, UPDATED, STARTED, ENDED, CANCELLED, MISSED)
ALL = (*SHIFT, PROFILE, RATE)
