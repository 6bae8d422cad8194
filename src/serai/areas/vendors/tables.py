"""The table of vendors."""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, Index, Integer, Numeric, Text
from sqlalchemy.dialects.postgresql import JSONB

from serai.areas.vendors.model import Channel
from serai.runtime.db.schema import enum_check, tenant_table, uid

vendor = tenant_table(
    "vendor",
    uid("id", primary_key=True),
    uid("property_id", nullable=True),
    Column("version", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("contact", Text),
    Column("phone", Text),
    Column("email", Text),
    Column("channel", Text, nullable=False),
    Column("language", Text),
    Column("windows", JSONB, nullable=False),
    Column("categories", JSONB, nullable=False),
    Column("hourly_rate", Numeric(12, 2)),
    Column("currency", Text),
    Column("note", Text),
    Column("active", Boolean, nullable=False),
    enum_check("vendor", "channel", Channel),
    CheckConstraint("case channel when 'email' then email else phone end is not null", name="vendor_reached"),
    CheckConstraint("(hourly_rate is null) = (currency is null) and hourly_rate >= 0", name="vendor_rate"),
    Index("vendor_by_name", "tenant_id", "name", "id"),
    grants={"select": None, "insert": None, "update": None},
)
