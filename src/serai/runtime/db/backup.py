"""A backup in one file, and the way back: checked before anything is touched."""

from __future__ import annotations

import asyncio
import hashlib
import io
import json
import os
import secrets
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, Any, Final
from urllib.parse import parse_qs, unquote, urlsplit

import asyncpg

from serai.kernel.errors import SetupError
from serai.runtime.db import migrate, roles
from serai.runtime.db.programs import Programs

FORMAT: Final = 1
MANIFEST, DUMP = "manifest.json", "database.dump"
_LARGEST_MANIFEST: Final = 50_000_000
_BLOCK: Final = 1 << 20
_TABLES = (
    "select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace "
    "where n.nspname in ('app', 'directory', 'jobs') and c.relkind in ('r', 'p') and not c.relispartition order by 1"
)
_STREAMS = "select tenant_id, stream, epoch, head from app.stream order by tenant_id, stream"
_OTHERS = "select count(*) from pg_stat_activity where datname = $1 and backend_type = 'client backend'"
_SAVE = ("pg_dump", "--format=custom", "--schema=app", "--schema=directory", "--schema=jobs", "--extension=btree_gist")
_RUN = ("psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--single-transaction", "--output=/dev/null")
_TOO_NEW: Final = b"\nSET transaction_timeout = 0;\n"
"""A line of pg_restore 17 and newer that older servers refuse."""
_FIRST_EPOCH: Final = datetime(2020, 1, 1, tzinfo=UTC)
Say = Callable[[str], None]


class BackupError(SetupError):
    """The backup cannot be made or used; the message says why, and nothing was changed."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a backup holds, counted in the snapshot that was dumped. `streams`: tenant, stream, epoch, head."""

    made_at: str
    schema: str
    server: str
    rows: Mapping[str, int]
    streams: list[list[Any]]
    digest: str = ""
    format: int = FORMAT


async def backup(url: str, path: Path, programs: Programs, say: Say, now: datetime) -> Contents:
    """Write a backup of the database to `path`, read by serai_backup in one snapshot; half a file is never left."""
    aside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        async with _snapshot(url) as (connection, name):
            say("counting")
            contents = await _contents(connection, now)
            say("dumping")
            with _private(aside) as dump:
                await asyncio.to_thread(programs.pipe, (*_SAVE, f"--snapshot={name}"), surroundings(url), None, dump)
        say("packing")
        contents = await asyncio.to_thread(_pack, contents, aside, path)
    finally:
        aside.unlink(missing_ok=True)
    return contents


async def restore(
    admin_url: str, database: str, path: Path, programs: Programs, say: Say, now: datetime,
    *, switch: bool, force: bool = False,
) -> Contents:  # fmt: skip
    """Bring a backup back into a new database beside `database`, compare it, raise the epochs, and only then switch.

    The database that was live is kept under another name. Without `switch` (a drill) the new one is dropped again.
    Refused, with nothing changed: a damaged file, one of a newer schema, and a switch while somebody is connected.
    """
    say("reading the file")
    contents = await asyncio.to_thread(check, path)
    newest = migrate.steps()[-1][0]
    if contents.schema != newest:
        raise BackupError(f"It was made at schema {contents.schema}; this program is at {newest}: use that version.")
    fresh = f"{database}_restoring_{secrets.token_hex(4)}"
    admin: Any = await asyncpg.connect(admin_url)
    try:
        if switch and not force and (others := await admin.fetchval(_OTHERS, database)):
            raise BackupError(f"{others} are connected to {database}: stop Serai first, or say --force.")
        await admin.execute(f"create database \"{fresh}\" owner serai_owner encoding 'UTF8' template template0")
        try:
            say("restoring")
            await asyncio.to_thread(_pour, path, programs, surroundings(roles.with_database(admin_url, fresh)))
            await roles.init(admin_url, fresh)
            say("comparing")
            await _compare(roles.with_database(admin_url, fresh), contents)
            await raise_epochs(roles.with_database(admin_url, fresh), now)
            if switch:
                say("switching")
                await _switch(admin, database, fresh, f"{database}_before_{now:%Y%m%d_%H%M%S}")
        finally:
            with suppress(asyncpg.PostgresError):
                await admin.execute(f'drop database if exists "{fresh}" with (force)')
    finally:
        await admin.close()
    return contents


def check(path: Path) -> Contents:
    """What a backup says of itself, once its dump was found to be whole."""
    try:
        with tarfile.open(path, "r:") as archive:
            first = archive.next()
            told = archive.extractfile(first) if first and first.name == MANIFEST else None
            if first is None or told is None or first.size > _LARGEST_MANIFEST:
                raise BackupError(f"{path} is no backup of Serai.")
            contents = Contents(**json.loads(told.read()))
            second = archive.next()
            dump = archive.extractfile(second) if second and second.name == DUMP else None
            if dump is None or _digest(dump) != contents.digest or archive.next() is not None:
                raise BackupError(f"{path} is damaged: its dump is not the one that was written.")
    except (OSError, tarfile.TarError, ValueError, TypeError, EOFError) as error:
        raise BackupError(f"{path} cannot be read as a backup: {error}") from error
    if contents.format != FORMAT:
        raise BackupError(f"{path} has the format {contents.format}; this program reads {FORMAT}.")
    return contents


def surroundings(url: str) -> dict[str, str]:
    """The environment in which PostgreSQL's programs find a database; a password is never an argument."""
    parts, asked = urlsplit(url), parse_qs(urlsplit(url).query)
    found = {
        "PGHOST": (asked.get("host") or [parts.hostname or ""])[0],
        "PGPORT": (asked.get("port") or [str(parts.port or 5432)])[0],
        "PGUSER": unquote(parts.username or ""),
        "PGPASSWORD": unquote(parts.password or ""),
        "PGDATABASE": unquote(parts.path.lstrip("/")),
        "PGSSLMODE": (asked.get("sslmode") or [""])[0],
    }
    return {name: value for name, value in found.items() if value}


@asynccontextmanager
async def _snapshot(url: str) -> AsyncGenerator[tuple[Any, str]]:
    connection: Any = await asyncpg.connect(url)
    try:
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            yield connection, await connection.fetchval("select pg_export_snapshot()")
    finally:
        await connection.close()


async def _contents(connection: Any, now: datetime) -> Contents:
    tables = [row["name"] for row in await connection.fetch(_TABLES)]
    rows = {one: await connection.fetchval(f"select count(*) from {one}") for one in tables}  # noqa: S608  # names of the catalogue
    status = await migrate.status_of(connection)
    found = await connection.fetch(_STREAMS)
    streams: list[list[Any]] = [[str(row[0]), str(row[1]), row[2], row[3]] for row in found]
    server: str = await connection.fetchval("select current_setting('server_version')")
    return Contents(now.isoformat(), status.current or "", server, rows, streams)


async def _compare(url: str, contents: Contents) -> None:
    connection: Any = await asyncpg.connect(url)
    try:
        found = await _contents(connection, datetime.fromisoformat(contents.made_at))
        names = sorted({*contents.rows, *found.rows})
        differ = [name for name in names if contents.rows.get(name) != found.rows.get(name)]
        if differ or found.streams != contents.streams or found.schema != contents.schema:
            raise BackupError(f"What came back is not what was saved: {', '.join(differ) or 'streams'}.")
    finally:
        await connection.close()


async def raise_epochs(url: str, now: datetime) -> None:
    """After a restore a position may come twice: another epoch tells whoever remembers one.

    It is made of the moment, in milliseconds: two restores of one backup have two epochs.
    """
    epoch = (now - _FIRST_EPOCH) // timedelta(milliseconds=1)
    connection: Any = await asyncpg.connect(url)
    try:
        await connection.execute(
            "update app.stream set epoch = greatest(epoch + 1, $1::bigint) where tenant_id is not null", epoch
        )
    finally:
        await connection.close()


async def _switch(admin: Any, database: str, fresh: str, kept: str) -> None:
    if await admin.fetchval("select true from pg_database where datname = $1", database):
        await admin.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()",
            database,
        )
        await admin.execute(f'alter database "{database}" rename to "{kept}"')
    await admin.execute(f'alter database "{fresh}" rename to "{database}"')


def _pack(contents: Contents, dump: Path, path: Path) -> Contents:
    with dump.open("rb") as file:
        contents = replace(contents, digest=_digest(file))
    told = json.dumps(asdict(contents)).encode()
    whole = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with _private(whole) as file:
            with tarfile.open(fileobj=file, mode="w:") as archive:
                head = tarfile.TarInfo(MANIFEST)
                head.size = len(told)
                archive.addfile(head, io.BytesIO(told))
                archive.add(dump, DUMP, filter=_nobodys)
            file.flush()
            os.fsync(file.fileno())
        whole.replace(path)
    finally:
        whole.unlink(missing_ok=True)
    return contents


def _pour(path: Path, programs: Programs, where: Mapping[str, str]) -> None:
    """The dump becomes SQL by our own pg_restore, and goes through psql into whatever server it is."""
    with tarfile.open(path, "r:") as archive, tempfile.NamedTemporaryFile(dir=path.parent, prefix=".restore") as dump:
        member = archive.extractfile(DUMP)
        if member is None:
            raise BackupError(f"{path} holds no dump.")
        shutil.copyfileobj(member, dump, _BLOCK)
        dump.flush()
        with programs.spawn(("pg_restore", "--file=-", dump.name), {}, None, subprocess.PIPE) as sql:
            programs.pipe(_RUN, where, _Plain(sql.stdout))


class _Plain:
    """SQL without the setting that older servers do not know; it stands in the first lines."""

    def __init__(self, source: IO[bytes] | None) -> None:
        self._source, self._first = source, True

    def read(self, size: int, /) -> bytes:
        block = self._source.read(size) if self._source else b""
        if self._first:
            self._first, block = False, block.replace(_TOO_NEW, b"\n", 1)
        return block


def _nobodys(info: tarfile.TarInfo) -> tarfile.TarInfo:
    info.uid = info.gid = 0
    info.uname = info.gname = ""
    info.mode = 0o600
    return info


def _private(path: Path) -> IO[bytes]:
    """A new file that its owner alone may read."""
    return os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600), "w+b")


def _digest(file: IO[bytes]) -> str:
    found = hashlib.sha256()
    while block := file.read(_BLOCK):
        found.update(block)
    return found.hexdigest()
