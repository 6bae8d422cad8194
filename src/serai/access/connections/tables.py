"""The table of connections."""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, Index, Integer, Text
from sqlalchemy.dialects.postgresql import JSONB

from serai.access.connections.model import Via
from serai.runtime.db.schema import enum_check, instant, tenant_table, uid

connection = tenant_table(
    "connection",
    uid("id", primary_key=True),
    Column("version", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("via", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("bindings", JSONB, nullable=False),
    uid("property_id", nullable=True),
    Column("service_account", Text),
    Column("audience", Text),
    Column("paused", Boolean, nullable=False),
    instant("created_at"),
    CheckConstraint("version > 0", name="connection_version_positive"),
    enum_check("connection", "via", Via),
    # A company's list, in the order of its keys.
    Index("connection_by_name", "tenant_id", "name", "id"),
)
