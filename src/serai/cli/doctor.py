"""`serai doctor`: what is missing, and how to mend it."""

from __future__ import annotations

import asyncio
import os
import platform
import shutil
import socket
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import typer
from rich.console import Console

from serai.kernel.errors import SetupError
from serai.runtime.settings import Settings, misspelt

ROOM = 1_000_000_000
"""Bytes that must be free for the database to grow."""
_OLDEST = (3, 11)
_MARKS = {"well": "[green]✓[/]", "warning": "[yellow]![/]", "ill": "[red]✗[/]"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: how it is, and what mends it."""

    name: str
    state: Literal["well", "warning", "ill"]
    said: str
    mend: str = ""


def doctor() -> None:
    """Look at everything Serai stands on; exit status 1 when something must be mended first."""
    console = Console()
    ill = False
    for finding in examine():
        ill = ill or finding.state == "ill"
        console.print(f"{_MARKS[finding.state]} {finding.name:<12} {finding.said}", highlight=False, soft_wrap=True)
        if finding.mend:
            console.print(f"  {'':<12} → {finding.mend}", highlight=False, soft_wrap=True)
    raise typer.Exit(1 if ill else 0)


def examine() -> Iterator[Finding]:
    """The findings, one after the other; a wrong setting ends it, since all the rest depends on them."""
    yield python(sys.version_info[:3])
    try:
        settings = Settings()
    except SetupError as error:
        yield Finding("settings", "ill", str(error).replace("\n", "; "), "correct them in the environment or in .env")
        return
    yield from spelling(os.environ)
    yield disk(settings.data_dir)
    yield from external(settings) if settings.database_url else own(settings.data_dir / "postgres")
    if settings.rabbitmq_url:
        yield broker("RabbitMQ", settings.rabbitmq_url.get_secret_value(), 5672, b"AMQP\x00\x00\x09\x01", b"\x01")
    if settings.redis_url:
        yield broker("Redis", settings.redis_url.get_secret_value(), 6379, b"PING\r\n", b"+PONG", b"-NOAUTH")
    if settings.nats_url:
        yield broker("NATS", settings.nats_url.get_secret_value(), 4222, b"", b"INFO ")
    yield port(settings.host, settings.port)


def python(version: tuple[int, ...]) -> Finding:
    """Python's version."""
    shown = ".".join(map(str, version))
    if version[:2] < _OLDEST:
        return Finding(
            "Python", "ill", shown, "install Python 3.11 or newer, then `make clean setup PYTHON=python3.12`"
        )
    return Finding("Python", "well", f"{shown} on {platform.system()} {platform.machine()}")


def spelling(environment: Any) -> Iterator[Finding]:
    """SERAI_ names that mean nothing."""
    for name, near in misspelt(environment).items():
        yield Finding(
            "settings", "warning", f"{name} means nothing", f"did you mean {near}?" if near else "take it away"
        )


def disk(folder: Path) -> Finding:
    """Room for the database."""
    there = next(path for path in (folder, *folder.parents) if path.exists())
    free = shutil.disk_usage(there).free
    said = f"{free / 1e9:.1f} GB free in {there}"
    if free < ROOM:
        return Finding("disk", "ill", said, "make room (1 GB at least), or set SERAI_DATA_DIR to another disk")
    if not os.access(there, os.W_OK):
        return Finding("disk", "ill", f"{there} cannot be written", "set SERAI_DATA_DIR to a folder of yours")
    return Finding("disk", "well", said)


def external(settings: Settings) -> Iterator[Finding]:
    """The PostgreSQL of the settings: reachable, patched, a role that policies bind, the schema."""
    from serai.runtime.db import guard  # noqa: PLC0415

    for name, url in (("PostgreSQL", settings.database_url), ("relay", settings.relay_url)):
        if url is None:
            yield Finding(name, "ill", "SERAI_RELAY_URL is not set", "`serai db init` prints it")
            continue
        try:
            allow = settings.allow_unpatched_postgres
            asyncio.run(guard.check(url.get_secret_value(), allow_unpatched=allow, schema=name != "relay"))
        except SetupError as error:
            yield Finding(name, "ill", str(error))
        else:
            yield Finding(name, "well", urlsplit(url.get_secret_value()).hostname or "a local socket")


def own(folder: Path) -> Iterator[Finding]:
    """The embedded PostgreSQL: starts, and is closed to the other users of the machine."""
    from serai.runtime.db import embedded, intruder  # noqa: PLC0415

    try:
        server = embedded.start(folder)
    except (SetupError, OSError) as error:
        yield Finding("PostgreSQL", "ill", f"the embedded server does not start: {error}", f"its log is {folder}/log")
        return
    with server:
        yield Finding("PostgreSQL", "well", f"embedded {server.programs.version} in {folder}")
        if os.geteuid() == 0:
            open_ways = intruder.ways_in(server)
        else:
            open_ways = [str(path) for path in (server.folder, server.socket) if path.stat().st_mode & 0o077]
    if open_ways:
        yield Finding("locked", "ill", f"others can open {', '.join(open_ways)}", "start Serai again; it closes them")
    else:
        yield Finding("locked", "well", "other users of this machine cannot get into the embedded server")


def broker(name: str, url: str, usual: int, hello: bytes, *answers: bytes) -> Finding:
    """Whether something that speaks the broker's protocol answers; the password is not tried."""
    parts = urlsplit(url)
    place = (parts.hostname or "localhost", parts.port or usual)
    try:
        with socket.create_connection(place, timeout=3) as way:
            if parts.scheme in {"amqps", "rediss"}:
                return Finding(name, "well", f"{place[0]}:{place[1]} answers (TLS, not spoken here)")
            way.sendall(hello)
            answer = way.recv(64)
    except OSError as error:
        return Finding(name, "ill", f"{place[0]}:{place[1]}: {error}", f"start it, or correct {name.upper()}_URL")
    if not answer.startswith(answers):
        return Finding(
            name, "ill", f"what answers on {place[0]}:{place[1]} is no {name}", f"correct {name.upper()}_URL"
        )
    return Finding(name, "well", f"{place[0]}:{place[1]} answers")


def port(host: str, number: int) -> Finding:
    """Whether the web process can have its port."""
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.socket(family) as way:
            way.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            way.bind((host, number))
    except OSError as error:
        mend = "stop what holds it, or choose another with SERAI_PORT"
        return Finding("port", "warning", f"{host}:{number}: {error.strerror or error}", mend)
    return Finding("port", "well", f"{host}:{number} is free")
