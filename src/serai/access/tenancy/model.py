"""Tenants, properties, policies: what they are and which values are refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from serai.access.tenancy import events
from serai.kernel.actor import Actor
from serai.kernel.decision import Decision
from serai.kernel.errors import Fault, Invalid, Stale
from serai.kernel.event import Event, EventType, changes
from serai.kernel.ids import encode
from serai.kernel.text import text

CURRENCIES = frozenset(
    (  # noqa: SIM905  # a list of quoted words would take a page
        "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF "
        "CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD "
        "HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD "
        "LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK "
        "PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS "
        "TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG"
    ).split()
)
"""ISO 4217, the currencies in circulation."""
SLA_MINUTES = {"checkout_cleaning": 60}
"""The default minutes for a kind of task; a kind that is not named has no promise."""
CLOSES = {"high": "out_of_order", "critical": "out_of_order"}
"""The default: what a fault of a severity closes its room as; one that is not named leaves it open."""
_SEVERITIES = ("low", "medium", "high", "critical")
_CLOSINGS = ("out_of_service", "out_of_order")
LONGEST_SLA = 7 * 24 * 60
LONGEST_CLOSED = 90 * 24
LONGEST_NAME = 200
WALL = text("is the hotel's own wall time, to the minute, without an offset")
_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,19}")
_LOCALE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")
_KIND = re.compile(r"[a-z]+(_[a-z]+){0,5}")


@dataclass(frozen=True, slots=True)
class Policies:
    """What a property has decided for itself.

    `service_nights`: an occupied room is serviced every so many nights, 0 only on request. `vacant_days`: a clean
    room that nobody used for so many days is no longer clean (water safety), 0 never. `closes`: a fault of that
    severity closes its room so (out_of_service, out_of_order), for `closed_hours` where nobody knows better.
    `gives_orders`: a work order that came by itself is given to somebody at once. `breaches_told`: the manager is
    told when so many promises were broken on a business date, 0 never.
    """

    inspects: bool = True
    pickup: bool = False
    day_use_start: time = time(10, 0)
    day_use_end: time = time(18, 0)
    sla_minutes: Mapping[str, int] = field(default_factory=lambda: dict(SLA_MINUTES))
    oos_sellable: bool = True
    oos_assignable: bool = False
    guest_names: bool = False
    service_nights: int = 1
    vacant_days: int = 7
    closes: Mapping[str, str] = field(default_factory=lambda: dict(CLOSES))
    closed_hours: int = 24
    gives_orders: bool = True
    breaches_told: int = 5


@dataclass(frozen=True, slots=True)
class Tenant:
    """A hotel company; the platform's own tenant is the one whose staff may be super_admin.

    Where a second factor is required, its managers may do nothing before they have one.
    """

    tenant_id: UUID
    code: str
    name: str
    platform: bool
    second_factor_required: bool
    version: int

    @property
    def id(self) -> UUID:
        """The tenant is its own tenant."""
        return self.tenant_id


@dataclass(frozen=True, slots=True)
class Property:
    """One hotel."""

    id: UUID
    tenant_id: UUID
    code: str
    name: str
    zone: str
    currency: str
    locale: str
    check_in: time
    check_out: time
    rollover: time
    policies: Policies
    version: int


@dataclass(frozen=True, slots=True)
class CreateTenant:
    """Take on a hotel company."""

    code: str
    name: str
    platform: bool = False


@dataclass(frozen=True, slots=True)
class CreateProperty:
    """Open a hotel. `zone` is an IANA name; `rollover` is the local hour at which the business date changes."""

    code: str
    name: str
    zone: str
    currency: str
    locale: str = "en"
    check_in: time = time(15, 0)
    check_out: time = time(11, 0)
    rollover: time = time(4, 0)
    policies: Policies = field(default_factory=Policies)


@dataclass(frozen=True, slots=True)
class ChangeProperty:
    """The fields to change, by name, and the version they were read at. `policies` holds policies by name."""

    version: int
    fields: Mapping[str, Any] = field(default_factory=dict[str, Any])
    policies: Mapping[str, Any] = field(default_factory=dict[str, Any])


def create_tenant(tenant_id: UUID, cmd: CreateTenant) -> Decision[Tenant]:
    """A new hotel company; a code or name of the wrong form is refused."""
    refuse(_code("code", cmd.code) + _name(cmd.name))
    tenant = Tenant(tenant_id, cmd.code, cmd.name, cmd.platform, second_factor_required=False, version=1)
    return Decision(tenant, (_told(events.TENANT_CREATED, None, tenant),))


def change_tenant(tenant: Tenant, version: int, *, second_factor_required: bool) -> Decision[Tenant]:
    """The company as changed; what was changed by somebody else meanwhile is refused."""
    if tenant.version != version:
        raise Stale
    if tenant.second_factor_required == second_factor_required:
        return Decision(tenant)
    after = replace(tenant, second_factor_required=second_factor_required, version=tenant.version + 1)
    return Decision(after, (_told(events.TENANT_UPDATED, tenant, after),))


def _told(kind: EventType, before: Tenant | None, after: Tenant) -> Event:
    data = events.TenantData(
        encode("ten", after.id), after.code, after.name, after.platform, after.second_factor_required
    )
    return Event(kind, after.id, after.id, after.version, data, changes(before, after))


def create_property(property_id: UUID, cmd: CreateProperty, actor: Actor) -> Decision[Property]:
    """A new hotel of the actor's tenant; values that no hotel can have are refused."""
    hotel = Property(
        property_id, actor.tenant_id, cmd.code, cmd.name, cmd.zone, cmd.currency, cmd.locale,
        cmd.check_in, cmd.check_out, cmd.rollover, cmd.policies, 1,
    )  # fmt: skip
    refuse(faults(hotel))
    return Decision(hotel, (_event(events.PROPERTY_CREATED, hotel, _differences(None, hotel)),))


def change_property(hotel: Property, cmd: ChangeProperty) -> Decision[Property]:
    """The hotel as changed. What was changed by somebody else meanwhile is refused; nothing changed is no event."""
    if hotel.version != cmd.version:
        raise Stale
    after = replace(hotel, **cmd.fields, policies=replace(hotel.policies, **cmd.policies))
    refuse(faults(after))
    told: list[Event] = []
    for kind, differences in (
        (events.PROPERTY_UPDATED, changes(hotel, replace(after, policies=hotel.policies))),
        (events.SETTINGS_CHANGED, _policy_changes(hotel.policies, after.policies)),
    ):
        if differences:
            after = replace(after, version=after.version + 1)
            told.append(_event(kind, after, differences))
    return Decision(after, tuple(told))


def faults(hotel: Property) -> list[Fault]:
    """What is wrong with the values of a property."""
    found = _code("code", hotel.code) + _name(hotel.name)
    if not known_zone(hotel.zone):
        found.append(Fault("/zone", "is not an IANA time zone, such as Europe/Lisbon"))
    if hotel.currency not in CURRENCIES:
        found.append(Fault("/currency", "is not an ISO 4217 currency, such as EUR"))
    if not _LOCALE.fullmatch(hotel.locale):
        found.append(Fault("/locale", "is not a locale, such as pt-PT"))
    for name in ("check_in", "check_out", "rollover"):
        if not _wall(getattr(hotel, name)):
            found.append(Fault(f"/{name}", WALL))
    return found + _policy_faults(hotel.policies)


def known_zone(name: str) -> bool:
    """Whether it is a time zone of the IANA database (an area and a place, or UTC)."""
    if name != "UTC" and "/" not in name:
        return False
    try:
        ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        return False
    return True


def policies_from(stored: Mapping[str, Any]) -> Policies:
    """Policies read back from JSON: what is not there has its default, what is not known is left out."""
    values = {one.name: stored[one.name] for one in fields(Policies) if one.name in stored}
    for name in ("day_use_start", "day_use_end"):
        if name in values:
            values[name] = time.fromisoformat(values[name])
    return Policies(**values)


def data(hotel: Property) -> events.PropertyData:
    """The public record of a property."""
    rules = hotel.policies
    return events.PropertyData(
        encode("prp", hotel.id), hotel.code, hotel.name, hotel.zone, hotel.currency, hotel.locale,
        hotel.check_in, hotel.check_out, hotel.rollover,
        events.PolicyData(
            rules.inspects, rules.pickup, rules.day_use_start, rules.day_use_end, dict(rules.sla_minutes),
            rules.oos_sellable, rules.oos_assignable, rules.guest_names, rules.service_nights, rules.vacant_days,
            dict(rules.closes), rules.closed_hours, rules.gives_orders,
            rules.breaches_told,
        ),
    )  # fmt: skip


def refuse(found: list[Fault]) -> None:
    """Refuse when there is a fault."""
    if found:
        raise Invalid(faults=found)


def _event(kind: Any, hotel: Property, differences: Mapping[str, tuple[Any, Any]]) -> Event:
    return Event(kind, hotel.id, hotel.id, hotel.version, data(hotel), differences)


def _differences(before: Property | None, after: Property) -> dict[str, tuple[Any, Any]]:
    found = changes(before, after)
    del found["policies"]
    return {**found, **_policy_changes(None, after.policies)}


def _policy_changes(before: Policies | None, after: Policies) -> dict[str, tuple[Any, Any]]:
    return {f"policies.{name}": pair for name, pair in changes(before, after).items()}


def _wall(moment: time) -> bool:
    return moment.tzinfo is None and not moment.second and not moment.microsecond


def _code(where: str, code: str) -> list[Fault]:
    wrong = not _CODE.fullmatch(code)
    return [Fault(f"/{where}", "1 to 20 small letters, digits and hyphens")] if wrong else []


def _name(name: str) -> list[Fault]:
    sound = 1 <= len(name) <= LONGEST_NAME and name.isprintable() and name == name.strip()
    return [] if sound else [Fault("/name", "1 to 200 printable characters")]


def _policy_faults(rules: Policies) -> list[Fault]:
    found: list[Fault] = []
    if not _wall(rules.day_use_start) or not _wall(rules.day_use_end):
        found.append(Fault("/policies/day_use_start", WALL))
    elif rules.day_use_start >= rules.day_use_end:
        found.append(Fault("/policies/day_use_end", "day use ends later on the day than it starts"))
    for name, most in (("service_nights", 30), ("vacant_days", 90)):
        if not 0 <= getattr(rules, name) <= most:
            found.append(Fault(f"/policies/{name}", text("0 to {most}", most=most)))
    if not 1 <= rules.closed_hours <= LONGEST_CLOSED:
        found.append(Fault("/policies/closed_hours", text("1 to {most}", most=LONGEST_CLOSED)))
    words = text("maps one of: {severities} to one of: {closings}", severities=_SEVERITIES, closings=_CLOSINGS)
    found += [
        Fault(f"/policies/closes/{severity[:60]}", words)
        for severity, closing in rules.closes.items()
        if severity not in _SEVERITIES or closing not in _CLOSINGS
    ]
    return found + _promise_faults(rules)


def _promise_faults(rules: Policies) -> list[Fault]:
    found: list[Fault] = []
    for kind, minutes in rules.sla_minutes.items():
        if not _KIND.fullmatch(kind):
            found.append(Fault("/policies/sla_minutes", "names kinds of task, such as checkout_cleaning"))
        if not 1 <= minutes <= LONGEST_SLA:
            found.append(Fault(f"/policies/sla_minutes/{kind[:60]}", text("1 to {most} minutes", most=LONGEST_SLA)))
    return found
