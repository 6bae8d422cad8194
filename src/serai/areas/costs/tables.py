"""The tables of costs."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Date, Index, Integer, Numeric, Text, text

from serai.areas.costs.model import CostKind
from serai.runtime.db.schema import enum_check, instant, tenant_table, uid

cost_line = tenant_table(
    "cost_line",
    uid("id", primary_key=True),
    uid("property_id"),
    uid("order_id"),
    Column("kind", Text, nullable=False),
    uid("ref_id"),
    Column("what", Text, nullable=False),
    Column("category", Text, nullable=False),
    uid("asset_id", nullable=True),
    uid("space_id", nullable=True),
    Column("quantity", Numeric(16, 3), nullable=False),
    Column("unit", Text, nullable=False),
    Column("unit_price", Numeric(20, 6)),
    Column("amount", Numeric(20, 4), nullable=False),
    Column("currency", Text, nullable=False),
    Column("day", Date, nullable=False),
    instant("at"),
    Column("by", Text, nullable=False),
    instant("struck_at", nullable=True),
    enum_check("cost_line", "kind", CostKind),
    CheckConstraint("quantity >= 0 and amount >= 0", name="cost_line_positive"),
    # Whatever costs, costs once.
    Index("cost_line_of", "tenant_id", "ref_id", unique=True),
    Index("cost_line_of_order", "tenant_id", "order_id", "id"),
    Index("cost_line_by_day", "tenant_id", "property_id", "day"),
    Index("cost_line_of_asset", "tenant_id", "asset_id", "day", postgresql_where=text("asset_id is not null")),
    grants={"select": None, "insert": None, "update": ("struck_at",)},
)

budget = tenant_table(
    "budget",
    uid("id", primary_key=True),
    uid("property_id"),
    Column("version", Integer, nullable=False),
    Column("category", Text),
    Column("month", Text, nullable=False),
    Column("amount", Numeric(20, 4)),
    Column("currency", Text, nullable=False),
    CheckConstraint("amount >= 0", name="budget_positive"),
    # One for each trade and month, and one for all trades.
    Index("budget_of_month", "tenant_id", "property_id", "month", text("coalesce(category, '')"), unique=True),
    grants={"select": None, "insert": None, "update": None},
)
