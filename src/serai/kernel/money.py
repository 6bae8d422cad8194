"""Amounts in a currency: exact, never mixed, rounded only on request."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal, DecimalException, Inexact, InvalidOperation, Overflow
from functools import total_ordering
from typing import Final

from serai.kernel.errors import Invalid
from serai.kernel.text import text

_TWO = (
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY "
    "COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS "
    "INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR "
    "MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP "
    "STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG"
)
_NONE = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_THREE = "BHD IQD JOD KWD LYD OMR TND"
_FOUR = "CLF UYW"
_DIGITS: Final[dict[str, int]] = {
    code: digits for codes, digits in ((_NONE, 0), (_TWO, 2), (_THREE, 3), (_FOUR, 4)) for code in codes.split()
}
_EXACT: Final = Context(prec=60, traps=[Inexact, InvalidOperation, Overflow])
_LARGEST: Final = Decimal(10) ** 18
_FINEST: Final = 12


class BadMoney(Invalid):
    """This is not an amount of money that can be kept."""

    code = "bad_money"


def minor_digits(currency: str) -> int:
    """How many decimals the currency has (ISO 4217, 2026): 2 for EUR, 0 for JPY; an unknown code is refused."""
    try:
        return _DIGITS[currency]
    except KeyError:
        raise BadMoney(text("'{currency}' is not a currency of ISO 4217.", currency=currency)) from None


@total_ordering
@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount. Refused: no number, 10^18 and above, more than 12 decimals, an unknown currency."""

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        minor_digits(self.currency)
        exponent = self.amount.as_tuple().exponent
        if not isinstance(exponent, int):
            raise BadMoney(text("{amount} is not an amount.", amount=self.amount))
        if abs(self.amount) >= _LARGEST or exponent < -_FINEST:
            raise BadMoney("The amount is too large or too finely divided.")

    @classmethod
    def of(cls, amount: str | int | Decimal, currency: str) -> Money:
        """Money from text, a whole number or a Decimal; a float has no exact value and is not taken."""
        try:
            return cls(Decimal(amount), currency)
        except DecimalException:
            raise BadMoney(text("'{amount}' is not an amount.", amount=amount)) from None

    @classmethod
    def zero(cls, currency: str) -> Money:
        """Nothing, in a currency."""
        return cls(Decimal(0), currency)

    def __add__(self, other: Money) -> Money:
        return Money(_EXACT.add(self.amount, self._same(other)), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(_EXACT.subtract(self.amount, self._same(other)), self.currency)

    def __neg__(self) -> Money:
        return Money(_EXACT.minus(self.amount), self.currency)

    def __mul__(self, factor: int | Decimal) -> Money:
        """The exact product; round it when the calculation is done."""
        try:
            return Money(_EXACT.multiply(self.amount, Decimal(factor)), self.currency)
        except DecimalException:
            raise BadMoney("The amount is too large or too finely divided.") from None

    def __lt__(self, other: Money) -> bool:
        return self.amount < self._same(other)

    def rounded(self) -> Money:
        """Rounded to the currency's minor digits, half to even."""
        unit = Decimal(1).scaleb(-minor_digits(self.currency))
        return Money(self.amount.quantize(unit, ROUND_HALF_EVEN, Context(prec=60)), self.currency)

    @property
    def text(self) -> str:
        """The rounded amount as text, with all of the currency's digits: 12.50."""
        return f"{self.rounded().amount:f}"

    def as_dict(self) -> dict[str, str]:
        """The rounded amount for JSON: {"amount": "12.50", "currency": "EUR"}."""
        return {"amount": self.text, "currency": self.currency}

    def _same(self, other: Money) -> Decimal:
        if other.currency != self.currency:
            raise BadMoney(text("{one} and {other} cannot be put together.", one=self.currency, other=other.currency))
        return other.amount


def total(amounts: Iterable[Money], currency: str) -> Money:
    """The exact sum; of nothing it is zero. One of another currency is refused."""
    return sum(amounts, start=Money.zero(currency))
