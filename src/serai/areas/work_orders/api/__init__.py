"""The routes of work orders, and what they take and answer."""

from __future__ import annotations

from serai.areas.work_orders.api import costs, diary, faces, portal, promises, routes

routers = (
    routes.router, diary.router, costs.router, costs.inventory, promises.router, portal.codes, portal.hooks,
    portal.router, faces.work_orders, faces.requests,
)  # fmt: skip

__all__ = ["routers"]
