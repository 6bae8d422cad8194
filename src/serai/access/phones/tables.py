"""The tables of phones and PINs."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKeyConstraint, Index, Integer, LargeBinary, Text

from serai.access.identity.tables import session as _session
from serai.access.identity.tables import staff as _staff
from serai.runtime.db.schema import instant, tenant_table, uid

phone = tenant_table(
    "phone",
    uid("id", primary_key=True),
    uid("property_id"),
    Column("name", Text, nullable=False),
    Column("public_key", LargeBinary, nullable=False),
    instant("enrolled_at"),
    instant("revoked_at", nullable=True),
    Column("challenge", LargeBinary),
    instant("challenge_until", nullable=True),
    Column("version", Integer, nullable=False),
    Index("phone_by_name", "tenant_id", "property_id", "name", "id"),
    grants={"select": None, "insert": None, "update": ("revoked_at", "challenge", "challenge_until", "version")},
)

pin = tenant_table(
    "pin",
    uid("staff_id", primary_key=True),
    Column("hash", Text, nullable=False),
    instant("changed_at"),
    ForeignKeyConstraint(("tenant_id", "staff_id"), (_staff.c.tenant_id, _staff.c.id), name="pin_staff"),
)

pin_try = tenant_table(
    "pin_try",
    uid("phone_id", primary_key=True),
    uid("staff_id", primary_key=True),
    Column("wrong", Integer, nullable=False),
    ForeignKeyConstraint(("tenant_id", "phone_id"), (phone.c.tenant_id, phone.c.id), name="pin_try_phone"),
)

phone_session = tenant_table(
    "phone_session",
    uid("session_id", primary_key=True),
    uid("phone_id"),
    ForeignKeyConstraint(
        ("tenant_id", "session_id"), (_session.c.tenant_id, _session.c.id), name="phone_session_session",
        ondelete="CASCADE",
    ),
    Index("phone_session_by_phone", "tenant_id", "phone_id"),
)  # fmt: skip
