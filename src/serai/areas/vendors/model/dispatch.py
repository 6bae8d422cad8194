"""An order that a vendor was given, and what the vendor says to it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from serai.areas.vendors import events
from serai.areas.vendors.model.vendor import Channel, Vendor
from serai.kernel.actor import Actor
from serai.kernel.decision import Decision
from serai.kernel.errors import Conflict, Fault, Invalid
from serai.kernel.event import Event, EventType, changes
from serai.kernel.ids import encode
from serai.kernel.machine import Machine, Step
from serai.kernel.text import text, word


class DispatchState(StrEnum):
    """Where it stands: told, promised, declined, or the vendor's no more."""

    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    DECLINED = "declined"
    RELEASED = "released"


OPEN: Final = (DispatchState.SENT, DispatchState.ACKNOWLEDGED)
MACHINE: Final = Machine(
    "dispatch",
    DispatchState,
    DispatchState.SENT,
    (
        Step("acknowledge", OPEN, DispatchState.ACKNOWLEDGED, "workorder.work", events.ACKNOWLEDGED.name, door="flow"),
        Step("decline", OPEN, DispatchState.DECLINED, "workorder.work", events.ACKNOWLEDGED.name, door="flow"),
        Step("release", OPEN, DispatchState.RELEASED, "workorder.assign", events.RELEASED.name, door="flow"),
    ),
)


@dataclass(frozen=True, slots=True)
class Dispatch:
    """An order (its id, number and words as they were) in the hands of a vendor."""

    id: UUID
    tenant_id: UUID
    property_id: UUID
    version: int
    vendor_id: UUID
    vendor_name: str
    channel: Channel
    order_id: UUID
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


@dataclass(frozen=True, slots=True)
class Given:
    """The order that a vendor is given."""

    property_id: UUID
    order_id: UUID
    number: int
    title: str
    category: str
    room_number: str | None


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """What the vendor said: when it comes (None: it comes, nobody knows when), and how it said so."""

    promised_at: datetime | None = None
    via: Channel | None = None
    note: str | None = None


def open_to(vendor: Vendor, order: Given) -> None:
    """Refuse to give an order to a vendor that rests, is of another hotel, or does not serve the trade."""
    if not vendor.active:
        raise Conflict("This vendor is not called any more.")
    if vendor.property_id not in {None, order.property_id}:
        raise Invalid(faults=[Fault("/vendor_id", "is no vendor of this property")])
    if vendor.categories and order.category not in vendor.categories:
        raise Conflict(
            text("This vendor does not serve {category}.", category=word(order.category)),
            categories=list(vendor.categories),
        )


def give(new_id: UUID, vendor: Vendor, order: Given, now: datetime) -> Decision[Dispatch]:
    """The vendor gets the order."""
    made = Dispatch(
        new_id, vendor.tenant_id, order.property_id, 1, vendor.id, vendor.name, vendor.channel, order.order_id,
        order.number, order.title, order.room_number, DispatchState.SENT, now, None, None, None, None, None, None,
    )  # fmt: skip
    return Decision(made, (_event(events.ASSIGNED, None, made),))


def acknowledge(before: Dispatch, cmd: Acknowledgement, actor: Actor, now: datetime) -> Decision[Dispatch]:
    """The vendor comes. Said again with another time, the newest holds."""
    state = DispatchState(MACHINE.take("acknowledge", before))
    if cmd.promised_at is not None and cmd.promised_at < now:
        raise Invalid(faults=[Fault("/promised_at", "lies in the future")])
    after = replace(
        before, state=state, acknowledged_at=now, promised_at=cmd.promised_at, via=cmd.via or before.channel,
        recorded_by=actor.name, note=cmd.note or before.note,
    )  # fmt: skip
    return _told(events.ACKNOWLEDGED, before, after)


def decline(before: Dispatch, cmd: Acknowledgement, actor: Actor, now: datetime) -> Decision[Dispatch]:
    """The vendor does not come."""
    state = DispatchState(MACHINE.take("decline", before))
    after = replace(
        before, state=state, acknowledged_at=now, promised_at=None, via=cmd.via or before.channel,
        recorded_by=actor.name, note=cmd.note or before.note, ended_at=now,
    )  # fmt: skip
    return _told(events.ACKNOWLEDGED, before, after)


def release(before: Dispatch, now: datetime) -> Decision[Dispatch]:
    """The order is somebody else's, or over."""
    state = DispatchState(MACHINE.take("release", before))
    return _told(events.RELEASED, before, replace(before, state=state, ended_at=now))


def dispatched(one: Dispatch) -> events.DispatchData:
    """The public record."""
    return events.DispatchData(
        encode("dsp", one.id), encode("prp", one.property_id), encode("vnd", one.vendor_id), one.vendor_name,
        one.channel.value, encode("mnt", one.order_id), one.order_number, one.title, one.room_number, one.state.value,
        one.sent_at, one.acknowledged_at, one.promised_at, None if one.via is None else one.via.value, one.recorded_by,
        one.note, one.ended_at,
    )  # fmt: skip


def _told(kind: EventType, before: Dispatch, after: Dispatch) -> Decision[Dispatch]:
    after = replace(after, version=before.version + 1)
    return Decision(after, (_event(kind, before, after),))


def _event(kind: EventType, before: Dispatch | None, after: Dispatch) -> Event:
    return Event(kind, after.property_id, after.id, after.version, dispatched(after), changes(before, after))
