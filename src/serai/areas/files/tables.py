"""The table of files."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Index, Integer, LargeBinary, Text, text

from serai.areas.files.model import Scan
from serai.runtime.db.schema import enum_check, instant, tenant_table, uid

file = tenant_table(
    "file",
    uid("id", primary_key=True),
    uid("property_id"),
    Column("name", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("sha256", LargeBinary, nullable=False),
    Column("width", Integer),
    Column("height", Integer),
    Column("scan", Text, nullable=False),
    Column("attached_to", Text),
    instant("added_at"),
    Column("added_by", Text, nullable=False),
    uid("adder_id", nullable=True),
    instant("removed_at", nullable=True),
    instant("expires_at", nullable=True),
    Column("version", Integer, nullable=False),
    enum_check("file", "scan", Scan),
    CheckConstraint("size >= 0 and length(sha256) = 32", name="file_measured"),
    CheckConstraint("(attached_to is null or removed_at is not null) = (expires_at is not null)", name="file_kept"),
    Index("file_due", "tenant_id", "property_id", "expires_at", postgresql_where=text("expires_at is not null")),
    Index("file_of", "tenant_id", "attached_to", postgresql_where=text("attached_to is not null")),
    grants={
        "select": None, "insert": None, "delete": None,
        "update": ("scan", "attached_to", "removed_at", "expires_at", "version"),
    },
    relay=("tenant_id", "id", "property_id", "expires_at"),
)  # fmt: skip
