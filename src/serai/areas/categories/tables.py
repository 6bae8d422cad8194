"""The table of categories."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, Text
from sqlalchemy.dialects.postgresql import JSONB

from serai.runtime.db.schema import tenant_table, uid

category = tenant_table(
    "category",
    uid("id", primary_key=True),
    Column("version", Integer, nullable=False),
    Column("code", Text, nullable=False),
    Column("names", JSONB, nullable=False),
    Column("skill", Text, nullable=False),
    Column("active", Boolean, nullable=False),
    Index("category_code", "tenant_id", "code", unique=True),
    grants={"select": None, "insert": None, "update": None},
)
"""What a company added or changed; the usual ones that it left alone have no row."""
