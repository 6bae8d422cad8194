"""The roles: who may log in, what each may see, made again without harm."""

from __future__ import annotations

import asyncio
import uuid

import asyncpg
import pytest

from serai.runtime.db import embedded, roles

pytestmark = pytest.mark.integration


@pytest.fixture
async def urls(admin_url: str, empty: str, fresh_server: embedded.Embedded) -> dict[str, str]:
    return await roles.init(admin_url, empty, passwords(admin_url, fresh_server))


def passwords(admin_url: str, server: embedded.Embedded) -> dict[str, str] | None:
    """The embedded server's; the external one of the tests lets us in without."""
    return {role: server.passwords[role] for role in roles.LOGINS} if admin_url == server.url() else None


async def ask(url: str, sql: str) -> asyncpg.Record:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchrow(sql)
    finally:
        await connection.close()


async def test_each_role_logs_in_with_its_own_rights(urls: dict[str, str]) -> None:
    for role in roles.LOGINS:
        found = await ask(
            urls[role],
            "select rolname, rolsuper, rolcreatedb, rolcreaterole, rolbypassrls"
            " from pg_roles where rolname = current_user",
        )
        assert tuple(found) == (role, False, False, False, role == "serai_backup")


async def test_the_application_gives_up_a_transaction_that_idles(urls: dict[str, str]) -> None:
    for role in ("serai_app", "serai_relay"):
        assert (await ask(urls[role], "show idle_in_transaction_session_timeout"))[0] == "5s"


async def test_the_owner_owns_the_database_and_the_schemas(urls: dict[str, str]) -> None:
    found = await ask(
        urls["serai_owner"],
        "select (select pg_get_userbyid(datdba) from pg_database where datname = current_database()),"
        " (select array_agg(nspname::text order by nspname) from pg_namespace"
        "  where pg_get_userbyid(nspowner) = 'serai_owner'),"
        " (select true from pg_extension where extname = 'btree_gist')",
    )
    assert tuple(found) == ("serai_owner", ["app", "directory"], True)


async def test_the_application_makes_nothing(urls: dict[str, str]) -> None:
    for place in ("app", "directory", "public", "pg_temp"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await ask(urls["serai_app"], f"create table {place}.mine (n int)")
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await ask(urls["serai_app"], "set role serai_owner")


async def test_who_keeps_functions_cannot_log_in(urls: dict[str, str]) -> None:
    for keeper in roles.KEEPERS:
        url = urls["serai_app"].replace("serai_app", keeper, 1)
        with pytest.raises((asyncpg.InvalidAuthorizationSpecificationError, asyncpg.InvalidPasswordError)):
            await ask(url, "select 1")


async def test_roles_without_a_password_of_the_server_are_refused(fresh_server: embedded.Embedded) -> None:
    await roles.init(fresh_server.url(), "x", passwords(fresh_server.url(), fresh_server))
    bare = roles.with_role(fresh_server.url(), "serai_app", None, "x")
    with pytest.raises(asyncpg.InvalidPasswordError):
        await ask(bare, "select 1")


async def test_strangers_may_not_even_connect(admin_url: str, urls: dict[str, str], empty: str) -> None:
    stranger = f"stranger_{uuid.uuid4().hex[:8]}"
    admin = await asyncpg.connect(admin_url)
    await admin.execute(f"create role {stranger} login password 'x'")
    try:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await ask(roles.with_role(admin_url, stranger, "x", empty), "select 1")
    finally:
        await admin.execute(f"drop role {stranger}")
        await admin.close()


async def test_a_second_time_changes_nothing(admin_url: str, urls: dict[str, str], empty: str) -> None:
    connection = await asyncpg.connect(urls["serai_owner"])
    await connection.execute("create table app.kept (n int); insert into app.kept values (1)")
    await roles.init(admin_url, empty)
    assert await connection.fetchval("select n from app.kept") == 1
    await connection.close()
    for url in urls.values():
        assert (await ask(url, "select 1"))[0] == 1


async def test_many_at_once_do_not_disturb_each_other(admin_url: str, empty: str) -> None:
    done = await asyncio.gather(*(roles.init(admin_url, empty) for _ in range(6)))
    assert {frozenset(one) for one in done} == {frozenset(roles.LOGINS)}


async def test_two_databases_share_the_roles(admin_url: str, urls: dict[str, str], empty: str) -> None:
    admin = await asyncpg.connect(admin_url)
    clone = f"{empty}_copy"
    await admin.execute(f"create database {clone} template {empty} owner serai_owner")
    try:
        url = roles.with_database(urls["serai_app"], clone)
        assert (await ask(url, "select current_database()"))[0] == clone
    finally:
        await admin.execute(f"drop database {clone} with (force)")
        await admin.close()


async def test_renewing_makes_new_passwords(fresh_server: embedded.Embedded) -> None:
    admin = fresh_server.url()
    before = await roles.init(admin, "x", passwords(admin, fresh_server))
    after = await roles.init(admin, "x", renew=True)
    try:
        assert (await ask(after["serai_app"], "select current_user"))[0] == "serai_app"
        with pytest.raises(asyncpg.InvalidPasswordError):
            await ask(before["serai_app"], "select 1")
    finally:
        await roles.init(admin, "x", passwords(admin, fresh_server))


def test_a_url_keeps_its_server_when_role_and_database_change() -> None:
    url = "postgresql://postgres:p%40ss@db.example:6432/postgres?sslmode=require"
    assert roles.with_role(url, "serai_app", "a/b@c", "hôtel") == (
        "postgresql://serai_app:a%2Fb%40c@db.example:6432/h%C3%B4tel?sslmode=require"
    )
    assert roles.with_database(url, "x") == "postgresql://postgres:p%40ss@db.example:6432/x?sslmode=require"
    assert roles.database_of(roles.with_role(url, "a", None, "hôtel")) == "hôtel"


async def test_a_password_that_sql_could_misread_is_refused(fresh_server: embedded.Embedded) -> None:
    with pytest.raises(ValueError, match="backslash"):
        await roles.init(fresh_server.url(), "x", {"serai_app": "a\\b"})
