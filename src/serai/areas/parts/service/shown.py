"""What is answered of a part that was used, here and at the doors above."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from serai.areas.parts import model
from serai.areas.parts.model import PartUsage
from serai.kernel.actor import Actor
from serai.runtime.http import Out


class PartUsageOut(Out):
    """A part that was used; `amount` is quantity times cost then."""

    id: str
    property_id: str
    part_id: str
    part_number: str
    name: str
    unit: str
    order_id: str | None
    quantity: str
    unit_cost: str | None
    amount: str
    currency: str
    at: datetime
    by: str
    note: str | None
    struck_at: datetime | None


def show_usage(usage: PartUsage, _: Actor) -> dict[str, Any]:
    """A part that was used (the shape of `PartUsageOut`)."""
    return asdict(model.usage_data(usage))
