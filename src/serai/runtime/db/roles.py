"""The roles, one login a purpose, and the database they share."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, unquote, urlsplit, urlunsplit

import asyncpg

LOGINS = ("serai_owner", "serai_app", "serai_relay", "serai_backup")
KEEPERS = ("serai_status", "serai_directory")
"""Roles without a login that own functions (and the directory's tables), never a tenant's table."""
SETTINGS = {
    "serai_owner": {"search_path": "app, directory, public"},
    "serai_app": {
        "search_path": "app, directory, public",
        "idle_in_transaction_session_timeout": "5s",
        "statement_timeout": "60s",
    },
    "serai_relay": {
        "search_path": "app, public",
        "idle_in_transaction_session_timeout": "5s",
        "statement_timeout": "60s",
    },
}
"""What each session of a role begins with."""
_LOCK = 7301_2001
_MEANWHILE = (
    asyncpg.DuplicateObjectError,
    asyncpg.DuplicateDatabaseError,
    asyncpg.UniqueViolationError,
    asyncpg.InternalServerError,  # "tuple concurrently updated"
    asyncpg.ObjectInUseError,
)
"""What another run of the same, at the same moment, in another database of the server, may cause."""


def with_role(url: str, role: str, password: str | None, database: str) -> str:
    """The URL of another role and database on the same server."""
    parts = urlsplit(url)
    place = parts.netloc.rpartition("@")[2]
    secret = f":{quote(password, safe='')}" if password else ""
    return urlunsplit((parts.scheme, f"{role}{secret}@{place}", f"/{quote(database, safe='')}", parts.query, ""))


def database_of(url: str) -> str:
    """The name of the database in a URL."""
    return unquote(urlsplit(url).path.lstrip("/"))


async def init(
    admin_url: str, database: str, passwords: Mapping[str, str] | None = None, *, renew: bool = False
) -> dict[str, str]:
    """Make roles, database, schemas and extension; what is there stays. Returns a URL for each login role.

    `passwords` are set as given; a role made here gets a random one; one that existed keeps its own, and its URL
    comes without, unless `renew` asks for new ones. The admin needs CREATEROLE and CREATEDB, and for serai_backup
    what PostgreSQL asks of one who gives BYPASSRLS (superuser, before 16).
    """
    known = dict(passwords or {})
    for attempt in range(8):
        try:
            await _on_server(admin_url, database, known, renew=renew)
            await _in_database(with_database(admin_url, database), database)
        except _MEANWHILE:
            if attempt == 7:  # noqa: PLR2004  # the last
                raise
            await asyncio.sleep(0.05 * 2**attempt)
        else:
            return {role: with_role(admin_url, role, known.get(role), database) for role in LOGINS}
    raise AssertionError


def with_database(url: str, database: str) -> str:
    """The same login in another database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{quote(database, safe='')}"))


async def _on_server(admin_url: str, database: str, known: dict[str, str], *, renew: bool) -> None:
    admin: Any = await asyncpg.connect(admin_url)
    try:
        await admin.execute(f"select pg_advisory_lock({_LOCK})")
        there: dict[str, list[str]] = {row["rolname"]: row["rolconfig"] or [] for row in await admin.fetch(_ROLES)}
        for role in LOGINS:
            if role not in there or renew:
                known.setdefault(role, secrets.token_urlsafe(24))
            await _login(admin, role, known.get(role), there.get(role))
        for role in KEEPERS:
            if role not in there:
                await admin.execute(f"create role {role} nologin nosuperuser nobypassrls noinherit")
        for group, member in (*((one, "serai_owner") for one in KEEPERS), ("pg_read_all_data", "serai_backup")):
            if not await admin.fetchval("select pg_has_role($1, $2, 'member')", member, group):
                await admin.execute(f"grant {group} to {member}")
        await _database(admin, database)
    finally:
        await admin.close()


async def _login(admin: Any, role: str, password: str | None, settings: list[str] | None) -> None:
    """Make the role (`settings` is None where it is not there yet), or set what it lacks."""
    secret = f" password {_literal(password)}" if password else ""
    if settings is None:
        bypass = "bypassrls" if role == "serai_backup" else "nobypassrls"
        await admin.execute(f"create role {role} login nosuperuser nocreatedb nocreaterole {bypass}{secret}")
    elif secret:
        await admin.execute(f"alter role {role}{secret}")
    for name, value in SETTINGS.get(role, {}).items():
        if f"{name}={value}" not in (settings or []):
            await admin.execute(f"alter role {role} set {name} = {value if name == 'search_path' else _literal(value)}")


async def _database(admin: Any, database: str) -> None:
    if await admin.fetchval("select true from pg_database where datname = $1", database):
        return
    if not await admin.fetchval("select pg_has_role('serai_owner', 'member')"):
        await admin.execute("grant serai_owner to current_user")
    await admin.execute(f"create database {_name(database)} owner serai_owner encoding 'UTF8' template template0")


_ROLES = "select rolname, rolconfig from pg_roles where rolname like 'serai\\_%'"


async def _in_database(url: str, database: str) -> None:
    admin: Any = await asyncpg.connect(url)
    try:
        async with admin.transaction():
            await admin.execute(f"select pg_advisory_xact_lock({_LOCK})")
            await admin.execute(_DATABASE.format(database=_name(database)))
    finally:
        await admin.close()


_DATABASE = """
revoke connect, temporary on database {database} from public;
grant connect on database {database} to serai_owner, serai_app, serai_relay, serai_backup;
revoke create on schema public from public;
set local client_min_messages = warning;
create extension if not exists btree_gist with schema public;
create schema if not exists app authorization serai_owner;
create schema if not exists directory authorization serai_owner;
grant usage on schema app to serai_app, serai_relay, serai_backup, serai_status;
grant usage on schema directory to serai_app, serai_backup;
"""


def _literal(text: str) -> str:
    if "\\" in text or "\0" in text:
        raise ValueError("A password may not hold a backslash or NUL.")
    return "'" + text.replace("'", "''") + "'"


def _name(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
