"""Hands to the house what goes across areas: events in, and reactions."""

from __future__ import annotations

from serai.flows import (
    dead_letters_api,
    inbound,
    inbound_api,
    inbound_names,
    inbound_pubsub,
    inbox_api,
    notify,
    promises,
    repairs,
    room_assignment,
    room_blocking,
    roster,
    turnover,
    vendor_dispatch,
)
from serai.flows.overnight import roll
from serai.runtime.slice import Permission, Slice

slice = Slice(  # the house's word
    name="flows",
    summary="What leads from one area to another",
    routers=(
        inbound_api.router,
        inbound_pubsub.router,
        inbox_api.router,
        dead_letters_api.router,
        room_assignment.router,
    ),
    permissions=(
        Permission("event.send", "Send events of bookings", roles=("integration",)),
        Permission("event.replay", "See the events that came in, and try parked ones again"),
    ),
    tables=("inbox", "overnight"),
    loops=(*inbound.LOOPS, *roll.LOOPS),
    reactions=(
        *turnover.REACTIONS,
        *roster.REACTIONS,
        *roll.REACTIONS,
        *room_blocking.REACTIONS,
        *promises.REACTIONS,
        *repairs.REACTIONS,
        *notify.REACTIONS,
        *vendor_dispatch.REACTIONS,
    ),
    consumes=inbound_names.CONSUMES,
)
