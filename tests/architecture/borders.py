"""An area is entered through its service, model and events alone."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.architecture.source import SRC, Finding, Module

GATES = frozenset({"service", "model", "events"})
DOMAINS = frozenset(f"serai.access.{path.parent.name}" for path in (SRC / "serai/access").glob("*/__init__.py"))


def crossings(module: Module) -> Iterator[Finding]:
    """Imports that climb over an area's wall."""
    gates = GATES | {"slice"} if module.name == "serai.assembly" else GATES
    home = area_of(module.name)
    for node in module.nodes:
        for target in _imported(node, module):
            there = area_of(target)
            if there is None or there == home or (there in DOMAINS and module.name.startswith("serai.access.")):
                continue
            inner = target.removeprefix(there).lstrip(".").split(".")[0]
            if inner not in gates:
                line = getattr(node, "lineno", 1)
                yield Finding(module.where, line, f"{module.name} enters {there} through {inner or 'its front wall'}")


def area_of(name: str) -> str | None:
    """`serai.areas.spaces` of `serai.areas.spaces.store`; None outside of every area and domain of access."""
    there = ".".join(name.split(".")[:3])
    return there if there in DOMAINS or there.startswith("serai.areas.") else None


def _imported(node: ast.AST, module: Module) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        base = node.module or ""
        if node.level:
            package = module.name.split(".")[: -node.level]
            base = ".".join([*package, base]).rstrip(".")
        if base in {"serai.areas", "serai.access"} or area_of(base) == base:
            yield from (f"{base}.{alias.name}" for alias in node.names)
        else:
            yield base
