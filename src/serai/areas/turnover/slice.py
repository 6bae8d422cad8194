"""Hands the doors of a turn-over to the house."""

from __future__ import annotations

from serai.areas.turnover import api
from serai.runtime.slice import Slice

slice = Slice(  # the house's word
    name="turnover",
    summary="Doors at which a room, its task and its stay move together",
    routers=(api.router,),
)
