"""The routes of work orders, and what they take and answer."""

from __future__ import annotations

from serai.areas.work_orders.api import faces, routes

routers = (routes.router, faces.work_orders, faces.requests)

__all__ = ["routers"]
