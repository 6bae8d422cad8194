"""`serai gen` and `serai openapi`: what others read, made from the code."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from serai.cli.gen import asyncapi, compat, pages, source, web

FOLDERS = ("contracts", "docs/reference")
"""All in them is generated."""
console = Console(stderr=True)


def gen(
    *,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; fail when a file would change.")] = False,
    allow_break: Annotated[bool, typer.Option("--break", help="Accept events that no longer keep their word.")] = False,
) -> None:
    """Write contracts/ and docs/reference/ from the code."""
    root = Path.cwd()
    if not (root / "src" / "serai").is_dir():
        raise typer.BadParameter("Run it at the top of Serai's repository; an installed Serai has nothing to generate.")
    files = documents(source.read())
    if broken := _broken(root, files):
        _tell("An event that was published would no longer keep its word; give it a new version:", broken)
        if check or not allow_break:
            raise typer.Exit(1)
    stale = differences(root, files)
    if check and stale:
        _tell("Not as the code says; run `make gen`:", stale)
        raise typer.Exit(1)
    if not check:
        write(root, files)
        _tell(f"{len(stale)} of {len(files)} files changed.", stale)


def openapi() -> None:
    """Print the OpenAPI document."""
    typer.echo(as_json(source.read().openapi), nl=False)


def documents(house: source.Source) -> dict[str, str]:
    """Every generated file: its path and its text."""
    contracts: dict[str, dict[str, Any]] = {
        "openapi": house.openapi,
        "asyncapi": asyncapi.document(house),
        "machines": {"machines": [one.as_dict() for one in house.machines]},
        "permissions": pages.permission_table(house),
        "settings.schema": house.settings,
    }
    return {
        **{f"contracts/{name}.json": as_json(one) for name, one in contracts.items()},
        **{f"docs/reference/{name}.md": text for name, text in pages.pages(house).items()},
        web.PATH: web.house(
            (one["name"] for one in contracts["permissions"]["permissions"]),
            contracts["asyncapi"]["channels"],
            contracts["machines"]["machines"],
        ),
    }


def as_json(document: object) -> str:
    """A document as it is kept: indented, one line feed at the end."""
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def differences(root: Path, files: dict[str, str]) -> list[str]:
    """The files that are absent, different, or not among the generated ones, by path."""
    there = {str(path.relative_to(root)) for one in FOLDERS for path in (root / one).rglob("*") if path.is_file()}
    there |= {name for name in files if (root / name).is_file()}
    changed = {name for name in there & files.keys() if (root / name).read_text(encoding="utf-8") != files[name]}
    return sorted(changed | (there ^ files.keys()))


def write(root: Path, files: dict[str, str]) -> None:
    """Make the folders hold exactly these files."""
    for name in differences(root, files):
        path = root / name
        if name in files:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(files[name], encoding="utf-8")
        else:
            path.unlink()


def _broken(root: Path, files: dict[str, str]) -> list[str]:
    before = root / "contracts/asyncapi.json"
    if not before.exists():
        return []
    return compat.breaks(json.loads(before.read_text(encoding="utf-8")), json.loads(files["contracts/asyncapi.json"]))


def _tell(headline: str, names: list[str]) -> None:
    console.print(headline, *(f"  {name}" for name in names), sep="\n", markup=False, highlight=False)
