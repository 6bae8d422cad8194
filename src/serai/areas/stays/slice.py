"""Hands the stays to the house."""

from __future__ import annotations

from serai.areas.stays import api, events, model
from serai.runtime.slice import Permission, Slice

_READERS = (
    "housekeeping_supervisor", "housekeeper", "front_desk", "maintenance_supervisor", "integration", "viewer",
)  # fmt: skip

slice = Slice(  # the house's word
    name="stays",
    summary="Our copy of the bookings, fed by events",
    routers=(api.router,),
    events=events.ALL,
    machines=(model.MACHINE,),
    permissions=(
        Permission("stay.read", "See stays", roles=_READERS),
        Permission(
            "stay.manage", "Give stays rooms and hours, check guests in and out", roles=("front_desk", "integration")
        ),
    ),
    tables=("booking", "stay"),
)
