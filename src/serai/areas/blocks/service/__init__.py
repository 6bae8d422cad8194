"""The commands and questions about windows."""

from __future__ import annotations

from serai.areas.blocks.service.ending import cancel, complete, fall_due, force, release
from serai.areas.blocks.service.planning import change, hold, schedule
from serai.areas.blocks.service.reading import Wanted, closing, find, get
from serai.areas.blocks.service.settling import meet, settle
from serai.areas.blocks.store import Filter

__all__ = [
    "Filter",
    "Wanted",
    "cancel",
    "change",
    "closing",
    "complete",
    "fall_due",
    "find",
    "force",
    "get",
    "hold",
    "meet",
    "release",
    "schedule",
    "settle",
]
