"""Hands notifications to the house."""

from __future__ import annotations

from serai.areas.notifications import api, events, jobs
from serai.runtime.slice import Permission, Slice

_EVERYBODY = (
    "housekeeping_supervisor", "housekeeper", "front_desk", "maintenance_supervisor", "technician", "viewer",
)  # fmt: skip

slice = Slice(  # the house's word
    name="notifications",
    summary="Who is told what, in which language, by which channel, and when",
    routers=(api.router, api.me),
    events=events.ALL,
    permissions=(
        Permission("notification.mine", "Be told things, and say how", roles=_EVERYBODY),
        Permission("notification.read", "See what went outside", roles=("maintenance_supervisor",)),
        Permission("notification.manage", "Send once more what did not get out", roles=("maintenance_supervisor",)),
    ),
    tables=("notice", "delivery", "notice_settings"),
    loops=jobs.LOOPS,
    jobs=(jobs.SEND,),
    reactions=jobs.REACTIONS,
)
