"""What the routes of assets take and answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from pydantic import AwareDatetime, Field

from serai.areas.assets import model
from serai.areas.assets.model import (
    AddAsset,
    AddMeter,
    Asset,
    AssetKind,
    ChangeAsset,
    Criticality,
    Health,
    HealthPoint,
    HealthSource,
    Meter,
    MeterKind,
    Read,
    Reading,
    ReadingKind,
)
from serai.kernel.actor import Actor
from serai.kernel.errors import Fault, Invalid
from serai.kernel.ids import encode
from serai.runtime.http import Body, Id, Out, shown

PropertyId = Annotated[UUID, Id("prp")]
SpaceId = Annotated[UUID, Id("spc")]
AssetId = Annotated[UUID, Id("ast")]
Name = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")]
Code = Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f\x7f]+$")]
Words = Annotated[str, Field(min_length=1, max_length=2000, pattern=r"^[^\x00]*$")]
Cost = Annotated[Decimal, Field(ge=0, max_digits=14, decimal_places=4, examples=["4500"])]
Index = Annotated[int, Field(ge=0, le=100)]
Attribute = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
Value = Annotated[str, Field(max_length=500, pattern=r"^[^\x00]*$")]
Attributes = Annotated[dict[Attribute, Value], Field(max_length=40, examples=[{"capacity_kva": "60"}])]
Shown = Annotated[Decimal, Field(max_digits=14, decimal_places=4, examples=["1250.5"])]
_FIELDS = ("name", "kind", "criticality", "attributes", "active")


class AssetBody(Body):
    """Something that is maintained. What else there is to say of its kind are `attributes`, as text."""

    property_id: PropertyId
    kind: AssetKind
    name: Name
    code: Code | None = Field(None, description="What the house calls it: on its label, say.")
    parent_id: AssetId | None = None
    space_id: SpaceId | None = None
    make: Name | None = None
    model: Name | None = None
    serial: Code | None = None
    installed_on: date | None = None
    serviced_on: date | None = None
    warranty_until: date | None = None
    replacement_cost: Cost | None = None
    criticality: Criticality = Criticality.MEDIUM
    attributes: Attributes = Field({})
    external_code: Code | None = Field(None, description="What other systems call it: a lock's device id, say.")
    note: Words | None = None

    def command(self) -> AddAsset:
        """What is asked for."""
        return AddAsset(**{name: getattr(self, name) for name in type(self).model_fields})


class AssetPatch(Body):
    """What to change; what is left out stays."""

    kind: AssetKind | None = None
    name: Name | None = None
    code: Code | None = None
    parent_id: AssetId | None = None
    space_id: SpaceId | None = None
    make: Name | None = None
    model: Name | None = None
    serial: Code | None = None
    installed_on: date | None = None
    serviced_on: date | None = None
    warranty_until: date | None = None
    replacement_cost: Cost | None = None
    criticality: Criticality | None = None
    attributes: Attributes | None = None
    external_code: Code | None = None
    note: Words | None = None
    active: bool | None = None
    version: int | None = Field(None, ge=1, description="The version that you read, or If-Match.")

    def command(self, version: int) -> ChangeAsset:
        """What is asked for; what must be there cannot be taken away."""
        given = {name: getattr(self, name) for name in self.model_fields_set - {"version"}}
        if faults := [Fault(f"/{name}", "cannot be null") for name in _FIELDS if given.get(name, 1) is None]:
            raise Invalid(faults=faults)
        return ChangeAsset(version, given)


class HealthBody(Body):
    """How it is, from 0 (dead) to 100, and why."""

    health_index: Index
    reason: Words | None = None
    source: HealthSource = HealthSource.MANUAL
    at: AwareDatetime | None = Field(None, description="When it was so; left out: now.")

    def command(self) -> Health:
        """What is asked for."""
        return Health(self.health_index, self.reason, self.source, self.at)


class MeterBody(Body):
    """A meter. One that `counts` only rises: run-hours, kWh, cycles, nights; others go up and down."""

    kind: MeterKind
    name: Name | None = None
    unit: Annotated[str, Field(max_length=20, pattern=r"^[^\x00-\x1f\x7f]*$")] | None = None
    counts: bool | None = None

    def command(self) -> AddMeter:
        """What is asked for."""
        return AddMeter(self.kind, self.name, self.unit, self.counts)


class ReadingBody(Body):
    """What a meter shows. After a reset or a swap: what it shows first, and `before`, what it showed last."""

    value: Shown
    at: AwareDatetime | None = Field(None, description="When it showed so; left out: now.")
    kind: ReadingKind = ReadingKind.READING
    before: Shown | None = None
    note: Words | None = None

    def command(self) -> Read:
        """What is asked for."""
        return Read(self.value, self.at, self.kind, self.before, self.note)


class AssetOut(Out):
    """An asset; `health_index` is null where nobody has said how it is."""

    id: str
    property_id: str
    kind: AssetKind
    name: str
    code: str | None
    parent_id: str | None
    space_id: str | None
    make: str | None
    model: str | None
    serial: str | None
    installed_on: date | None
    serviced_on: date | None
    warranty_until: date | None
    replacement_cost: str | None
    currency: str
    criticality: Criticality
    attributes: Mapping[str, str]
    external_code: str | None
    note: str | None
    health_index: int | None
    health_at: datetime | None
    health_reason: str | None
    active: bool
    version: int
    allowed_actions: list[str]


class AssetPage(Out):
    """Some assets."""

    items: list[AssetOut]
    next_cursor: str | None
    total: int | None = None


class HealthOut(Out):
    """How an asset was."""

    health_index: int
    reason: str | None
    source: HealthSource
    at: datetime
    by: str


class HealthPage(Out):
    """How an asset was, over time."""

    items: list[HealthOut]
    next_cursor: str | None
    total: int | None = None


class MeterOut(Out):
    """A meter; `total` is what it counted over all resets and swaps."""

    id: str
    property_id: str
    asset_id: str
    kind: MeterKind
    name: str
    unit: str
    counts: bool
    value: str | None
    read_at: datetime | None
    total: str | None
    active: bool
    version: int


class MeterList(Out):
    """The meters of an asset."""

    items: list[MeterOut]


class ReadingOut(Out):
    """What a meter showed."""

    id: str
    kind: ReadingKind
    value: str
    total: str | None
    at: datetime
    by: str
    note: str | None


class ReadingPage(Out):
    """What a meter showed, over time."""

    items: list[ReadingOut]
    next_cursor: str | None
    total: int | None = None


def show(asset: Asset, actor: Actor) -> dict[str, Any]:
    """An asset for this caller (the shape of `AssetOut`)."""
    steps = (("update", "asset.manage"), ("health", "asset.read_meter"))
    actions = [name for name, permission in steps if actor.may(permission, asset.property_id)]
    return shown(model.data(asset), asset.version, actions)


def show_health(point: HealthPoint, _: Actor) -> dict[str, Any]:
    """How an asset was (the shape of `HealthOut`)."""
    return {
        "health_index": point.health_index,
        "reason": point.reason,
        "source": point.source,
        "at": point.at,
        "by": point.by,
    }


def show_meter(meter: Meter, _: Actor) -> dict[str, Any]:
    """A meter (the shape of `MeterOut`)."""
    return shown(model.meter_data(meter), meter.version)


def show_meters(found: list[Meter], actor: Actor) -> dict[str, Any]:
    """Meters (the shape of `MeterList`)."""
    return {"items": [show_meter(one, actor) for one in found]}


def show_reading(reading: Reading, _: Actor) -> dict[str, Any]:
    """A reading (the shape of `ReadingOut`)."""
    return {
        "id": encode("mrd", reading.id),
        "kind": reading.kind,
        "value": f"{reading.value.normalize():f}",
        "total": None if reading.total is None else f"{reading.total.normalize():f}",
        "at": reading.at,
        "by": reading.by,
        "note": reading.note,
    }
