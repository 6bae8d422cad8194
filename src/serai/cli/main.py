"""The command line: each command is imported only when it is called."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from typing import Any

import typer

COMMANDS: dict[str, tuple[str, str]] = {
    "demo": ("serai.cli.demo:demo", "A demo hotel with a day's life, on http://localhost:8007."),
    "run": ("serai.cli.run:run", "Everything in one process: API, reactions, loops; migrates first."),
    "web": ("serai.cli.run:web", "The web process alone."),
    "worker": ("serai.cli.run:worker", "The background process alone."),
    "db": ("serai.cli.db:app", "The database: make it, migrate it, see where it stands."),
    "tenant": ("serai.cli.tenant:tenants", "Companies: create one."),
    "user": ("serai.cli.tenant:users", "People: create one."),
    "connection": ("serai.cli.connection:app", "The queues and channels that bring a company's events."),
    "replay": ("serai.cli.replay:replay", "Play a real hotel's bookings, and check the outcome."),
    "events": ("serai.cli.events:app", "The journal's ways out: how they stand, and publishing again."),
    "doctor": ("serai.cli.doctor:doctor", "What is missing, and how to mend it."),
    "gen": ("serai.cli.gen:gen", "Write contracts/ and docs/reference/ anew."),
    "openapi": ("serai.cli.gen:openapi", "Print the OpenAPI document."),
}
"""Each command: where it lives, and its line in the list."""


def build(words: Sequence[str]) -> typer.Typer:
    """The commands; only the one that `words` call is imported, the others are names in the list."""
    root = typer.Typer(
        name="serai",
        help="Serai runs the rooms of a hotel.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    called = next((word for word in words if not word.startswith("-")), None)
    for name, (place, line) in COMMANDS.items():
        _add(root, name, _load(place) if name == called else _named, line)
    return root


def _add(root: typer.Typer, name: str, command: Any, line: str) -> None:
    if isinstance(command, typer.Typer):
        root.add_typer(command, name=name, help=line)
    else:
        root.command(name, help=line if command is _named else None)(command)


def _load(place: str) -> Any:
    module, _, name = place.partition(":")
    return getattr(importlib.import_module(module), name)


def _named() -> None:
    """Stands in the list for a command that was not called."""


def app() -> None:
    """The `serai` command: what its user can mend is told in a sentence, with exit status 1."""
    try:
        build(sys.argv[1:])()
    except Exception as error:
        sentence = _sentence(error)
        if sentence is None:
            raise
        typer.secho(f"serai: {sentence}", fg="red", err=True)
        sys.exit(1)


def _sentence(error: Exception) -> str | None:
    from serai.kernel.errors import Refusal, SetupError  # noqa: PLC0415  # only when something went wrong

    if isinstance(error, SetupError | Refusal):
        return str(error)
    if isinstance(error, OSError) or type(error).__module__.startswith("asyncpg."):
        return f"{error or type(error).__name__}. `serai doctor` says what is missing."
    return None
