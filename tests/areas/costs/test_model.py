"""Lines of costs, their sums, and budgets."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serai.areas.costs import model
from serai.areas.costs.model import CostKind, CostLine, Priced, SetBudget
from serai.kernel.errors import Invalid
from serai.kernel.money import Money

ORDER, HOTEL, COMPANY = UUID(int=1), UUID(int=2), UUID(int=3)
NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)


def line(quantity: str, price: str | None, *, unit: str = "minute", currency: str | None = None) -> CostLine:
    kind = CostKind.LABOUR if unit == "minute" else CostKind.PART
    worth = None if price is None else Decimal(price)
    cmd = Priced(HOTEL, ORDER, kind, UUID(int=9), "Tom", "plumbing", Decimal(quantity), unit, worth, currency)
    return model.book(UUID(int=4), COMPANY, cmd, "AFN", date(2026, 3, 2), NOW, "Tom")


@pytest.mark.parametrize(
    ("quantity", "price", "unit", "amount"),
    [
        ("45", "450.50", "minute", "337.88"),
        ("20", "100", "minute", "33.33"),
        ("1", "0.30", "minute", "0.00"),
        ("3", "0.30", "minute", "0.02"),
        ("2.5", "12.5050", "piece", "31.26"),
        ("7", None, "minute", "0.00"),
    ],
)
def test_a_line_is_quantity_times_price_rounded_half_to_even(
    quantity: str, price: str | None, unit: str, amount: str
) -> None:
    assert str(line(quantity, price, unit=unit).amount) == amount


def test_more_than_all_the_money_there_is_is_refused() -> None:
    with pytest.raises(Invalid):
        line("999999999.999", "9999999999.9999", unit="piece")


def test_a_line_is_in_the_currency_of_its_price() -> None:
    assert line("60", "1000").currency == "AFN"
    assert line("60", "1000", currency="JPY").amount == Decimal(1000)
    assert str(line("60", "1000", currency="JPY").amount) == "1000"


amounts = st.lists(
    st.tuples(st.decimals(0, 10**6, places=2), st.sampled_from(["AFN", "USD"]), st.booleans()), max_size=20
)


@given(amounts)
def test_sums_are_the_exact_sums_of_lines_that_count_by_currency(found: list[tuple[Decimal, str, bool]]) -> None:
    lines = [
        replace(line("1", "1", unit="piece"), amount=amount, currency=currency, struck_at=NOW if struck else None)
        for amount, currency, struck in found
    ]
    sums = {one.currency: Decimal(one.amount) for one in model.sums(lines)}
    for currency in ("AFN", "USD"):
        expected = sum((amount for amount, coin, struck in found if coin == currency and not struck), Decimal(0))
        assert sums.get(currency, Decimal(0)) == expected


def test_sums_name_kinds_in_their_order() -> None:
    lines = [line("1", "5", unit="piece"), line("60", "10"), line("60", "10", currency="USD")]
    assert [(one.kind, one.amount, one.currency) for one in model.sums(lines)] == [
        ("labour", "10.00", "AFN"), ("labour", "10.00", "USD"), ("part", "5.00", "AFN"),
    ]  # fmt: skip


def test_a_budget_is_said_changed_and_taken_back() -> None:
    said = model.set_budget(None, UUID(int=5), COMPANY, SetBudget(HOTEL, "2026-03", Decimal("500.5")), "AFN")
    assert (said.record.amount, said.record.version) == (Decimal("500.50"), 1)
    again = model.set_budget(said.record, UUID(int=6), COMPANY, SetBudget(HOTEL, "2026-03", Decimal("500.50")), "AFN")
    assert not again.changed
    gone = model.set_budget(said.record, UUID(int=6), COMPANY, SetBudget(HOTEL, "2026-03", None), "AFN")
    assert (gone.record.amount, gone.record.version, gone.record.id) == (None, 2, UUID(int=5))
    assert gone.events[0].data.amount is None


@pytest.mark.parametrize(("cmd", "pointer"), [
    (SetBudget(HOTEL, "2026-13", Decimal(1)), "/month"), (SetBudget(HOTEL, "2026-03", Decimal(-1)), "/amount"),
])  # fmt: skip
def test_a_budget_of_no_month_or_below_zero_is_refused(cmd: SetBudget, pointer: str) -> None:
    with pytest.raises(Invalid) as refused:
        model.set_budget(None, UUID(int=5), COMPANY, cmd, "AFN")
    assert [one.pointer for one in refused.value.faults] == [pointer]


def test_what_was_spent_in_other_currencies_stands_beside() -> None:
    budget = model.set_budget(None, UUID(int=5), COMPANY, SetBudget(HOTEL, "2026-03", Decimal(500)), "AFN").record
    found = model.compare(budget, [Money.of("10.5", "AFN"), Money.of("3", "USD")])
    assert (found.spent, found.others) == (Decimal("10.5"), (Money.of("3", "USD"),))
