"""The routes of notifications."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import Query, Response
from pydantic import Field

from serai.areas.notifications import service
from serai.areas.notifications.model import Delivery, DeliveryState, Notice, NoticeSettings, Outlet, Topic
from serai.kernel.actor import Actor
from serai.kernel.ids import encode
from serai.runtime.http import Body, Call, HoursBody, HoursOut, Id, ListQuery, Out, Router, asked, needs

router = Router(prefix="/notifications", tags=["Notifications"])
me = Router(prefix="/me", tags=["Notifications"])
Mail = Annotated[str, Field(max_length=250, pattern=r"^[^\s@?&/#]{1,100}@[^\s@?&/#]{1,149}$")]
Phone = Annotated[str, Field(pattern=r"^\+[1-9]\d{5,14}$", examples=["+93700123456"])]
Handle = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[A-Za-z0-9_:.=-]+$")]
Quiet = Annotated[list[HoursBody], Field(max_length=21)]
Channels = Annotated[list[Outlet], Field(max_length=5)]


class NoticeOut(Out):
    """What somebody was told; `about` is the record that it speaks of."""

    id: str
    property_id: str
    topic: Topic
    about: str | None
    subject: str
    body: str
    urgent: bool
    created_at: datetime
    read_at: datetime | None


class NoticePage(Out):
    """Some notices."""

    items: list[NoticeOut]
    next_cursor: str | None
    total: int | None = None


class ReadBody(Body):
    """Which notices you have read; without ids, all."""

    ids: Annotated[list[Annotated[UUID, Id("ntf")]], Field(max_length=200)] | None = None


class ReadOut(Out):
    """How many of them were new."""

    read: int


class NoticeSettingsBody(Body):
    """How you want to be told, beside here. Quiet hours are in the property's time; what is urgent passes them."""

    channels: Channels = Field([])
    email: Mail | None = None
    phone: Phone | None = None
    telegram: Handle | None = None
    push: Handle | None = None
    language: Annotated[str, Field(max_length=10)] = "en"
    quiet: Quiet = Field([])
    on_shift_only: bool = Field(default=True, description="As one of many: only while you are on shift.")
    version: int | None = Field(None, ge=0, description="The version that you read, or If-Match.")

    def fields(self) -> dict[str, Any]:
        """As the record has it."""
        given = {name: getattr(self, name) for name in type(self).model_fields if name != "version"}
        quiet = tuple(one.hours() for one in self.quiet)
        return {**given, "channels": tuple(dict.fromkeys(self.channels)), "quiet": quiet}


class NoticeSettingsOut(Out):
    """How somebody wants to be told."""

    channels: list[Outlet]
    email: str | None
    phone: str | None
    telegram: str | None
    push: str | None
    language: str
    quiet: list[HoursOut]
    on_shift_only: bool
    version: int


class DeliveryOut(Out):
    """A notice on its way outside. Of the address only the end is shown."""

    id: str
    property_id: str
    notice_id: str
    topic: Topic
    about: str | None
    to_name: str
    channel: Outlet
    address_end: str
    state: DeliveryState
    due_at: datetime | None
    error: str | None
    created_at: datetime
    ended_at: datetime | None
    version: int


class DeliveryPage(Out):
    """Some deliveries."""

    items: list[DeliveryOut]
    next_cursor: str | None
    total: int | None = None


def show(notice: Notice, _: Actor) -> dict[str, Any]:
    """A notice (the shape of `NoticeOut`)."""
    return {
        "id": encode("ntf", notice.id),
        "property_id": encode("prp", notice.property_id),
        "topic": notice.topic,
        "about": notice.about,
        "subject": notice.subject,
        "body": notice.body,
        "urgent": notice.urgent,
        "created_at": notice.created_at,
        "read_at": notice.read_at,
    }


def show_settings(one: NoticeSettings, _: Actor) -> dict[str, Any]:
    """How somebody wants to be told (the shape of `NoticeSettingsOut`)."""
    return {name: getattr(one, name) for name in NoticeSettingsOut.model_fields}


def show_delivery(one: Delivery, _: Actor) -> dict[str, Any]:
    """A delivery (the shape of `DeliveryOut`)."""
    return {
        **{name: getattr(one, name) for name in DeliveryOut.model_fields if hasattr(one, name)},
        "id": encode("dlv", one.id),
        "property_id": encode("prp", one.property_id),
        "notice_id": encode("ntf", one.notice_id),
        "address_end": one.address[-4:],
    }


@router.get("", summary="What you were told", response_model=NoticePage, **needs("notification.mine"))
async def list_notices(
    call: Call,
    query: Annotated[ListQuery, asked(ListQuery)],
    unread: Annotated[bool | None, Query()] = None,
) -> Response:
    """The newest first."""
    return await call.page(lambda tx: service.mine(tx, call.actor, query, unread=unread), show)


@router.post("/read", summary="You have read it", response_model=ReadOut, **needs("notification.mine"))
async def read_notices(body: ReadBody, call: Call) -> Response:
    """Marks notices of yours as read."""
    return await call.command(lambda work: service.read(work, body.ids), lambda read, _: {"read": read})


@router.get("/deliveries", summary="What went outside", response_model=DeliveryPage, **needs("notification.read"))
async def list_deliveries(
    call: Call,
    query: Annotated[ListQuery, asked(ListQuery)],
    property_id: Annotated[Annotated[UUID, Id("prp")] | None, Query()] = None,
    state: Annotated[DeliveryState | None, Query()] = None,
    about: Annotated[str | None, Query(max_length=60, description="The record that it speaks of.")] = None,
) -> Response:
    """The newest first: by which channel, whether it is out, and what the gateway said."""
    return await call.page(
        lambda tx: service.deliveries(tx, call.actor, query, property_id=property_id, state=state, about=about),
        show_delivery,
    )


@router.post("/deliveries/{delivery_id:dlv}/again", summary="Send it once more", response_model=DeliveryOut,
             **needs("notification.manage"))  # fmt: skip
async def send_again(delivery_id: UUID, call: Call) -> Response:
    """What failed, or became old."""
    return await call.command(lambda work: service.again(work, delivery_id), show_delivery)


@me.get("/notification-settings", summary="How you want to be told", response_model=NoticeSettingsOut,
        **needs("notification.mine"))  # fmt: skip
async def get_notice_settings(call: Call) -> Response:
    """Version 0: you never said; you are told here alone."""
    return await call.query(lambda tx: service.settings(tx, call.actor), show_settings)


@me.put("/notification-settings", summary="Say how you want to be told", response_model=NoticeSettingsOut,
        **needs("notification.mine"))  # fmt: skip
async def put_notice_settings(body: NoticeSettingsBody, call: Call) -> Response:
    """All of it; what is left out is as at first."""
    version = call.need_version(body.version)
    return await call.command(lambda work: service.change(work, body.fields(), version), show_settings)
