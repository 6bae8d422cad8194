"""What the clock does for tasks: marks delays, computes priorities anew."""

from __future__ import annotations

from serai.areas.housekeeping import service
from serai.runtime.slice import Loop

LOOPS = (
    Loop("task-delays", "task", "delay_at", service.mark_delayed),
    Loop("task-priorities", "task", "priority_at", service.rescore),
)
"""Both columns are cleared or moved on by their act."""
