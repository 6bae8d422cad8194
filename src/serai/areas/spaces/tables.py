"""Spaces with the status of rooms, its history, and who may write which column."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from serai.areas.spaces.model import Condition, GuestService, Kind, Occupancy, RoomStatus, Service, Source
from serai.runtime.db.schema import enum_check, extra_sql, instant, tenant_table, uid

_KEYS = ("tenant_id", "id", "property_id", "kind", "created_at")
_DESCRIBED = (
    "parent_id", "name", "sort_key", "external_code", "capacity", "archived_at",
    "number", "room_type", "floor", "section", "credits", "version",
)  # fmt: skip
space = tenant_table(
    "space",
    uid("id", primary_key=True),
    uid("property_id"),
    Column("kind", Text, nullable=False),
    uid("parent_id", nullable=True),
    Column("name", Text, nullable=False),
    Column("sort_key", Text(collation="C"), nullable=False),
    Column("external_code", Text),
    Column("capacity", Integer),
    instant("created_at"),
    instant("archived_at", nullable=True),
    Column("number", Text),
    Column("room_type", Text),
    Column("floor", Text),
    Column("section", Text),
    Column("credits", JSONB, nullable=False, server_default=text("'{}'::jsonb")),
    Column("occupancy", Text, nullable=False, server_default=Occupancy.VACANT.value),
    Column("condition", Text, nullable=False, server_default=Condition.DIRTY.value),
    Column("service", Text, nullable=False, server_default=Service.IN_SERVICE.value),
    Column("guest_service", Text, nullable=False, server_default=GuestService.NONE.value),
    Column("repair_required", Integer, nullable=False, server_default="0"),
    uid("stay_id", nullable=True),
    Column("queue", Boolean, nullable=False, server_default=text("false")),
    instant("cleaned_at", nullable=True),
    instant("inspected_at", nullable=True),
    instant("status_changed_at", nullable=True),
    Column("version", Integer, nullable=False, server_default="1"),
    UniqueConstraint("tenant_id", "property_id", "id", name="space_of_property"),
    # A parent lies in the same property.
    ForeignKeyConstraint(
        ["tenant_id", "property_id", "parent_id"],
        ["app.space.tenant_id", "app.space.property_id", "app.space.id"],
        name="space_parent_here",
    ),
    enum_check("space", "kind", Kind),
    enum_check("space", "occupancy", Occupancy),
    enum_check("space", "condition", Condition),
    enum_check("space", "service", Service),
    enum_check("space", "guest_service", GuestService),
    CheckConstraint("repair_required >= 0", name="space_repair_counts"),
    CheckConstraint("(kind = 'room') = (number is not null)", name="space_rooms_have_numbers"),
    CheckConstraint("(kind = 'room') = (room_type is not null)", name="space_rooms_have_types"),
    CheckConstraint("parent_id is null or parent_id <> id", name="space_not_in_itself"),
    CheckConstraint("stay_id is null or occupancy = 'occupied'", name="space_stay_in_occupied"),
    # One living room of a number, and one living space of a PMS code, in a property.
    Index(
        "space_number", "tenant_id", "property_id", "number",
        unique=True, postgresql_where=text("number is not null and archived_at is null"),
    ),
    Index(
        "space_external_code", "tenant_id", "property_id", "external_code",
        unique=True, postgresql_where=text("external_code is not null and archived_at is null"),
    ),
    Index("space_in_order", "tenant_id", "property_id", "kind", "sort_key", "id"),
    Index("space_inside", "tenant_id", "parent_id", postgresql_where=text("parent_id is not null")),
    grants={"select": None, "insert": (*_KEYS, *_DESCRIBED[:-1]), "update": _DESCRIBED},
)  # fmt: skip

room_status_event = tenant_table(
    "room_status_event",
    uid("id", primary_key=True),
    uid("property_id"),
    uid("room_id"),
    instant("at"),
    Column("from_status", Text, nullable=False),
    Column("to_status", Text, nullable=False),
    Column("before", JSONB, nullable=False),
    Column("after", JSONB, nullable=False),
    Column("version", Integer, nullable=False),
    Column("source", Text, nullable=False),
    Column("actor_kind", Text, nullable=False),
    uid("actor_id", nullable=True),
    Column("actor_name", Text, nullable=False),
    Column("note", Text),
    Column("reason", Text),
    ForeignKeyConstraint(
        ["tenant_id", "room_id"], ["app.space.tenant_id", "app.space.id"], name="room_status_event_room"
    ),
    enum_check("room_status_event", "from_status", RoomStatus),
    enum_check("room_status_event", "to_status", RoomStatus),
    enum_check("room_status_event", "source", Source),
    CheckConstraint("source <> 'MANAGER_OVERRIDE' or reason is not null", name="room_status_event_override_reason"),
    # The order of a room's history: each version has one line.
    UniqueConstraint("tenant_id", "room_id", "version", name="room_status_event_version"),
    grants={"select": None},
)

extra_sql("set_room_status", (Path(__file__).parent / "sql" / "set_room_status.sql").read_text("utf-8"))
