"""What the routes of parts take and answer."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from serai.areas.parts import model
from serai.areas.parts.model import AddPart, ChangePart, Moved, MoveKind, Part, StockMove, figure, some
from serai.kernel.actor import Actor
from serai.kernel.errors import Fault, Invalid
from serai.kernel.ids import encode, encode_some
from serai.runtime.http import Body, Id, Out, shown

PropertyId = Annotated[UUID, Id("prp")]
PartId = Annotated[UUID, Id("prt")]
Name = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")]
PartNumber = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[^\x00-\x1f\x7f]+$", examples=["F-204"])]
Words = Annotated[str, Field(min_length=1, max_length=2000, pattern=r"^[^\x00]*$")]
Quantity = Annotated[Decimal, Field(gt=0, max_digits=12, decimal_places=3, examples=["2"])]
Count = Annotated[Decimal, Field(ge=0, max_digits=12, decimal_places=3, examples=["10"])]
Cost = Annotated[Decimal, Field(ge=0, max_digits=14, decimal_places=4, examples=["12.50"])]


class PartBody(Body):
    """A part, of which there is nothing yet; `part_number` is its number in the property. Costs in its currency."""

    property_id: PropertyId
    part_number: PartNumber
    name: Name
    unit: Name = "piece"
    reorder_at: Count | None = Field(None, description="At so much or less that is available, there is too little.")
    last_cost: Cost | None = None
    supplier: Name | None = None
    place: Name | None = None
    note: Words | None = None
    below_zero: bool = Field(default=False, description="More may be used than was counted.")

    def command(self) -> AddPart:
        """What is asked for."""
        return AddPart(**{name: getattr(self, name) for name in type(self).model_fields})


class PartPatch(Body):
    """What to change; what is left out stays. How much there is changes by movements."""

    name: Name | None = None
    unit: Name | None = None
    reorder_at: Count | None = None
    supplier: Name | None = None
    place: Name | None = None
    note: Words | None = None
    below_zero: bool | None = None
    active: bool | None = None
    version: int | None = Field(None, ge=1, description="The version that you read, or If-Match.")

    def command(self, version: int) -> ChangePart:
        """What is asked for; what must be there cannot be taken away."""
        given = {name: getattr(self, name) for name in self.model_fields_set - {"version"}}
        needed = ("name", "unit", "below_zero", "active")
        if faults := [Fault(f"/{name}", "cannot be null") for name in needed if given.get(name, 1) is None]:
            raise Invalid(faults=faults)
        return ChangePart(version, given)


class ReceiveBody(Body):
    """What came, and what one of it cost; without a cost, what it cost last."""

    quantity: Quantity
    unit_cost: Cost | None = None
    note: Words | None = None

    def command(self) -> Moved:
        """What is asked for."""
        return Moved(self.quantity, self.unit_cost, None, self.note)


class CountedBody(Body):
    """What was counted: how much is there."""

    quantity: Count
    note: Words

    def command(self) -> Moved:
        """What is asked for."""
        return Moved(self.quantity, None, None, self.note)


class TransferBody(Body):
    """How much goes to the part of another property's store."""

    quantity: Quantity
    to_part_id: PartId
    note: Words | None = None

    def command(self) -> Moved:
        """What is asked for."""
        return Moved(self.quantity, None, None, self.note)


class PartOut(Out):
    """A part in a property's store; quantities and costs are exact decimals."""

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
    version: int
    allowed_actions: list[str]


class PartPage(Out):
    """Some parts."""

    items: list[PartOut]
    next_cursor: str | None
    total: int | None = None


class StockMoveOut(Out):
    """A movement: how much more on hand and reserved, and how much of both there was after it."""

    id: str
    kind: MoveKind
    on_hand_delta: str
    reserved_delta: str
    on_hand: str
    reserved: str
    unit_cost: str | None
    work_order_id: str | None
    other_part_id: str | None
    note: str | None
    at: datetime
    by: str


class StockMovePage(Out):
    """Some movements."""

    items: list[StockMoveOut]
    next_cursor: str | None
    total: int | None = None


def show(part: Part, actor: Actor) -> dict[str, Any]:
    """A part for this caller (the shape of `PartOut`)."""
    steps = (("update", "part.manage"), ("receive", "part.manage"), ("adjust", "part.manage"),
             ("transfer", "part.manage"), ("use", "part.use"))  # fmt: skip
    actions = [name for name, permission in steps if actor.may(permission, part.property_id)]
    return shown(model.data(part), part.version, actions)


def show_move(move: StockMove, _: Actor) -> dict[str, Any]:
    """A movement (the shape of `StockMoveOut`)."""
    return {
        "id": encode("stm", move.id),
        "kind": move.kind,
        "on_hand_delta": figure(move.on_hand_delta),
        "reserved_delta": figure(move.reserved_delta),
        "on_hand": figure(move.on_hand),
        "reserved": figure(move.reserved),
        "unit_cost": some(move.unit_cost),
        "work_order_id": encode_some("mnt", move.order_id),
        "other_part_id": encode_some("prt", move.other_part_id),
        "note": move.note,
        "at": move.at,
        "by": move.by,
    }
