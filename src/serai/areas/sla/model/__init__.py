"""Promises and their clock."""

from __future__ import annotations

from serai.areas.sla.model.clock import FARTHEST, Stretch, Wait, Why, due, stretches
from serai.areas.sla.model.policy import (
    MOST_MINUTES,
    ChangePolicy,
    EscalationStep,
    Policy,
    SetPolicy,
    Terms,
    change,
    data,
    promise,
    terms,
)

__all__ = [
    "FARTHEST", "MOST_MINUTES", "ChangePolicy", "EscalationStep", "Policy", "SetPolicy", "Stretch", "Terms", "Wait",
    "Why", "change", "data", "due", "promise", "stretches", "terms",
]  # fmt: skip
