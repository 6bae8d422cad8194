"""Hands to the house what goes across areas: events in, and reactions."""

from __future__ import annotations

from serai.flows import inbound, inbound_api, inbound_names, inbox_api, room_assignment, turnover
from serai.runtime.events import inbox_tables
from serai.runtime.slice import Permission, Slice

slice = Slice(  # the house's word
    name="flows",
    summary="What leads from one area to another",
    routers=(inbound_api.router, inbox_api.router, room_assignment.router),
    permissions=(
        Permission("event.send", "Send events of bookings", roles=("integration",)),
        Permission("event.replay", "See the events that came in, and try parked ones again"),
    ),
    tables=(inbox_tables.inbox,),
    loops=inbound.LOOPS,
    reactions=turnover.REACTIONS,
    consumes=inbound_names.CONSUMES,
)
