"""The SQL of vendors."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from serai.areas.vendors.model import Dispatch, Invoice, Vendor
from serai.kernel.errors import NotFound
from serai.runtime.db.rows import Saved, into
from serai.runtime.db.tx import ReadTx
from serai.runtime.work import Work

_SAVED = Saved("vendor", Vendor, ("property_id",))
_WHERE = (
    "from app.vendor where tenant_id = $1 and ($2::boolean is null or active = $2) "
    "and ($3::text is null or categories = '[]' or categories ? $3) "
    "and (property_id is null or $4::uuid[] is null or property_id = any($4))"
)
_GIVEN = (
    "property_id", "vendor_id", "vendor_name", "channel", "order_id", "order_number", "title", "room_number", "sent_at",
)  # fmt: skip
_INVOICE = Saved("vendor_invoice", Invoice, ())
_INVOICES = (
    "from app.vendor_invoice where tenant_id = $1 and ($2::uuid[] is null or property_id = any($2)) "
    "and ($3::uuid is null or vendor_id = $3) and ($4::uuid is null or order_id = $4) "
    "and ($5::boolean is null or (posted_at is not null) = $5)"
)
_DISPATCH = Saved("dispatch", Dispatch, _GIVEN)
_ASKED = (
    "from app.dispatch where tenant_id = $1 and ($2::uuid[] is null or property_id = any($2)) "
    "and ($3::uuid is null or vendor_id = $3) and ($4::uuid is null or order_id = $4) "
    "and ($5::text is null or state = $5)"
)
Asked = tuple[list[UUID] | None, UUID | None, UUID | None, str | None]
"""The properties, the vendor, the order and the state of dispatches; None is all."""
Filters = tuple[bool | None, str | None, list[UUID] | None]
"""Whether active, a trade that is served, and the hotels beside those of all; None is all."""


async def get(tx: ReadTx, tenant_id: UUID, vendor_id: UUID, *, lock: bool = False) -> Vendor:
    """A vendor, locked if asked, or NotFound."""
    sql = "select * from app.vendor where tenant_id = $1 and id = $2"
    row = await tx.fetchrow(sql + " for update" if lock else sql, tenant_id, vendor_id)
    if row is None:
        raise NotFound
    return into(Vendor, row)


async def insert(work: Work, made: Vendor) -> None:
    """Save a new one."""
    await work.save(*_SAVED.insert(made))


async def save(work: Work, before: Vendor, after: Vendor) -> None:
    """Save a change to the version that was read."""
    await work.save(*_SAVED.update(after, before.version))


async def find(
    tx: ReadTx, tenant_id: UUID, filters: Filters, after: tuple[str, UUID] | None, limit: int
) -> list[Vendor]:
    """Vendors by name."""
    rows = await tx.fetch(
        f"select * {_WHERE} and ($5::text is null or (name, id) > ($5, $6::uuid)) order by name, id limit $7",
        tenant_id, *filters, *(after or (None, None)), limit,
    )  # fmt: skip
    return [into(Vendor, row) for row in rows]


async def open_dispatch(tx: ReadTx, tenant_id: UUID, order_id: UUID) -> Dispatch | None:
    """The vendor's hold on an order, locked, if a vendor has it."""
    row = await tx.fetchrow(
        "select * from app.dispatch where tenant_id = $1 and order_id = $2 and state in ('sent', 'acknowledged') "
        "for update",
        tenant_id, order_id,
    )  # fmt: skip
    return into(Dispatch, row) if row else None


async def of_phone(tx: ReadTx, tenant_id: UUID, phone: str) -> list[Dispatch]:
    """The open dispatches of the vendor with this number, the newest first."""
    rows = await tx.fetch(
        "select d.* from app.dispatch d join app.vendor v on v.tenant_id = $1 and v.id = d.vendor_id "
        "where d.tenant_id = $1 and v.phone = $2 and d.state in ('sent', 'acknowledged') "
        "order by d.sent_at desc, d.id desc limit 20",
        tenant_id, phone,
    )  # fmt: skip
    return [into(Dispatch, row) for row in rows]


async def get_dispatch(tx: ReadTx, tenant_id: UUID, dispatch_id: UUID) -> Dispatch:
    """What a vendor was given, or NotFound."""
    row = await tx.fetchrow("select * from app.dispatch where tenant_id = $1 and id = $2", tenant_id, dispatch_id)
    if row is None:
        raise NotFound
    return into(Dispatch, row)


async def insert_dispatch(work: Work, made: Dispatch) -> None:
    """Save a new one."""
    await work.save(*_DISPATCH.insert(made))


async def save_dispatch(work: Work, before: Dispatch, after: Dispatch) -> None:
    """Save a change to the version that was read."""
    await work.save(*_DISPATCH.update(after, before.version))


async def dispatches(
    tx: ReadTx, tenant_id: UUID, filters: Asked, after: tuple[datetime, UUID] | None, limit: int
) -> list[Dispatch]:
    """Dispatches, the newest first."""
    rows = await tx.fetch(
        f"select * {_ASKED} and ($6::timestamptz is null or (sent_at, id) < ($6, $7::uuid)) "
        "order by sent_at desc, id desc limit $8",
        tenant_id, *filters, *(after or (None, None)), limit,
    )  # fmt: skip
    return [into(Dispatch, row) for row in rows]


async def count_dispatches(tx: ReadTx, tenant_id: UUID, filters: Asked) -> int:
    """How many such dispatches there are."""
    return await tx.fetchval(f"select count(*) {_ASKED}", tenant_id, *filters)


async def count(tx: ReadTx, tenant_id: UUID, filters: Filters) -> int:
    """How many such vendors there are."""
    return await tx.fetchval(f"select count(*) {_WHERE}", tenant_id, *filters)


async def last_dispatch(tx: ReadTx, tenant_id: UUID, order_id: UUID) -> Dispatch | None:
    """The newest hold of a vendor on an order, if one ever had it."""
    row = await tx.fetchrow(
        "select * from app.dispatch where tenant_id = $1 and order_id = $2 order by sent_at desc, id desc limit 1",
        tenant_id, order_id,
    )  # fmt: skip
    return into(Dispatch, row) if row else None


async def insert_invoice(work: Work, made: Invoice) -> None:
    """Save a new one."""
    await work.save(*_INVOICE.insert(made))


async def save_invoice(work: Work, before: Invoice, after: Invoice) -> None:
    """Save a change to the version that was read."""
    await work.save(
        "update app.vendor_invoice set version = $4, posted_at = $5, posted_reference = $6, struck_at = $7 "
        "where tenant_id = $1 and id = $2 and version = $3 returning id",
        after.tenant_id, after.id, before.version, after.version, after.posted_at, after.posted_reference,
        after.struck_at,
    )  # fmt: skip


async def lock_invoice(tx: ReadTx, tenant_id: UUID, invoice_id: UUID) -> Invoice:
    """An invoice, locked, or NotFound."""
    row = await tx.fetchrow(
        "select * from app.vendor_invoice where tenant_id = $1 and id = $2 for update", tenant_id, invoice_id
    )
    if row is None:
        raise NotFound
    return into(Invoice, row)


Billing = tuple[list[UUID] | None, UUID | None, UUID | None, bool | None]
"""The properties, the vendor, the order of invoices, and whether they are posted; None is all."""


async def invoices(
    tx: ReadTx, tenant_id: UUID, asked: Billing, after: tuple[datetime, UUID] | None, limit: int
) -> list[Invoice]:
    """Invoices, the newest first."""
    rows = await tx.fetch(
        f"select * {_INVOICES} and ($6::timestamptz is null or (recorded_at, id) < ($6, $7::uuid)) "
        "order by recorded_at desc, id desc limit $8",
        tenant_id, *asked, *(after or (None, None)), limit,
    )  # fmt: skip
    return [into(Invoice, row) for row in rows]


async def count_invoices(tx: ReadTx, tenant_id: UUID, asked: Billing) -> int:
    """How many such invoices there are."""
    return await tx.fetchval(f"select count(*) {_INVOICES}", tenant_id, *asked)
