"""What a vendor wants for its work, as a record."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from serai.areas.vendors import events
from serai.areas.vendors.model.vendor import Vendor
from serai.kernel.decision import Decision
from serai.kernel.errors import Conflict, Fault, Invalid
from serai.kernel.event import Event, EventType, changes
from serai.kernel.ids import encode, encode_some
from serai.kernel.money import Money
from serai.kernel.text import text


@dataclass(frozen=True, slots=True)
class Invoice:
    """A vendor's invoice for an order; `posted_at`: it is in the books. `struck_at`: it was a slip."""

    id: UUID
    tenant_id: UUID
    property_id: UUID
    version: int
    vendor_id: UUID
    vendor_name: str
    order_id: UUID
    order_number: int
    number: str | None
    amount: Decimal
    currency: str
    due_on: date | None
    file_id: UUID | None
    note: str | None
    recorded_at: datetime
    recorded_by: str
    posted_at: datetime | None
    posted_reference: str | None
    struck_at: datetime | None


@dataclass(frozen=True, slots=True)
class RecordInvoice:
    """Write an invoice down; `vendor_id` None: of the vendor that has the order; `currency` None: the property's."""

    amount: Decimal
    vendor_id: UUID | None = None
    currency: str | None = None
    number: str | None = None
    due_on: date | None = None
    file_id: UUID | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Billed:
    """The order that an invoice is for."""

    property_id: UUID
    order_id: UUID
    number: int


def record(  # who, for what, how much, by whom and when
    new_id: UUID, vendor: Vendor, billed: Billed, cmd: RecordInvoice, local: str, now: datetime, by: str
) -> Decision[Invoice]:
    """A new invoice. Refused: of a vendor of another hotel, an unknown currency, more digits than the currency has."""
    if vendor.property_id not in {None, billed.property_id}:
        raise Invalid(faults=[Fault("/vendor_id", "is no vendor of this property")])
    money = Money(cmd.amount, cmd.currency or local)
    if money.rounded() != money:
        raise Invalid(
            faults=[Fault("/amount", text("has no more digits than {currency} has", currency=money.currency))]
        )
    made = Invoice(
        new_id, vendor.tenant_id, billed.property_id, 1, vendor.id, vendor.name, billed.order_id, billed.number,
        cmd.number, money.rounded().amount, money.currency, cmd.due_on, cmd.file_id, cmd.note, now, by, None, None,
        None,
    )  # fmt: skip
    return Decision(made, (_event(events.INVOICE_RECORDED, None, made),))


def post(invoice: Invoice, reference: str | None, now: datetime) -> Decision[Invoice]:
    """It is in the books; posted again nothing changes. Refused: one that was a slip."""
    if invoice.struck_at is not None:
        raise Conflict("The invoice was struck out.")
    if invoice.posted_at is not None:
        return Decision(invoice)
    return _told(invoice, replace(invoice, posted_at=now, posted_reference=reference))


def strike_invoice(invoice: Invoice, now: datetime) -> Decision[Invoice]:
    """It was a slip. Refused: one that is in the books."""
    if invoice.posted_at is not None:
        raise Conflict("The invoice is in the books; it is corrected there.")
    return Decision(invoice) if invoice.struck_at else _told(invoice, replace(invoice, struck_at=now))


def invoice_data(one: Invoice) -> events.InvoiceData:
    """The public record."""
    return events.InvoiceData(
        encode("vin", one.id), encode("prp", one.property_id), encode("vnd", one.vendor_id), one.vendor_name,
        encode("mnt", one.order_id), one.order_number, one.number, Money(one.amount, one.currency).text, one.currency,
        one.due_on,
        encode_some("fil", one.file_id), one.note, one.recorded_at, one.recorded_by, one.posted_at,
        one.posted_reference, one.struck_at,
    )  # fmt: skip


def _told(before: Invoice, after: Invoice) -> Decision[Invoice]:
    after = replace(after, version=before.version + 1)
    return Decision(after, (_event(events.INVOICE_UPDATED, before, after),))


def _event(kind: EventType, before: Invoice | None, after: Invoice) -> Event:
    return Event(kind, after.property_id, after.id, after.version, invoice_data(after), changes(before, after))
