"""The table of tasks."""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, Float, Index, Integer, Text, text
from sqlalchemy.dialects.postgresql import JSONB

from serai.areas.housekeeping.model import OPEN, TaskState, TaskType
from serai.runtime.db.schema import enum_check, instant, tenant_table, uid

_OPEN = text(f"state in ({', '.join(repr(one.value) for one in OPEN)})")

task = tenant_table(
    "task",
    uid("id", primary_key=True),
    uid("property_id"),
    Column("version", Integer, nullable=False),
    Column("type", Text, nullable=False),
    Column("state", Text, nullable=False),
    uid("space_id", nullable=True),
    Column("room_number", Text),
    Column("floor", Text),
    uid("stay_id", nullable=True),
    Column("booking_reference", Text),
    Column("origin", Text),
    uid("reclean_of", nullable=True),
    uid("assignee_id", nullable=True),
    Column("locked", Boolean, nullable=False),
    Column("note", Text),
    instant("due_at", nullable=True),
    instant("delayed_at", nullable=True),
    instant("delayed_for", nullable=True),
    Column("delay_reason", Text),
    instant("delay_at", nullable=True),
    Column("priority", Integer, nullable=False),
    Column("priority_parts", JSONB, nullable=False),
    instant("priority_at", nullable=True),
    Column("pinned", Integer),
    Column("credits", Float),
    Column("minutes", Integer, nullable=False),
    Column("checklist", JSONB, nullable=False),
    Column("reason", Text),
    instant("opened_at"),
    instant("changed_at"),
    instant("assigned_at", nullable=True),
    instant("started_at", nullable=True),
    instant("paused_at", nullable=True),
    Column("paused_seconds", Integer, nullable=False),
    instant("completed_at", nullable=True),
    uid("completed_by", nullable=True),
    instant("verified_at", nullable=True),
    uid("verified_by", nullable=True),
    instant("created_at"),
    enum_check("task", "type", TaskType),
    enum_check("task", "state", TaskState),
    CheckConstraint("version > 0", name="task_version_positive"),
    CheckConstraint("priority between 0 and 100 and pinned between 0 and 100", name="task_priority_range"),
    CheckConstraint("minutes > 0 and paused_seconds >= 0", name="task_minutes_positive"),
    CheckConstraint("state <> 'pending' or assignee_id is null", name="task_pending_is_nobodys"),
    # What an origin asked for is made once, and not again when it was cancelled.
    Index("task_origin", "tenant_id", "origin", unique=True, postgresql_where=text("origin is not null")),
    Index("task_of_room", "tenant_id", "space_id", "state", postgresql_where=text("space_id is not null")),
    Index("task_of_stay", "tenant_id", "stay_id", postgresql_where=text("stay_id is not null")),
    Index("task_open", "tenant_id", "property_id", "priority", "id", postgresql_where=_OPEN),
    Index("task_done", "tenant_id", "property_id", "completed_at", postgresql_where=text("completed_at is not null")),
    Index("task_of_assignee", "tenant_id", "assignee_id", postgresql_where=_OPEN),
    Index("task_by_priority", "tenant_id", "property_id", "priority", "id"),
    Index("task_by_due", "tenant_id", "property_id", "due_at", "id"),
    Index("task_by_creation", "tenant_id", "property_id", "created_at", "id"),
    Index("task_delay", "delay_at", "tenant_id", "property_id", postgresql_where=text("delay_at is not null")),
    Index("task_score", "priority_at", "tenant_id", "property_id", postgresql_where=text("priority_at is not null")),
    grants={"select": None, "insert": None, "update": None},
    relay=("tenant_id", "property_id", "id", "delay_at", "priority_at"),
)
