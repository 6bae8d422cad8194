"""The table of windows."""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, Index, Integer, Text, text
from sqlalchemy.dialects.postgresql import JSONB, ExcludeConstraint

from serai.areas.blocks.model import LIVE, Kind, Lane, ReturnStatus, WindowState
from serai.runtime.db.schema import enum_check, instant, tenant_table, uid

_LIVE = text(f"state in ({', '.join(repr(one.value) for one in LIVE)})")

window = tenant_table(
    "window",
    uid("id", primary_key=True),
    uid("property_id"),
    Column("version", Integer, nullable=False),
    uid("space_id"),
    Column("room_number", Text),
    uid("group_id", nullable=True),
    Column("lane", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("reason_code", Text, nullable=False),
    Column("remarks", Text),
    Column("return_status", Text, nullable=False),
    instant("starts_at"),
    instant("ends_at"),
    Column("emergency", Boolean, nullable=False),
    Column("forced", Boolean, nullable=False),
    Column("holders", JSONB, nullable=False),
    Column("touched", JSONB, nullable=False),
    Column("reason", Text),
    instant("started_at", nullable=True),
    instant("ended_at", nullable=True),
    instant("due_at", nullable=True),
    instant("changed_at"),
    enum_check("window", "lane", Lane),
    enum_check("window", "kind", Kind),
    enum_check("window", "state", WindowState),
    enum_check("window", "return_status", ReturnStatus),
    CheckConstraint("version > 0", name="window_version_positive"),
    CheckConstraint("starts_at <= ends_at", name="window_has_hours"),
    CheckConstraint("lane = 'fault' or holders = '[]'", name="window_plan_has_no_holders"),
    CheckConstraint("not forced or reason is not null", name="window_forced_for_a_reason"),
    # A space is closed once at a time in each lane; one that waits for its guest counts.
    ExcludeConstraint(
        ("tenant_id", "="),
        ("space_id", "="),
        ("lane", "="),
        (text("tstzrange(starts_at, ends_at)"), "&&"),
        name="window_one_at_a_time",
        using="gist",
        where=_LIVE,
    ),
    Index("window_due", "due_at", "tenant_id", "property_id", postgresql_where=text("due_at is not null")),
    Index("window_held", "tenant_id", "property_id", postgresql_where=text("holders <> '[]'")),
    Index("window_by_start", "tenant_id", "property_id", "starts_at", "id"),
    grants={"select": None, "insert": None, "update": None},
    relay=("tenant_id", "id", "property_id", "due_at"),
)
