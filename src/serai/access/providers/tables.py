"""The tables of identity providers and of the accounts linked to people."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKeyConstraint, Index, Integer, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB

from serai.access.identity.tables import staff as _staff
from serai.runtime.db.schema import instant, tenant_table, uid

identity_provider = tenant_table(
    "identity_provider",
    uid("id", primary_key=True),
    Column("version", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("issuer", Text, nullable=False),
    Column("client_id", Text, nullable=False),
    Column("client_secret", Text, nullable=False),
    Column("redirect_uris", JSONB, nullable=False),
    instant("created_at"),
    UniqueConstraint("tenant_id", "issuer", "client_id", name="identity_provider_client"),
    grants={"select": None, "insert": None, "delete": None},
)

identity_link = tenant_table(
    "identity_link",
    uid("id", primary_key=True),
    uid("staff_id"),
    Column("issuer", Text, nullable=False),
    Column("subject", Text, nullable=False),
    instant("linked_at"),
    ForeignKeyConstraint(("tenant_id", "staff_id"), (_staff.c.tenant_id, _staff.c.id), name="identity_link_staff"),
    # An account is one person here.
    UniqueConstraint("tenant_id", "issuer", "subject", name="identity_link_account"),
    Index("identity_link_by_staff", "tenant_id", "staff_id"),
    grants={"select": None, "insert": None, "delete": None},
)
