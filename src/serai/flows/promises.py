"""Something else is promised: live work orders are timed anew."""

from __future__ import annotations

from serai.access.tenancy.events import PROPERTY_UPDATED
from serai.areas.sla import events
from serai.areas.work_orders import service as work_orders
from serai.kernel.ids import decode
from serai.runtime.events.catalog import Incoming
from serai.runtime.slice import Reaction
from serai.runtime.work import Work


async def policy_changed(work: Work, fact: Incoming) -> None:
    """A promise of one hotel, or of all, was made, changed or taken back."""
    place = fact.data["property_id"]
    await work_orders.retime(work, None if place is None else decode("prp", place))


async def hotel_moved(work: Work, fact: Incoming) -> None:
    """The hotel keeps another time."""
    await work_orders.retime(work, fact.subject)


REACTIONS = (
    Reaction("promise-changed", (events.UPDATED,), policy_changed),
    Reaction("promise-zone", (PROPERTY_UPDATED,), hotel_moved, changed="zone"),
)
