"""Vendors and the orders that they were given, as records."""

from __future__ import annotations

from serai.areas.vendors.model.dispatch import (
    MACHINE,
    Acknowledgement,
    Dispatch,
    DispatchState,
    Given,
    acknowledge,
    decline,
    dispatched,
    give,
    open_to,
    release,
)
from serai.areas.vendors.model.invoice import (
    Billed,
    Invoice,
    RecordInvoice,
    invoice_data,
    post,
    record,
    strike_invoice,
)
from serai.areas.vendors.model.reply import Reply, Word, understand
from serai.areas.vendors.model.vendor import AddVendor, ChangeVendor, Channel, Vendor, add, change, data

__all__ = [
    "MACHINE", "Acknowledgement", "AddVendor", "Billed", "ChangeVendor", "Channel", "Dispatch", "DispatchState",
    "Given", "Invoice", "RecordInvoice", "Reply", "Vendor", "Word", "acknowledge", "add", "change", "data",
    "decline", "dispatched", "give", "invoice_data", "open_to", "post", "record", "release", "strike_invoice",
    "understand",
]  # fmt: skip
