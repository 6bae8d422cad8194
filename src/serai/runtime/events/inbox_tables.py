"""The inbox: every message from outside, once."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB

from serai.runtime.db.schema import enum_check, instant, tenant_table, uid
from serai.runtime.events.inbox import Status

inbox = tenant_table(
    "inbox",
    uid("id", primary_key=True),
    # The property that the message is about; the tenant itself where it names none.
    uid("property_id"),
    Column("source", Text, nullable=False),
    Column("event_id", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("sequence", BigInteger, nullable=False),
    instant("at"),
    instant("received_at"),
    Column("payload", JSONB),
    Column("status", Text, nullable=False),
    Column("error", Text),
    Column("attempts", Integer, nullable=False),
    instant("retry_at", nullable=True),
    instant("expires_at", nullable=True),
    # A message is known by its source and its id there: it comes as often as it likes and counts once.
    UniqueConstraint("tenant_id", "source", "event_id", name="inbox_once"),
    enum_check("inbox", "status", Status),
    Index("inbox_by_arrival", "tenant_id", "property_id", "received_at", "id"),
    Index("inbox_stuck", "tenant_id", "property_id", postgresql_where=text("status in ('parked', 'waiting')")),
    Index("inbox_due", "tenant_id", "property_id", "retry_at", postgresql_where=text("retry_at is not null")),
    Index("inbox_old", "tenant_id", "property_id", "expires_at", postgresql_where=text("expires_at is not null")),
    relay=("tenant_id", "property_id", "retry_at", "expires_at"),
)
