"""The answers kept under an Idempotency-Key."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, Text

from serai.runtime.db.schema import instant, tenant_table

idempotency = tenant_table(
    "idempotency",
    Column("principal", Text, primary_key=True),
    Column("route", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("body_hash", LargeBinary, nullable=False),
    Column("status", Integer),
    Column("etag", Text),
    Column("answer", LargeBinary),
    instant("at"),
    Index("idempotency_by_age", "tenant_id", "at"),
)
