"""The facts about promises."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from serai.kernel.event import EventType
from serai.kernel.hours import Hours


@dataclass(frozen=True, slots=True)
class EscalationStepData:
    """What is done so many minutes after a promise was broken."""

    target: str
    after_minutes: int
    tells: str | None
    raises: bool
    reassigns: bool


@dataclass(frozen=True, slots=True)
class SlaPolicyData:
    """What is promised for some orders: of a property or of all, of a category, of a severity (None: of any)."""

    id: str
    property_id: str | None
    category: str | None
    severity: str | None
    respond_minutes: int | None
    resolve_minutes: int | None
    hours: tuple[Hours, ...]
    pauses: bool
    warn_percent: int
    steps: tuple[EscalationStepData, ...]
    active: bool


_policy = partial(EventType, subject="slp", payload=SlaPolicyData, permission="sla.read")
UPDATED = _policy("maintenance.sla_policy.updated.v1", "A promise was made, changed or taken back.")

ALL = (UPDATED,)
