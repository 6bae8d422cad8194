"""The facts about costs."""

from __future__ import annotations

from dataclasses import dataclass

from serai.kernel.event import EventType


@dataclass(frozen=True, slots=True)
class BudgetData:
    """What a month (`YYYY-MM`) may cost: one trade, or (None) all. `amount` None: the budget was taken back."""

    id: str
    property_id: str
    category: str | None
    month: str
    amount: str | None
    currency: str


BUDGET_SET = EventType(
    "maintenance.budget.set.v1", "What a month may cost was said, or taken back.", "bgt", BudgetData,
    permission="cost.read",
)  # fmt: skip

ALL = (BUDGET_SET,)
