"""The routes of parts, and what they take and answer."""

from __future__ import annotations

from serai.areas.parts.api import routes

routers = (routes.router, routes.inventory)

__all__ = ["routers"]
