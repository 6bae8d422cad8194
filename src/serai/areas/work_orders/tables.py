"""The tables of work orders."""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, Index, Integer, Text, text
from sqlalchemy.dialects.postgresql import JSONB

from serai.areas.work_orders.model import LIVE, OrderState, Severity
from serai.runtime.db.schema import enum_check, instant, tenant_table, uid

_LIVE = text(f"state in ({', '.join(repr(one.value) for one in LIVE)})")

work_order = tenant_table(
    "work_order",
    uid("id", primary_key=True),
    uid("property_id"),
    Column("version", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("description", Text),
    Column("category", Text, nullable=False),
    Column("severity", Text, nullable=False),
    Column("safety_concern", Boolean, nullable=False),
    Column("state", Text, nullable=False),
    instant("triaged_at", nullable=True),
    uid("space_id", nullable=True),
    Column("room_number", Text),
    uid("asset_id", nullable=True),
    Column("reports", JSONB, nullable=False),
    uid("assignee_id", nullable=True),
    instant("planned_start", nullable=True),
    Column("estimated_minutes", Integer),
    Column("blocked_reason", Text),
    instant("blocked_until", nullable=True),
    Column("escalation_level", Integer, nullable=False),
    Column("escalated", JSONB, nullable=False),
    Column("escalated_to", Text),
    Column("reopened", Integer, nullable=False),
    Column("problem", Text),
    Column("cause", Text),
    Column("remedy", Text),
    Column("reason", Text),
    instant("reported_at"),
    instant("assigned_at", nullable=True),
    instant("started_at", nullable=True),
    instant("blocked_at", nullable=True),
    Column("blocked_seconds", Integer, nullable=False),
    instant("resolved_at", nullable=True),
    uid("resolved_by", nullable=True),
    instant("verified_at", nullable=True),
    uid("verified_by", nullable=True),
    instant("cancelled_at", nullable=True),
    instant("room_blocked_at", nullable=True),
    Column("relocations", JSONB, nullable=False),
    Column("symptom", Text),
    Column("steps", JSONB, nullable=False),
    Column("links", JSONB, nullable=False),
    Column("watchers", JSONB, nullable=False),
    Column("last_note", Text),
    Column("labour_minutes", Integer, nullable=False),
    Column("costs", JSONB, nullable=False),
    uid("vendor_id", nullable=True),
    Column("terms", JSONB, nullable=False),
    Column("terms_old", Boolean, nullable=False),
    Column("waits", JSONB, nullable=False),
    instant("responded_at", nullable=True),
    instant("respond_due_at", nullable=True),
    instant("resolve_due_at", nullable=True),
    instant("respond_warned_at", nullable=True),
    instant("respond_breached_at", nullable=True),
    instant("resolve_warned_at", nullable=True),
    instant("resolve_breached_at", nullable=True),
    instant("sla_at", nullable=True),
    instant("changed_at"),
    enum_check("work_order", "severity", Severity),
    enum_check("work_order", "state", OrderState),
    CheckConstraint(
        "version > 0 and number > 0 and blocked_seconds >= 0 and labour_minutes >= 0", name="work_order_positive"
    ),
    CheckConstraint(
        "state <> 'open' or (assignee_id is null and vendor_id is null)", name="work_order_open_is_nobodys"
    ),
    CheckConstraint("(state = 'blocked') = (blocked_at is not null)", name="work_order_blocked_when"),
    CheckConstraint(
        "state not in ('resolved', 'verified') or resolved_at is not null", name="work_order_resolved_when"
    ),
    Index("work_order_number", "tenant_id", "property_id", "number", unique=True),
    Index("work_order_live", "tenant_id", "property_id", "reported_at", "id", postgresql_where=_LIVE),
    Index("work_order_of_space", "tenant_id", "space_id", postgresql_where=_LIVE),
    Index("work_order_of_asset", "tenant_id", "asset_id", "reported_at", postgresql_where=text("asset_id is not null")),
    Index("work_order_of_assignee", "tenant_id", "assignee_id", postgresql_where=_LIVE),
    CheckConstraint("assignee_id is null or vendor_id is null", name="work_order_in_one_hand"),
    Index("work_order_of_vendor", "tenant_id", "vendor_id", postgresql_where=_LIVE),
    Index("work_order_by_report", "tenant_id", "property_id", "reported_at", "id"),
    Index("work_order_sla", "sla_at", "tenant_id", "property_id", postgresql_where=text("sla_at is not null")),
    grants={"select": None, "insert": None, "update": None},
    relay=("tenant_id", "property_id", "id", "sla_at"),
)

work_order_note = tenant_table(
    "work_order_note",
    uid("id", primary_key=True),
    uid("property_id"),
    uid("order_id"),
    instant("at"),
    Column("by", Text, nullable=False),
    uid("by_id", nullable=True),
    Column("text", Text, nullable=False),
    Index("work_order_note_of_order", "tenant_id", "order_id", "id"),
    grants={"select": None, "insert": None},
)

work_order_time = tenant_table(
    "work_order_time",
    uid("id", primary_key=True),
    uid("property_id"),
    uid("order_id"),
    uid("staff_id"),
    Column("minutes", Integer, nullable=False),
    instant("worked_at"),
    Column("note", Text),
    instant("at"),
    Column("by", Text, nullable=False),
    instant("voided_at", nullable=True),
    CheckConstraint("minutes > 0", name="work_order_time_positive"),
    Index("work_order_time_of_order", "tenant_id", "order_id", "id"),
    grants={"select": None, "insert": None, "update": ("voided_at",)},
)

work_order_count = tenant_table(
    "work_order_count",
    uid("property_id", primary_key=True),
    Column("last", Integer, nullable=False),
    grants={"select": None, "insert": None, "update": ("last",)},
)
"""The last number that a property gave to an order."""
