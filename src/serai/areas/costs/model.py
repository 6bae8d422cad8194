"""Lines of costs, their sums, and budgets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Context, Decimal
from enum import StrEnum
from typing import Final
from uuid import UUID

from serai.areas.costs import events
from serai.kernel.decision import Decision
from serai.kernel.errors import Fault, Invalid
from serai.kernel.event import Event, changes
from serai.kernel.ids import encode
from serai.kernel.money import Money

_MONTH: Final = re.compile(r"2\d{3}-(0[1-9]|1[0-2])")
_HOUR: Final = Decimal(60)
_EXACT: Final = Context(prec=60)
_FINEST: Final = Decimal(1).scaleb(-12)


class CostKind(StrEnum):
    """Of what a line comes."""

    LABOUR = "labour"
    PART = "part"
    INVOICE = "invoice"


@dataclass(frozen=True, slots=True)
class Priced:
    """Something that costs: `ref_id` is the minutes, the use of a part or the invoice that it comes of.

    `unit_price` None: nobody knew the price, and the line is of nothing. `currency` None: the property's.
    """

    property_id: UUID
    order_id: UUID
    kind: CostKind
    ref_id: UUID
    what: str
    category: str
    quantity: Decimal
    unit: str
    unit_price: Decimal | None
    currency: str | None = None
    asset_id: UUID | None = None
    space_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class CostLine:
    """A line, on the business date on which it was written; one that is struck out counts no more."""

    id: UUID
    tenant_id: UUID
    property_id: UUID
    order_id: UUID
    kind: CostKind
    ref_id: UUID
    what: str
    category: str
    asset_id: UUID | None
    space_id: UUID | None
    quantity: Decimal
    unit: str
    unit_price: Decimal | None
    amount: Decimal
    currency: str
    day: date
    at: datetime
    by: str
    struck_at: datetime | None


@dataclass(frozen=True, slots=True)
class CostSum:
    """The sum of the lines of one kind in one currency; `amount` is a decimal as text."""

    kind: CostKind
    amount: str
    currency: str


@dataclass(frozen=True, slots=True)
class Budget:
    """What a month (`YYYY-MM`) of a property may cost: one trade, or (None) all; amount None: not said."""

    id: UUID
    tenant_id: UUID
    property_id: UUID
    version: int
    category: str | None
    month: str
    amount: Decimal | None
    currency: str


@dataclass(frozen=True, slots=True)
class SetBudget:
    """Say what a month may cost, or (None) take it back."""

    property_id: UUID
    month: str
    amount: Decimal | None
    category: str | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """A budget beside what was spent, in its currency; `others` are what was spent in other currencies."""

    budget: Budget
    spent: Decimal
    others: tuple[Money, ...]


def price(kind: CostKind, quantity: Decimal, unit_price: Decimal | None, currency: str) -> Decimal:
    """Quantity times price, labour's minutes at an hour's price; rounded to the currency's digits, half to even."""
    if unit_price is None:
        return Money.zero(currency).rounded().amount
    whole = _EXACT.multiply(quantity, unit_price)
    amount = _EXACT.divide(whole, _HOUR) if kind is CostKind.LABOUR else whole
    return Money(amount.quantize(_FINEST, context=_EXACT), currency).rounded().amount


def book(line_id: UUID, tenant_id: UUID, cmd: Priced, local: str, day: date, at: datetime, by: str) -> CostLine:
    """The line of something that costs; `local` is the property's currency."""
    currency = cmd.currency or local
    return CostLine(
        line_id, tenant_id, cmd.property_id, cmd.order_id, cmd.kind, cmd.ref_id, cmd.what, cmd.category, cmd.asset_id,
        cmd.space_id, cmd.quantity, cmd.unit, cmd.unit_price,
        price(cmd.kind, cmd.quantity, cmd.unit_price, currency), currency, day, at, by, None,
    )  # fmt: skip


def sums(lines: Iterable[CostLine]) -> tuple[CostSum, ...]:
    """The sums by kind and currency, in their order; what is struck out counts no more."""
    found: dict[tuple[CostKind, str], Decimal] = {}
    for one in lines:
        if one.struck_at is None:
            key = (one.kind, one.currency)
            found[key] = found.get(key, Decimal(0)) + one.amount
    return tuple(
        CostSum(kind, Money(amount, currency).text, currency) for (kind, currency), amount in sorted(found.items())
    )


def set_budget(before: Budget | None, new_id: UUID, tenant_id: UUID, cmd: SetBudget, currency: str) -> Decision[Budget]:
    """The budget of a month from now on. Refused: no month, a negative amount."""
    faults: list[Fault] = []
    if _MONTH.fullmatch(cmd.month) is None:
        faults.append(Fault("/month", "a year and a month, as 2026-03"))
    if cmd.amount is not None and cmd.amount < 0:
        faults.append(Fault("/amount", "0 or more"))
    if faults:
        raise Invalid(faults=faults)
    amount = None if cmd.amount is None else Money(cmd.amount, currency).rounded().amount
    after = (
        Budget(new_id, tenant_id, cmd.property_id, 1, cmd.category, cmd.month, amount, currency)
        if before is None
        else replace(before, amount=amount, currency=currency)
    )
    if after == before:
        return Decision(after)
    if before is not None:
        after = replace(after, version=before.version + 1)
    told = Event(events.BUDGET_SET, after.property_id, after.id, after.version, data(after), changes(before, after))
    return Decision(after, (told,))


def compare(budget: Budget, spent: Sequence[Money]) -> Compared:
    """A budget beside what was spent."""
    same = sum((one.amount for one in spent if one.currency == budget.currency), Decimal(0))
    return Compared(budget, same, tuple(one for one in spent if one.currency != budget.currency))


def data(budget: Budget) -> events.BudgetData:
    """The public record."""
    return events.BudgetData(
        encode("bgt", budget.id), encode("prp", budget.property_id), budget.category, budget.month,
        None if budget.amount is None else Money(budget.amount, budget.currency).text, budget.currency,
    )  # fmt: skip
