"""Hands parts to the house."""

from __future__ import annotations

from serai.areas.parts import api, events
from serai.runtime.slice import Permission, Slice

_WORKERS = ("maintenance_supervisor", "technician")

slice = Slice(  # the house's word
    name="parts",
    summary="What a property has in its store, and every movement of it",
    routers=api.routers,
    events=events.ALL,
    permissions=(
        Permission("part.read", "See parts and their movements", roles=(*_WORKERS, "viewer", "integration")),
        Permission("part.use", "Use parts for no order", roles=_WORKERS),
        Permission("part.manage", "Add, receive, count and send parts", roles=("maintenance_supervisor",)),
    ),
    tables=("part", "stock_move", "part_usage"),
)
