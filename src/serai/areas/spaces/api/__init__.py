"""The routes of rooms and spaces."""

from __future__ import annotations

from serai.areas.spaces.api import places, rooms

routers = (rooms.router, places.router)
