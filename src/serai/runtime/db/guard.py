"""What is checked before serving: a patched server, a bound role, the schema."""

from __future__ import annotations

from typing import Any

import asyncpg

from serai.kernel.errors import SetupError
from serai.runtime.db import migrate

OLDEST = 15
FIXED = {15: 19, 16: 15, 17: 11, 18: 6}
"""The first minor of each major with the cure of CVE-2026-14666 (cached row-security plans)."""


class GuardError(SetupError):
    """The process must not start; the message says why and what to do."""


async def check(url: str, *, allow_unpatched: bool = False, schema: bool = True) -> None:
    """Refuse to work on this connection where tenants would not be kept apart or the schema is older than the code.

    Refused: a server older than 15 or than its major's fixed minor (unless `allow_unpatched`); a superuser, a role
    with BYPASSRLS, an owner of our tables; with `schema`, a schema with steps missing.
    """
    try:
        connection: Any = await asyncpg.connect(url, timeout=10)
    except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        raise GuardError(
            f"PostgreSQL does not answer: {error}. Check SERAI_DATABASE_URL, or run `serai doctor`."
        ) from error
    try:
        number = int(await connection.fetchval("select current_setting('server_version_num')"))
        check_server(number, allow_unpatched=allow_unpatched)
        await check_role(connection)
        if schema:
            await check_schema(connection)
    finally:
        await connection.close()


def check_server(number: int, *, allow_unpatched: bool = False) -> None:
    """Refuse a server without the cure; `number` is its `server_version_num`, such as 180006 for 18.6."""
    major, minor = divmod(number, 10_000)
    if major < OLDEST:
        raise GuardError(f"PostgreSQL {major} is too old: Serai needs {OLDEST} or newer.")
    if minor < FIXED.get(major, 0) and not allow_unpatched:
        raise GuardError(
            f"PostgreSQL {major}.{minor} mixes up tenants' rows in cached plans (CVE-2026-14666): "
            f"upgrade to {major}.{FIXED[major]}, or accept it with SERAI_ALLOW_UNPATCHED_POSTGRES=true."
        )


async def check_role(connection: Any) -> None:
    """Refuse a role whom row-level security does not bind."""
    row = await connection.fetchrow(_ROLE)
    for unbound, reason in (
        (row["rolsuper"], "is a superuser"),
        (row["rolbypassrls"], "has BYPASSRLS"),
        (row["owns"], "owns Serai's tables"),
    ):
        if unbound:
            raise GuardError(
                f"The database role {row['rolname']} {reason}, so tenants would not be kept apart: "
                "SERAI_DATABASE_URL must be serai_app's; `serai db init` makes it."
            )


_ROLE = """
select rolname, rolsuper, rolbypassrls,
    exists (
        select from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname in ('app', 'directory') and c.relkind in ('r', 'p') and pg_has_role(r.oid, c.relowner, 'member')
    ) as owns
from pg_roles r where rolname = current_user
"""


async def check_schema(connection: Any) -> None:
    """Refuse a schema that the code has outgrown; a newer one is fine (it only ever adds before it takes away)."""
    found = await migrate.status_of(connection)
    if found.pending:
        steps = "has no schema yet" if found.current is None else f"is at {found.current}, this code needs {found.head}"
        raise GuardError(f"The database {steps}: run `serai db migrate` first.")
