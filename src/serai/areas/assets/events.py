"""The facts about assets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from serai.kernel.event import EventType


@dataclass(frozen=True, slots=True)
class AssetData:
    """An asset. `attributes` are those of its kind; `health_index` is 0 (dead) to 100, None where nobody knows."""

    id: str
    property_id: str
    kind: str
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
    criticality: str
    attributes: Mapping[str, str]
    external_code: str | None
    note: str | None
    health_index: int | None
    health_at: datetime | None
    health_reason: str | None
    active: bool


@dataclass(frozen=True, slots=True)
class MeterData:
    """A meter of an asset. `total` is what it counted over all resets and swaps; None for what is not counted."""

    id: str
    property_id: str
    asset_id: str
    kind: str
    name: str
    unit: str
    counts: bool
    value: str | None
    read_at: datetime | None
    total: str | None
    active: bool


_asset = partial(EventType, subject="ast", payload=AssetData, permission="asset.read")
REGISTERED = _asset("maintenance.asset.registered.v1", "An asset was added.", socketio="asset:registered")
UPDATED = _asset("maintenance.asset.updated.v1", "What is said of an asset was changed.", socketio="asset:updated")
HEALTH_CHANGED = _asset(
    "maintenance.asset.health_changed.v1", "An asset is in better or worse health.", socketio="asset:health-changed"
)
RETIRED = _asset("maintenance.asset.retired.v1", "An asset is not used any more.", socketio="asset:retired")
_meter = partial(EventType, subject="mtr", payload=MeterData, permission="asset.read")
METER_READ = _meter("maintenance.meter.read.v1", "A meter was added, changed or read.", socketio="meter:read")

ALL = (REGISTERED, UPDATED, HEALTH_CHANGED, RETIRED, METER_READ)
