"""Money: exact, of one currency, rounded half to even and only when asked."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serai.kernel.money import BadMoney, Money, minor_digits, total

AMOUNTS = st.decimals(-(10**12), 10**12, allow_nan=False, allow_infinity=False, places=4)
EUROS = AMOUNTS.map(lambda amount: Money(amount, "EUR"))


@pytest.mark.parametrize(("currency", "digits"), [("EUR", 2), ("JPY", 0), ("KWD", 3), ("CLF", 4), ("AFN", 2)])
def test_a_currency_knows_its_minor_digits(currency: str, digits: int) -> None:
    assert minor_digits(currency) == digits
    assert Money.of("0.5", currency).rounded().amount.as_tuple().exponent == -digits


@pytest.mark.parametrize("currency", ["", "eur", "EURO", "XXX"])
def test_an_unknown_currency_is_refused(currency: str) -> None:
    with pytest.raises(BadMoney, match="ISO 4217"):
        Money.of(1, currency)


@pytest.mark.parametrize("amount", ["", "twelve", "NaN", "Infinity", "-Infinity", "sNaN", "1e18", "0.0000000000001"])
def test_what_is_no_amount_is_refused(amount: str) -> None:
    with pytest.raises(BadMoney, match="amount"):
        Money.of(amount, "EUR")


@given(EUROS, EUROS, EUROS)
def test_sums_are_exact_and_do_not_depend_on_order(a: Money, b: Money, c: Money) -> None:
    assert (a + b) + c == a + (b + c) == c + a + b
    assert a + b - b == a
    assert a + -a == Money.zero("EUR")


@given(st.lists(EUROS, max_size=20))
def test_a_total_is_the_exact_sum(amounts: list[Money]) -> None:
    assert total(amounts, "EUR").amount == Decimal(sum(int(one.amount * 10_000) for one in amounts)).scaleb(-4)


@given(EUROS, st.integers(-10_000, 10_000))
def test_a_product_is_a_repeated_sum(a: Money, n: int) -> None:
    assert a * n + a == a * (n + 1)


@given(EUROS)
def test_rounding_moves_by_half_a_cent_at_most_and_happens_once(a: Money) -> None:
    assert abs((a.rounded() - a).amount) <= Decimal("0.005")
    assert a.rounded().rounded() == a.rounded()


@given(EUROS, EUROS)
def test_amounts_of_one_currency_are_ordered(a: Money, b: Money) -> None:
    assert (a < b) == (a.amount < b.amount)
    assert (a >= b) == (a.amount >= b.amount)


@pytest.mark.parametrize(
    ("amount", "shown"), [("0.125", "0.12"), ("0.135", "0.14"), ("1E+3", "1000.00"), ("-0.005", "-0.00"), ("3", "3.00")]
)
def test_money_is_shown_rounded_half_to_even_in_plain_figures(amount: str, shown: str) -> None:
    assert Money.of(amount, "EUR").as_dict() == {"amount": shown, "currency": "EUR"}


def test_two_currencies_are_never_put_together() -> None:
    euro, dollar = Money.of(1, "EUR"), Money.of(1, "USD")
    assert euro != dollar
    with pytest.raises(BadMoney, match="EUR and USD"):
        _ = euro + dollar
    with pytest.raises(BadMoney, match="EUR and USD"):
        _ = euro - dollar
    with pytest.raises(BadMoney, match="EUR and USD"):
        _ = euro < dollar
    with pytest.raises(BadMoney):
        total([dollar], "EUR")


@pytest.mark.parametrize("factor", [Decimal("1e30"), Decimal("1e-30"), Decimal("NaN"), Decimal("1." + "1" * 60)])
def test_a_product_that_cannot_be_kept_is_refused(factor: Decimal) -> None:
    with pytest.raises(BadMoney, match="amount"):
        _ = Money.of("1.1", "EUR") * factor


def test_minutes_at_an_hourly_rate_are_exact_until_rounded() -> None:
    labour = Money.of("18.40", "EUR") * Decimal("0.25") + Money.of("0.005", "EUR")
    assert labour.amount == Decimal("4.605")
    assert labour.rounded().amount == Decimal("4.60")
