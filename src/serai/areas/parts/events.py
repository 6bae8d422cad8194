"""The facts about parts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from serai.kernel.event import EventType


@dataclass(frozen=True, slots=True)
class PartData:
    """A part in a property's store. Quantities and costs are decimals; `low_since`: there is too little of it.

    `available` is what is on hand and reserved for nobody.
    """

    id: str
    property_id: str
    part_number: str
    name: str
    unit: str
    on_hand: str
    reserved: str
    available: str
    reorder_at: str | None
    last_cost: str | None
    currency: str
    supplier: str | None
    place: str | None
    note: str | None
    below_zero: bool
    low_since: datetime | None
    active: bool


@dataclass(frozen=True, slots=True)
class PartUsageData:
    """A part that was used, for a work order or not. `amount` is quantity times cost then; `struck_at`: a slip."""

    id: str
    property_id: str
    part_id: str
    part_number: str
    name: str
    unit: str
    order_id: str | None
    quantity: str
    unit_cost: str | None
    amount: str
    currency: str
    at: datetime
    by: str
    note: str | None
    struck_at: datetime | None


_part = partial(EventType, subject="prt", payload=PartData, permission="part.read")
UPDATED = _part("maintenance.part.updated.v1", "A part was added or changed.", socketio="part:updated")
STOCK_CHANGED = _part(
    "maintenance.part.stock_changed.v1", "There is more or less of a part, or somebody reserved it.",
    socketio="part:stock-changed",
)  # fmt: skip
LOW_STOCK = _part(
    "maintenance.part.low_stock.v1", "There is too little of a part.",
    redis="maintenance:inventory:low-stock", socketio="inventory:low-stock",
)  # fmt: skip
_usage = partial(EventType, subject="pus", payload=PartUsageData, permission="part.read")
USED = _usage("maintenance.part_usage.recorded.v1", "A part was used.", socketio="part:used")
STRUCK = _usage("maintenance.part_usage.struck.v1", "That a part was used was a slip.", socketio="part:usage-struck")

ALL = (UPDATED, STOCK_CHANGED, LOW_STOCK, USED, STRUCK)
