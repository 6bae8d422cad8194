"""The books say that a vendor's invoice is in them."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import AliasChoices, BaseModel, ConfigDict, Field

from serai.areas.vendors import service as vendors
from serai.flows.inbound_schema import read
from serai.kernel.errors import Fault, Invalid
from serai.kernel.ids import BadId, decode
from serai.kernel.text import text
from serai.runtime.events.inbox import Message
from serai.runtime.work import Work


class SaidOfInvoice(BaseModel):
    """Which invoice (our own id of it) is in the books, and under which reference; unknown fields are passed over."""

    model_config = ConfigDict(extra="ignore", str_strip_whitespace=True, defer_build=True)

    invoice: Annotated[str, Field(min_length=1, max_length=60)] = Field(
        validation_alias=AliasChoices("invoice_id", "vendor_invoice_id", "id")
    )
    reference: Annotated[str, Field(min_length=1, max_length=100)] | None = Field(
        None, validation_alias=AliasChoices("reference", "posting_reference", "folio_reference", "posted_to_folio")
    )


async def posted(work: Work, property_id: UUID, message: Message) -> None:
    """The invoice is marked as posted; told twice, nothing changes."""
    said = read(SaidOfInvoice, message, text("The posted invoice"))
    try:
        invoice_id = decode("vin", said.invoice)
    except BadId as error:
        raise Invalid(faults=[Fault("/invoice_id", error.args[0])]) from error
    await vendors.tell_posted(work, property_id, invoice_id, said.reference)
