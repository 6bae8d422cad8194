"""The routes of tasks, and what they take and answer."""

from __future__ import annotations

from serai.areas.housekeeping.api.routes import router

__all__ = ["router"]
