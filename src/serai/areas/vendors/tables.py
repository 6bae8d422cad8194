"""The table of vendors."""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, Date, Index, Integer, Numeric, Text, text
from sqlalchemy.dialects.postgresql import JSONB

from serai.areas.vendors.model import Channel, DispatchState
from serai.runtime.db.schema import enum_check, instant, tenant_table, uid

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

dispatch = tenant_table(
    "dispatch",
    uid("id", primary_key=True),
    uid("property_id"),
    Column("version", Integer, nullable=False),
    uid("vendor_id"),
    Column("vendor_name", Text, nullable=False),
    Column("channel", Text, nullable=False),
    uid("order_id"),
    Column("order_number", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("room_number", Text),
    Column("state", Text, nullable=False),
    instant("sent_at"),
    instant("acknowledged_at", nullable=True),
    instant("promised_at", nullable=True),
    Column("via", Text),
    Column("recorded_by", Text),
    Column("note", Text),
    instant("ended_at", nullable=True),
    enum_check("dispatch", "channel", Channel),
    enum_check("dispatch", "state", DispatchState),
    # An order is in the hands of one vendor at a time.
    Index("dispatch_open", "tenant_id", "order_id", unique=True,
          postgresql_where=text("state in ('sent', 'acknowledged')")),
    Index("dispatch_by_time", "tenant_id", "property_id", "sent_at", "id"),
    grants={"select": None, "insert": None, "update": None},
)  # fmt: skip

vendor_invoice = tenant_table(
    "vendor_invoice",
    uid("id", primary_key=True),
    uid("property_id"),
    Column("version", Integer, nullable=False),
    uid("vendor_id"),
    Column("vendor_name", Text, nullable=False),
    uid("order_id"),
    Column("order_number", Integer, nullable=False),
    Column("number", Text),
    Column("amount", Numeric(20, 4), nullable=False),
    Column("currency", Text, nullable=False),
    Column("due_on", Date),
    uid("file_id", nullable=True),
    Column("note", Text),
    instant("recorded_at"),
    Column("recorded_by", Text, nullable=False),
    instant("posted_at", nullable=True),
    Column("posted_reference", Text),
    instant("struck_at", nullable=True),
    CheckConstraint("amount >= 0 and (posted_at is null or struck_at is null)", name="vendor_invoice_sound"),
    Index("vendor_invoice_by_time", "tenant_id", "property_id", "recorded_at", "id"),
    Index("vendor_invoice_of_order", "tenant_id", "order_id"),
    grants={"select": None, "insert": None, "update": ("version", "posted_at", "posted_reference", "struck_at")},
)
