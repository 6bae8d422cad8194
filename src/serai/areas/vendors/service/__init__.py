"""The commands and questions about vendors."""

from __future__ import annotations

from serai.areas.vendors.service.invoices import find_invoices, post, record, strike_invoice, tell_posted
from serai.areas.vendors.service.vendors import (
    acknowledge,
    add,
    change,
    decline,
    dispatch,
    dispatches,
    find,
    get,
    get_dispatch,
    may,
    of_phone,
    release,
)

__all__ = [
    "acknowledge", "add", "change", "decline", "dispatch", "dispatches", "find", "find_invoices", "get",
    "get_dispatch", "may", "of_phone", "post", "record", "release", "strike_invoice", "tell_posted",
]  # fmt: skip
