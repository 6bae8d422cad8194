"""The source as the house linters see it: read and parsed once."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src"
SQL = re.compile(
    r"^\s*(?:--[^\n]*\n\s*)*(?:select\b(?=.*\bfrom\b|\s+(?:app|directory|pg_\w+)[.(])|with\s+\w+(?:\s*\([^)]*\))?\s+as\s*\("
    r"|insert\s+into\s|update\s+[\w.{}\"]+\s+(?:as\s+\w+\s+|\w+\s+)?set\s|delete\s+from\s"
    r"|merge\s+into\s|(?:create|alter|drop)\s+(?:or\s+replace\s+|constraint\s+|unique\s+)?(?:table|function|view|index|role|policy|trigger)\s"
    r"|lock\s+table\s|notify\s+\w|set\s+(?:session|local)\s|set\s+app\.)",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Finding:
    """A place that breaks a rule."""

    where: str
    line: int
    what: str

    def __str__(self) -> str:
        """As a compiler would print it."""
        return f"{self.where}:{self.line}: {self.what}"


@dataclass(frozen=True, slots=True)
class Text:
    """A string constant, with {} where something is put in."""

    line: int
    value: str

    @property
    def is_sql(self) -> bool:
        """Whether it begins as a statement does: `select …` or `SELECT …`, where a sentence has `Select …`."""
        found = SQL.match(self.value)
        return bool(found) and not found[0].split()[0].istitle()


@dataclass(frozen=True)
class Module:
    """One file: its dotted name, its text, its tree."""

    name: str
    where: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The parsed file; None of the rules changes it."""
        return ast.parse(self.text) if self.where.endswith(".py") else ast.Module([], [])

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """Every node of the tree."""
        return tuple(ast.walk(self.tree))

    @cached_property
    def texts(self) -> tuple[Text, ...]:
        """Every string that is no docstring; of a .sql file, its statements."""
        if self.where.endswith(".sql"):
            return tuple(_statements(self.text))
        return tuple(self._texts())

    @property
    def sql(self) -> tuple[Text, ...]:
        """Every string that is SQL."""
        return tuple(text for text in self.texts if text.is_sql)

    def _texts(self) -> Iterator[Text]:
        inside = {id(part) for node in self.nodes if isinstance(node, ast.JoinedStr) for part in node.values}
        docs = {id(node.value) for node in self.nodes if isinstance(node, ast.Expr)}
        for node in self.nodes:
            if id(node) in inside or id(node) in docs:
                continue
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield Text(node.lineno, node.value)
            elif isinstance(node, ast.JoinedStr):
                yield Text(node.lineno, self._joined(node))

    @cached_property
    def _named(self) -> dict[str, ast.expr]:
        return {
            node.targets[0].id: node.value
            for node in self.tree.body
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
        }

    def _joined(self, node: ast.expr | None) -> str:
        """A string with the module's own constants put in; {} stands for anything else."""
        if isinstance(node, ast.JoinedStr):
            return "".join(self._joined(part) for part in node.values)
        if isinstance(node, ast.FormattedValue):
            return self._joined(self._named.get(node.value.id)) if isinstance(node.value, ast.Name) else "{}"
        return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else "{}"


def _statements(text: str) -> Iterator[Text]:
    line = 1
    for statement in text.split(";"):
        blank = statement[: len(statement) - len(statement.lstrip())]
        yield Text(line + blank.count("\n"), statement)
        line += statement.count("\n")


def snippet(text: str, name: str = "serai.areas.spaces.service") -> Module:
    """A made-up module, to see whether a rule bites."""
    suffix = ".sql" if name.endswith(".sql") else ".py"
    return Module(name, name.removesuffix(".sql").replace(".", "/") + suffix, text)


@cache
def modules() -> tuple[Module, ...]:
    """Every .py and .sql file of the product, tests, benchmarks and campaigns."""
    return tuple(load(ROOT, "src/serai", "tests", "bench", "campaigns", "migrations"))


def product() -> tuple[Module, ...]:
    """Those that are shipped."""
    return tuple(module for module in modules() if module.name.startswith("serai"))


def load(root: Path, *folders: str) -> Iterator[Module]:
    """The files under some folders of a root, in order."""
    for folder in folders:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in {".py", ".sql"}:
                where = path.relative_to(root)
                dotted = ".".join(where.with_suffix("").parts).removeprefix("src.").removesuffix(".__init__")
                yield Module(dotted, str(where), path.read_text(encoding="utf-8"))
