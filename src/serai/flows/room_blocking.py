"""A bad fault closes its room; the room comes back through cleaning."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from serai.access.tenancy.service import get_property
from serai.areas.blocks import events as windows
from serai.areas.blocks import service as blocks
from serai.areas.blocks.model import Hold, Kind, WindowState
from serai.areas.housekeeping import service as housekeeping
from serai.areas.housekeeping.model import CreateTask, TaskType
from serai.areas.spaces import service as spaces
from serai.areas.spaces.events import ROOM_STATUS_CHANGED
from serai.areas.spaces.model import Condition, Occupancy, Service
from serai.areas.stays import events as stay_events
from serai.areas.stays import service as stays
from serai.areas.work_orders import events as orders
from serai.areas.work_orders import service as work_orders
from serai.areas.work_orders.model import OrderState, Relocation, Severity, WorkOrder
from serai.kernel.ids import decode, encode
from serai.runtime.events.catalog import Incoming
from serai.runtime.slice import Reaction
from serai.runtime.work import Work

_OVER = (OrderState.VERIFIED, OrderState.CANCELLED)
_DANGER = "Somebody may come to harm."


async def follow_order(work: Work, fact: Incoming) -> None:
    """A room is closed while an order is bad enough, and until it is found good; as the order stands by now."""
    order = await work_orders.lock(work, fact.subject)
    hotel = await get_property(work.tx, work.tenant_id, order.property_id)
    closed = hotel.policies.closes.get(order.severity)
    shown = encode("mnt", order.id)
    if order.space_id is None or order.room_number is None or order.state in _OVER or closed is None:
        await blocks.release(work, order.property_id, shown)
        return
    danger = order.safety_concern and order.severity is Severity.CRITICAL
    await blocks.hold(work, Hold(
        order.space_id, shown, Kind(closed), order.category, _end(order, work.now), _DANGER if danger else None,
    ))  # fmt: skip


async def window_began(work: Work, fact: Incoming) -> None:
    """The orders that hold a window hear that their room is closed."""
    if fact.data["state"] != WindowState.ACTIVE:
        return
    for one in fact.data["holders"]:
        await work_orders.note_block(work, decode("mnt", one["order_id"]))


async def guests_are_touched(work: Work, fact: Incoming) -> None:
    """The guests of a room that is to be closed for orders need another one."""
    touched = [Relocation(one["stay_id"], one["booking_reference"]) for one in fact.data["touched"]]
    for one in fact.data["holders"]:
        await work_orders.relocate(work, decode("mnt", one["order_id"]), touched)


async def follow_stay(work: Work, fact: Incoming) -> None:
    """A stay that is new, moved or called off may meet a window, or leave it free to begin."""
    stay = await stays.get_stay(work.tx, work.tenant_id, fact.subject)
    left = fact.changes.get("room_id", (None, None))[0]
    for room_id in (stay.room_id, left and UUID(left)):
        if room_id is not None:
            await _look_again(work, room_id)


async def room_changed_hands(work: Work, fact: Incoming) -> None:
    """A guest has left, or come: what waits in the room may begin, and touches others."""
    await _look_again(work, fact.subject)


async def room_came_back(work: Work, fact: Incoming) -> None:
    """A room that comes back dirty and empty is cleaned, once."""
    if fact.data["room_number"] is None:
        return
    room = await spaces.lock_room(work, decode("spc", fact.data["space_id"]))
    back = room.service is Service.IN_SERVICE and room.occupancy is Occupancy.VACANT
    dirty = room.condition is Condition.DIRTY and room.archived_at is None
    if back and dirty and await housekeeping.open_cleaning(work, room.id) is None:
        asked = CreateTask(room.property_id, TaskType.CHECKOUT_CLEANING, room.id, f"window:{fact.data['id']}")
        await housekeeping.make_task(work, asked)


async def _look_again(work: Work, room_id: UUID) -> None:
    for window in await blocks.meet(work, room_id):
        await blocks.settle(work, window)


def _end(order: WorkOrder, now: datetime) -> datetime | None:
    """When the work is expected to be done, as far as anybody said."""
    planned = None
    if order.planned_start is not None:
        planned = order.planned_start + timedelta(minutes=order.estimated_minutes or 0)
    said = [one for one in (order.blocked_until, planned) if one is not None and one > now]
    return max(said, default=None)


REACTIONS = (
    Reaction(
        "room-blocking",
        (orders.CREATED, orders.TRIAGED, orders.UPDATED, orders.BLOCKED, orders.VERIFIED, orders.CANCELLED),
        follow_order,
    ),
    Reaction("room-blocked", (windows.STARTED, windows.UPDATED), window_began),
    Reaction("relocation", (windows.CONFLICT_FOUND, windows.UPDATED), guests_are_touched),
    Reaction("windows-and-stays", stay_events.ALL, follow_stay),
    Reaction("windows-and-rooms", (ROOM_STATUS_CHANGED,), room_changed_hands, changed="occupancy"),
    Reaction("rooms-back", (windows.COMPLETED,), room_came_back),
)
