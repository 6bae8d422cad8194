"""Hands files to the house."""

from __future__ import annotations

from serai.areas.files import api, events, jobs, service
from serai.runtime.slice import Loop, Permission, Slice

_STAFF = ("housekeeping_supervisor", "housekeeper", "front_desk", "maintenance_supervisor", "technician", "integration")

slice = Slice(  # the house's word
    name="files",
    summary="Pictures and documents that people add",
    routers=(api.router,),
    events=events.ALL,
    permissions=(
        Permission("file.read", "See files", roles=(*_STAFF, "viewer")),
        Permission("file.add", "Upload files", roles=_STAFF),
        Permission(
            "file.manage", "Remove anybody's files", roles=("housekeeping_supervisor", "maintenance_supervisor")
        ),
    ),
    tables=("file",),
    loops=(Loop("file.purge", "file", "expires_at", service.purge),),
    jobs=(jobs.SCAN,),
    reactions=jobs.REACTIONS,
)
