"""The people of a hotel, signed in."""

from __future__ import annotations

from tests.areas.conftest import ana, boss, chief, tom

__all__ = ["ana", "boss", "chief", "tom"]
