"""Hands categories to the house."""

from __future__ import annotations

from serai.areas.categories import api, events, service
from serai.runtime.slice import Permission, Slice

slice = Slice(  # the house's word
    name="categories",
    summary="Whose trade a fault is",
    routers=(api.router,),
    events=events.ALL,
    permissions=(Permission(service.MANAGE, "Rename and add categories of work orders"),),
    tables=("category",),
)
