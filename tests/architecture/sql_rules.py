"""The rules of a schema that can grow past one machine, read from the SQL text."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

from tests.architecture.source import Finding, Module

_CLOCK = re.compile(
    r"\b(?:now\s*\(|current_timestamp\b|clock_timestamp\s*\(|localtimestamp\b|current_date\b)", re.IGNORECASE
)
_TABLE = r"\b(?:from|join|into|update)\s+(?:only\s+)?app\.({})\b"
_MUTABLE = re.compile(
    r"[+-]\s*interval|(?<!\$\d)(?<!\$\d\d)::\s*(?:date|text)\b|\bto_jsonb\s*\(|\bdate_trunc\s*\(", re.IGNORECASE
)
_WRITTEN = re.compile(
    r"\bset\b(.*?)(?=\bwhere\b|\breturning\b|\Z)|\breturning\b(.*?)(?=\)\s*,|\)\s*(?:select|insert|update)|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_FORBIDDEN = {
    "MERGE does not travel to a distributed server": r"\bmerge\s+into\b",
    "INSERT … SELECT unnest(): write multi-row VALUES": r"\binsert\s+into\b[^;]*?\bselect\b[^;]*?\bunnest\s*\(",
    "a subquery in VALUES": r"\bvalues\s*\((?:[^()]|\([^()]*\))*\(\s*select\b",
    "set_config() and SET do not travel: app.enter_tenant": r"\bset_config\s*\(|^\s*set\s+(?:session|app\.)",
    "NOTIFY serialises writers at commit": r"\bpg_notify\s*\(|^\s*notify\s",
    "a sequence is no order and no public number": r"\bnextval\s*\(|\bas\s+identity\b",
    "a trigger writes where nobody looks": r"\bcreate\s+(?:or\s+replace\s+)?(?:constraint\s+)?trigger\b",
    "SET NULL and SET DEFAULT would touch tenant_id": r"\bon\s+(?:delete|update)\s+set\s+(?:null|default)\b",
}


def asks_the_time(module: Module) -> Iterator[Finding]:
    """Times come as arguments: a statement asks no clock. Months are made ahead before there is a house with one."""
    if module.name == "serai.runtime.db.migrate":
        return
    for text in module.sql:
        if found := _CLOCK.search(text.value):
            yield Finding(module.where, text.line, f"SQL asks the time ({found[0].strip('( ')}): pass it in")


def does_not_travel(module: Module) -> Iterator[Finding]:
    """What a distributed server refuses is not written in the first place."""
    for text in module.sql:
        for why, pattern in _FORBIDDEN.items():
            if re.search(pattern, text.value, re.IGNORECASE | re.DOTALL):
                yield Finding(module.where, text.line, why)


def computes_in_a_write(module: Module) -> Iterator[Finding]:
    """In SET, DO UPDATE and RETURNING only immutable functions of columns: compute in Python or in a CTE."""
    for text in module.sql:
        for clause in _WRITTEN.finditer(text.value):
            if found := _MUTABLE.search(clause[1] or clause[2] or ""):
                yield Finding(module.where, text.line, f"{found[0].strip()} in a write")


def forgets_the_tenant(module: Module, tables: Iterable[str]) -> Iterator[Finding]:
    """Row-level security is the net, not the filter: each table of a statement meets its tenant_id.

    An insert whose columns are made from the record's fields has it by them.
    """
    pattern = re.compile(_TABLE.format("|".join(sorted(tables, key=len, reverse=True)) or "none"), re.IGNORECASE)
    for text in module.sql:
        asked = pattern.findall(text.value)
        said = len(re.findall(r"\btenant_id\b|\binsert\s+into\s+app\.\w+\s+\(\{\}\)", text.value, re.IGNORECASE))
        if said < len(asked):
            yield Finding(module.where, text.line, f"{len(asked)} tables ({', '.join(asked)}), tenant_id {said} times")


def tenant_tables(modules: Iterable[Module]) -> set[str]:
    """The names given to `tenant_table` anywhere."""
    return {
        str(node.args[0].value)
        for module in modules
        for node in module.nodes
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == "tenant_table"
        if node.args and isinstance(node.args[0], ast.Constant)
    }
