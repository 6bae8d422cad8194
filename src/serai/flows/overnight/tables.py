"""When each property rolls over to its next business date."""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, text

from serai.runtime.db.schema import instant, tenant_table, uid

overnight = tenant_table(
    "overnight",
    uid("id", primary_key=True),
    uid("property_id"),
    Column("business_date", Date, nullable=False),
    instant("due_at", nullable=True),
    Index("overnight_due", "due_at", postgresql_where=text("due_at is not null")),
    grants={"select": None, "insert": None, "update": ("business_date", "due_at")},
    relay=("tenant_id", "id", "property_id", "due_at"),
)
