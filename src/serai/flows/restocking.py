"""Something runs low in the store: somebody is sent to fill it up."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field

from serai.areas.housekeeping import service as housekeeping
from serai.areas.housekeeping.model import PINS, CreateTask, TaskType
from serai.areas.spaces import service as spaces
from serai.flows.inbound_schema import read
from serai.kernel.text import text
from serai.runtime.events.inbox import Message
from serai.runtime.work import Work


def _text(value: Any) -> Any:
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


Text = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$"), BeforeValidator(_text)]


class SaidOfStock(BaseModel):
    """What the store says of an item; unknown fields are passed over."""

    model_config = ConfigDict(extra="ignore", str_strip_whitespace=True, allow_inf_nan=False, defer_build=True)

    item: Text = Field(
        validation_alias=AliasChoices("item_name", "name", "item", "sku", "item_id", "product_id", "inventory_item_id")
    )
    left: Text | None = Field(
        None, validation_alias=AliasChoices("current_stock", "quantity", "current_quantity", "available", "stock")
    )
    least: Text | None = Field(
        None, validation_alias=AliasChoices("minimum_stock", "threshold", "reorder_level", "min_quantity")
    )
    place: Text | None = Field(
        None, validation_alias=AliasChoices("venue_id", "room_id", "space_id", "room_number", "location")
    )


def restocking(*, urgent: bool) -> Any:
    """What an event of the store does: one task, urgent where nothing is left to work with."""

    async def handle(work: Work, property_id: UUID, message: Message) -> None:
        said = read(SaidOfStock, message, text("The stock's message"))
        place = said.place and await spaces.find_room(work.tx, work.tenant_id, property_id, said.place)
        cmd = CreateTask(
            property_id, TaskType.RESTOCKING, place or None, origin=f"{message.source} {message.id}",
            since=message.at, note=_note(said, known=bool(place)), pinned=PINS["urgent"] if urgent else None,
        )  # fmt: skip
        await housekeeping.make_task(work, cmd)

    return handle


def _note(said: SaidOfStock, *, known: bool) -> str:
    parts = [said.item]
    if said.left:
        parts.append(f"left: {said.left}" + (f" of at least {said.least}" if said.least else ""))
    if said.place and not known:
        parts.append(f"at {said.place}")
    return ", ".join(parts)
