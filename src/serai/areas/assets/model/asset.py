"""An asset, its health, and what may be said of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from serai.areas.assets import events
from serai.kernel.decision import Decision
from serai.kernel.errors import Conflict, Fault, Invalid, Stale
from serai.kernel.event import Event, EventType, changes
from serai.kernel.ids import encode, encode_some
from serai.kernel.text import text

DEEPEST: Final = 12
"""How many parents stand above one another at the most."""
MOST_ATTRIBUTES: Final = 40


class AssetKind(StrEnum):
    """What sort of thing it is."""

    HVAC_UNIT = "hvac_unit"
    GENERATOR = "generator"
    WATER_TANK = "water_tank"
    LOCK_DEVICE = "lock_device"
    LINEN_SET = "linen_set"
    FURNITURE_LOT = "furniture_lot"
    APPLIANCE = "appliance"
    LIFT = "lift"
    BOILER = "boiler"
    IT = "it"
    OTHER = "other"


class Criticality(StrEnum):
    """How much depends on it."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


class HealthSource(StrEnum):
    """Who says how an asset is."""

    MANUAL = "manual"
    SENSOR = "sensor"
    EVENT = "event"


NUMBERS: Final[Mapping[AssetKind, frozenset[str]]] = {
    AssetKind.GENERATOR: frozenset({"capacity_kva", "last_oil_change_run_hours", "fuel_tank_litres"}),
    AssetKind.WATER_TANK: frozenset({"capacity_litres"}),
    AssetKind.HVAC_UNIT: frozenset({"capacity_kw"}),
    AssetKind.BOILER: frozenset({"capacity_litres", "pressure_bar"}),
    AssetKind.LIFT: frozenset({"load_kg", "floors"}),
    AssetKind.LINEN_SET: frozenset({"pieces"}),
    AssetKind.FURNITURE_LOT: frozenset({"pieces"}),
}
"""Attributes of a kind that are numbers; beside them an asset may have any others, as text."""
DATES: Final[Mapping[AssetKind, frozenset[str]]] = {AssetKind.WATER_TANK: frozenset({"last_cleaned_on"})}


@dataclass(frozen=True, slots=True)
class Asset:
    """Something that is maintained; `external_code` is what other systems call it, `code` what the house calls it."""

    id: UUID
    tenant_id: UUID
    property_id: UUID
    version: int
    kind: AssetKind
    name: str
    code: str | None
    parent_id: UUID | None
    space_id: UUID | None
    make: str | None
    model: str | None
    serial: str | None
    installed_on: date | None
    serviced_on: date | None
    warranty_until: date | None
    replacement_cost: Decimal | None
    currency: str
    criticality: Criticality
    attributes: Mapping[str, str]
    external_code: str | None
    note: str | None
    health_index: int | None
    health_at: datetime | None
    health_reason: str | None
    active: bool


@dataclass(frozen=True, slots=True)
class HealthPoint:
    """How an asset was at an instant, who said so and why."""

    id: UUID
    tenant_id: UUID
    property_id: UUID
    asset_id: UUID
    health_index: int
    reason: str | None
    source: HealthSource
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class AddAsset:
    """Take an asset into the registry."""

    property_id: UUID
    kind: AssetKind
    name: str
    code: str | None = None
    parent_id: UUID | None = None
    space_id: UUID | None = None
    make: str | None = None
    model: str | None = None
    serial: str | None = None
    installed_on: date | None = None
    serviced_on: date | None = None
    warranty_until: date | None = None
    replacement_cost: Decimal | None = None
    criticality: Criticality = Criticality.MEDIUM
    attributes: Mapping[str, str] = field(default_factory=dict[str, str])
    external_code: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class ChangeAsset:
    """Change what is given; `version` is the one that was read."""

    version: int
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Health:
    """How an asset is, 0 (dead) to 100; `at` None: now."""

    health_index: int
    reason: str | None = None
    source: HealthSource = HealthSource.MANUAL
    at: datetime | None = None


def add(new_id: UUID, tenant_id: UUID, cmd: AddAsset, currency: str) -> Decision[Asset]:
    """A new asset, of which nobody has said yet how it is."""
    made = Asset(
        new_id, tenant_id, cmd.property_id, 1, cmd.kind, cmd.name, cmd.code, cmd.parent_id, cmd.space_id, cmd.make,
        cmd.model, cmd.serial, cmd.installed_on, cmd.serviced_on, cmd.warranty_until, cmd.replacement_cost, currency,
        cmd.criticality, cmd.attributes, cmd.external_code, cmd.note, None, None, None, active=True,
    )  # fmt: skip
    _refuse(made)
    return Decision(made, (_event(events.REGISTERED, None, made),))


def change(asset: Asset, cmd: ChangeAsset) -> Decision[Asset]:
    """Change it, retire it, or have it back. A change meanwhile by somebody else is refused."""
    if asset.version != cmd.version:
        raise Stale
    after = replace(asset, **cmd.fields)
    if after == asset:
        return Decision(asset)
    _refuse(after)
    return _told(events.RETIRED if asset.active and not after.active else events.UPDATED, asset, after)


def under(asset_id: UUID, above: Sequence[Asset]) -> None:
    """Refuse a parent whose own parents, the nearest first, are too many, or are the asset itself."""
    if any(one.id == asset_id for one in above):
        raise Conflict("An asset cannot stand under itself.")
    if len(above) >= DEEPEST:
        raise Conflict(text("Assets stand {most} deep at the most.", most=DEEPEST))


def feel(asset: Asset, point_id: UUID, cmd: Health, by: str, now: datetime) -> tuple[HealthPoint, Decision[Asset]]:
    """Say how it is. What is told late is kept as history and changes nothing. Refused: what is yet to come."""
    at = cmd.at or now
    if at > now:
        raise Invalid(faults=[Fault("/at", "is not yet")])
    point = HealthPoint(
        point_id, asset.tenant_id, asset.property_id, asset.id, cmd.health_index, cmd.reason, cmd.source, at, by
    )
    if asset.health_at is not None and at < asset.health_at:
        return point, Decision(asset)
    after = replace(asset, health_index=cmd.health_index, health_at=at, health_reason=cmd.reason)
    same = asset.health_index == cmd.health_index
    return point, _told(events.UPDATED if same else events.HEALTH_CHANGED, asset, after)


def data(asset: Asset) -> events.AssetData:
    """The public record."""
    return events.AssetData(
        encode("ast", asset.id), encode("prp", asset.property_id), asset.kind.value, asset.name, asset.code,
        encode_some("ast", asset.parent_id), encode_some("spc", asset.space_id), asset.make, asset.model, asset.serial,
        asset.installed_on, asset.serviced_on, asset.warranty_until,
        None if asset.replacement_cost is None else f"{asset.replacement_cost:f}", asset.currency,
        asset.criticality.value, asset.attributes, asset.external_code, asset.note, asset.health_index,
        asset.health_at, asset.health_reason, asset.active,
    )  # fmt: skip


def _refuse(asset: Asset) -> None:
    faults: list[Fault] = []
    if len(asset.attributes) > MOST_ATTRIBUTES:
        faults.append(Fault("/attributes", text("{most} at the most", most=MOST_ATTRIBUTES)))
    for name, value in asset.attributes.items():
        if name in NUMBERS.get(asset.kind, ()) and not _number(value):
            faults.append(Fault(f"/attributes/{name}", "a number of 0 or more"))
        if name in DATES.get(asset.kind, ()) and not _date(value):
            faults.append(Fault(f"/attributes/{name}", "a date, as 2026-03-31"))
    if faults:
        raise Invalid(faults=faults)


def _number(value: str) -> bool:
    try:
        return Decimal(value).is_finite() and Decimal(value) >= 0
    except ArithmeticError:
        return False


def _date(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _told(kind: EventType, before: Asset, after: Asset) -> Decision[Asset]:
    after = replace(after, version=before.version + 1)
    return Decision(after, (_event(kind, before, after),))


def _event(kind: EventType, before: Asset | None, after: Asset) -> Event:
    return Event(kind, after.property_id, after.id, after.version, data(after), changes(before, after))
