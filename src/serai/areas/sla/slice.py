"""Hands promises to the house."""

from __future__ import annotations

from serai.areas.sla import api, events
from serai.runtime.slice import Permission, Slice

slice = Slice(  # the house's word
    name="sla",
    summary="What is promised of work orders, and its clock",
    routers=(api.router,),
    events=events.ALL,
    permissions=(
        Permission("sla.read", "See what is promised", roles=("maintenance_supervisor", "technician", "viewer")),
        Permission("sla.manage", "Promise", roles=("maintenance_supervisor",)),
    ),
    tables=("sla_policy", "sla_day"),
)
