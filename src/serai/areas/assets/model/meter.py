"""A meter and its readings, late ones too; resets and swaps do not spoil it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from serai.areas.assets import events
from serai.kernel.decision import Decision
from serai.kernel.errors import Conflict, Fault, Invalid
from serai.kernel.event import Event, changes
from serai.kernel.ids import encode
from serai.kernel.text import text


class MeterKind(StrEnum):
    """What a meter measures."""

    RUN_HOURS = "run_hours"
    KWH = "kwh"
    CYCLES = "cycles"
    OCCUPIED_NIGHTS = "occupied_nights"
    BATTERY_PERCENT = "battery_percent"
    TEMPERATURE = "temperature"
    OTHER = "other"


COUNTING = frozenset({MeterKind.RUN_HOURS, MeterKind.KWH, MeterKind.CYCLES, MeterKind.OCCUPIED_NIGHTS})
UNITS = {
    MeterKind.RUN_HOURS: "h", MeterKind.KWH: "kWh", MeterKind.CYCLES: "cycles", MeterKind.OCCUPIED_NIGHTS: "nights",
    MeterKind.BATTERY_PERCENT: "%", MeterKind.TEMPERATURE: "°C", MeterKind.OTHER: "",
}  # fmt: skip


class ReadingKind(StrEnum):
    """An ordinary reading, or the first one after the meter was set back or swapped for another."""

    READING = "reading"
    RESET = "reset"
    SWAP = "swap"


@dataclass(frozen=True, slots=True)
class Meter:
    """A meter of an asset. One that `counts` only rises; `total` is what it rose over all resets and swaps."""

    id: UUID
    tenant_id: UUID
    property_id: UUID
    version: int
    asset_id: UUID
    kind: MeterKind
    name: str
    unit: str
    counts: bool
    value: Decimal | None
    read_at: datetime | None
    total: Decimal | None
    active: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """What a meter showed at an instant; `total` is what it had counted by then."""

    id: UUID
    tenant_id: UUID
    property_id: UUID
    meter_id: UUID
    kind: ReadingKind
    value: Decimal
    total: Decimal | None
    at: datetime
    by: str
    note: str | None


@dataclass(frozen=True, slots=True)
class AddMeter:
    """Give an asset a meter; `counts` None: as its kind does."""

    kind: MeterKind
    name: str | None = None
    unit: str | None = None
    counts: bool | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """What it shows; `at` None: now. After a reset or a swap, what it shows first; `before` what it showed last."""

    value: Decimal
    at: datetime | None = None
    kind: ReadingKind = ReadingKind.READING
    before: Decimal | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Around:
    """The readings just before and just after an instant, if there are any."""

    earlier: Reading | None
    later: Reading | None


def add_meter(new_id: UUID, tenant_id: UUID, property_id: UUID, asset_id: UUID, cmd: AddMeter) -> Decision[Meter]:
    """A meter that nobody has read yet."""
    counts = cmd.kind in COUNTING if cmd.counts is None else cmd.counts
    made = Meter(
        new_id, tenant_id, property_id, 1, asset_id, cmd.kind, cmd.name or cmd.kind.value.replace("_", " "),
        UNITS[cmd.kind] if cmd.unit is None else cmd.unit, counts, None, None, Decimal(0) if counts else None,
        active=True,
    )  # fmt: skip
    return Decision(made, (_event(None, made),))


def rest_meter(meter: Meter) -> Decision[Meter]:
    """It is not read any more."""
    return _told(meter, replace(meter, active=False)) if meter.active else Decision(meter)


def read(
    meter: Meter, reading_id: UUID, cmd: Read, around: Around, by: str, now: datetime
) -> tuple[Reading, Decision[Meter]]:
    """Read it. A late reading finds its place and changes nothing of what came after it.

    Refused: what is yet to come; two readings of one instant; a count that falls (it was reset or swapped: say so), or
    that is above what was read later; a reset or a swap told late.
    """
    at = cmd.at or now
    _refuse(meter, cmd, at, around, now)
    earlier = around.earlier
    total = None
    if meter.counts:
        total = _total(cmd, earlier)
    reading = Reading(
        reading_id, meter.tenant_id, meter.property_id, meter.id, cmd.kind, cmd.value, total, at, by, cmd.note
    )
    if around.later is not None:
        return reading, Decision(meter)
    return reading, _told(meter, replace(meter, value=cmd.value, read_at=at, total=total))


def _total(cmd: Read, earlier: Reading | None) -> Decimal:
    if earlier is None or earlier.total is None:
        return Decimal(0)
    if cmd.kind is ReadingKind.READING:
        return earlier.total + (cmd.value - earlier.value)
    return earlier.total if cmd.before is None else earlier.total + (cmd.before - earlier.value)


def _refuse(meter: Meter, cmd: Read, at: datetime, around: Around, now: datetime) -> None:
    if not meter.active:
        raise Conflict("This meter is not read any more.")
    if at > now:
        raise Invalid(faults=[Fault("/at", "is not yet")])
    earlier, later = around.earlier, around.later
    if earlier is not None and earlier.at == at:
        raise Conflict("The meter was read at this very instant.", value=f"{earlier.value:f}")
    if cmd.kind is not ReadingKind.READING and later is not None:
        raise Conflict("It was read again since; a reset or a swap is said in its order.")
    if not meter.counts:
        return
    if earlier is not None:
        field, last = ("/value", cmd.value) if cmd.kind is ReadingKind.READING else ("/before", cmd.before)
        if last is not None and last < earlier.value:
            wrong = text(
                "is less than {shown}, which it showed before; or was it reset or swapped?", shown=f"{earlier.value:f}"
            )
            raise Invalid(faults=[Fault(field, wrong)])
    if later is not None and later.kind is ReadingKind.READING and cmd.value > later.value:
        raise Invalid(
            faults=[Fault("/value", text("is more than {shown}, which it showed later", shown=f"{later.value:f}"))]
        )


def meter_data(meter: Meter) -> events.MeterData:
    """The public record."""
    return events.MeterData(
        encode("mtr", meter.id), encode("prp", meter.property_id), encode("ast", meter.asset_id), meter.kind.value,
        meter.name, meter.unit, meter.counts, _text(meter.value), meter.read_at, _text(meter.total), meter.active,
    )  # fmt: skip


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value.normalize():f}"


def _told(before: Meter, after: Meter) -> Decision[Meter]:
    after = replace(after, version=before.version + 1)
    return Decision(after, (_event(before, after),))


def _event(before: Meter | None, after: Meter) -> Event:
    return Event(
        events.METER_READ, after.property_id, after.id, after.version, meter_data(after), changes(before, after)
    )
