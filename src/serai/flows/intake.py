"""What guests, housekeepers and locks say is broken becomes a work order."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, Final
from uuid import UUID

from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field

from serai.areas.assets import service as assets
from serai.areas.assets.model import AddAsset, AssetKind, Health, HealthSource
from serai.areas.categories.model import OTHER, STANDARD
from serai.areas.spaces import service as spaces
from serai.areas.work_orders import service as work_orders
from serai.areas.work_orders.model import CreateOrder, Origin, Severity
from serai.flows.inbound_schema import read
from serai.kernel.text import text
from serai.runtime.events.inbox import Message
from serai.runtime.work import Work

DANGER: Final = re.compile(
    r"fire|smoke|smell of gas|gas leak|\bgas\b|spark|electric shock|flood|injur|bleed|collaps|carbon monoxide"
    r"|آتش|حریق|دود|گاز|برق ?گرفت|زخمی|لوګی|ګاز|اور ?لګ"
)
"""Words in English, Dari and Pashto after which somebody looks at once; better once too often."""
_TRADES: Final = (
    ("lock", re.compile(r"lock|key ?card|door (does not|won't|will not) (open|close)|قفل|کلید|کلي")),
    ("hvac", re.compile(r"air ?con|\ba/?c\b|heat|cold room|hvac|ventil|کولر|بخاری|سرد|گرم")),
    ("plumbing", re.compile(r"tap|shower|toilet|drain|leak|sink|pipe|faucet|نل|تشناب|حمام|شاور")),
    ("water", re.compile(r"water|آب|اوبه")),
    ("electrical", re.compile(r"light|lamp|socket|power|electric|bulb|برق|چراغ|بریښنا")),
    ("it", re.compile(r"wi-?fi|internet|\btv\b|television|network|انترنت|تلویزیون")),
    ("furniture", re.compile(r"\bbed\b|chair|table|wardrobe|curtain|mattress|تخت|چوکی|پرده")),
    ("appliance", re.compile(r"fridge|kettle|minibar|\bsafe\b|hair ?dryer|یخچال")),
)
_BAD: Final[Mapping[str, Severity]] = {
    **{one.value: one for one in Severity}, "urgent": Severity.HIGH, "normal": Severity.MEDIUM,
    "emergency": Severity.CRITICAL, "minor": Severity.LOW, "major": Severity.HIGH,
}  # fmt: skip
_AWAY = 20
_EMPTY, _WEAK = 10, 25
"""Percent of a lock's battery: below the one a guest is soon locked out, below the other it is to be changed."""


def _text(value: Any) -> Any:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Text = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$"), BeforeValidator(_text)]
Words = Annotated[str, Field(min_length=1, max_length=4000, pattern=r"^[^\x00]*$")]


class _Placed(BaseModel):
    model_config = ConfigDict(extra="ignore", str_strip_whitespace=True, allow_inf_nan=False, defer_build=True)

    place: Text | None = Field(
        None, validation_alias=AliasChoices("venue_id", "room_id", "space_id", "room_number", "location")
    )


class SaidOfFault(_Placed):
    """What somebody says is wrong; unknown fields are passed over."""

    text: Words = Field(
        validation_alias=AliasChoices("description", "complaint", "text", "message", "details", "issue")
    )
    category: Text | None = Field(
        None, validation_alias=AliasChoices("category", "complaint_type", "complaint_category", "issue_type", "type")
    )
    severity: Text | None = Field(None, validation_alias=AliasChoices("severity", "priority", "urgency"))
    booking: Text | None = Field(
        None,
        validation_alias=AliasChoices("booking_reference", "reservation_reference", "reservation_id", "booking_id"),
    )
    safety: bool = Field(default=False, validation_alias=AliasChoices("safety_concern", "is_safety", "safety"))


class SaidOfLock(_Placed):
    """What a lock says of itself; unknown fields are passed over."""

    device: Text = Field(validation_alias=AliasChoices("device_id", "lock_id", "lock_device_id", "serial"))
    battery: Annotated[float, Field(ge=0, le=100)] | None = Field(
        None, validation_alias=AliasChoices("battery_level", "battery_percent", "battery_pct", "battery")
    )
    online: bool | None = Field(None, validation_alias=AliasChoices("online", "is_online"))
    text: Words | None = Field(None, validation_alias=AliasChoices("message", "description", "alert", "reason"))


def fault(origin: Origin) -> Any:
    """What a word about a fault does: a report of the live order of that place and trade, else a new order."""

    async def handle(work: Work, property_id: UUID, message: Message) -> None:
        said = read(SaidOfFault, message, text("The report"))
        place = said.place and await spaces.find_room(work.tx, work.tenant_id, property_id, said.place)
        words = said.text.casefold()
        danger = said.safety or DANGER.search(words) is not None
        severity = _BAD.get((said.severity or "").casefold(), Severity.MEDIUM)
        cmd = CreateOrder(
            property_id, _title(said, known=bool(place)), _trade(said, words),
            Severity.HIGH if danger and severity in {Severity.LOW, Severity.MEDIUM} else severity,
            danger, said.text, place or None, origin, said.booking,
        )  # fmt: skip
        await work_orders.take_in(work, cmd)

    return handle


async def lock_alert(work: Work, property_id: UUID, message: Message) -> None:
    """A lock is weak or away: one order for each lock, as bad as its worst word."""
    said = read(SaidOfLock, message, text("The lock's alert"))
    place = said.place and await spaces.find_room(work.tx, work.tenant_id, property_id, said.place)
    state = [] if said.battery is None else [f"battery {said.battery:g} %"]
    state += ["offline"] if said.online is False else []
    words = ". ".join([*([said.text] if said.text else []), *([", ".join(state)] if state else [])]) or None
    named = f"Lock {said.device}"[:200]
    lock = AddAsset(property_id, AssetKind.LOCK_DEVICE, named, space_id=place or None, external_code=said.device[:100])
    felt = lock_health(said.battery, online=said.online)
    asset = await assets.mirror(work, lock, None if felt is None else Health(felt, words, HealthSource.EVENT))
    cmd = CreateOrder(
        property_id, named, "lock", lock_severity(said.battery, online=said.online), description=words,
        space_id=place or None, origin=Origin.LOCK_ALERT, symptom=f"lock:{said.device}", asset_id=asset.id,
    )  # fmt: skip
    await work_orders.take_in(work, cmd)


def lock_severity(battery: float | None, *, online: bool | None) -> Severity:
    """How bad a lock's state is: away or nearly empty keeps a guest out; weak is changed soon."""
    empty = battery is not None and battery < _EMPTY
    if online is False:
        return Severity.CRITICAL if empty else Severity.HIGH
    if empty:
        return Severity.HIGH
    return Severity.MEDIUM if battery is not None and battery < _WEAK else Severity.LOW


def lock_health(battery: float | None, *, online: bool | None) -> int | None:
    """How a lock is, 0 to 100: as its battery says, and never above 20 while it is away; None if nobody knows."""
    felt = None if battery is None else round(battery)
    return min(felt or _AWAY, _AWAY) if online is False else felt


def _trade(said: SaidOfFault, words: str) -> str:
    """As the sender says, else by the first word that speaks of a trade."""
    named = (said.category or "").casefold()
    if named in STANDARD:
        return named
    return next((trade for trade, found in _TRADES if found.search(words)), OTHER)


def _title(said: SaidOfFault, *, known: bool) -> str:
    first = said.text.splitlines()[0].strip() or "A fault"
    where = "" if known or not said.place else f" ({said.place})"
    return "".join(one for one in first[: 200 - len(where)] if one.isprintable()) + where
