"""What the closing bill is made of."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the bill: what is claimed, whether it holds, and the figures."""

    claim: str
    holds: bool
    figures: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where to look: the replay's tenant and property."""

    tenant_id: UUID
    property_id: UUID
