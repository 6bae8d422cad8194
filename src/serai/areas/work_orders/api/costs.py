"""The routes of what a work order costs, and of who could get it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from fastapi import Response
from pydantic import Field

from serai.areas.costs.model import CostKind, CostLine
from serai.areas.parts import service as parts
from serai.areas.parts.model import Moved, PartUsage
from serai.areas.parts.service import PartUsageOut, show_usage
from serai.areas.vendors.model import RecordInvoice
from serai.areas.work_orders import service
from serai.areas.work_orders.api.bodies import Quantity, Short, UsageBody, Words, WorkOrderOut, show
from serai.areas.work_orders.api.routes import ONE
from serai.areas.work_orders.model import Hint
from serai.kernel.actor import Actor
from serai.kernel.ids import encode
from serai.kernel.money import Money
from serai.runtime.http import Body, Call, Id, Out, Router, needs
from serai.runtime.http.language import said

router = Router(prefix=f"/maintenance/work-orders{ONE}", tags=["Work orders"])
inventory = Router(prefix="/inventory/parts", tags=["Inventory"])
PartId = Annotated[UUID, Id("prt")]
VendorId = Annotated[UUID, Id("vnd")]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$", examples=["AFN"])]
Amount = Annotated[Decimal, Field(ge=0, max_digits=14, decimal_places=4, examples=["4500"])]
Kept = Annotated[Decimal, Field(ge=0, max_digits=12, decimal_places=3, examples=["2"])]


class HoldBody(Body):
    """How much of a part is kept for the order, in all; 0 lets it go."""

    part_id: PartId
    quantity: Kept


class InvoiceBody(Body):
    """What a vendor wants; without a vendor, the one that has or had the order. Without a currency, the property's."""

    amount: Amount
    vendor_id: VendorId | None = None
    currency: Currency | None = None
    number: Short | None = Field(None, description="The vendor's own number of it.")
    due_on: date | None = None
    file_id: Annotated[UUID, Id("fil")] | None = None
    note: Words | None = None

    def command(self) -> RecordInvoice:
        """What is asked for."""
        return RecordInvoice(
            self.amount, self.vendor_id, self.currency, self.number, self.due_on, self.file_id, self.note
        )


class PartUseBody(Body):
    """How much was used, and for which work order if for one."""

    quantity: Quantity
    work_order_id: Annotated[UUID, Id("mnt")] | None = None
    note: Short | None = None


class CostLineOut(Out):
    """What something cost; `unit_price` is of an hour where minutes are counted. `struck_at`: it was a slip."""

    id: str
    kind: CostKind
    what: str
    quantity: str
    unit: str
    unit_price: str | None
    amount: str
    currency: str
    day: date
    at: datetime
    by: str
    struck_at: datetime | None


class CostLineList(Out):
    """What an order cost, line by line."""

    items: list[CostLineOut]


class PartUsageList(Out):
    """The parts that an order used."""

    items: list[PartUsageOut]


class HintOut(Out):
    """Somebody who could get the order, and why; `fits`: at once."""

    staff_id: str
    name: str
    fits: bool
    open_minutes: int
    reasons: list[str]


class HintList(Out):
    """Who could get the order, the best first."""

    items: list[HintOut]


def show_lines(found: Sequence[CostLine], _: Actor) -> dict[str, Any]:
    """Lines of costs (the shape of `CostLineList`)."""
    return {"items": [_line(one) for one in found]}


def show_parts(found: Sequence[PartUsage], actor: Actor) -> dict[str, Any]:
    """Parts that were used (the shape of `PartUsageList`)."""
    return {"items": [show_usage(one, actor) for one in found]}


def show_hints(found: Sequence[Hint], _: Actor) -> dict[str, Any]:
    """Who could get it (the shape of `HintList`)."""
    return {
        "items": [
            {
                "staff_id": encode("stf", one.staff_id),
                "name": one.name,
                "fits": one.fits,
                "open_minutes": one.open_minutes,
                "reasons": [said(why) for why in one.reasons],
            }
            for one in found
        ]
    }


def _line(one: CostLine) -> dict[str, Any]:
    return {
        "id": encode("cst", one.id),
        "kind": one.kind,
        "what": one.what,
        "quantity": f"{one.quantity.normalize():f}",
        "unit": one.unit,
        "unit_price": None if one.unit_price is None else f"{one.unit_price.normalize():f}",
        "amount": Money(one.amount, one.currency).text,
        "currency": one.currency,
        "day": one.day,
        "at": one.at,
        "by": one.by,
        "struck_at": one.struck_at,
    }


@router.get("/hints", summary="Who could get an order", response_model=HintList, **needs("workorder.assign"))
async def list_hints(order_id: UUID, call: Call) -> Response:
    """The technicians of its property, the best first: on shift, with the skill, with the least to do."""
    return await call.query(lambda tx: service.hints(tx, call.actor, order_id, call.now), show_hints)


@router.get("/costs", summary="What an order cost, line by line", response_model=CostLineList, **needs("cost.read"))
async def list_cost_lines(order_id: UUID, call: Call) -> Response:
    """Minutes, parts and invoices, each at the price of its time; the order's `costs` are their sums."""
    return await call.query(lambda tx: service.cost_lines(tx, call.actor, order_id), show_lines)


@router.get("/parts-usage", summary="The parts that an order used", response_model=PartUsageList,
            **needs("workorder.read"))  # fmt: skip
async def list_parts_used(order_id: UUID, call: Call) -> Response:
    """In their order, struck ones too."""
    return await call.query(lambda tx: service.parts_used(tx, call.actor, order_id), show_parts)


@router.post("/parts-usage", summary="Use a part", status_code=201, response_model=WorkOrderOut,
             **needs("workorder.work"))  # fmt: skip
async def use_part(order_id: UUID, body: UsageBody, call: Call) -> Response:
    """From the property's store: first what is kept for this order. It costs what one cost last."""
    return await call.command(
        lambda work: service.use_part(work, order_id, body.part_id, body.command()), show, status=201
    )


@router.delete("/parts-usage/{usage_id:pus}", summary="A part was not used after all", response_model=WorkOrderOut,
               **needs("workorder.work"))  # fmt: skip
async def strike_part(order_id: UUID, usage_id: UUID, call: Call) -> Response:
    """It is back in the store, and costs nothing; the slip stays to be seen."""
    return await call.command(lambda work: service.strike_part(work, order_id, usage_id), show)


@router.put("/parts-kept", summary="Keep parts for an order", response_model=WorkOrderOut, **needs("workorder.work"))
async def hold_part(order_id: UUID, body: HoldBody, call: Call) -> Response:
    """Others cannot use them, until they are used for this order, let go, or the order is over."""
    return await call.command(lambda work: service.hold_part(work, order_id, body.part_id, body.quantity), show)


@router.post("/vendor-invoice", summary="Write down a vendor's invoice", status_code=201, response_model=WorkOrderOut,
             **needs("workorder.invoice"))  # fmt: skip
async def record_invoice(order_id: UUID, body: InvoiceBody, call: Call) -> Response:
    """Its amount becomes a cost of the order, in its own currency."""
    return await call.command(lambda work: service.record_invoice(work, order_id, body.command()), show, status=201)


@router.delete("/vendor-invoice/{invoice_id:vin}", summary="An invoice was a slip", response_model=WorkOrderOut,
               **needs("workorder.invoice"))  # fmt: skip
async def strike_invoice(order_id: UUID, invoice_id: UUID, call: Call) -> Response:
    """It costs nothing; one that is in the books is corrected there."""
    return await call.command(lambda work: service.strike_invoice(work, order_id, invoice_id), show)


@inventory.post("/{part_id:prt}/usage", summary="Use a part, for an order or none", status_code=201,
                response_model=PartUsageOut, **needs("part.use"))  # fmt: skip
async def use_from_store(part_id: UUID, body: PartUseBody, call: Call) -> Response:
    """For an order it becomes a cost of it."""
    moved = Moved(body.quantity, note=body.note)
    order_id = body.work_order_id
    if order_id is None:
        return await call.command(lambda work: parts.use(work, None, part_id, moved), show_usage, status=201)
    return await call.command(lambda work: service.use_part_of(work, order_id, part_id, moved), show_usage, status=201)
