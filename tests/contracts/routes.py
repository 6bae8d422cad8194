"""The routes with all that a test needs to call them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fastapi.routing import APIRoute
from starlette.routing import BaseRoute

from serai import assembly
from serai.asgi import API
from serai.cli.gen.source import Route, Source
from serai.kernel.ids import encode
from tests.contracts.examples import example

_PARAMETER = re.compile(r"{(\w+)(?::(\w+))?}")
BODIES: dict[str, dict[str, Any]] = {
    "/api/v1/rooms/{room_id}/status": {"status": "OCCUPIED"},
    "/api/v1/tasks/{task_id}/assign": {"staff_id": encode("stf", UUID(int=7))},
    "/api/v1/work-orders/{order_id}/assign": {"staff_id": encode("stf", UUID(int=7))},
    "/api/v1/maintenance/work-orders/{order_id}/assign": {"staff_id": encode("stf", UUID(int=7))},
}
"""Bodies that need one field of several, which no schema says."""


@dataclass(frozen=True, slots=True)
class Door:
    """A route, the prefixes of the ids in its path, and its operation in the OpenAPI document."""

    route: Route
    prefixes: dict[str, str]
    operation: dict[str, Any]
    document: dict[str, Any]

    @property
    def has_body(self) -> bool:
        """Whether it takes one in JSON."""
        return "application/json" in self._bodies or self.route.path in BODIES

    @property
    def is_upload(self) -> bool:
        """Whether it takes other bodies."""
        return bool(self._bodies) and not self.has_body

    @property
    def _bodies(self) -> dict[str, Any]:
        return self.operation.get("requestBody", {}).get("content", {})

    def url(self, ids: dict[str, UUID] | None = None) -> str:
        """The whole address; `ids` are by prefix, one that is missing is made up."""
        made = {name: encode(prefix, (ids or {}).get(prefix, UUID(int=7))) for name, prefix in self.prefixes.items()}
        return f"http://test{self.route.path.format(**made)}{self._query(ids or {})}"

    def body(self, ids: dict[str, UUID] | None = None) -> Any:
        """The least body that the document allows; an id in it is one of `ids` where there is one of its kind."""
        if not self.has_body:
            return None
        if self.route.path in BODIES:
            return _with_ids(BODIES[self.route.path], ids or {})
        made = example(self._bodies["application/json"]["schema"], self.document)
        return _with_ids(made, ids or {})

    def _query(self, ids: dict[str, UUID]) -> str:
        needed = [one for one in self.operation.get("parameters", ()) if one["in"] == "query" and one.get("required")]
        said = {one["name"]: _with_ids(example(one["schema"], self.document), ids) for one in needed}
        return "?" + "&".join(f"{name}={value}" for name, value in said.items()) if said else ""


def _with_ids(value: Any, ids: dict[str, UUID]) -> Any:
    if isinstance(value, dict):
        return {name: _with_ids(one, ids) for name, one in value.items()}
    if isinstance(value, list):
        return [_with_ids(one, ids) for one in value]
    prefix = value.partition("_")[0] if isinstance(value, str) else ""
    return encode(prefix, ids[prefix]) if prefix in ids and len(value) > len(prefix) + 20 else value


def doors(told: Source) -> list[Door]:
    """Every route of the document."""
    prefixes = {_plain(path): dict(_PARAMETER.findall(path)) for path in _paths()}
    return [
        Door(
            route=one,
            prefixes=prefixes.get(one.path, {}),
            operation=told.openapi["paths"][one.path][one.method.lower()],
            document=told.openapi,
        )
        for one in told.routes
    ]


def declared() -> list[APIRoute]:
    """Every route that a slice hands in."""
    found: list[BaseRoute] = [one for slice_ in assembly.SLICES for router in slice_.routers for one in router.routes]
    return [one for one in found if isinstance(one, APIRoute)]


def _paths() -> list[str]:
    return [API + one.path for one in declared()]


def _plain(path: str) -> str:
    return _PARAMETER.sub(r"{\1}", path)
