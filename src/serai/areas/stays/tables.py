"""The tables of bookings and stays."""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, ForeignKeyConstraint, Index, Integer, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB

from serai.areas.stays.model import State
from serai.runtime.db.schema import enum_check, instant, tenant_table, uid

# What was said of a booking as a whole; its row is also the lock that events of one booking queue for.
booking = tenant_table(
    "booking",
    uid("property_id", primary_key=True),
    Column("booking_reference", Text, primary_key=True),
    Column("said", JSONB, nullable=False, server_default="{}"),
    ForeignKeyConstraint(
        ("tenant_id", "property_id"), ("app.property.tenant_id", "app.property.id"), name="booking_property"
    ),
)

stay = tenant_table(
    "stay",
    uid("id", primary_key=True),
    uid("property_id"),
    Column("booking_reference", Text, nullable=False),
    Column("line", Integer, nullable=False),
    uid("room_id", nullable=True),
    Column("room_type", Text),
    Column("guest_reference", Text),
    Column("guest_name", Text),
    instant("arrival"),
    instant("departure"),
    Column("adults", Integer, nullable=False),
    Column("children", Integer, nullable=False),
    Column("vip", Boolean, nullable=False),
    instant("eta", nullable=True),
    instant("etd", nullable=True),
    Column("service_nights", Integer),
    Column("state", Text, nullable=False),
    instant("last_event_at"),
    Column("said", JSONB, nullable=False),
    Column("version", Integer, nullable=False),
    # A room of a booking is one stay.
    UniqueConstraint("tenant_id", "property_id", "booking_reference", "line", name="stay_booking_line"),
    ForeignKeyConstraint(
        ("tenant_id", "property_id", "booking_reference"),
        ("app.booking.tenant_id", "app.booking.property_id", "app.booking.booking_reference"),
        name="stay_booking",
    ),
    enum_check("stay", "state", State),
    CheckConstraint("arrival <= departure", name="stay_arrival_first"),
    CheckConstraint("line > 0 and version > 0", name="stay_counts_positive"),
    CheckConstraint("adults >= 0 and children >= 0", name="stay_guests_not_negative"),
    Index("stay_by_arrival", "tenant_id", "property_id", "arrival", "id"),
    Index("stay_by_departure", "tenant_id", "property_id", "departure"),
    Index("stay_by_room", "tenant_id", "room_id", "state", "departure"),
)
