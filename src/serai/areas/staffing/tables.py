"""The tables of shifts, profiles and rates."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Index, Integer, Numeric, Text, text
from sqlalchemy.dialects.postgresql import JSONB, ExcludeConstraint

from serai.areas.staffing.model import LIVE, ShiftState
from serai.runtime.db.schema import enum_check, instant, tenant_table, uid

_LIVE = ", ".join(f"'{one.value}'" for one in LIVE)
shift = tenant_table(
    "shift",
    uid("id", primary_key=True),
    uid("property_id"),
    uid("staff_id"),
    Column("state", Text, nullable=False),
    instant("starts_at"),
    instant("ends_at"),
    Column("break_minutes", Integer, nullable=False),
    instant("started_at", nullable=True),
    instant("ended_at", nullable=True),
    Column("reason", Text),
    Column("external_code", Text),
    Column("version", Integer, nullable=False),
    instant("created_at"),
    enum_check("shift", "state", ShiftState),
    CheckConstraint("starts_at < ends_at", name="shift_has_hours"),
    CheckConstraint("version > 0", name="shift_version_positive"),
    # Nobody works in two places at once.
    ExcludeConstraint(
        ("tenant_id", "="),
        ("staff_id", "="),
        (text("tstzrange(starts_at, ends_at)"), "&&"),
        name="shift_one_at_a_time",
        using="gist",
        where=text(f"state in ({_LIVE})"),
    ),
    # A shift of another system is told once.
    Index(
        "shift_external_code", "tenant_id", "property_id", "external_code",
        unique=True, postgresql_where=text("external_code is not null"),
    ),
    Index("shift_by_time", "tenant_id", "property_id", "starts_at", "id"),
    grants={
        "select": None,
        "insert": None,
        "update": ("state", "starts_at", "ends_at", "break_minutes", "started_at", "ended_at", "reason", "version"),
    },
)  # fmt: skip

staff_profile = tenant_table(
    "staff_profile",
    uid("staff_id", primary_key=True),
    uid("id"),
    Column("skills", JSONB, nullable=False),
    Column("languages", JSONB, nullable=False),
    Column("external_code", Text),
    Column("version", Integer, nullable=False),
    # One person of a code of the payroll or roster system.
    Index(
        "staff_profile_external_code", "tenant_id", "external_code",
        unique=True, postgresql_where=text("external_code is not null"),
    ),
    grants={"select": None, "insert": None, "update": ("skills", "languages", "external_code", "version")},
)  # fmt: skip

staff_rate = tenant_table(
    "staff_rate",
    uid("id", primary_key=True),
    uid("staff_id"),
    instant("valid_from"),
    Column("amount", Numeric, nullable=False),
    Column("currency", Text, nullable=False),
    CheckConstraint("amount >= 0", name="staff_rate_not_negative"),
    Index("staff_rate_in_time", "tenant_id", "staff_id", "valid_from", unique=True),
    grants={"select": None, "insert": None},
)
