"""The commands and questions about parts."""

from __future__ import annotations

from serai.areas.parts.service.shown import PartUsageOut, show_usage
from serai.areas.parts.service.stock import (
    add,
    change,
    find,
    get,
    history,
    hold,
    move,
    release_all,
    send,
    strike,
    use,
    used,
)

__all__ = [
    "PartUsageOut", "add", "change", "find", "get", "history", "hold", "move", "release_all", "send", "show_usage",
    "strike", "use", "used",
]  # fmt: skip
