"""The tables of tenants and properties."""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, Integer, Text, Time, UniqueConstraint, false
from sqlalchemy.dialects.postgresql import JSONB

from serai.access import directory
from serai.runtime.db.schema import extra_sql, instant, tenant_table, uid

tenant = tenant_table(
    "tenant",
    Column("code", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("platform", Boolean, nullable=False),
    Column("second_factor_required", Boolean, nullable=False, server_default=false()),
    Column("version", Integer, nullable=False),
    instant("created_at"),
    grants={"select": None, "insert": None, "update": ("second_factor_required", "version")},
)

property = tenant_table(  # the industry's word
    "property",
    uid("id", primary_key=True),
    Column("code", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("zone", Text, nullable=False),
    Column("currency", Text, nullable=False),
    Column("locale", Text, nullable=False),
    Column("check_in", Time, nullable=False),
    Column("check_out", Time, nullable=False),
    Column("rollover", Time, nullable=False),
    Column("policies", JSONB, nullable=False),
    Column("version", Integer, nullable=False),
    instant("created_at"),
    CheckConstraint("version > 0", name="property_version_positive"),
    # A hotel is known by its code inside its company.
    UniqueConstraint("tenant_id", "code", name="property_code"),
    grants={"select": None, "insert": None, "update": None},
    relay=("tenant_id", "id"),
)

extra_sql("directory", directory.DDL)
