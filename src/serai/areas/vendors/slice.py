"""Hands vendors to the house."""

from __future__ import annotations

from serai.areas.vendors import api, events, model
from serai.runtime.slice import Permission, Slice

slice = Slice(  # the house's word
    name="vendors",
    summary="Firms and craftsmen from outside",
    routers=api.routers,
    events=events.ALL,
    machines=(model.MACHINE,),
    permissions=(
        Permission("vendor.read", "See vendors", roles=("maintenance_supervisor", "technician", "viewer")),
        Permission("vendor.manage", "Add and change vendors", roles=("maintenance_supervisor",)),
        Permission("invoice.post", "Say that vendors' invoices are in the books", roles=("integration",)),
    ),
    tables=("vendor", "dispatch", "vendor_invoice"),
)
