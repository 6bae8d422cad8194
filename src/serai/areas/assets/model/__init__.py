"""Assets, their health and their meters, as records."""

from __future__ import annotations

from serai.areas.assets.model.asset import (
    DEEPEST,
    AddAsset,
    Asset,
    AssetKind,
    ChangeAsset,
    Criticality,
    Health,
    HealthPoint,
    HealthSource,
    add,
    change,
    data,
    feel,
    under,
)
from serai.areas.assets.model.meter import (
    AddMeter,
    Around,
    Meter,
    MeterKind,
    Read,
    Reading,
    ReadingKind,
    add_meter,
    meter_data,
    read,
    rest_meter,
)

__all__ = [
    "DEEPEST", "AddAsset", "AddMeter", "Around", "Asset", "AssetKind", "ChangeAsset", "Criticality", "Health",
    "HealthPoint", "HealthSource", "Meter", "MeterKind", "Read", "Reading", "ReadingKind", "add", "add_meter",
    "change", "data", "feel", "meter_data", "read", "rest_meter", "under",
]  # fmt: skip
