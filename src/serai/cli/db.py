"""`serai db`: make the database and its roles, migrate, see where it stands."""

from __future__ import annotations

import asyncio
import signal
import tempfile
import time
from collections.abc import AsyncGenerator, Coroutine
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import unquote, urlsplit

import asyncpg
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from serai.kernel.clock import SystemClock
from serai.kernel.errors import SetupError
from serai.runtime.db import archive as archives
from serai.runtime.db import backup as backups
from serai.runtime.db import embedded, migrate, programs, roles
from serai.runtime.settings import Settings

app = typer.Typer(no_args_is_help=True)
console = Console(stderr=True)
CLOCK = SystemClock()
NAMES = {
    "serai_app": "SERAI_DATABASE_URL",
    "serai_relay": "SERAI_RELAY_URL",
    "serai_owner": "SERAI_OWNER_URL",
    "serai_backup": "SERAI_BACKUP_URL",
}


@app.command()
def init(
    database: Annotated[str | None, typer.Option(help="The database's name; else SERAI_DATABASE_NAME.")] = None,
    *,
    renew: Annotated[bool, typer.Option("--renew", help="New passwords for roles that are there already.")] = False,
) -> None:
    """Make the roles and the database, on the server of SERAI_ADMIN_URL or the embedded one; what is there stays.

    Roles get the passwords of SERAI_DATABASE_URL and the other URLs where those are said, else random ones.
    """
    settings = Settings()
    name = database or settings.database_name
    if settings.admin_url is None:
        if settings.database_url is not None:
            raise SetupError(
                "Making roles needs an administrator: set SERAI_ADMIN_URL to a login that may create roles and "
                "databases, such as postgresql://postgres:…@host/postgres, for this command alone."
            )
        _run(_init_embedded(settings, name))
        console.print(f"The embedded server holds {name}. Next: [bold]serai db migrate[/]")
        return
    if passwords := _said(settings):
        _run(roles.init(settings.admin_url.get_secret_value(), name, passwords, renew=renew))
        console.print(
            f"{name} and its roles stand, with the passwords of the settings. Next: [bold]serai db migrate[/]"
        )
        return
    urls = _run(roles.init(settings.admin_url.get_secret_value(), name, renew=renew))
    console.print(f"{name} and its roles stand. Keep these lines in .env (mode 0600), then run `serai db migrate`:")
    for role, variable in NAMES.items():
        typer.echo(f"{variable}={urls[role]}")
    if any(":" not in url.partition("://")[2].partition("@")[0] for url in urls.values()):
        console.print(
            "Roles that were there keep their passwords, so the lines leave them out; --renew makes new ones."
        )


def _said(settings: Settings) -> dict[str, str]:
    """The passwords in the URLs that the settings name, by role."""
    urls = (settings.database_url, settings.relay_url, settings.owner_url, settings.backup_url)
    parts = [urlsplit(url.get_secret_value()) for url in urls if url]
    return {one.username: unquote(one.password) for one in parts if one.username in roles.LOGINS and one.password}


async def _init_embedded(settings: Settings, database: str) -> None:
    async with _place(settings, database):
        pass


@app.command("migrate")
def bring_up(
    months: Annotated[int, typer.Option(min=1, max=120, help="Months of journal made ahead.")] = migrate.MONTHS,
) -> None:
    """Bring the schema to this program's version, as serai_owner; again changes nothing."""
    with Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=console
    ) as progress:
        bar = progress.add_task("looking", total=1)
        _run(
            _migrate(
                Settings(),
                lambda done, steps, what: progress.update(bar, completed=done, total=steps, description=what),
                months,
            )
        )
        progress.update(bar, completed=1, total=1, description="the schema is up to date")


async def _migrate(settings: Settings, say: migrate.Progress, months: int) -> None:
    async with _place(settings, settings.database_name) as urls:
        if "serai_owner" not in urls:
            raise SetupError("Migrating is the owner's: set SERAI_OWNER_URL, as `serai db init` printed it.")
        await migrate.upgrade(urls["serai_owner"], say, months=months)


@app.command()
def status() -> None:
    """The server, the schema's version and the steps that are missing; exit status 1 when there are some."""
    server, found = _run(_status(Settings()))
    typer.echo(f"server   {server}")
    typer.echo(f"schema   {found.current or 'none'} (this program: {found.head})")
    for step in found.pending:
        typer.echo(f"missing  {step}")
    if found.pending:
        console.print("Run `serai db migrate`.")
        raise typer.Exit(1)


async def _status(settings: Settings) -> tuple[str, migrate.Status]:
    async with _place(settings, settings.database_name) as urls:
        connection: Any = await asyncpg.connect(urls["serai_app"], timeout=10)
        try:
            version = await connection.fetchval("select current_setting('server_version')")
            return f"PostgreSQL {version}", await migrate.status_of(connection)
        finally:
            await connection.close()


@app.command("backup")
def save(
    path: Annotated[Path | None, typer.Argument(help="The file to write; else serai-<now>.backup here.")] = None,
) -> None:
    """Write the whole database to one file, as it stands at one instant, while Serai works."""
    target = (path or Path(f"serai-{CLOCK.now():%Y%m%d-%H%M%S}.backup")).absolute()
    if target.exists():
        raise SetupError(f"{target} is there already; name another file.")
    with console.status("starting") as shown:
        contents = _run(_backup(Settings(), target, shown.update))
    _told(contents)
    console.print(f"{target} ({target.stat().st_size / 1e6:,.1f} MB)")


@app.command()
def restore(
    path: Annotated[Path, typer.Argument(help="The file that `serai db backup` wrote.")],
    *,
    force: Annotated[bool, typer.Option("--force", help="Cut off who is connected.")] = False,
) -> None:
    """Bring a backup back: into a new database that is compared first and then takes the live one's place.

    What was live is kept under another name. A damaged file changes nothing.
    """
    began = time.monotonic()
    with console.status("starting") as shown:
        contents = _run(_restore(Settings(), path.absolute(), shown.update, switch=True, force=force))
    _told(contents)
    console.print(f"Restored in {time.monotonic() - began:.1f} s. Start Serai; screens and consumers begin anew.")


@app.command()
def drill() -> None:
    """Try a restore for real, beside the live database: back up, restore, compare, throw away; with the times."""
    settings = Settings()
    with tempfile.TemporaryDirectory() as folder, console.status("starting") as shown:
        path = Path(folder) / "drill.backup"
        began = time.monotonic()
        contents = _run(_backup(settings, path, shown.update))
        saved = time.monotonic()
        _run(_restore(settings, path, shown.update, switch=False, force=False))
        came_back, size = time.monotonic(), path.stat().st_size
    _told(contents)
    typer.echo(f"backup   {saved - began:.1f} s, {size / 1e6:,.1f} MB")
    typer.echo(f"restore  {came_back - saved:.1f} s, every table and stream compared")


async def _backup(settings: Settings, path: Path, say: backups.Say) -> backups.Contents:
    async with _place(settings, settings.database_name) as urls:
        if "serai_backup" not in urls:
            raise SetupError("A backup is read by serai_backup: set SERAI_BACKUP_URL, as `serai db init` printed it.")
        return await backups.backup(urls["serai_backup"], path, programs.find(), say, CLOCK.now())


async def _restore(settings: Settings, path: Path, say: backups.Say, *, switch: bool, force: bool) -> backups.Contents:
    if settings.admin_url is not None:
        admin = settings.admin_url.get_secret_value()
        return await backups.restore(
            admin, settings.database_name, path, programs.find(), say, CLOCK.now(), switch=switch, force=force
        )
    if settings.database_url is not None:
        raise SetupError("Restoring needs an administrator: set SERAI_ADMIN_URL for this command alone.")
    server = await asyncio.to_thread(embedded.start, settings.data_dir / "postgres")
    try:
        return await backups.restore(
            server.url(), settings.database_name, path, programs.find(), say, CLOCK.now(), switch=switch, force=force
        )
    finally:
        await asyncio.to_thread(server.stop)


def _told(contents: backups.Contents) -> None:
    typer.echo(f"made at  {contents.made_at}, schema {contents.schema}, PostgreSQL {contents.server}")
    typer.echo(f"rows     {sum(contents.rows.values()):,} in {len(contents.rows)} tables")
    typer.echo(f"streams  {len(contents.streams)}, {sum(one[3] for one in contents.streams):,} events")


@app.command()
def archive(
    folder: Annotated[Path, typer.Argument(help="Where to, best on another disk.")],
    *,
    every: Annotated[float, typer.Option(min=0.1, help="Hours between two bases.")] = 24.0,
) -> None:
    """Keep a copy of the embedded server that is seconds behind, until this command is ended."""
    settings = _embedded_only(Settings(), "`archive`")

    async def act() -> None:
        server = await asyncio.to_thread(embedded.start, settings.data_dir / "postgres")
        stopping = asyncio.Event()
        for one in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(one, stopping.set)
        try:
            with console.status("starting") as shown:
                kept = archives.Archive(folder)
                await archives.keep(kept, server, timedelta(hours=every), CLOCK.now, stopping, shown.update)
        finally:
            await asyncio.to_thread(server.stop)

    _run(act())


@app.command()
def recover(folder: Annotated[Path, typer.Argument(help="The folder that `serai db archive` kept.")]) -> None:
    """Make the embedded server anew from an archive, up to what was written last; what was there stays aside."""
    settings = _embedded_only(Settings(), "`recover`")
    began = time.monotonic()

    async def act() -> None:
        with console.status("starting") as shown:
            kept, target = archives.Archive(folder), settings.data_dir / "postgres"
            server = await asyncio.to_thread(kept.recover, target, CLOCK.now(), shown.update)
        try:
            await backups.raise_epochs(server.url("serai_owner", settings.database_name), CLOCK.now())
        finally:
            await asyncio.to_thread(server.stop)

    _run(act())
    console.print(f"Recovered in {time.monotonic() - began:.1f} s. Start Serai; screens and consumers begin anew.")


def _embedded_only(settings: Settings, what: str) -> Settings:
    if settings.database_url is not None or settings.admin_url is not None:
        raise SetupError(
            f"{what} is for the embedded server; a server of your own has tools for it, such as pgBackRest."
        )
    return settings


@app.command(hidden=True)
def freeze(
    target: Annotated[Path | None, typer.Argument(help="Where to; else migrations/sql/0001_house.sql.")] = None,
) -> None:
    """Write the schema of the models as the first migration's script: for who builds Serai, before a release."""
    from serai.runtime.db import schema  # noqa: PLC0415  # SQLAlchemy is for this command alone

    path = target or migrate.folder() / "sql" / "0001_house.sql"
    path.write_text(schema.ddl(), encoding="utf-8")
    console.print(f"{path}: {len(schema.metadata.tables)} tables")


@asynccontextmanager
async def _place(settings: Settings, database: str) -> AsyncGenerator[dict[str, str]]:
    """URLs by role: the settings', or those of the embedded server while it is needed."""
    if settings.database_url is not None or settings.admin_url is not None:
        yield await _external(settings, database)
        return
    server = await asyncio.to_thread(embedded.start, settings.data_dir / "postgres")
    try:
        passwords = {role: server.passwords[role] for role in roles.LOGINS}
        yield await roles.init(server.url(), database, passwords)
    finally:
        await asyncio.to_thread(server.stop)


async def _external(settings: Settings, database: str) -> dict[str, str]:
    said = {
        "serai_app": settings.database_url,
        "serai_relay": settings.relay_url,
        "serai_owner": settings.owner_url,
        "serai_backup": settings.backup_url,
    }
    urls = {role: url.get_secret_value() for role, url in said.items() if url is not None}
    if settings.admin_url is None:
        return urls
    return await roles.init(settings.admin_url.get_secret_value(), database) | urls


def _run(work: Coroutine[Any, Any, Any]) -> Any:
    return asyncio.run(work)
