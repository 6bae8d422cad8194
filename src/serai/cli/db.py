"""`serai db`: make the database and its roles, migrate, see where it stands."""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import AsyncGenerator, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated, Any

import asyncpg
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from serai.kernel.errors import SetupError
from serai.runtime.db import embedded, migrate, roles
from serai.runtime.settings import Settings

app = typer.Typer(no_args_is_help=True)
console = Console(stderr=True)
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
    """Make the roles and the database, on the server of SERAI_ADMIN_URL or the embedded one; what is there stays."""
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
    urls = _run(roles.init(settings.admin_url.get_secret_value(), name, renew=renew))
    console.print(f"{name} and its roles stand. Keep these lines in .env (mode 0600), then run `serai db migrate`:")
    for role, variable in NAMES.items():
        typer.echo(f"{variable}={urls[role]}")
    if any(":" not in url.partition("://")[2].partition("@")[0] for url in urls.values()):
        console.print(
            "Roles that were there keep their passwords, so the lines leave them out; --renew makes new ones."
        )


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


@app.command(hidden=True)
def freeze(
    target: Annotated[Path | None, typer.Argument(help="Where to; else migrations/sql/0001_house.sql.")] = None,
) -> None:
    """Write the schema of the models as the first migration's script: for who builds Serai, before a release."""
    from serai.runtime.db import schema  # noqa: PLC0415  # SQLAlchemy is for this command alone

    importlib.import_module("serai.asgi")  # brings every table

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
