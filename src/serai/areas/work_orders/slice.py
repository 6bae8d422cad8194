"""Hands work orders to the house."""

from __future__ import annotations

from serai.areas.work_orders import api, events, jobs, model
from serai.runtime.slice import Permission, Slice

_SUPERVISOR = "maintenance_supervisor"
_STAFF = ("housekeeping_supervisor", "housekeeper", "front_desk")
_WORKERS = (_SUPERVISOR, "technician")

slice = Slice(  # the house's word
    name="work_orders",
    summary="Faults: reported, judged, given out, mended, found good",
    routers=api.routers,
    events=events.ALL,
    machines=(model.MACHINE,),
    permissions=(
        Permission("workorder.read", "See work orders", roles=(*_WORKERS, *_STAFF, "viewer", "integration")),
        Permission("workorder.create", "Report faults", roles=(*_WORKERS, *_STAFF, "integration")),
        Permission("workorder.update", "Describe and escalate work orders", roles=_WORKERS),
        Permission("workorder.assign", "Judge work orders and give them to people", roles=(_SUPERVISOR,)),
        Permission("workorder.work", "Do the work of orders", roles=_WORKERS),
        Permission("workorder.verify", "Find repairs good or not", roles=(_SUPERVISOR, "housekeeping_supervisor")),
        Permission("workorder.invoice", "Write down vendors' invoices", roles=(_SUPERVISOR,)),
        Permission("workorder.cancel", "Call off work orders", roles=(_SUPERVISOR,)),
    ),
    tables=("work_order", "work_order_note", "work_order_time", "work_order_count"),
    loops=jobs.LOOPS,
)
