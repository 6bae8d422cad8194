"""The tables of notifications."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, Text, text
from sqlalchemy.dialects.postgresql import JSONB

from serai.areas.notifications.model import DeliveryState, Outlet
from serai.runtime.db.schema import enum_check, instant, tenant_table, uid

notice = tenant_table(
    "notice",
    uid("id", primary_key=True),
    uid("property_id"),
    uid("staff_id", nullable=True),
    Column("to_name", Text, nullable=False),
    Column("topic", Text, nullable=False),
    Column("about", Text),
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("urgent", Boolean, nullable=False),
    instant("created_at"),
    instant("read_at", nullable=True),
    Index("notice_of_staff", "tenant_id", "staff_id", "created_at", "id"),
    Index("notice_unread", "tenant_id", "staff_id", postgresql_where=text("read_at is null")),
    grants={"select": None, "insert": None, "update": ("read_at",)},
)

delivery = tenant_table(
    "delivery",
    uid("id", primary_key=True),
    uid("property_id"),
    Column("version", Integer, nullable=False),
    uid("notice_id"),
    Column("topic", Text, nullable=False),
    Column("about", Text),
    Column("to_name", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("link", JSONB),
    Column("state", Text, nullable=False),
    instant("due_at", nullable=True),
    instant("queued_at", nullable=True),
    Column("error", Text),
    instant("created_at"),
    instant("ended_at", nullable=True),
    enum_check("delivery", "channel", Outlet),
    enum_check("delivery", "state", DeliveryState),
    Index("delivery_by_time", "tenant_id", "property_id", "created_at", "id"),
    Index("delivery_due", "due_at", "tenant_id", "property_id", postgresql_where=text("due_at is not null")),
    grants={"select": None, "insert": None, "update": None},
    relay=("tenant_id", "property_id", "id", "due_at"),
)

notice_settings = tenant_table(
    "notice_settings",
    uid("id", primary_key=True),
    uid("staff_id"),
    Column("version", Integer, nullable=False),
    Column("channels", JSONB, nullable=False),
    Column("email", Text),
    Column("phone", Text),
    Column("telegram", Text),
    Column("push", Text),
    Column("language", Text, nullable=False),
    Column("quiet", JSONB, nullable=False),
    Column("on_shift_only", Boolean, nullable=False),
    Index("notice_settings_of_staff", "tenant_id", "staff_id", unique=True),
    grants={"select": None, "insert": None, "update": None},
)
"""How somebody wants to be told."""
