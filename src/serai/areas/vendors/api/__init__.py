"""The routes of vendors, and what they take and answer."""

from __future__ import annotations

from serai.areas.vendors.api import invoices, vendors

routers = (vendors.router, vendors.dispatches, invoices.router)

__all__ = ["routers"]
