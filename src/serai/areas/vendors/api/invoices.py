"""The routes of vendors' invoices."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import Query, Response
from pydantic import Field

from serai.areas.vendors import model, service
from serai.areas.vendors.model import Invoice
from serai.kernel.actor import Actor
from serai.runtime.http import Body, Call, Id, ListQuery, Out, Router, asked, needs, shown

router = Router(prefix="/maintenance/vendor-invoices", tags=["Vendors"])
Reference = Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f\x7f]+$")]


class PostBody(Body):
    """Under which reference it is in the books, if that is known."""

    reference: Reference | None = None


class InvoiceOut(Out):
    """A vendor's invoice for a work order."""

    id: str
    property_id: str
    vendor_id: str
    vendor_name: str
    order_id: str
    order_number: int
    number: str | None
    amount: str
    currency: str
    due_on: date | None
    file_id: str | None
    note: str | None
    recorded_at: datetime
    recorded_by: str
    posted_at: datetime | None
    posted_reference: str | None
    struck_at: datetime | None
    version: int


class InvoicePage(Out):
    """Some invoices."""

    items: list[InvoiceOut]
    next_cursor: str | None
    total: int | None = None


def show(invoice: Invoice, _: Actor) -> dict[str, Any]:
    """An invoice (the shape of `InvoiceOut`)."""
    return shown(model.invoice_data(invoice), invoice.version)


@router.get("", summary="List vendors' invoices", response_model=InvoicePage, **needs("cost.read"))
async def list_invoices(
    call: Call,
    query: Annotated[ListQuery, asked(ListQuery)],
    property_id: Annotated[Annotated[UUID, Id("prp")] | None, Query()] = None,
    vendor_id: Annotated[Annotated[UUID, Id("vnd")] | None, Query()] = None,
    order_id: Annotated[Annotated[UUID, Id("mnt")] | None, Query()] = None,
    posted: Annotated[bool | None, Query(description="Whether they are in the books.")] = None,
) -> Response:
    """The newest first, struck ones too."""
    return await call.page(
        lambda tx: service.find_invoices(
            tx, call.actor, query, property_id=property_id, vendor_id=vendor_id, order_id=order_id, posted=posted
        ),
        show,
    )


@router.post("/{invoice_id:vin}/post", summary="An invoice is in the books", response_model=InvoiceOut,
             **needs("invoice.post"))  # fmt: skip
async def post_invoice(invoice_id: UUID, body: PostBody, call: Call) -> Response:
    """Marks it as posted; posted again nothing changes."""
    return await call.command(lambda work: service.post(work, invoice_id, body.reference), show)
