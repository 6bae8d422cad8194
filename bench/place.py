"""The database and the server that a benchmark runs on, both its own."""

from __future__ import annotations

import asyncio
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import asyncpg

from serai.runtime.db import embedded, migrate, roles

DATABASE = "serai_bench"
ADMIN = "SERAI_DATABASE_ADMIN_URL"
_BOOT = "from serai.cli.main import app; app()"


@dataclass(frozen=True)
class Place:
    """A fresh database, by role, and the pid of its PostgreSQL where that runs on this machine."""

    urls: dict[str, str]
    admin: str
    version: str
    postmaster: int | None


@asynccontextmanager
async def database() -> AsyncGenerator[Place]:
    """A fresh database, embedded or on the server of SERAI_DATABASE_ADMIN_URL; dropped at the end."""
    mine = None if (admin := os.environ.get(ADMIN)) else embedded.start(_folder())
    admin = admin or (mine.url() if mine else "")
    try:
        await _drop(admin)
        urls = await roles.init(
            admin, DATABASE, {one: mine.passwords[one] for one in roles.LOGINS} if mine else _passwords()
        )
        await migrate.upgrade(urls["serai_owner"])
        inside = roles.with_database(admin, DATABASE)
        connection: Any = await asyncpg.connect(inside)
        version = await connection.fetchval("show server_version")
        postmaster = _parent(await connection.fetchval("select pg_backend_pid()"))
        await connection.close()
        yield Place(urls, inside, version, postmaster)
        await _drop(admin)
    finally:
        if mine:
            mine.stop()


def _folder() -> Path:
    root = Path("/var/lib/serai") if os.geteuid() == 0 else Path.home() / ".local/share/serai"
    return root / "bench"


def _passwords() -> dict[str, str]:
    return {one: secrets.token_urlsafe(24) for one in roles.LOGINS}


async def _drop(admin: str) -> None:
    connection: Any = await asyncpg.connect(admin)
    await connection.execute(f"drop database if exists {DATABASE} with (force)")
    await connection.close()


def _parent(backend: int) -> int | None:
    """The postmaster of a backend, if both run here."""
    try:
        words = Path(f"/proc/{backend}/stat").read_text("utf-8").rpartition(")")[2].split()
        name = Path(f"/proc/{backend}/comm").read_text("utf-8").strip()
    except OSError:
        return None
    return int(words[1]) if name == "postgres" else None


@dataclass(frozen=True)
class Server:
    """A web process of ours."""

    host: str
    port: int
    pid: int
    cold_start: float

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://{self.host}:{self.port}"


@asynccontextmanager
async def server(place: Place) -> AsyncGenerator[Server]:
    """`serai web` on a free loopback port; ended by its process id."""
    port = _free_port()
    env = {key: value for key, value in os.environ.items() if not key.startswith("SERAI_")} | {
        "SERAI_DATABASE_URL": place.urls["serai_app"],
        "SERAI_RELAY_URL": place.urls["serai_relay"],
        "SERAI_JWT_SECRET": secrets.token_urlsafe(48),
        "SERAI_HOST": "127.0.0.1",
        "SERAI_PORT": str(port),
        "SERAI_RATE_LIMIT": "0",
        "SERAI_ALLOW_UNPATCHED_POSTGRES": "true",
        "PYTHONPATH": str(Path(__file__).parents[1] / "src"),
    }
    log = Path(__file__).parent / "results" / "server.log"
    log.parent.mkdir(exist_ok=True)
    started = time.perf_counter()
    with log.open("w", encoding="utf-8") as words:
        command = [sys.executable, "-c", _BOOT, "web"]
        process = subprocess.Popen(command, env=env, stdout=words, stderr=words)  # once, at the start
        try:
            await _answers(process, port, log)
            yield Server("127.0.0.1", port, process.pid, time.perf_counter() - started)
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                await asyncio.to_thread(process.wait, 15)
            except subprocess.TimeoutExpired:
                process.kill()


async def _answers(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise SystemExit(f"The server ended at once; its words are in {log}.")
        try:
            with await asyncio.to_thread(urlopen, f"http://127.0.0.1:{port}/health/ready", None, 1) as answer:
                if answer.status == 200:
                    return
        except OSError:
            await asyncio.sleep(0.02)
    raise SystemExit(f"The server did not get ready in 30 s; its log is {log}.")


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
