"""The facts about tenants and properties."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from functools import partial

from serai.kernel.event import EventType


@dataclass(frozen=True, slots=True)
class TenantData:
    """A hotel company."""

    id: str
    code: str
    name: str
    platform: bool
    second_factor_required: bool


@dataclass(frozen=True, slots=True)
class PolicyData:
    """What a property has decided for itself; `sla_minutes` is by kind of task, `closes` by severity."""

    inspects: bool
    pickup: bool
    day_use_start: time
    day_use_end: time
    sla_minutes: dict[str, int]
    oos_sellable: bool
    oos_assignable: bool
    guest_names: bool
    service_nights: int
    vacant_days: int
    closes: dict[str, str]
    closed_hours: int
    gives_orders: bool
    breaches_told: int


@dataclass(frozen=True, slots=True)
class PropertyData:
    """A hotel and its policies."""

    id: str
    code: str
    name: str
    zone: str
    currency: str
    locale: str
    check_in: time
    check_out: time
    rollover: time
    policies: PolicyData


TENANT_CREATED = EventType("tenant.created.v1", "A hotel company was taken on.", "ten", TenantData)
TENANT_UPDATED = EventType(
    "tenant.updated.v1", "What a company asks of its managers was changed.", "ten", TenantData, narrows=True
)
_property = partial(EventType, subject="prp", payload=PropertyData, permission="property.read")
SETTINGS_CHANGED = _property("tenant.settings.changed.v1", "A property's policies were changed.")
PROPERTY_CREATED = _property("property.created.v1", "A hotel was opened.")
PROPERTY_UPDATED = _property("property.updated.v1", "A hotel's name, place or hours were changed.")

ALL = (TENANT_CREATED, TENANT_UPDATED, SETTINGS_CHANGED, PROPERTY_CREATED, PROPERTY_UPDATED)
