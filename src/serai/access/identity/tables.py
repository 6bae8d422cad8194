"""The tables of staff, roles, passwords, sessions and keys."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKeyConstraint, Index, Integer, LargeBinary, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, UUID

from serai.access.identity.model import EndReason, StaffState
from serai.access.identity.roles import Role
from serai.access.tenancy.tables import property as _hotel
from serai.runtime.db.schema import enum_check, instant, tenant_table, uid

staff = tenant_table(
    "staff",
    uid("id", primary_key=True),
    Column("name", Text, nullable=False),
    Column("login", Text, nullable=False),
    Column("email", Text),
    Column("state", Text, nullable=False),
    Column("version", Integer, nullable=False),
    instant("created_at"),
    enum_check("staff", "state", StaffState),
    # A login means one person of a company; so does an e-mail address.
    UniqueConstraint("tenant_id", "login", name="staff_login"),
    UniqueConstraint("tenant_id", "email", name="staff_email"),
    Index("staff_by_name", "tenant_id", "name", "id"),
    grants={"select": None, "insert": None, "update": ("name", "login", "email", "state", "version")},
)

role_grant = tenant_table(
    "role_grant",
    uid("id", primary_key=True),
    uid("staff_id"),
    Column("role", Text, nullable=False),
    uid("property_id", nullable=True),
    enum_check("role_grant", "role", Role),
    ForeignKeyConstraint(("tenant_id", "staff_id"), (staff.c.tenant_id, staff.c.id), name="role_grant_staff"),
    ForeignKeyConstraint(("tenant_id", "property_id"), (_hotel.c.tenant_id, _hotel.c.id), name="role_grant_property"),
    # A role is held once in a property, and once in all of them.
    UniqueConstraint(
        "tenant_id", "staff_id", "role", "property_id", name="role_grant_once", postgresql_nulls_not_distinct=True
    ),
    Index("role_grant_by_property", "tenant_id", "property_id", "role"),
    grants={"select": None, "insert": None, "delete": None},
)

credential = tenant_table(
    "credential",
    uid("staff_id", primary_key=True),
    Column("password_hash", Text, nullable=False),
    instant("changed_at"),
    ForeignKeyConstraint(("tenant_id", "staff_id"), (staff.c.tenant_id, staff.c.id), name="credential_staff"),
)

second_factor = tenant_table(
    "second_factor",
    uid("staff_id", primary_key=True),
    Column("secret", Text, nullable=False),
    instant("confirmed_at", nullable=True),
    Column("step", Integer, nullable=False),
    Column("paper", JSONB, nullable=False),
    ForeignKeyConstraint(("tenant_id", "staff_id"), (staff.c.tenant_id, staff.c.id), name="second_factor_staff"),
)

invitation = tenant_table(
    "invitation",
    uid("staff_id", primary_key=True),
    Column("hash", LargeBinary, nullable=False),
    instant("expires_at"),
    # A token means one person.
    UniqueConstraint("tenant_id", "hash", name="invitation_hash"),
    ForeignKeyConstraint(("tenant_id", "staff_id"), (staff.c.tenant_id, staff.c.id), name="invitation_staff"),
)

session = tenant_table(
    "session",
    uid("id", primary_key=True),
    uid("staff_id"),
    Column("device", Text, nullable=False),
    instant("started_at"),
    instant("used_at"),
    instant("expires_at"),
    instant("ended_at", nullable=True),
    Column("reason", Text),
    Column("version", Integer, nullable=False),
    enum_check("session", "reason", EndReason),
    ForeignKeyConstraint(("tenant_id", "staff_id"), (staff.c.tenant_id, staff.c.id), name="session_staff"),
    Index("session_by_staff", "tenant_id", "staff_id", "started_at"),
)

refresh_token = tenant_table(
    "refresh_token",
    Column("hash", LargeBinary, primary_key=True),
    uid("session_id"),
    instant("issued_at"),
    instant("used_at", nullable=True),
    ForeignKeyConstraint(
        ("tenant_id", "session_id"), (session.c.tenant_id, session.c.id), name="refresh_token_session",
        ondelete="CASCADE",
    ),
    Index("refresh_token_by_session", "tenant_id", "session_id"),
)  # fmt: skip

api_key = tenant_table(
    "api_key",
    uid("id", primary_key=True),
    Column("name", Text, nullable=False),
    Column("prefix", Text, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("roles", ARRAY(Text), nullable=False),
    Column("properties", ARRAY(UUID)),
    instant("created_at"),
    instant("expires_at", nullable=True),
    instant("revoked_at", nullable=True),
    Column("version", Integer, nullable=False),
    UniqueConstraint("tenant_id", "hash", name="api_key_hash"),
    Index("api_key_by_age", "tenant_id", "created_at", "id"),
    grants={"select": None, "insert": None, "update": ("revoked_at", "version")},
)
