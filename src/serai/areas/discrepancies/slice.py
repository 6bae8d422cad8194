"""Hands discrepancies to the house."""

from __future__ import annotations

from serai.areas.discrepancies import api, events, model
from serai.runtime.slice import Permission, Slice

_ALL = ("housekeeping_supervisor", "housekeeper", "front_desk", "viewer", "integration")

slice = Slice(  # the house's word
    name="discrepancies",
    summary="Where housekeeping sees something else than the front desk believes",
    routers=(api.router,),
    events=events.ALL,
    machines=(model.MACHINE,),
    permissions=(
        Permission("discrepancy.read", "See discrepancies", roles=_ALL),
        Permission("discrepancy.resolve", "Clear discrepancies up", roles=("front_desk", "housekeeping_supervisor")),
    ),
    tables=("discrepancy",),
)
