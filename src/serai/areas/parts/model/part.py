"""A part in a property's store, and what is said of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from serai.areas.parts import events
from serai.kernel.decision import Decision
from serai.kernel.errors import Fault, Invalid, Stale
from serai.kernel.event import Event, EventType, changes
from serai.kernel.ids import encode


@dataclass(frozen=True, slots=True)
class Part:
    """A part of one property. `reserved` of what is on hand waits for work orders; costs are in `currency`.

    `reorder_at`: at so much or less that is available there is too little of it, and `low_since` says since when.
    `below_zero`: more may be used than was counted.
    """

    id: UUID
    tenant_id: UUID
    property_id: UUID
    version: int
    part_number: str
    name: str
    unit: str
    on_hand: Decimal
    reserved: Decimal
    reorder_at: Decimal | None
    last_cost: Decimal | None
    currency: str
    supplier: str | None
    place: str | None
    note: str | None
    below_zero: bool
    low_since: datetime | None
    active: bool

    @property
    def available(self) -> Decimal:
        """What is on hand and reserved for nobody."""
        return self.on_hand - self.reserved


@dataclass(frozen=True, slots=True)
class AddPart:
    """Put a part on the list, of which there is nothing yet."""

    property_id: UUID
    part_number: str
    name: str
    unit: str = "piece"
    reorder_at: Decimal | None = None
    last_cost: Decimal | None = None
    supplier: str | None = None
    place: str | None = None
    note: str | None = None
    below_zero: bool = False


@dataclass(frozen=True, slots=True)
class ChangePart:
    """Change what is given; `version` is the one that was read."""

    version: int
    fields: Mapping[str, Any]


def add(new_id: UUID, tenant_id: UUID, cmd: AddPart, currency: str, now: datetime) -> Decision[Part]:
    """A new part, none of it on hand; with `reorder_at` it is low from the beginning, which is not told."""
    made = Part(
        new_id, tenant_id, cmd.property_id, 1, cmd.part_number, cmd.name, cmd.unit, Decimal(0), Decimal(0),
        cmd.reorder_at, cmd.last_cost, currency, cmd.supplier, cmd.place, cmd.note, cmd.below_zero, None, active=True,
    )  # fmt: skip
    made = replace(made, low_since=now if is_low(made) else None)
    return Decision(made, (fact(events.UPDATED, None, made),))


def change(part: Part, cmd: ChangePart, now: datetime) -> Decision[Part]:
    """Change it, or let it rest; what is on hand changes by movements alone. A change meanwhile is refused."""
    if part.version != cmd.version:
        raise Stale
    after = replace(part, **cmd.fields)
    if after == part:
        return Decision(part)
    if not after.active and (after.on_hand or after.reserved):
        raise Invalid(faults=[Fault("/active", "there is some of it left; adjust it to nothing first")])
    return told(Decision(part), events.UPDATED, after, now)


def is_low(part: Part) -> bool:
    """Whether there is too little of it."""
    return part.reorder_at is not None and part.available <= part.reorder_at


def told(first: Decision[Part], kind: EventType, after: Part, now: datetime) -> Decision[Part]:
    """One more change; when there is too little of it from now on, that is a fact of its own, once."""
    before = first.record
    crossed = is_low(after) and before.low_since is None
    low_since = (before.low_since or now) if is_low(after) else None
    after = replace(after, version=before.version + 1, low_since=None if crossed else low_since)
    decision = Decision(after, (*first.events, fact(kind, before, after)))
    if not crossed or not after.active:
        return decision
    low = replace(after, version=after.version + 1, low_since=now)
    return Decision(low, (*decision.events, fact(events.LOW_STOCK, after, low)))


def fact(kind: EventType, before: Part | None, after: Part) -> Event:
    """The fact of a change."""
    return Event(kind, after.property_id, after.id, after.version, data(after), changes(before, after))


def data(part: Part) -> events.PartData:
    """The public record."""
    return events.PartData(
        encode("prt", part.id), encode("prp", part.property_id), part.part_number, part.name, part.unit,
        figure(part.on_hand), figure(part.reserved), figure(part.available), some(part.reorder_at),
        some(part.last_cost), part.currency, part.supplier, part.place, part.note, part.below_zero, part.low_since,
        part.active,
    )  # fmt: skip


def figure(value: Decimal) -> str:
    """A decimal without needless zeros."""
    return f"{value.normalize():f}"


def some(value: Decimal | None) -> str | None:
    """The same, if there is one."""
    return None if value is None else figure(value)
