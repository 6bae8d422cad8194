"""The table of discrepancies."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Index, Integer, Text, text

from serai.areas.discrepancies.model import DiscrepancyState, Kind
from serai.areas.spaces.model import Occupancy
from serai.runtime.db.schema import enum_check, instant, tenant_table, uid

_CHANGING = (
    "kind", "state", "seen_occupancy", "seen_persons", "told_occupancy", "told_persons", "note",
    "resolved_at", "resolved_by", "resolution", "version",
)  # fmt: skip
discrepancy = tenant_table(
    "discrepancy",
    uid("id", primary_key=True),
    uid("property_id"),
    uid("room_id"),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("seen_occupancy", Text, nullable=False),
    Column("seen_persons", Integer),
    Column("told_occupancy", Text, nullable=False),
    Column("told_persons", Integer),
    uid("stay_id", nullable=True),
    Column("note", Text),
    instant("found_at"),
    Column("found_by", Text, nullable=False),
    instant("resolved_at", nullable=True),
    Column("resolved_by", Text),
    Column("resolution", Text),
    Column("version", Integer, nullable=False),
    enum_check("discrepancy", "kind", Kind),
    enum_check("discrepancy", "state", DiscrepancyState),
    enum_check("discrepancy", "seen_occupancy", Occupancy),
    enum_check("discrepancy", "told_occupancy", Occupancy),
    CheckConstraint("(state = 'resolved') = (resolved_at is not null)", name="discrepancy_resolved_when"),
    # A room has one open difference.
    Index("discrepancy_open", "tenant_id", "room_id", unique=True, postgresql_where=text("state = 'open'")),
    Index("discrepancy_by_time", "tenant_id", "property_id", "found_at", "id"),
    grants={"select": None, "insert": None, "update": _CHANGING},
)
