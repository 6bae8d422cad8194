"""The routes of assets, and what they take and answer."""

from __future__ import annotations

from serai.areas.assets.api import routes

routers = (routes.router, routes.meters)

__all__ = ["routers"]
