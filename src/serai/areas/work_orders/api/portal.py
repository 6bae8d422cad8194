"""The routes of people without an account: each opens with a signed link."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Annotated, Any, Final, Literal
from uuid import UUID

from fastapi import Query, Request, Response
from pydantic import AwareDatetime, Field

from serai.areas.files import service as files
from serai.areas.files.model import File
from serai.areas.vendors.model import Acknowledgement, Channel, DispatchState, Word
from serai.areas.work_orders import model, service
from serai.areas.work_orders.api.bodies import AssetId, FileIds, Short, SpaceId, Trade
from serai.areas.work_orders.model import CreateOrder, Origin, RequestState, Severity, WorkOrder
from serai.areas.work_orders.service import Asked, Reportable
from serai.kernel.actor import Actor, system
from serai.kernel.errors import Fault, Invalid, NotFound, lacking
from serai.kernel.ids import encode
from serai.runtime.http import Body, Call, CallContext, Id, Out, Router, needs, public
from serai.runtime.links import LINKS, Link, Links
from serai.runtime.work import House, Work

router = Router(prefix="/portal", tags=["Portal"])
hooks = Router(prefix="/maintenance/message-hook", tags=["Portal"])
codes = Router(prefix="/maintenance/report-links", tags=["Portal"])
Token = Annotated[str, Field(min_length=60, max_length=80, pattern=r"^[A-Za-z0-9_-]+$")]
Text = Annotated[str, Field(min_length=1, max_length=2000, pattern=r"^[^\x00]*$")]
TOLD_FOR: Final = timedelta(days=30)
"""How long one is told what became of a report."""
MOST_PHOTOS: Final = 3
_VENDORS = public("a signed link that its vendor was sent")
_WALL = public("a signed code on the wall of a space, or on an asset")
_PHOTO = public("a signed code on the wall of a space, or on an asset")
_PHOTO["openapi_extra"] |= files.UPLOAD


class VendorOrderOut(Out):
    """What a vendor sees of its order: no guest, nobody's name."""

    hotel: str
    number: int
    title: str
    category: str
    severity: Severity
    safety_concern: bool
    place: str | None
    state: DispatchState
    promised_at: datetime | None
    sent_at: datetime


class VendorAnswerBody(Body):
    """Whether the vendor comes (and when), does not, or is done."""

    answer: Literal["accept", "decline", "done"]
    promised_at: AwareDatetime | None = None
    note: Short | None = None


class TradeOut(Out):
    """A trade to choose, with its names by language."""

    code: str
    names: Mapping[str, str]


class PlaceOut(Out):
    """Where, or of what, a fault is reported."""

    hotel: str
    locale: str
    place: str
    categories: list[TradeOut]


class ReportFaultBody(Body):
    """What is broken; `photo_ids` are what was uploaded with the same code."""

    text: Text
    category: Trade | None = None
    safety_concern: bool = False
    photo_ids: FileIds = Field([], max_length=MOST_PHOTOS)


class ReportedOut(Out):
    """The report's number, and the link at which one is told what becomes of it."""

    number: int
    status_token: str
    status_url: str


class StatusOut(Out):
    """What became of a report."""

    number: int
    status: RequestState
    reported_at: datetime
    completed_at: datetime | None


class PhotoOut(Out):
    """An uploaded picture."""

    id: Annotated[str, Id("fil")]


class ReportLinkBody(Body):
    """For which space, or for which asset, the code is."""

    space_id: SpaceId | None = None
    asset_id: AssetId | None = None


class ReportLinkOut(Out):
    """The code, and the address to print as a QR code."""

    token: str
    url: str
    place: str


async def _visitor(request: Request, purposes: tuple[str, ...], token: str, who: str) -> tuple[CallContext, str, UUID]:
    """The call of somebody who has a link; counted by link and address, and as the company's."""
    house: House = request.app.state.house
    links: Links = house.shelf[LINKS]
    purpose, link = _read(links, purposes, token, house.clock.now())
    call = CallContext(request, house, system(link.tenant_id, who))
    await request.app.state.throttle.take(token, call.address)
    await request.app.state.limiter.take(link.tenant_id, request.scope)
    return call, purpose, link.id


def _read(links: Links, purposes: tuple[str, ...], token: str, now: datetime) -> tuple[str, Link]:
    for one in purposes[:-1]:
        try:
            return one, links.read(one, token, now)
        except NotFound:
            continue
    return purposes[-1], links.read(purposes[-1], token, now)


async def _place(request: Request, token: str) -> tuple[CallContext, Reportable]:
    call, purpose, about = await _visitor(
        request, (service.PLACES_LINK, service.ASSETS_LINK), token, "Somebody at the wall"
    )
    space_id, asset_id = (about, None) if purpose == service.PLACES_LINK else (None, about)
    found = await call.house.read(
        call.actor,
        lambda tx: service.reportable(tx, call.actor.tenant_id, space_id=space_id, asset_id=asset_id),
    )
    return call, found


def _show_asked(asked: Asked, _: Actor) -> dict[str, Any]:
    order, given = asked.order, asked.dispatch
    return {
        "hotel": asked.hotel, "number": order.number, "title": order.title, "category": order.category,
        "severity": order.severity, "safety_concern": order.safety_concern, "place": order.room_number,
        "state": given.state, "promised_at": given.promised_at, "sent_at": given.sent_at,
    }  # fmt: skip


@router.get("/orders/{token}", summary="A vendor's order", response_model=VendorOrderOut, **_VENDORS)
async def view_vendors_order(token: str, request: Request) -> Response:
    """What the hotel asks for. A link that is over, another's, or of an order that was taken back, opens nothing."""
    call, _, about = await _visitor(request, (service.VENDORS_LINK,), token, "A vendor's link")
    return await call.query(lambda tx: service.asked(tx, call.actor.tenant_id, about), _show_asked)


@router.post("/orders/{token}", summary="A vendor answers", response_model=VendorOrderOut, **_VENDORS)
async def answer_vendors_order(token: str, body: VendorAnswerBody, request: Request) -> Response:
    """Comes (and when), does not come, or is done. The same as what staff write down for it."""
    call, _, about = await _visitor(request, (service.VENDORS_LINK,), token, "A vendor's link")
    said = Acknowledgement(body.promised_at, None, body.note)

    async def act(work: Work) -> Asked:
        if body.answer == "done":
            return await service.done(work, about, body.note)
        return await service.answer(work, about, said, comes=body.answer == "accept")

    return await call.command(act, _show_asked)


@router.get("/places/{token}", summary="Where a fault is reported", response_model=PlaceOut, **_WALL)
async def view_place(token: str, request: Request) -> PlaceOut:
    """The place, and the trades to choose from. Nothing of guests."""
    _, found = await _place(request, token)
    trades = [TradeOut(code=one.code, names=one.names) for one in found.categories]
    return PlaceOut(hotel=found.hotel, locale=found.locale, place=found.place, categories=trades)


@router.post("/places/{token}", summary="Report a fault", status_code=201, response_model=ReportedOut, **_WALL)
async def report_fault(token: str, body: ReportFaultBody, request: Request) -> Response:
    """A new order, or one more report of the order that is open for the same fault."""
    call, found = await _place(request, token)
    links: Links = call.house.shelf[LINKS]
    first = " ".join(body.text.split())
    cmd = CreateOrder(
        found.property_id, first[:200], body.category or model.OTHER, Severity.HIGH if body.safety_concern else
        Severity.MEDIUM, body.safety_concern, body.text, found.space_id, Origin.PORTAL, asset_id=found.asset_id,
        file_ids=tuple(body.photo_ids),
    )  # fmt: skip

    def show(order: WorkOrder, actor: Actor) -> dict[str, Any]:
        status = links.sign(service.STATUS_LINK, Link(actor.tenant_id, order.id), call.now + TOLD_FOR)
        return {
            "number": order.number, "status_token": status, "status_url": links.url("r", status)
        }  # fmt: skip

    return await call.command(lambda work: service.take_in(work, cmd), show, status=201)


@router.post("/photos", summary="Add a picture to a report", status_code=201, response_model=PhotoOut,
             **_PHOTO)  # fmt: skip
async def add_photo(token: Annotated[Token, Query()], request: Request) -> Response:
    """Takes the body as it is: JPEG, PNG, WebP or PDF. What nothing takes within 24 hours is removed."""
    call, found = await _place(request, token)

    def show(one: File, _: Actor) -> dict[str, Any]:
        return {"id": encode("fil", one.id)}

    return await files.take(call, found.property_id, "report", show)


@router.get("/reports/{token}", summary="What became of a report", response_model=StatusOut,
            **public("a signed link that the reporter was given"))  # fmt: skip
async def view_report(token: str, request: Request) -> Response:
    """Its number and where it stands; nothing else."""
    call, _, about = await _visitor(request, (service.STATUS_LINK,), token, "A reporter's link")

    def show(order: WorkOrder, _: Actor) -> dict[str, Any]:
        return {
            "number": order.number, "status": model.request_state(order), "reported_at": order.reported_at,
            "completed_at": order.resolved_at,
        }  # fmt: skip

    return await call.query(lambda tx: service.reported(tx, call.actor.tenant_id, about), show)


class MessageBody(Body):
    """A message that a gateway took for the hotel."""

    phone: Annotated[str, Field(alias="from", pattern=r"^\+[1-9]\d{5,14}$", examples=["+93700123456"])]
    text: Text
    channel: Literal["sms", "whatsapp"] = "sms"


class UnderstoodOut(Out):
    """What was understood; null: a person looks at it."""

    understood: Word | None


class HookOut(Out):
    """Where a gateway sends what comes in."""

    url: str


@router.post("/messages/{token}", summary="A vendor wrote", response_model=UnderstoodOut,
             **public("the signed address that a company gave its gateway"))  # fmt: skip
async def take_message(token: str, body: MessageBody, request: Request) -> Response:
    """The phone names the vendor, who says yes (and when), no, or done; else a person looks."""
    call, _, _ = await _visitor(request, (service.MESSAGES_LINK,), token, "A vendor's message")
    message = service.Message(body.phone, body.text, Channel(body.channel))
    return await call.command(lambda work: service.vendor_wrote(work, message), lambda word, _: {"understood": word})


@hooks.post("", summary="Make the address for a gateway", response_model=HookOut, **needs("vendor.manage"))
async def make_hook(call: Call) -> HookOut:
    """For who manages the vendors of all properties; what is sent there is taken as a vendor's word."""
    if call.actor.where("vendor.manage") is not None:
        raise lacking("vendor.manage", everywhere=True)
    links: Links = call.house.shelf[LINKS]
    token = links.sign(service.MESSAGES_LINK, Link(call.actor.tenant_id, call.actor.tenant_id))
    return HookOut(url=links.url("api/v1/portal/messages", token))


@codes.post("", summary="Make a code for the wall", response_model=ReportLinkOut, **needs("workorder.update"))
async def make_code(body: ReportLinkBody, call: Call) -> Response:
    """For a space or an asset. It is good as long as the server's secret is, and the space or asset is there."""
    if (body.space_id is None) is (body.asset_id is None):
        raise Invalid(faults=[Fault("/space_id", "or asset_id, one of them")])
    links: Links = call.house.shelf[LINKS]
    purpose = service.PLACES_LINK if body.space_id else service.ASSETS_LINK
    about = body.space_id or body.asset_id or UUID(int=0)

    def show(found: Reportable, actor: Actor) -> dict[str, Any]:
        actor.need("workorder.update", found.property_id)
        token = links.sign(purpose, Link(actor.tenant_id, about))
        return {"token": token, "url": links.url("p", token), "place": found.place}

    return await call.query(
        lambda tx: service.reportable(tx, call.actor.tenant_id, space_id=body.space_id, asset_id=body.asset_id), show
    )
