"""The routes of budgets."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from fastapi import Query, Response
from pydantic import Field

from serai.areas.costs import model, service
from serai.areas.costs.model import Budget, Compared, SetBudget
from serai.kernel.actor import Actor
from serai.kernel.money import Money
from serai.runtime.http import Body, Call, Id, Out, Router, needs, shown

router = Router(prefix="/maintenance/budgets", tags=["Costs"])
PropertyId = Annotated[UUID, Id("prp")]
Month = Annotated[str, Field(pattern=r"^2\d{3}-(0[1-9]|1[0-2])$", examples=["2026-03"])]
Trade = Annotated[str, Field(pattern=r"^[a-z][a-z_]{0,39}$", examples=["plumbing"])]
Amount = Annotated[Decimal, Field(ge=0, max_digits=14, decimal_places=4, examples=["50000"])]


class BudgetBody(Body):
    """What a month may cost, in the property's currency: one trade, or all. Without an amount it is taken back."""

    property_id: PropertyId
    month: Month
    amount: Amount | None = None
    category: Trade | None = None

    def command(self) -> SetBudget:
        """What is asked for."""
        return SetBudget(self.property_id, self.month, self.amount, self.category)


class BudgetOut(Out):
    """What a month may cost."""

    id: str
    property_id: str
    category: str | None
    month: str
    amount: str | None
    currency: str


class AmountOut(Out):
    """An exact amount in a currency."""

    amount: str
    currency: str


class SpentOut(BudgetOut):
    """A budget beside what was spent so far, in its currency, and in others."""

    spent: str
    left: str
    others: list[AmountOut]


class SpentList(Out):
    """The budgets of a month."""

    items: list[SpentOut]


def show(budget: Budget, _: Actor) -> dict[str, Any]:
    """A budget (the shape of `BudgetOut`)."""
    return shown(model.data(budget))


def show_spent(found: list[Compared], actor: Actor) -> dict[str, Any]:
    """Budgets beside what was spent (the shape of `SpentList`)."""
    return {
        "items": [
            {
                **show(one.budget, actor),
                "spent": Money(one.spent, one.budget.currency).text,
                "left": Money((one.budget.amount or Decimal(0)) - one.spent, one.budget.currency).text,
                "others": [other.as_dict() for other in one.others],
            }
            for one in found
        ]
    }


@router.get("", summary="The budgets of a month", response_model=SpentList, **needs("cost.read"))
async def list_budgets(
    call: Call, property_id: Annotated[PropertyId, Query()], month: Annotated[Month, Query()]
) -> Response:
    """What it may cost beside what it did cost so far: all trades first, then each that has a budget."""
    return await call.query(lambda tx: service.budgets(tx, call.actor, property_id, month), show_spent)


@router.put("", summary="Say what a month may cost", response_model=BudgetOut, **needs("cost.manage"))
async def set_budget(body: BudgetBody, call: Call) -> Response:
    """Said again, the newest holds; what is over it is not refused, but seen."""
    return await call.command(lambda work: service.set_budget(work, body.command()), show)
