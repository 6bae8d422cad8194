"""The schema's version: what it is, what is missing, and bringing it up to date."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg

from serai.kernel.errors import SetupError

Progress = Callable[[int, int, str], None]
"""Called with (steps done, steps in all, what is happening now)."""
_LOCK = 7301_2002
MONTHS = 24
"""How far ahead the journal's partitions are made."""


class MigrationError(SetupError):
    """The schema cannot be brought up to date; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Status:
    """A database's version, the newest one, and the steps between them; `current` is None where nothing is yet."""

    current: str | None
    head: str
    pending: tuple[str, ...]


def folder() -> Path:
    """The migrations: in the installed package, else in the repository."""
    package = Path(__file__).parents[2]
    inside = package / "_migrations"
    return inside if inside.is_dir() else package.parents[1] / "migrations"


def steps() -> list[tuple[str, str]]:
    """All steps in order as (revision, name): a file is called `<revision>_<name>.py`, and revisions sort."""
    names = sorted(path.stem for path in (folder() / "versions").glob("[0-9]*.py"))
    return [(name.partition("_")[0], name) for name in names]


async def status(url: str) -> Status:
    """Where the database stands; any of our roles may ask, Alembic is not needed."""
    connection: Any = await asyncpg.connect(url, timeout=10)
    try:
        return await status_of(connection)
    finally:
        await connection.close()


async def status_of(connection: Any) -> Status:
    """As `status`, on an open connection."""
    known = steps()
    try:
        current: str | None = await connection.fetchval("select version_num from app.schema_version")
    except (asyncpg.UndefinedTableError, asyncpg.InvalidSchemaNameError):
        current = None
    pending = tuple(name for revision, name in known if current is None or revision > current)
    return Status(current, known[-1][0], pending)


async def upgrade(owner_url: str, progress: Progress | None = None, *, months: int = MONTHS) -> Status:
    """Bring the schema to the newest version, as serai_owner; one process at a time, the others wait.

    Each step commits alone and waits at most 5 s for a lock; one that cannot get it fails and may be tried again.
    """
    say = progress or _silent
    lock = await _connect(owner_url)
    try:
        while not await lock.fetchval("select pg_try_advisory_lock($1)", _LOCK):
            say(0, 1, "another process is migrating")
            await asyncio.sleep(0.2)
        pending = (await status_of(lock)).pending
        if pending:
            await _apply(owner_url, pending, say)
        say(len(pending), max(len(pending), 1), "the journal's months")
        await lock.fetchval("select app.make_journal_partitions((now() at time zone 'UTC')::date, $1)", months)
        return await status_of(lock)
    except asyncpg.LockNotAvailableError as held:
        raise MigrationError("Somebody's long transaction holds a table; end it, or try again.") from held
    finally:
        await lock.close()


def _silent(_done: int, _all: int, _what: str) -> None:
    """Nobody watches."""


async def _apply(owner_url: str, pending: tuple[str, ...], say: Progress) -> None:
    from alembic import command  # noqa: PLC0415  # these three take half a second, and only a migration needs them
    from alembic.config import Config  # noqa: PLC0415
    from sqlalchemy.ext.asyncio import create_async_engine  # noqa: PLC0415
    from sqlalchemy.pool import NullPool  # noqa: PLC0415

    done = 0

    def applied(**_: object) -> None:
        nonlocal done
        done += 1
        say(done, len(pending), pending[min(done, len(pending) - 1)])

    def run(connection: Any) -> None:
        config = Config(attributes={"connection": connection, "applied": (applied,)})
        config.set_main_option("script_location", str(folder()).replace("%", "%%"))
        say(0, len(pending), pending[0])
        command.upgrade(config, "head")

    engine = create_async_engine("postgresql+asyncpg://", poolclass=NullPool, async_creator=lambda: _connect(owner_url))
    try:
        async with engine.connect() as connection:
            await connection.run_sync(run)
    except Exception as error:
        reason = getattr(error, "orig", error)
        raise MigrationError(f"{pending[min(done, len(pending) - 1)]} failed and was rolled back: {reason}") from error
    finally:
        await engine.dispose()


async def _connect(url: str) -> Any:
    return await asyncpg.connect(url, timeout=10, server_settings={"lock_timeout": "5s"})


def run_file(name: str) -> None:
    """For a migration: run a file of `migrations/sql` as one script, inside the step's transaction."""
    from alembic import op  # noqa: PLC0415  # see `_apply`
    from sqlalchemy import text  # noqa: PLC0415

    sql = (folder() / "sql" / name).read_text(encoding="utf-8")
    bind = op.get_bind()
    bind.execute(text("select 1"))  # opens the transaction that the driver's own call then runs in
    driver: Any = bind.connection.dbapi_connection

    def run(connection: Any) -> Any:
        return connection.execute(sql)

    driver.run_async(run)
