"""Hands costs to the house."""

from __future__ import annotations

from serai.areas.costs import api, events
from serai.runtime.slice import Permission, Slice

slice = Slice(  # the house's word
    name="costs",
    summary="What repairs cost, line by line, and what they may",
    routers=(api.router,),
    events=events.ALL,
    permissions=(
        Permission("cost.read", "See what repairs cost and may", roles=("maintenance_supervisor", "viewer")),
        Permission("cost.manage", "Say what repairs may cost"),
    ),
    tables=("cost_line", "budget"),
)
