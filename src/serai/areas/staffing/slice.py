"""Hands the roster to the house."""

from __future__ import annotations

from serai.areas.staffing import api, events, model
from serai.runtime.slice import Permission, Slice

_SUPERVISORS = ("housekeeping_supervisor", "maintenance_supervisor")
_WORKERS = (*_SUPERVISORS, "housekeeper", "technician", "front_desk")

slice = Slice(  # the house's word
    name="staffing",
    summary="Who works when, what they can, and what an hour of theirs costs",
    routers=(api.router, api.people),
    events=events.ALL,
    machines=(model.MACHINE,),
    permissions=(
        Permission("roster.read", "See who works when and what they can", roles=(*_WORKERS, "viewer", "integration")),
        Permission("roster.manage", "Plan shifts and say what people can", roles=(*_SUPERVISORS, "integration")),
        Permission("shift.work", "Begin and end one's own shift", roles=_WORKERS),
        Permission("rate.read", "See what an hour of somebody costs"),
        Permission("rate.manage", "Say what an hour of somebody costs"),
    ),
    tables=("shift", "staff_profile", "staff_rate"),
)
