"""Hands housekeeping to the house."""

from __future__ import annotations

from serai.areas.housekeeping import api, events, jobs, model
from serai.runtime.slice import Permission, Slice

_SUPERVISOR = "housekeeping_supervisor"
_WORKERS = (_SUPERVISOR, "housekeeper")

slice = Slice(  # the house's word
    name="housekeeping",
    summary="Tasks of a hotel's day: assigned, done, inspected",
    routers=(api.router,),
    events=events.ALL,
    machines=(model.MACHINE,),
    permissions=(
        Permission("task.read", "See tasks", roles=(*_WORKERS, "front_desk", "viewer", "integration")),
        Permission("task.create", "Make tasks", roles=(_SUPERVISOR, "front_desk", "integration")),
        Permission("task.update", "Change tasks and answer their checklists", roles=_WORKERS),
        Permission("task.assign", "Give tasks to people", roles=(_SUPERVISOR,)),
        Permission("task.start", "Do the work of tasks", roles=_WORKERS),
        Permission("task.verify", "Find work good or not", roles=(_SUPERVISOR,)),
        Permission("task.cancel", "Call off tasks", roles=(_SUPERVISOR,)),
        Permission("task.delay", "Mark tasks as delayed", roles=_WORKERS),
    ),
    tables=("task",),
    loops=jobs.LOOPS,
)
