"""What the clock does for work orders: tells of promises."""

from __future__ import annotations

from serai.areas.work_orders import service
from serai.runtime.slice import Loop

LOOPS = (Loop("promises", "work_order", "sla_at", service.fall_due),)
"""Each act moves the moment on, or clears it."""
