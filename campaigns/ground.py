"""A fresh database and house to run a campaign on."""

from __future__ import annotations

import asyncio
import os
import secrets
import subprocess
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg

from serai import assembly
from serai.kernel.clock import Clock
from serai.runtime.db import embedded, migrate, roles
from serai.runtime.work import House

ADMIN = "SERAI_TEST_ADMIN"
"""The address of a PostgreSQL to run on; without it, one of our own is started."""
SECRET = "campaigns-need-a-secret-of-thirty-two-bytes"


@asynccontextmanager
async def database() -> AsyncGenerator[dict[str, str]]:
    """URLs by role of a new database, and of who manages the server; dropped at the end."""
    mine = None if (admin := os.environ.get(ADMIN)) else embedded.start(folder())
    passwords = {one: mine.passwords[one] for one in roles.LOGINS} if mine else None
    admin = admin or (mine.url() if mine else "")
    name = f"serai_campaign_{uuid4().hex[:8]}"
    try:
        urls = await roles.init(admin, name, passwords or {one: secrets.token_urlsafe(24) for one in roles.LOGINS})
        await migrate.upgrade(urls["serai_owner"])
        yield {**urls, "admin": roles.with_database(admin, name)}
        connection: Any = await asyncpg.connect(admin)
        await connection.execute(f"drop database if exists {name} with (force)")
        await connection.close()
    finally:
        if mine:
            mine.stop()


@asynccontextmanager
async def house(urls: dict[str, str], clock: Clock | None = None) -> AsyncGenerator[House]:
    """An open house on the database; on the machine's clock, unless another is given."""
    one = assembly.build(urls["serai_app"], urls["serai_relay"], SECRET, demo=True, clock=clock)
    await one.db.open()
    try:
        yield one
    finally:
        await one.db.close()


async def until(true: Callable[[], bool], seconds: float) -> None:
    """Wait until it is so, and no longer than that."""
    async with asyncio.timeout(seconds):
        while True:
            if true():
                return
            await asyncio.sleep(0.05)


def folder() -> Path:
    """Where servers of campaigns lie."""
    root = Path("/var/lib/serai") if os.geteuid() == 0 else Path.home() / ".local/share/serai"
    return root / "campaigns"


def revision() -> str:
    """The commit that is tried, with a plus when there are changes."""
    told = subprocess.run(["git", "describe", "--always", "--dirty=+"], capture_output=True, text=True, check=False)
    return told.stdout.strip() or "unknown"
