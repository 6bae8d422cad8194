"""Routers that know at once which paths are not theirs."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from fastapi import APIRouter
from fastapi.routing import APIRoute
from starlette.routing import Match
from starlette.types import Scope

API = "/api/v1"
"""Before every path of ours."""


class Router(APIRouter):
    """A router of an area, included under `API`.

    FastAPI asks every route of every router in turn whether a path is its own, which took a quarter of a millisecond
    for the last of some fifty routers; this one compares the beginning of the path with those of its routes first.
    """

    @cached_property
    def _heads(self) -> tuple[str, ...]:
        paths = {API + route.path.partition("{")[0] for route in self.routes if isinstance(route, APIRoute)}
        return tuple(one for one in paths if not any(one != other and one.startswith(other) for other in paths))

    def matches(self, scope: Scope) -> tuple[Match, Any]:
        """As FastAPI does, if the path begins as one of ours."""
        if not scope["path"].startswith(self._heads):
            return Match.NONE, {}
        return super().matches(scope)
