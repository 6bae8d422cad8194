"""Hands the views to the house."""

from __future__ import annotations

from serai.runtime.slice import Permission, Slice
from serai.views import board_api, dashboard_api, repairs_api, watch_api

slice = Slice(  # the house's word
    name="views",
    summary="Reads across areas: the room board and the dashboards",
    routers=(board_api.router, dashboard_api.router, watch_api.router, repairs_api.router),
    permissions=(
        Permission(
            "dashboard.read",
            "See the dashboards",
            roles=("housekeeping_supervisor", "front_desk", "maintenance_supervisor", "viewer"),
        ),
    ),
)
