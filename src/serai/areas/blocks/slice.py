"""Hands windows to the house."""

from __future__ import annotations

from serai.areas.blocks import api, events, jobs, model
from serai.runtime.slice import Permission, Slice

_PLANNERS = ("maintenance_supervisor", "housekeeping_supervisor", "front_desk")

slice = Slice(  # the house's word
    name="blocks",
    summary="Windows in which a space is closed, by plan or for a fault",
    routers=api.routers,
    events=events.ALL,
    machines=(model.MACHINE,),
    permissions=(
        Permission(
            "window.read", "See when spaces are closed",
            roles=(*_PLANNERS, "housekeeper", "technician", "viewer", "integration"),
        ),
        Permission("window.manage", "Close spaces by plan, and have them back", roles=_PLANNERS),
        Permission("window.force", "Close a room that a guest still has"),
    ),
    tables=("window",),
    loops=jobs.LOOPS,
)  # fmt: skip
