"""Hands assets to the house."""

from __future__ import annotations

from serai.areas.assets import api, events
from serai.runtime.slice import Permission, Slice

_WORKERS = ("maintenance_supervisor", "technician")

slice = Slice(  # the house's word
    name="assets",
    summary="What a property has that is maintained: its papers, meters and health",
    routers=api.routers,
    events=events.ALL,
    permissions=(
        Permission(
            "asset.read", "See assets and their meters",
            roles=(*_WORKERS, "housekeeping_supervisor", "viewer", "integration"),
        ),
        Permission("asset.manage", "Add, change and retire assets", roles=("maintenance_supervisor",)),
        Permission("asset.read_meter", "Read meters, say how an asset is", roles=(*_WORKERS, "integration")),
    ),
    tables=("asset", "asset_health", "meter", "meter_reading"),
)  # fmt: skip
