"""The routes of windows, and the door to a room's status that may close it."""

from __future__ import annotations

from serai.areas.blocks.api import doors, routes

routers = (routes.router, doors.router)

__all__ = ["routers"]
