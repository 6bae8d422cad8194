"""The house rules about Python files, each a function that yields what breaks it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.architecture.source import Finding, Module

LONGEST = 400
DOCSTRING = 80
STATUS = frozenset({"state", "occupancy", "condition", "service", "guest_service", "repair_required"})
COMMANDS = frozenset({"StatusChange"})
"""What is asked of the model may be completed at a door; only a record's status is decided."""
CLOCKS = frozenset({"serai.kernel.clock", "serai.kernel.ids"})
READERS = frozenset({("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today")})
READERS |= {("time", "time"), ("time", "time_ns"), ("clock", "clock_gettime")}
STORED = ("serai.areas.", "serai.flows.")
EDGE = ("serai.runtime.db", "serai.runtime.work")
STARTS = re.compile(
    r"^\s*(?:begin|commit|rollback|start\s+transaction)\b\s*(?:;|$|work|isolation|read|transaction)", re.IGNORECASE
)
SETS = re.compile(
    r"\bset\b(?:(?!\bwhere\b|\breturning\b|\bfrom\b).)*?\b(?:state|occupancy|condition|service|guest_service)\s*=\s*'",
    re.IGNORECASE | re.DOTALL,
)


def asks_the_time(module: Module) -> Iterator[Finding]:
    """Only the kernel's clock and ids ask what time it is; everybody else is told."""
    if not module.name.startswith("serai") or module.name in CLOCKS:
        return
    for node in module.nodes:
        if isinstance(node, ast.Attribute) and (_last(node.value), node.attr) in READERS:
            yield Finding(module.where, node.lineno, f"asks {_last(node.value)}.{node.attr}: take `now` as an argument")
        if isinstance(node, ast.ImportFrom) and node.module == "time":
            wrong = [alias.name for alias in node.names if alias.name in {"time", "time_ns"}]
            yield from (Finding(module.where, node.lineno, f"imports time.{name}") for name in wrong)


def sql_outside_the_store(module: Module) -> Iterator[Finding]:
    """In areas and flows SQL stands in store.py, tables.py and sql/ alone."""
    if not module.name.startswith(STORED) or module.name.endswith((".store", ".tables")) or "/sql/" in module.where:
        return
    yield from (Finding(module.where, text.line, "SQL outside store.py, tables.py and sql/") for text in module.sql)


def commits_below_the_edge(module: Module) -> Iterator[Finding]:
    """Only runtime/db and runtime/work open and end transactions."""
    if not module.name.startswith("serai.") or module.name.startswith(EDGE):
        return
    for node in module.nodes:
        if isinstance(node, ast.Call) and _last(node.func) in {"commit", "rollback", "transaction"}:
            yield Finding(module.where, node.lineno, f".{_last(node.func)}() below the edge")
    for text in module.texts:
        if STARTS.match(text.value):
            yield Finding(module.where, text.line, "a transaction opened or ended by hand")


def status_set_outside_the_model(module: Module) -> Iterator[Finding]:
    """A status changes by a decision in model.py; the store writes what was decided."""
    if not module.name.startswith(("serai.areas.", "serai.access.", "serai.flows.", "serai.views.")):
        return
    for text in module.sql:
        if SETS.search(text.value):
            yield Finding(module.where, text.line, "a status written as a literal in SQL")
    if ".model." in f"{module.name}.":
        return
    commands = {node.arg for node in module.nodes if isinstance(node, ast.arg) and _last(node.annotation) in COMMANDS}
    for node in module.nodes:
        if (name := _sets(node, commands)) is not None:
            yield Finding(module.where, getattr(node, "lineno", 1), f"{name} set outside model.py")


def _sets(node: ast.AST, commands: set[str]) -> str | None:
    targets: list[ast.expr] = []
    if isinstance(node, ast.Assign):
        targets = node.targets
    elif isinstance(node, ast.AugAssign | ast.AnnAssign):
        targets = [node.target]
    for target in targets:
        if isinstance(target, ast.Attribute) and target.attr in STATUS:
            return target.attr
    if isinstance(node, ast.Call):
        if _last(node.func) == "replace" and not (node.args and _last(node.args[0]) in commands):
            return next((key.arg for key in node.keywords if key.arg in STATUS), None)
        if _last(node.func) == "__setattr__":
            named = {part.value for part in node.args if isinstance(part, ast.Constant)}
            return next(iter(sorted(STATUS & named)), None)
    return None


def unsaid_purpose(module: Module) -> Iterator[Finding]:
    """The first line of a module says what it is for, in at most 80 characters."""
    if not module.where.endswith(".py"):
        return
    first = (ast.get_docstring(module.tree) or "").split("\n")[0]
    if not first:
        yield Finding(module.where, 1, "no docstring that says what the module is for")
    elif len(first) > DOCSTRING:
        yield Finding(module.where, 1, f"the first line has {len(first)} characters, of {DOCSTRING}")


def too_long(module: Module) -> Iterator[Finding]:
    """A file over 400 lines means that the area should be split by noun; a frozen schema is not split."""
    if module.name.startswith("migrations.sql"):
        return
    if (lines := module.text.count("\n")) >= LONGEST:
        yield Finding(module.where, lines, f"{lines} lines, of fewer than {LONGEST}")


def outgoing_http(module: Module) -> Iterator[Finding]:
    """Nothing below the doors speaks to the outside by itself, nor unpickles or evaluates what it is given."""
    if not module.name.startswith("serai.") or module.name.startswith(("serai.cli", "serai.runtime.outgoing")):
        return
    for node in module.nodes:
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        wrong = sorted({name.split(".")[0] for name in names} & {"httpx", "requests", "urllib3", "pickle", "marshal"})
        yield from (Finding(module.where, node.lineno, f"imports {name}") for name in wrong if hasattr(node, "lineno"))


def _last(node: ast.expr | None) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
