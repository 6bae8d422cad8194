"""The facts about notices. What they say is private: nobody hears them live."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from serai.kernel.event import EventType


@dataclass(frozen=True, slots=True)
class DeliveryData:
    """A notice on its way outside; the address is not told."""

    id: str
    property_id: str
    notice_id: str
    topic: str
    about: str | None
    to_name: str
    channel: str
    state: str
    due_at: datetime | None
    error: str | None
    created_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class NoticeSettingsData:
    """How somebody wants to be told; addresses are not told."""

    id: str
    channels: tuple[str, ...]
    language: str
    on_shift_only: bool


DELIVERY_CHANGED = EventType(
    "notification.delivery.changed.v1", "A notice waits, goes out, is out, or did not get out.", "dlv", DeliveryData
)
SETTINGS_CHANGED = EventType(
    "notification.settings.changed.v1", "Somebody said how they want to be told.", "nst", NoticeSettingsData
)

ALL = (DELIVERY_CHANGED, SETTINGS_CHANGED)
