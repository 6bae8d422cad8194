"""The tables of promises."""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, Date, Index, Integer, Text, text
from sqlalchemy.dialects.postgresql import JSONB

from serai.runtime.db.schema import tenant_table, uid

sla_policy = tenant_table(
    "sla_policy",
    uid("id", primary_key=True),
    uid("property_id", nullable=True),
    Column("version", Integer, nullable=False),
    Column("category", Text),
    Column("severity", Text),
    Column("respond_minutes", Integer),
    Column("resolve_minutes", Integer),
    Column("hours", JSONB, nullable=False),
    Column("pauses", Boolean, nullable=False),
    Column("warn_percent", Integer, nullable=False),
    Column("steps", JSONB, nullable=False),
    Column("active", Boolean, nullable=False),
    CheckConstraint("respond_minutes > 0 and resolve_minutes > 0", name="sla_policy_minutes"),
    CheckConstraint("coalesce(respond_minutes, resolve_minutes) is not null", name="sla_policy_promises"),
    CheckConstraint("warn_percent between 1 and 99", name="sla_policy_warns"),
    # One living promise for the same orders.
    Index(
        "sla_policy_one", "tenant_id", text("coalesce(property_id, tenant_id)"), text("coalesce(category, '')"),
        text("coalesce(severity, '')"), unique=True, postgresql_where=text("active"),
    ),
    grants={"select": None, "insert": None, "update": None},
)  # fmt: skip

sla_day = tenant_table(
    "sla_day",
    uid("property_id", primary_key=True),
    Column("day", Date, primary_key=True),
    Column("broken", Integer, nullable=False),
    grants={"select": None, "insert": None, "update": ("broken",)},
)
"""How many promises were broken in a property on a business date."""
