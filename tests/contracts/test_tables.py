"""All tables: closed to other tenants, and ready to be spread."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Any

import asyncpg
import pytest

from serai import assembly

WITHOUT_TENANT = {"schema_version", "alembic_version"}
"""Tables of the house itself in the schema of the tenants."""
TABLES = """
select c.relname as name, c.relrowsecurity as secured, c.relforcerowsecurity as forced,
       pg_get_userbyid(c.relowner) as owner,
       array(select attname::text from pg_attribute a
             where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
       array(select p.polname::text from pg_policy p where p.polrelid = c.oid) as policies
from pg_class c where c.relnamespace = 'app'::regnamespace and c.relkind in ('r', 'p')
"""
KEYS = """
select c.relname as name, i.indexrelid::regclass::text as index, i.indisprimary as key, a.attname as first
from pg_index i
join pg_class c on c.oid = i.indrelid
left join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
where c.relnamespace = 'app'::regnamespace and (i.indisunique or i.indisexclusion)
"""
REFERENCES = """
select conrelid::regclass::text as name, conname, confdeltype, a.attname as first
from pg_constraint k join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
where k.contype = 'f' and k.connamespace = 'app'::regnamespace
"""
NAMES = """
select conname as name from pg_constraint where connamespace = 'app'::regnamespace and contype <> 'n'
union select relname from pg_class where relnamespace = 'app'::regnamespace
union select tgname from pg_trigger where not tgisinternal
"""
DEFINERS = """
select p.proname as name, pg_get_userbyid(p.proowner) as owner, r.rolbypassrls or r.rolsuper as above,
       exists (select 1 from pg_class c where c.relowner = p.proowner and c.relnamespace = 'app'::regnamespace) as owns
from pg_proc p join pg_roles r on r.oid = p.proowner
where p.prosecdef and p.pronamespace in ('app'::regnamespace, 'directory'::regnamespace)
"""
REACH = """
select c.relnamespace::regnamespace::text || '.' || c.relname as name from pg_class c
where c.relkind in ('r', 'p', 'v', 'm') and c.relnamespace = 'directory'::regnamespace
  and has_table_privilege($1, c.oid, 'select, insert, update, delete')
"""


@pytest.fixture
async def catalogue(database: dict[str, str]) -> AsyncGenerator[Any]:
    """A connection as the owner to a migrated database."""
    connection: Any = await asyncpg.connect(database["serai_owner"])
    yield connection
    await connection.close()


async def tenant_tables(catalogue: Any) -> dict[str, Any]:
    return {one["name"]: one for one in await catalogue.fetch(TABLES) if "tenant_id" in one["columns"]}


async def test_every_table_of_a_slice_is_there_and_only_named_ones_have_no_tenant(catalogue: Any) -> None:
    there = await tenant_tables(catalogue)
    declared = {name for slice_ in assembly.SLICES for name in slice_.tables}
    assert declared <= there.keys()
    assert {one["name"] for one in await catalogue.fetch(TABLES)} - there.keys() <= WITHOUT_TENANT


async def test_every_table_is_closed_to_other_tenants_even_for_its_owner(catalogue: Any) -> None:
    there = await tenant_tables(catalogue)
    assert len(there) > 10
    open_ = [name for name, one in there.items() if not (one["secured"] and one["forced"])]
    assert open_ == []
    assert [name for name, one in there.items() if not {"tenant", "owner"} <= set(one["policies"])] == []
    assert {one["owner"] for one in there.values()} == {"serai_owner"}


async def test_every_key_and_every_unique_or_exclusion_index_begins_with_the_tenant(catalogue: Any) -> None:
    there = await tenant_tables(catalogue)
    keys = [one for one in await catalogue.fetch(KEYS) if one["name"] in there]
    assert [one["index"] for one in keys if one["first"] != "tenant_id"] == []
    assert there.keys() - {one["name"] for one in keys if one["key"]} == set()


async def test_references_stay_within_a_tenant_and_set_nothing_by_themselves(catalogue: Any) -> None:
    references = await catalogue.fetch(REFERENCES)
    assert [one["conname"] for one in references if one["first"] != "tenant_id"] == []
    assert [one["conname"] for one in references if one["confdeltype"] not in {b"a", b"c"}] == []


async def test_no_name_is_longer_than_fifty_characters(catalogue: Any) -> None:
    assert [one["name"] for one in await catalogue.fetch(NAMES) if len(one["name"]) > 50] == []


async def test_no_function_brings_the_rights_of_an_owner_of_tenant_tables(catalogue: Any) -> None:
    definers = await catalogue.fetch(DEFINERS)
    assert [one["name"] for one in definers if one["above"]] == []
    assert [one["name"] for one in definers if one["owns"] and one["name"] != "make_journal_partitions"] == []


@pytest.mark.parametrize("role", ["serai_app", "serai_relay"])
async def test_the_directory_is_reached_through_its_functions_alone(catalogue: Any, role: str) -> None:
    assert [one["name"] for one in await catalogue.fetch(REACH, role)] == []


async def test_a_session_without_a_tenant_sees_nothing(catalogue: Any, database: dict[str, str]) -> None:
    application: Any = await asyncpg.connect(database["serai_app"])
    for name in await tenant_tables(catalogue):
        if await catalogue.fetchval("select has_table_privilege('serai_app', 'app.' || $1, 'select')", name):
            assert await application.fetchval(f"select count(*) from app.{name}") == 0
    await application.close()
