"""What a vendor wants for its work, without a database."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

import pytest

from serai.areas.vendors import model
from serai.areas.vendors.model import AddVendor, Billed, Channel, RecordInvoice
from serai.kernel.actor import system
from serai.kernel.errors import Conflict, Invalid
from serai.kernel.money import BadMoney

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
HERE, ELSEWHERE = UUID(int=1), UUID(int=2)
OMAR = model.add(
    UUID(int=5), AddVendor("Omar", Channel.SMS, HERE, phone="+93700123456"), system(UUID(int=9), "test")
).record


def invoice(amount: str, place: UUID = HERE, currency: str | None = None) -> model.Invoice:
    cmd = RecordInvoice(Decimal(amount), currency=currency)
    return model.record(UUID(int=6), OMAR, Billed(place, UUID(int=7), 4), cmd, "AFN", NOW, "Ana").record


@pytest.mark.parametrize(("amount", "currency"), [("10.005", None), ("10.5", "JPY")])
def test_an_amount_has_no_more_digits_than_its_currency(amount: str, currency: str | None) -> None:
    with pytest.raises(Invalid):
        invoice(amount, currency=currency)


def test_an_invoice_is_of_a_vendor_of_this_hotel_in_a_currency_that_there_is() -> None:
    with pytest.raises(Invalid) as refused:
        invoice("10", ELSEWHERE)
    assert [one.pointer for one in refused.value.faults] == ["/vendor_id"]
    with pytest.raises(BadMoney):
        invoice("10", currency="XXX")


def test_an_invoice_is_posted_once_and_then_no_slip_any_more() -> None:
    posted = model.post(invoice("10"), "F-1", NOW).record
    assert (posted.posted_reference, posted.version) == ("F-1", 2)
    assert not model.post(posted, "F-2", NOW).changed
    with pytest.raises(Conflict):
        model.strike_invoice(posted, NOW)
    struck = model.strike_invoice(invoice("10"), NOW).record
    assert not model.strike_invoice(struck, NOW).changed
    with pytest.raises(Conflict):
        model.post(struck, None, NOW)
