"""Parts and their movements, as records."""

from __future__ import annotations

from serai.areas.parts.model.part import AddPart, ChangePart, Part, add, change, data, figure, some
from serai.areas.parts.model.stock import (
    Moved,
    MoveKind,
    PartUsage,
    Said,
    StockMove,
    adjust,
    hold,
    receive,
    send,
    strike,
    usage_data,
    use,
)

__all__ = [
    "AddPart", "ChangePart", "MoveKind", "Moved", "Part", "PartUsage", "Said", "StockMove", "add", "adjust", "change",
    "data", "figure", "hold", "receive", "send", "some", "strike", "usage_data", "use",
]  # fmt: skip
