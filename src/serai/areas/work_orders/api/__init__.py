"""The routes of work orders, and what they take and answer."""

from __future__ import annotations

from serai.areas.work_orders.api.routes import router

__all__ = ["router"]
