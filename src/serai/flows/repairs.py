"""A room that needs a repair has an order; when the order ends, so does the need."""

from __future__ import annotations

from uuid import UUID

from serai.areas.spaces import service as spaces
from serai.areas.spaces.events import ROOM_STATUS_CHANGED
from serai.areas.spaces.model import Source, StatusChange
from serai.areas.work_orders import events as orders
from serai.areas.work_orders import service as work_orders
from serai.areas.work_orders.model import CreateOrder, Origin, Resolution
from serai.kernel.ids import decode
from serai.runtime.events.catalog import Incoming
from serai.runtime.slice import Reaction
from serai.runtime.work import Work

_SYMPTOM = "repair"


async def flag_changed(work: Work, fact: Incoming) -> None:
    """Somebody said at the room that it needs a repair, or that the repair is done; of one that is gone, nothing."""
    if (await spaces.lock_room(work, fact.subject)).archived_at is not None:
        return
    before, after = fact.changes["repair_required"]
    place = decode("prp", fact.data["property_id"])
    if after > before:
        title = f"Room {fact.data['number']} needs a repair"
        cmd = CreateOrder(place, title, space_id=fact.subject, origin=Origin.HOUSEKEEPING, symptom=_SYMPTOM)
        await work_orders.take_in(work, cmd)
    elif after == 0:
        open_order = await work_orders.of_symptom(work, place, fact.subject, _SYMPTOM)
        if open_order is not None:
            done = Resolution("The repair is done, somebody said at the room.")
            await work_orders.finish(work, open_order.id, done, work_orders.FinalLines())


async def order_ended(work: Work, fact: Incoming) -> None:
    """What was wanted at the room is mended, or called off: its flag goes."""
    order = fact.data
    if order["symptom"] != _SYMPTOM or order["space_id"] is None:
        return
    room_id: UUID = decode("spc", order["space_id"])
    room = await spaces.lock_room(work, room_id)
    if room.repair_required and room.archived_at is None:
        note = f"Work order {order['number']} is {order['state']}."
        await spaces.set_room_status(
            work, room_id, StatusChange(Source.SYSTEM, repair=-room.repair_required, note=note)
        )


REACTIONS = (
    Reaction("repair-wanted", (ROOM_STATUS_CHANGED,), flag_changed, changed="repair_required"),
    Reaction("repair-ended", (orders.RESOLVED, orders.CANCELLED), order_ended),
)
