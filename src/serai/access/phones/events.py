"""The facts about phones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from serai.kernel.event import EventType


@dataclass(frozen=True, slots=True)
class PhoneData:
    """A device that was enrolled in a property."""

    id: str
    property_id: str
    name: str
    enrolled_at: datetime
    revoked_at: datetime | None


_phone = partial(EventType, subject="phn", payload=PhoneData, permission="phone.read")
ENROLLED = _phone("access.phone.enrolled.v1", "A device was enrolled: people may sign in on it by PIN.")
REVOKED = _phone("access.phone.revoked.v1", "A device signs nobody in any more.", narrows=True)

ALL = (ENROLLED, REVOKED)
