"""A vendor's record, how it is reached, and what may be said of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from serai.areas.vendors import events
from serai.kernel.actor import Actor
from serai.kernel.decision import Decision
from serai.kernel.errors import Fault, Invalid, Stale
from serai.kernel.event import Event, changes
from serai.kernel.hours import Hours, hours_faults
from serai.kernel.ids import encode, encode_some


class Channel(StrEnum):
    """How a vendor is told; `call_only` means that a person calls."""

    WHATSAPP = "whatsapp"
    SMS = "sms"
    EMAIL = "email"
    CALL_ONLY = "call_only"


@dataclass(frozen=True, slots=True)
class Vendor:
    """A vendor of one hotel, or (None) of all. An empty `windows` is always, an empty `categories` any trade."""

    id: UUID
    tenant_id: UUID
    property_id: UUID | None
    version: int
    name: str
    contact: str | None
    phone: str | None
    email: str | None
    channel: Channel
    language: str | None
    windows: tuple[Hours, ...]
    categories: tuple[str, ...]
    hourly_rate: Decimal | None
    currency: str | None
    note: str | None
    active: bool


@dataclass(frozen=True, slots=True)
class AddVendor:
    """Take a vendor into the book."""

    name: str
    channel: Channel
    property_id: UUID | None = None
    contact: str | None = None
    phone: str | None = None
    email: str | None = None
    language: str | None = None
    windows: tuple[Hours, ...] = ()
    categories: tuple[str, ...] = ()
    hourly_rate: Decimal | None = None
    currency: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class ChangeVendor:
    """Change what is given; `version` is the one that was read."""

    version: int
    fields: Mapping[str, Any]


def add(new_id: UUID, cmd: AddVendor, actor: Actor) -> Decision[Vendor]:
    """A new one. Refused: one that cannot be reached by its own channel, or a rate without its currency."""
    made = Vendor(
        new_id, actor.tenant_id, cmd.property_id, 1, cmd.name, cmd.contact, cmd.phone, cmd.email, cmd.channel,
        cmd.language, cmd.windows, cmd.categories, cmd.hourly_rate, cmd.currency, cmd.note, active=True,
    )  # fmt: skip
    _refuse(made)
    return Decision(made, (_event(None, made),))


def change(vendor: Vendor, cmd: ChangeVendor) -> Decision[Vendor]:
    """Change it, or let it rest or come back. A change meanwhile by somebody else is refused."""
    if vendor.version != cmd.version:
        raise Stale
    after = replace(vendor, **cmd.fields)
    if after == vendor:
        return Decision(vendor)
    _refuse(after)
    after = replace(after, version=vendor.version + 1)
    return Decision(after, (_event(vendor, after),))


def data(vendor: Vendor) -> events.VendorData:
    """The public record."""
    return events.VendorData(
        encode("vnd", vendor.id), encode_some("prp", vendor.property_id), vendor.name, vendor.contact, vendor.phone,
        vendor.email, vendor.channel.value, vendor.language,
        vendor.windows, vendor.categories,
        None if vendor.hourly_rate is None else str(vendor.hourly_rate), vendor.currency, vendor.note, vendor.active,
    )  # fmt: skip


def _refuse(vendor: Vendor) -> None:
    faults: list[Fault] = []
    if vendor.channel is Channel.EMAIL and vendor.email is None:
        faults.append(Fault("/email", "is how this vendor is told"))
    if vendor.channel is not Channel.EMAIL and vendor.phone is None:
        faults.append(Fault("/phone", "is how this vendor is told"))
    if (vendor.hourly_rate is None) != (vendor.currency is None):
        faults.append(Fault("/hourly_rate", "is said with its currency"))
    faults += hours_faults("windows", vendor.windows)
    if faults:
        raise Invalid(faults=faults)


def _event(before: Vendor | None, after: Vendor) -> Event:
    return Event(
        events.UPDATED,
        after.property_id or after.tenant_id,
        after.id,
        after.version,
        data(after),
        changes(before, after),
    )
