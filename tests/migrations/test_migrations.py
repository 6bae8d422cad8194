"""Migrations: from nothing to now, once; they make what the models say."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import asyncpg
import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from serai.runtime.db import migrate, programs, schema

pytestmark = pytest.mark.integration
STAMP = re.compile(r"ALTER TABLE ONLY \S+ ALTER COLUMN \S+ SET \(pg_attver=\d+\);")
"""Some builds of PostgreSQL 15 number every column as they make it; nobody may set or reset that number."""
EMPTY = """
drop owned by serai_directory, serai_status cascade;
drop schema app cascade;
drop schema directory cascade;
drop schema if exists jobs cascade;
create schema app;
create schema directory;
grant usage on schema app to serai_app, serai_relay, serai_backup, serai_status;
grant usage on schema directory to serai_app, serai_backup;
"""


@pytest.fixture
async def blank(database: dict[str, str]) -> dict[str, str]:
    """URLs of a database with roles and schemas and no table in them."""
    owner = await asyncpg.connect(database["serai_owner"])
    await owner.execute(EMPTY)
    await owner.close()
    return database


def dump(url: str) -> list[str]:
    """The schema as pg_dump writes it, without what differs from run to run."""
    text = programs.find().run("pg_dump", "--schema-only", "--schema=app", "--schema=directory", f"--dbname={url}")
    noise = ("--", "\\restrict", "\\unrestrict", "SET ", "SELECT pg_catalog.set_config")
    return [line for line in text.splitlines() if line and not line.startswith(noise) and not STAMP.fullmatch(line)]


def test_our_order_of_steps_is_alembics() -> None:
    config = Config()
    config.set_main_option("script_location", str(migrate.folder()))
    chain = [one.revision for one in reversed(list(ScriptDirectory.from_config(config).walk_revisions()))]
    assert [revision for revision, _ in migrate.steps()] == chain


async def test_an_empty_database_has_everything_before_it(blank: dict[str, str]) -> None:
    for role in ("serai_owner", "serai_app"):
        found = await migrate.status(blank[role])
        assert found.current is None
        assert found.pending == tuple(name for _, name in migrate.steps())


async def test_up_to_date_is_known_to_every_role(database: dict[str, str]) -> None:
    for role in ("serai_owner", "serai_app", "serai_relay", "serai_backup"):
        found = await migrate.status(database[role])
        assert (found.current, found.pending) == (found.head, ())


async def test_migrating_tells_its_progress_and_a_second_time_does_nothing(blank: dict[str, str]) -> None:
    told: list[tuple[int, int, str]] = []
    await migrate.upgrade(blank["serai_owner"], lambda *step: told.append(step), months=1)
    assert told[0][0] == 0
    assert told[-1][0] == told[-1][1] == len(migrate.steps())
    again: list[tuple[int, int, str]] = []
    found = await migrate.upgrade(blank["serai_owner"], lambda *step: again.append(step), months=1)
    assert found.pending == ()
    assert len(again) == 1


async def test_two_at_once_migrate_once(blank: dict[str, str]) -> None:
    first, second = await asyncio.gather(*(migrate.upgrade(blank["serai_owner"], months=1) for _ in range(2)))
    assert first == second == migrate.Status(first.head, first.head, ())


async def test_a_step_that_fails_leaves_nothing_behind(blank: dict[str, str]) -> None:
    owner = await asyncpg.connect(blank["serai_owner"])
    await owner.execute("create table app.journal (in_the_way int)")
    with pytest.raises(migrate.MigrationError, match="0001_house failed and was rolled back"):
        await migrate.upgrade(blank["serai_owner"], months=1)
    assert await owner.fetchval("select count(*) from pg_tables where schemaname in ('app', 'directory')") == 1
    await owner.execute("drop table app.journal")
    assert (await migrate.upgrade(blank["serai_owner"], months=1)).pending == ()
    await owner.close()


@pytest.mark.slow
async def test_a_lock_that_somebody_holds_is_waited_for_five_seconds(database: dict[str, str]) -> None:
    owner = await asyncpg.connect(database["serai_owner"])
    await owner.execute("begin; lock table app.schema_version")
    with pytest.raises(migrate.MigrationError, match="long transaction"):
        await asyncio.wait_for(migrate.upgrade(database["serai_owner"], months=1), 8)
    await owner.execute("rollback")
    await owner.close()


async def test_only_the_owner_migrates(blank: dict[str, str]) -> None:
    with pytest.raises(migrate.MigrationError, match="permission denied"):
        await migrate.upgrade(blank["serai_app"], months=1)


async def test_what_migrations_make_is_what_the_models_say(blank: dict[str, str]) -> None:
    owner = await asyncpg.connect(blank["serai_owner"])
    await owner.execute(schema.ddl())
    models = dump(blank["serai_owner"])
    await owner.execute(EMPTY)
    await migrate.upgrade(blank["serai_owner"], months=0)
    await owner.execute("drop table app.schema_version")
    await owner.close()
    assert dump(blank["serai_owner"]) == models


async def test_the_journals_months_are_made_ahead_and_guarded(blank: dict[str, str]) -> None:
    await migrate.upgrade(blank["serai_owner"], months=3)
    owner = await asyncpg.connect(blank["serai_owner"])
    months = await owner.fetch(
        "select c.relname, c.relforcerowsecurity as forced,"
        " (select count(*) from pg_policies p where p.tablename = c.relname) as policies"
        " from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'app.journal'::regclass"
    )
    await owner.close()
    assert len(months) == 4
    assert all(month["forced"] and month["policies"] == 2 for month in months)


def test_asking_for_the_version_does_not_load_alembic() -> None:
    code = "import sys, serai.runtime.db.guard; sys.exit('alembic' in sys.modules or 'sqlalchemy' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.slow
def test_the_wheel_carries_the_migrations(tmp_path: Path) -> None:
    command = (sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path))
    env = {**os.environ, "SERAI_SKIP_UI": "1"}
    subprocess.run(command, cwd=Path(__file__).parents[2], env=env, check=True, capture_output=True)
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        inside = {name.removeprefix("serai/_migrations/") for name in wheel.namelist() if "/_migrations/" in name}
    here = {
        str(path.relative_to(migrate.folder()))
        for path in migrate.folder().rglob("*.*")
        if "__pycache__" not in path.parts
    }
    assert here <= inside
    assert "sql/0001_house.sql" in inside


async def test_what_was_written_before_its_month_was_made_moves_there(blank: dict[str, str]) -> None:
    await migrate.upgrade(blank["serai_owner"], months=0)
    owner = await asyncpg.connect(blank["serai_owner"])
    await owner.execute(
        "insert into app.journal (tenant_id, stream, position, at, id, subject, version, type, payload, changes, "
        "actor_kind, actor, source, correlation) select gen_random_uuid(), gen_random_uuid(), n, now() + n * "
        "interval '20 days', gen_random_uuid(), gen_random_uuid(), 1, 't', '{}', '{}', 'system', '', '', '' "
        "from generate_series(1, 40) n"
    )
    before = await owner.fetch("select * from app.journal order by position")
    await migrate.upgrade(blank["serai_owner"], months=12)
    assert await owner.fetch("select * from app.journal order by position") == before
    late = await owner.fetchval("select count(*) from app.journal_default")
    assert 0 < late < len(before) - 10
    await owner.close()
