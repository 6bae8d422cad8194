"""The facts about vendors."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from serai.kernel.event import EventType


@dataclass(frozen=True, slots=True)
class WindowData:
    """Hours of some days in which it may be called, in the property's time; days are 1 (Monday) to 7."""

    days: tuple[int, ...]
    begins: str
    ends: str


@dataclass(frozen=True, slots=True)
class VendorData:
    """A vendor, of one hotel or of all. `hourly_rate` is a decimal, in `currency`."""

    id: str
    property_id: str | None
    name: str
    contact: str | None
    phone: str | None
    email: str | None
    channel: str
    language: str | None
    windows: tuple[WindowData, ...]
    categories: tuple[str, ...]
    hourly_rate: str | None
    currency: str | None
    note: str | None
    active: bool


_vendor = partial(EventType, subject="vnd", payload=VendorData, permission="vendor.read", socketio="vendor:updated")
UPDATED = _vendor("maintenance.vendor.updated.v1", "A vendor was added or changed, or rests.")

ALL = (UPDATED,)
