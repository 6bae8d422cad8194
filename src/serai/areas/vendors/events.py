"""The facts about vendors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from serai.kernel.event import EventType
from serai.kernel.hours import Hours


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
    windows: tuple[Hours, ...]
    categories: tuple[str, ...]
    hourly_rate: str | None
    currency: str | None
    note: str | None
    active: bool


@dataclass(frozen=True, slots=True)
class DispatchData:
    """A work order that a vendor was given. `via` is how it was acknowledged, `recorded_by` who wrote it down."""

    id: str
    property_id: str
    vendor_id: str
    vendor_name: str
    channel: str
    order_id: str
    order_number: int
    title: str
    room_number: str | None
    state: str
    sent_at: datetime
    acknowledged_at: datetime | None
    promised_at: datetime | None
    via: str | None
    recorded_by: str | None
    note: str | None
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class InvoiceData:
    """What a vendor wants for an order. `posted_at`: it is in the books; `struck_at`: it was a slip."""

    id: str
    property_id: str
    vendor_id: str
    vendor_name: str
    order_id: str
    order_number: int
    number: str | None
    amount: str
    currency: str
    due_on: date | None
    file_id: str | None
    note: str | None
    recorded_at: datetime
    recorded_by: str
    posted_at: datetime | None
    posted_reference: str | None
    struck_at: datetime | None


_vendor = partial(EventType, subject="vnd", payload=VendorData, permission="vendor.read", socketio="vendor:updated")
UPDATED = _vendor("maintenance.vendor.updated.v1", "A vendor was added or changed, or rests.")
_dispatch = partial(EventType, subject="dsp", payload=DispatchData, permission="vendor.read")
ASSIGNED = _dispatch("maintenance.vendor.assigned.v1", "A vendor was given an order.", socketio="vendor:assigned")
ACKNOWLEDGED = _dispatch("maintenance.vendor.acknowledged.v1", "A vendor said whether and when it comes.",
                         socketio="vendor:acknowledged")  # fmt: skip
RELEASED = _dispatch("maintenance.vendor.released.v1", "The order is the vendor's no more.",
                     socketio="vendor:released")  # fmt: skip
_invoice = partial(EventType, subject="vin", payload=InvoiceData, permission="cost.read")
INVOICE_RECORDED = _invoice("maintenance.vendor.invoice_recorded.v1", "A vendor's invoice for an order came.",
                            socketio="vendor:invoice-recorded")  # fmt: skip
INVOICE_UPDATED = _invoice("maintenance.vendor.invoice_updated.v1", "An invoice is in the books, or was a slip.",
                           socketio="vendor:invoice-updated")  # fmt: skip

ALL = (UPDATED, ASSIGNED, ACKNOWLEDGED, RELEASED, INVOICE_RECORDED, INVOICE_UPDATED)
