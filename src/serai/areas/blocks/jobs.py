"""What the clock does for windows: begins and ends them."""

from __future__ import annotations

from serai.areas.blocks import service
from serai.runtime.slice import Loop

LOOPS = (Loop("windows", "window", "due_at", service.fall_due),)
"""Each act moves the moment on, or clears it."""
