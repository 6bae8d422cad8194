"""What the documents are made from: slices, routes, settings, refusals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

import serai
from serai import assembly
from serai.asgi import create_app
from serai.kernel.errors import Refusal
from serai.kernel.event import EventType
from serai.kernel.machine import Machine
from serai.runtime import settings
from serai.runtime.slice import Permission

METHODS = ("get", "put", "post", "delete", "patch")


@dataclass(frozen=True, slots=True)
class Route:
    """One operation of the API. It has a permission, or the reason why it is public."""

    method: str
    path: str
    summary: str
    permission: str | None
    public: str | None

    @property
    def name(self) -> str:
        """As people write it: `POST /api/v1/tasks`."""
        return f"{self.method} {self.path}"


@dataclass(frozen=True, slots=True)
class Source:
    """All that is told."""

    openapi: dict[str, Any]
    routes: tuple[Route, ...]
    events: tuple[EventType, ...]
    consumes: tuple[Any, ...]
    machines: tuple[Machine, ...]
    permissions: tuple[Permission, ...]
    settings: dict[str, Any]
    refusals: tuple[type[Refusal], ...]


def read() -> Source:
    """Everything, from the assembly; no database is opened."""
    house = assembly.build("postgresql:///", "postgresql:///", "x" * settings.SHORTEST_SECRET)
    openapi = create_app(house).openapi()
    machines = (one for slice_ in assembly.SLICES for one in slice_.machines)
    return Source(
        openapi=openapi,
        routes=tuple(routes(openapi)),
        events=tuple(assembly.catalog()),
        consumes=tuple(one for slice_ in assembly.SLICES for one in slice_.consumes),
        machines=tuple(sorted(machines, key=lambda one: one.name)),
        permissions=assembly.permissions(),
        settings=settings.schema(),
        refusals=refusals(),
    )


def routes(openapi: dict[str, Any]) -> Iterator[Route]:
    """The operations of an OpenAPI document, by path."""
    for path, item in sorted(openapi["paths"].items()):
        for method in METHODS:
            if one := item.get(method):
                yield Route(method.upper(), path, one.get("summary", ""), one.get("x-permission"), one.get("x-public"))


def refusals() -> tuple[type[Refusal], ...]:
    """Every kind of refusal, by status and code; all modules are imported to find them."""
    for one in walk_packages(serai.__path__, "serai."):
        import_module(one.name)
    found = {one for one in _kinds(Refusal) if one.__module__.startswith("serai.")}
    return tuple(sorted(found, key=lambda one: (one.status, one.code, one.__name__, one.__module__)))


def _kinds(kind: type[Refusal]) -> Iterator[type[Refusal]]:
    yield kind
    for one in kind.__subclasses__():
        yield from _kinds(one)
