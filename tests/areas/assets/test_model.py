"""Assets: their attributes, their health, their meters."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serai.areas.assets import model
from serai.areas.assets.model import (
    AddAsset,
    AddMeter,
    Around,
    Asset,
    AssetKind,
    ChangeAsset,
    Health,
    Meter,
    MeterKind,
    Read,
    Reading,
    ReadingKind,
)
from serai.kernel.errors import Conflict, Invalid, Stale

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
COMPANY, HOTEL = UUID(int=3), UUID(int=2)


def asset(kind: AssetKind = AssetKind.GENERATOR, attributes: Mapping[str, str] | None = None) -> Asset:
    return model.add(UUID(int=1), COMPANY, AddAsset(HOTEL, kind, "G1", attributes=attributes or {}), "AFN").record


def at(hours: float) -> datetime:
    return NOW - timedelta(hours=100) + timedelta(hours=hours)


@pytest.mark.parametrize(
    ("kind", "attributes", "pointer"),
    [
        (AssetKind.GENERATOR, {"capacity_kva": "much"}, "/attributes/capacity_kva"),
        (AssetKind.GENERATOR, {"capacity_kva": "-1"}, "/attributes/capacity_kva"),
        (AssetKind.GENERATOR, {"capacity_kva": "NaN"}, "/attributes/capacity_kva"),
        (AssetKind.WATER_TANK, {"last_cleaned_on": "March"}, "/attributes/last_cleaned_on"),
        (AssetKind.WATER_TANK, {"last_cleaned_on": "20260302"}, "/attributes/last_cleaned_on"),
        (AssetKind.OTHER, {f"a{n}": "1" for n in range(41)}, "/attributes"),
    ],
)
def test_attributes_of_a_kind_are_what_they_are(kind: AssetKind, attributes: dict[str, str], pointer: str) -> None:
    with pytest.raises(Invalid) as refused:
        asset(kind, attributes)
    assert [one.pointer for one in refused.value.faults] == [pointer]


def test_other_attributes_are_free() -> None:
    made = asset(AssetKind.WATER_TANK, {"capacity_litres": "5000", "last_cleaned_on": "2026-03-02", "colour": "blue"})
    assert made.attributes["colour"] == "blue"


def test_an_asset_is_changed_retired_and_had_back() -> None:
    made = asset()
    with pytest.raises(Stale):
        model.change(made, ChangeAsset(2, {}))
    assert not model.change(made, ChangeAsset(1, {"name": "G1"})).changed
    retired = model.change(made, ChangeAsset(1, {"active": False}))
    assert retired.events[0].type.name == "maintenance.asset.retired.v1"
    back = model.change(retired.record, ChangeAsset(2, {"active": True}))
    assert back.events[0].type.name == "maintenance.asset.updated.v1"


def test_an_asset_does_not_stand_under_itself_nor_too_deep() -> None:
    one = asset()
    model.under(UUID(int=9), [one])
    with pytest.raises(Conflict):
        model.under(one.id, [replace(one, id=UUID(int=5)), one])
    with pytest.raises(Conflict):
        model.under(UUID(int=9), [one] * model.DEEPEST)


def test_health_is_told_when_it_changes_and_what_comes_late_is_history() -> None:
    point, felt = model.feel(asset(), UUID(int=5), Health(40, "It knocks"), "Tom", NOW)
    assert (felt.record.health_index, felt.record.health_reason, point.at) == (40, "It knocks", NOW)
    assert felt.events[0].type.name == "maintenance.asset.health_changed.v1"
    _, late = model.feel(felt.record, UUID(int=6), Health(90, at=NOW - timedelta(days=1)), "Tom", NOW)
    assert not late.changed
    _, same = model.feel(felt.record, UUID(int=7), Health(40, "Still"), "Tom", NOW + timedelta(hours=1))
    assert same.events[0].type.name == "maintenance.asset.updated.v1"
    with pytest.raises(Invalid):
        model.feel(asset(), UUID(int=5), Health(40, at=NOW + timedelta(seconds=1)), "Tom", NOW)


def meter(kind: MeterKind = MeterKind.RUN_HOURS) -> Meter:
    return model.add_meter(UUID(int=1), COMPANY, HOTEL, UUID(int=4), AddMeter(kind)).record


class Dial:
    """A meter with its readings in memory, as the store keeps them."""

    def __init__(self, one: Meter) -> None:
        self.meter, self.readings = one, list[Reading]()

    def read(self, hours: float, value: str, **more: Any) -> None:
        moment = at(hours)
        before = [one for one in self.readings if one.at <= moment]
        after = [one for one in self.readings if one.at > moment]
        around = Around(before[-1] if before else None, after[0] if after else None)
        cmd = Read(Decimal(value), moment, **more)
        reading, decision = model.read(self.meter, UUID(int=len(self.readings)), cmd, around, "Tom", NOW)
        self.readings = sorted([*self.readings, reading], key=lambda one: one.at)
        self.meter = decision.record


def test_a_counting_meter_counts_over_resets_and_swaps() -> None:
    dial = Dial(meter())
    dial.read(1, "1000")
    dial.read(2, "1010")
    dial.read(3, "0", kind=ReadingKind.RESET, before=Decimal(1012))
    dial.read(4, "5")
    dial.read(5, "3000", kind=ReadingKind.SWAP)
    dial.read(6, "3001.5")
    assert dial.meter.total == Decimal("18.5"), "12 until the reset, 5 after it, 1.5 of the new one"
    assert dial.meter.value == Decimal("3001.5")


def test_a_late_reading_finds_its_place_and_changes_nothing() -> None:
    dial = Dial(meter())
    dial.read(1, "1000")
    dial.read(9, "1010")
    before = dial.meter
    dial.read(5, "1004")
    assert dial.meter == before
    assert [one.total for one in dial.readings] == [0, 4, 10]
    with pytest.raises(Invalid):
        dial.read(6, "1011")
    with pytest.raises(Invalid):
        dial.read(6, "1003")
    with pytest.raises(Conflict):
        dial.read(5, "1004")
    with pytest.raises(Conflict):
        dial.read(6, "0", kind=ReadingKind.RESET)


def test_a_count_that_falls_is_refused_and_what_is_not_yet() -> None:
    dial = Dial(meter())
    dial.read(1, "1000")
    with pytest.raises(Invalid) as refused:
        dial.read(2, "999")
    assert refused.value.faults[0].pointer == "/value"
    with pytest.raises(Invalid) as refused:
        dial.read(2, "0", kind=ReadingKind.RESET, before=Decimal(999))
    assert refused.value.faults[0].pointer == "/before"
    with pytest.raises(Invalid):
        dial.read(101, "1001")


def test_what_does_not_count_goes_up_and_down() -> None:
    dial = Dial(meter(MeterKind.BATTERY_PERCENT))
    dial.read(1, "90")
    dial.read(2, "20")
    dial.read(3, "95")
    assert (dial.meter.value, dial.meter.total) == (95, None)


def test_a_meter_that_rests_is_not_read() -> None:
    resting = model.rest_meter(meter())
    assert not model.rest_meter(resting.record).changed
    with pytest.raises(Conflict):
        Dial(resting.record).read(1, "5")


rises = st.dictionaries(st.integers(1, 50), st.integers(0, 30), min_size=1, max_size=20)


@given(rises, st.randoms())
def test_the_order_of_arrival_does_not_change_the_total(found: dict[int, int], dice: random.Random) -> None:
    value, told = 0, list[tuple[int, int]]()
    for moment, rise in sorted(found.items()):
        value += rise
        told.append((moment, value))
    first, last, middle = told[0], told[-1], told[1:-1]
    dice.shuffle(middle)
    dial = Dial(meter())
    for moment, shown in dict.fromkeys([first, last, *middle]):
        dial.read(moment, str(shown))
    assert dial.meter.total == last[1] - first[1]
    assert [one.total for one in dial.readings] == [shown - first[1] for _, shown in told]
