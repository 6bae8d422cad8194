"""Another system closed a room: its live orders are linked to that."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import AliasChoices, BaseModel, ConfigDict, Field

from serai.areas.spaces import service as spaces
from serai.areas.work_orders import service as work_orders
from serai.flows.inbound_schema import read
from serai.kernel.errors import Fault, Invalid
from serai.kernel.text import text
from serai.runtime.events.inbox import Message
from serai.runtime.work import Work


class SaidOfClosing(BaseModel):
    """Which room was taken out of order, and why; unknown fields are passed over."""

    model_config = ConfigDict(extra="ignore", str_strip_whitespace=True, coerce_numbers_to_str=True, defer_build=True)

    room: Annotated[str, Field(min_length=1, max_length=200)] = Field(
        validation_alias=AliasChoices("room_id", "venue_id", "space_id", "room_number")
    )
    reason: Annotated[str, Field(max_length=500)] | None = Field(
        None, validation_alias=AliasChoices("reason", "note", "reason_code")
    )


async def taken_out(work: Work, property_id: UUID, message: Message) -> None:
    """Each live order of the room says since when its room is closed, and the reason stands among its notes."""
    said = read(SaidOfClosing, message, text("The closed room"))
    room_id = await spaces.find_room(work.tx, work.tenant_id, property_id, said.room)
    if room_id is None:
        raise Invalid(faults=[Fault("/room_id", "is no room of this property")])
    word = "The room was taken out of order elsewhere."
    for order in await work_orders.living_in(work, room_id):
        await work_orders.note_block(work, order.id)
        await work_orders.note(work, order.id, f"{word} {said.reason}" if said.reason else word)
