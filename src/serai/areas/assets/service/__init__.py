"""The commands and questions about assets."""

from __future__ import annotations

from serai.areas.assets.service.meters import add_meter, get_meter, meters, read, readings, rest_meter
from serai.areas.assets.service.registry import add, any_of, change, feel, find, get, health, mirror, of_property

__all__ = [
    "add", "add_meter", "any_of", "change", "feel", "find", "get", "get_meter", "health", "meters", "mirror",
    "of_property", "read", "readings", "rest_meter",
]  # fmt: skip
