"""The tables of parts."""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, Index, Integer, Numeric, Text, text

from serai.areas.parts.model import MoveKind
from serai.runtime.db.schema import enum_check, instant, tenant_table, uid

part = tenant_table(
    "part",
    uid("id", primary_key=True),
    uid("property_id"),
    Column("version", Integer, nullable=False),
    Column("part_number", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("on_hand", Numeric(16, 3), nullable=False),
    Column("reserved", Numeric(16, 3), nullable=False),
    Column("reorder_at", Numeric(16, 3)),
    Column("last_cost", Numeric(16, 4)),
    Column("currency", Text, nullable=False),
    Column("supplier", Text),
    Column("place", Text),
    Column("note", Text),
    Column("below_zero", Boolean, nullable=False),
    instant("low_since", nullable=True),
    Column("active", Boolean, nullable=False),
    CheckConstraint("reserved >= 0 and (below_zero or on_hand >= 0)", name="part_not_below_nothing"),
    # A number names one part of a property, also one that is not kept any more.
    Index("part_number", "tenant_id", "property_id", "part_number", unique=True),
    Index("part_by_name", "tenant_id", "property_id", "name", "id"),
    Index("part_low", "tenant_id", "property_id", "name", "id", postgresql_where=text("low_since is not null")),
    grants={"select": None, "insert": None, "update": None},
)

stock_move = tenant_table(
    "stock_move",
    uid("id", primary_key=True),
    uid("property_id"),
    uid("part_id"),
    Column("kind", Text, nullable=False),
    Column("on_hand_delta", Numeric(16, 3), nullable=False),
    Column("reserved_delta", Numeric(16, 3), nullable=False),
    Column("on_hand", Numeric(16, 3), nullable=False),
    Column("reserved", Numeric(16, 3), nullable=False),
    Column("unit_cost", Numeric(16, 4)),
    uid("order_id", nullable=True),
    uid("other_part_id", nullable=True),
    Column("note", Text),
    instant("at"),
    Column("by", Text, nullable=False),
    enum_check("stock_move", "kind", MoveKind),
    Index("stock_move_of_part", "tenant_id", "part_id", "id"),
    Index("stock_move_of_order", "tenant_id", "order_id", "part_id", postgresql_where=text("order_id is not null")),
    grants={"select": None, "insert": None},
)
"""The ledger: only ever added to."""

part_usage = tenant_table(
    "part_usage",
    uid("id", primary_key=True),
    uid("property_id"),
    Column("version", Integer, nullable=False),
    uid("part_id"),
    Column("part_number", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("unit", Text, nullable=False),
    uid("order_id", nullable=True),
    Column("quantity", Numeric(16, 3), nullable=False),
    Column("from_reserved", Numeric(16, 3), nullable=False),
    Column("unit_cost", Numeric(16, 4)),
    Column("amount", Numeric(20, 4), nullable=False),
    Column("currency", Text, nullable=False),
    instant("at"),
    Column("by", Text, nullable=False),
    Column("note", Text),
    instant("struck_at", nullable=True),
    CheckConstraint("quantity > 0", name="part_usage_positive"),
    Index("part_usage_of_order", "tenant_id", "order_id", "id", postgresql_where=text("order_id is not null")),
    Index("part_usage_of_part", "tenant_id", "part_id", "id"),
    grants={"select": None, "insert": None, "update": ("version", "struck_at")},
)
