"""The routes of vendors."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from fastapi import Query, Response
from pydantic import Field

from serai.areas.vendors import model, service
from serai.areas.vendors.model import AddVendor, ChangeVendor, Channel, Dispatch, DispatchState, Vendor
from serai.kernel.actor import Actor
from serai.kernel.errors import Fault, Invalid
from serai.runtime.http import Body, Call, HoursBody, HoursOut, Id, ListQuery, Out, Router, asked, needs, shown

router = Router(prefix="/maintenance/vendors", tags=["Vendors"])
dispatches = Router(prefix="/maintenance/dispatches", tags=["Vendors"])
ONE = "/{vendor_id:vnd}"
Name = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")]
Phone = Annotated[str, Field(pattern=r"^\+[1-9]\d{5,14}$", description="In full: +93 and the number.",
                             examples=["+93700123456"])]  # fmt: skip
Mail = Annotated[str, Field(max_length=250, pattern=r"^[^\s@]{1,100}@[^\s@]{1,149}$", examples=["a@example.org"])]
Language = Annotated[str, Field(pattern=r"^[a-z]{2}(-[A-Z]{2})?$", examples=["fa-AF"])]
Trade = Annotated[str, Field(pattern=r"^[a-z][a-z_]{0,39}$", examples=["plumbing"])]
Rate = Annotated[Decimal, Field(ge=0, max_digits=10, decimal_places=2)]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$", examples=["AFN"])]
Words = Annotated[str, Field(min_length=1, max_length=2000, pattern=r"^[^\x00]*$")]


Windows = Annotated[list[HoursBody], Field(max_length=21)]
Trades = Annotated[list[Trade], Field(max_length=40)]


class VendorBody(Body):
    """A vendor; a phone is enough. Without `property_id` it is one of all hotels."""

    property_id: Annotated[UUID, Id("prp")] | None = None
    name: Name
    channel: Channel
    contact: Name | None = None
    phone: Phone | None = None
    email: Mail | None = None
    language: Language | None = None
    windows: Windows = Field([])
    categories: Trades = Field([])
    hourly_rate: Rate | None = None
    currency: Currency | None = None
    note: Words | None = None

    def command(self) -> AddVendor:
        """What is asked for."""
        return AddVendor(
            self.name, self.channel, self.property_id, self.contact, self.phone, self.email, self.language,
            tuple(one.hours() for one in self.windows), tuple(self.categories), self.hourly_rate, self.currency,
            self.note,
        )  # fmt: skip


class VendorPatch(Body):
    """What to change; what is left out stays."""

    name: Name | None = None
    channel: Channel | None = None
    contact: Name | None = None
    phone: Phone | None = None
    email: Mail | None = None
    language: Language | None = None
    windows: Windows | None = None
    categories: Trades | None = None
    hourly_rate: Rate | None = None
    currency: Currency | None = None
    note: Words | None = None
    active: bool | None = None
    version: int | None = Field(None, ge=1, description="The version that you read, or If-Match.")

    def command(self, version: int) -> ChangeVendor:
        """What is asked for; what must be there cannot be taken away."""
        given = {name: getattr(self, name) for name in self.model_fields_set - {"version"}}
        needed = ("name", "channel", "windows", "categories", "active")
        if faults := [Fault(f"/{name}", "cannot be null") for name in needed if given.get(name, 1) is None]:
            raise Invalid(faults=faults)
        if self.windows is not None:
            given["windows"] = tuple(one.hours() for one in self.windows)
        if self.categories is not None:
            given["categories"] = tuple(self.categories)
        return ChangeVendor(version, given)


class VendorOut(Out):
    """A vendor."""

    id: str
    property_id: str | None
    name: str
    contact: str | None
    phone: str | None
    email: str | None
    channel: Channel
    language: str | None
    windows: list[HoursOut]
    categories: list[str]
    hourly_rate: str | None
    currency: str | None
    note: str | None
    active: bool
    version: int
    allowed_actions: list[str]


class VendorPage(Out):
    """Some vendors."""

    items: list[VendorOut]
    next_cursor: str | None
    total: int | None = None


def show(vendor: Vendor, actor: Actor) -> dict[str, Any]:
    """A vendor for this caller (the shape of `VendorOut`)."""
    actions = ["update"] if service.may(actor, "vendor.manage", vendor.property_id) else []
    return shown(model.data(vendor), vendor.version, actions)


class DispatchOut(Out):
    """A work order that a vendor was given."""

    id: str
    property_id: str
    vendor_id: str
    vendor_name: str
    channel: Channel
    order_id: str
    order_number: int
    title: str
    room_number: str | None
    state: DispatchState
    sent_at: datetime
    acknowledged_at: datetime | None
    promised_at: datetime | None
    via: Channel | None
    recorded_by: str | None
    note: str | None
    ended_at: datetime | None
    version: int


class DispatchPage(Out):
    """Some dispatches."""

    items: list[DispatchOut]
    next_cursor: str | None
    total: int | None = None


def show_dispatch(one: Dispatch, _: Actor) -> dict[str, Any]:
    """A dispatch (the shape of `DispatchOut`)."""
    return shown(model.dispatched(one), one.version)


@dispatches.get("", summary="What vendors were given", response_model=DispatchPage, **needs("vendor.read"))
async def list_dispatches(
    call: Call,
    query: Annotated[ListQuery, asked(ListQuery)],
    vendor_id: Annotated[Annotated[UUID, Id("vnd")] | None, Query()] = None,
    order_id: Annotated[Annotated[UUID, Id("mnt")] | None, Query()] = None,
    state: Annotated[DispatchState | None, Query()] = None,
) -> Response:
    """The newest first: which order, whether and when the vendor comes, who wrote it down."""
    return await call.page(
        lambda tx: service.dispatches(tx, call.actor, query, vendor_id=vendor_id, order_id=order_id, state=state),
        show_dispatch,
    )


@router.get("", summary="List the vendors", response_model=VendorPage, **needs("vendor.read"))
async def list_vendors(
    call: Call,
    query: Annotated[ListQuery, asked(ListQuery)],
    active: Annotated[bool | None, Query()] = None,
    category: Annotated[Trade | None, Query(description="Who serves this trade, or any.")] = None,
) -> Response:
    """The vendors of all hotels and of yours, by name."""
    return await call.page(lambda tx: service.find(tx, call.actor, query, active=active, category=category), show)


@router.post("", summary="Add a vendor", status_code=201, response_model=VendorOut, **needs("vendor.manage"))
async def add_vendor(body: VendorBody, call: Call) -> Response:
    """It must be reachable by its own channel: a phone for WhatsApp, SMS and calls, an address for e-mail."""
    return await call.command(lambda work: service.add(work, body.command()), show, status=201)


@router.get(ONE, summary="A vendor", response_model=VendorOut, **needs("vendor.read"))
async def get_vendor(vendor_id: UUID, call: Call) -> Response:
    """One vendor."""
    return await call.query(lambda tx: service.get(tx, call.actor, vendor_id), show)


@router.patch(ONE, summary="Change a vendor", response_model=VendorOut, **needs("vendor.manage"))
async def change_vendor(vendor_id: UUID, body: VendorPatch, call: Call) -> Response:
    """Changes what is given; `active` false lets it rest."""
    cmd = body.command(call.need_version(body.version))
    return await call.command(lambda work: service.change(work, vendor_id, cmd), show)


@router.delete(ONE, summary="Let a vendor rest", response_model=VendorOut, **needs("vendor.manage"))
async def rest_vendor(vendor_id: UUID, call: Call) -> Response:
    """It is not called any more; its orders and bills stay, and `active` true has it back."""
    cmd = ChangeVendor(call.need_version(None), {"active": False})
    return await call.command(lambda work: service.change(work, vendor_id, cmd), show)
