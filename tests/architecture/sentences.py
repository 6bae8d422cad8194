"""Every sentence that the server makes for people, found in the source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from typing import Any, TypeGuard

import pydantic_core._pydantic_core as core

from serai import assembly
from serai.areas.categories.model import STANDARD
from serai.areas.housekeeping.model import TaskType
from serai.areas.spaces.model import RULES, Kind, RoomStatus, Service
from serai.kernel.cron import FIELDS
from tests.architecture.source import Finding, Module, product

BY_HAND = (ast.JoinedStr, ast.BinOp)
"""What a sentence may not be: put together, it cannot be told in another language."""
NEVER = (
    "arg bytes callable complex counter dataclass default deque ellipsis fraction frozen get_ is_ itera json mapping "
    "missing_ multiple named needs no_ none ordered recursion set timezone_n timezone_o tuple unexpected "
    "union url value_error assertion invalid_key date_past date_future datetime_past datetime_future"
)
"""How the kinds of fault of pydantic begin that no body of ours can have: those are of other types."""


def for_people(module: Module) -> bool:
    """Whether what it refuses reaches people: the command line speaks English."""
    return module.name.startswith("serai.") and not module.name.startswith("serai.cli")


@cache
def refusals() -> frozenset[str]:
    """The names of Refusal and of all classes under it."""
    known = {"Refusal"}
    above = {
        node.name: {name for base in node.bases if (name := last(base))}
        for module in product()
        for node in module.nodes
        if isinstance(node, ast.ClassDef)
    }
    while more := {name for name, bases in above.items() if bases & known} - known:
        known |= more
    return frozenset(known)


def last(node: ast.AST) -> str:
    """The last word of a dotted name."""
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def told(module: Module) -> Iterator[ast.expr]:
    """What stands where a sentence is expected: the detail of a refusal, the message of a fault."""
    for node in module.nodes:
        if isinstance(node, ast.Call):
            name = last(node.func)
            if name in refusals() and node.args:
                yield node.args[0]
            if name == "Fault" and len(node.args) > 1:
                yield node.args[1]
            if name == "problem" and len(node.args) > 2:
                yield node.args[2]


def put_together(module: Module) -> Iterator[Finding]:
    """A refusal or a fault says a literal, or `text("…", …)`: an f-string would stay English for everybody."""
    if not for_people(module):
        return
    for node in told(module):
        whole = node.value if isinstance(node, ast.Subscript) else node  # f"…"[:300]
        wrong = isinstance(whole, BY_HAND) or (
            isinstance(whole, ast.Call) and last(whole.func) in {"str", "format", "join"}
        )
        if wrong:
            yield Finding(module.where, node.lineno, "a sentence put together by hand: write text(…)")
    for node in module.nodes:
        if is_made(node, module) and not isinstance(node.args[0], ast.Constant):
            yield Finding(module.where, node.lineno, "the template of text(…) is a literal")


def is_made(node: ast.AST, module: Module) -> TypeGuard[ast.Call]:
    """Whether it calls `text`; in tables that is SQLAlchemy's."""
    called = isinstance(node, ast.Call) and last(node.func) == "text" and bool(node.args)
    return called and not any(isinstance(one, ast.ImportFrom) and one.module == "sqlalchemy" for one in module.nodes)


def literals(module: Module) -> Iterator[str]:
    """The templates of one module."""
    if not for_people(module):
        return
    for node in told(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
    for node in module.nodes:
        if isinstance(node, ast.ClassDef) and node.name in refusals():
            yield (ast.get_docstring(node) or "").splitlines()[0]
        if is_made(node, module) and isinstance(node.args[0], ast.Constant):
            yield str(node.args[0].value)


def words() -> Iterator[str]:
    """The codes that are said as words: states and moves, kinds, what a room can be."""
    for slice_ in assembly.SLICES:
        for machine in slice_.machines:
            yield from (one.value for one in machine.states)
            yield from (one.name for one in machine.steps)
    for kind in (Kind, RoomStatus, Service, TaskType):
        yield from (one.value for one in kind)
    for rule in RULES:
        yield from (rule.dimension, rule.after)
    yield from (name for name, _, _ in FIELDS)
    yield from STANDARD


def of_pydantic() -> Iterator[str]:
    """What pydantic finds wrong in bodies and queries such as ours."""
    kinds: list[dict[str, Any]] = core.list_all_errors()  # pyright: ignore[reportAttributeAccessIssue]
    for kind in kinds:
        if not kind["type"].startswith(tuple(NEVER.split())):
            yield kind["message_template_python"]


@cache
def all_of_them() -> frozenset[str]:
    """Every template that a catalogue has to have."""
    spoken = {one for module in product() for one in literals(module)}
    return frozenset(spoken | {one.replace("_", " ").lower() for one in words()} | set(of_pydantic()))
