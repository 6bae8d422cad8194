"""The commands and questions about stays."""

from __future__ import annotations

from serai.areas.stays.service.shown import StayOut, show_stay
from serai.areas.stays.service.stays import (
    UnclearLine,
    Wanted,
    apply_booking,
    assign_room,
    check_in,
    complete,
    current_stay,
    expect,
    get_stay,
    list_stays,
    lock_stay,
    next_arrival,
    stays_in,
)

__all__ = [
    "StayOut", "UnclearLine", "Wanted", "apply_booking", "assign_room", "check_in", "complete", "current_stay",
    "expect", "get_stay", "list_stays", "lock_stay", "next_arrival", "show_stay", "stays_in",
]  # fmt: skip
