"""The names of the neighbours' events that we act on, and what each does."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID

from pydantic import BaseModel

from serai.access.tenancy import service as tenancy
from serai.areas.spaces import service as spaces
from serai.areas.stays import service as stays
from serai.areas.stays.model import State
from serai.areas.work_orders.model import Origin
from serai.flows import inbound_bookings
from serai.flows.inbound_schema import SaidOfBooking
from serai.flows.intake import SaidOfFault, SaidOfLock, fault, lock_alert
from serai.flows.invoices import SaidOfInvoice, posted
from serai.flows.restocking import SaidOfStock, restocking
from serai.flows.roster import SaidOfShift, shift_ended, shift_started
from serai.flows.taken_out import SaidOfClosing, taken_out
from serai.runtime.events.catalog import PREFIX
from serai.runtime.events.inbox import Message
from serai.runtime.work import Work

Handler = Callable[[Work, UUID, Message], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Consumed:
    """A name that we act on, what it says, what it does, and the others it goes by."""

    name: str
    summary: str
    said: type[BaseModel]
    handle: Handler
    aliases: tuple[str, ...] = ()


def booking(state: State | None) -> Handler:
    """What an event of the booking system does: its stays are made or changed."""

    async def handle(work: Work, property_id: UUID, message: Message) -> None:
        hotel = await tenancy.get_property(work.tx, work.tenant_id, property_id)

        async def find_room(text: str) -> UUID | None:
            return await spaces.find_room(work.tx, work.tenant_id, property_id, text)

        await stays.apply_booking(work, await inbound_bookings.read(message, state, hotel, find_room))

    return handle


CONSUMES = (
    Consumed("booking.created", "A stay is made.", SaidOfBooking, booking(State.CONFIRMED), ("booking.created.v1",)),
    Consumed(
        "booking.modified",
        "A stay is changed.",
        SaidOfBooking,
        booking(None),
        ("booking.modified.v1", "booking.updated"),
    ),
    Consumed("reservation.confirmed.v1", "A stay is made, or stands again.", SaidOfBooking, booking(State.CONFIRMED)),
    Consumed(
        "reservation.checked_in.v1",
        "The guest has come.",
        SaidOfBooking,
        booking(State.CHECKED_IN),
        ("booking.checked_in",),
    ),
    Consumed(
        "booking.completed", "The guest has left.", SaidOfBooking, booking(State.COMPLETED), ("booking.completed.v1",)
    ),
    Consumed(
        "booking.cancelled",
        "The guest will not come.",
        SaidOfBooking,
        booking(State.CANCELLED),
        ("booking.cancelled.v1",),
    ),
    Consumed("inventory.low_stock", "Somebody fills up.", SaidOfStock, restocking(urgent=False), ("inventory.low",)),
    Consumed("inventory.critical_stock", "Somebody fills up, before all else.", SaidOfStock, restocking(urgent=True)),
    Consumed("staff.shift.started.v1", "Somebody began to work.", SaidOfShift, shift_started, ("staff.shift.started",)),
    Consumed("staff.shift.ended.v1", "Somebody's work is over.", SaidOfShift, shift_ended, ("staff.shift.ended",)),
    Consumed(
        "guest.complaint_filed",
        "A work order, with the guest's reference.",
        SaidOfFault,
        fault(Origin.GUEST_COMPLAINT),
        ("guest.complaint", "guest.complaint_filed.v1", "reservation.guest_complaint.recorded.v1"),
    ),
    Consumed(
        "housekeeping.room.maintenance_required.v1",
        "A work order in the trade that is named.",
        SaidOfFault,
        fault(Origin.HOUSEKEEPING),
        ("housekeeping.room.maintenance_required",),
    ),
    Consumed(
        "lock_integration.device.health_alert.v1",
        "A work order for the lock, as bad as its battery and line.",
        SaidOfLock,
        lock_alert,
        ("lock.device.health_alert.v1", "lock_integration.device.health_alert"),
    ),
    Consumed(
        "property.room.taken_out_of_order.v1",
        "The room's live orders are linked to it.",
        SaidOfClosing,
        taken_out,
        ("property.room.taken_out_of_order",),
    ),
    Consumed(
        "billing.vendor_invoice.posted.v1",
        "A vendor's invoice is marked as posted.",
        SaidOfInvoice,
        posted,
        ("billing.vendor_invoice.posted",),
    ),
    Consumed(
        "reservation.no_show.v1", "The guest did not come.", SaidOfBooking, booking(State.NO_SHOW), ("booking.no_show",)
    ),
)
_KNOWN = {name: one for one in CONSUMES for name in (one.name, *one.aliases)}


def known(name: str) -> Consumed | None:
    """What we do at an event of that name, with or without the prefix of our own names."""
    return _KNOWN.get(name.removeprefix(PREFIX))
