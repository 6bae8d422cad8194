"""Hands the checklists to the house."""

from __future__ import annotations

from serai.areas.checklists import api, events
from serai.runtime.slice import Permission, Slice

_READERS = ("housekeeping_supervisor", "housekeeper", "viewer", "integration")

slice = Slice(  # the house's word
    name="checklists",
    summary="What is looked at during a kind of task",
    routers=(api.router,),
    events=events.ALL,
    permissions=(
        Permission("checklist.read", "See checklist templates", roles=_READERS),
        Permission("checklist.manage", "Make and change checklist templates", roles=("housekeeping_supervisor",)),
    ),
    tables=("checklist",),
)
