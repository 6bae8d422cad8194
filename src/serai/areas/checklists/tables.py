"""The table of checklist templates."""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, Index, Integer, Text, text
from sqlalchemy.dialects.postgresql import JSONB

from serai.runtime.db.schema import instant, tenant_table, uid

checklist = tenant_table(
    "checklist",
    uid("id", primary_key=True),
    uid("property_id"),
    Column("name", Text, nullable=False),
    Column("task_type", Text, nullable=False),
    Column("items", JSONB, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    instant("created_at"),
    CheckConstraint("version > 0", name="checklist_version_positive"),
    # A type of task has one template in a property; the others rest.
    Index(
        "checklist_one_active", "tenant_id", "property_id", "task_type",
        unique=True, postgresql_where=text("active"),
    ),
    Index("checklist_by_name", "tenant_id", "property_id", "name", "id"),
    grants={"select": None, "insert": None, "update": ("name", "items", "active", "version")},
)  # fmt: skip
