"""The tables of assets."""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, Date, Index, Integer, Numeric, Text, text
from sqlalchemy.dialects.postgresql import JSONB

from serai.areas.assets.model import AssetKind, Criticality, HealthSource, MeterKind, ReadingKind
from serai.runtime.db.schema import enum_check, instant, tenant_table, uid

asset = tenant_table(
    "asset",
    uid("id", primary_key=True),
    uid("property_id"),
    Column("version", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("code", Text),
    uid("parent_id", nullable=True),
    uid("space_id", nullable=True),
    Column("make", Text),
    Column("model", Text),
    Column("serial", Text),
    Column("installed_on", Date),
    Column("serviced_on", Date),
    Column("warranty_until", Date),
    Column("replacement_cost", Numeric(16, 4)),
    Column("currency", Text, nullable=False),
    Column("criticality", Text, nullable=False),
    Column("attributes", JSONB, nullable=False),
    Column("external_code", Text),
    Column("note", Text),
    Column("health_index", Integer),
    instant("health_at", nullable=True),
    Column("health_reason", Text),
    Column("active", Boolean, nullable=False),
    enum_check("asset", "kind", AssetKind),
    enum_check("asset", "criticality", Criticality),
    CheckConstraint("health_index between 0 and 100", name="asset_health"),
    # What the house and what other systems call it names one asset of a property.
    Index("asset_code", "tenant_id", "property_id", "code", unique=True, postgresql_where=text("code is not null")),
    Index("asset_external_code", "tenant_id", "property_id", "external_code", unique=True,
          postgresql_where=text("external_code is not null")),
    Index("asset_by_name", "tenant_id", "property_id", "name", "id"),
    Index("asset_of_space", "tenant_id", "space_id", postgresql_where=text("space_id is not null")),
    Index("asset_of_parent", "tenant_id", "parent_id", postgresql_where=text("parent_id is not null")),
    grants={"select": None, "insert": None, "update": None},
)  # fmt: skip

asset_health = tenant_table(
    "asset_health",
    uid("id", primary_key=True),
    uid("property_id"),
    uid("asset_id"),
    Column("health_index", Integer, nullable=False),
    Column("reason", Text),
    Column("source", Text, nullable=False),
    instant("at"),
    Column("by", Text, nullable=False),
    enum_check("asset_health", "source", HealthSource),
    Index("asset_health_of", "tenant_id", "asset_id", "at", "id"),
    grants={"select": None, "insert": None},
)

meter = tenant_table(
    "meter",
    uid("id", primary_key=True),
    uid("property_id"),
    Column("version", Integer, nullable=False),
    uid("asset_id"),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("counts", Boolean, nullable=False),
    Column("value", Numeric(18, 4)),
    instant("read_at", nullable=True),
    Column("total", Numeric(18, 4)),
    Column("active", Boolean, nullable=False),
    enum_check("meter", "kind", MeterKind),
    CheckConstraint("counts = (total is not null)", name="meter_counts"),
    Index("meter_of_asset", "tenant_id", "asset_id", "id"),
    grants={"select": None, "insert": None, "update": None},
)

meter_reading = tenant_table(
    "meter_reading",
    uid("id", primary_key=True),
    uid("property_id"),
    uid("meter_id"),
    Column("kind", Text, nullable=False),
    Column("value", Numeric(18, 4), nullable=False),
    Column("total", Numeric(18, 4)),
    instant("at"),
    Column("by", Text, nullable=False),
    Column("note", Text),
    enum_check("meter_reading", "kind", ReadingKind),
    # A meter shows one value at an instant.
    Index("meter_reading_at", "tenant_id", "meter_id", "at", unique=True),
    grants={"select": None, "insert": None},
)
