"""`serai db` as it is typed: on the embedded server and on an external one."""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from tests.cli.test_main import serai

pytestmark = pytest.mark.integration
EXTERNAL = os.environ.get("SERAI_TEST_ADMIN", "postgresql://postgres@127.0.0.1:5432/postgres")


@pytest.fixture
def home() -> Iterator[str]:
    """A data folder that the embedded server's user can reach."""
    folder = Path(tempfile.mkdtemp(prefix="serai-", dir="/tmp"))
    folder.chmod(0o711)
    yield str(folder)
    shutil.rmtree(folder)


@pytest.fixture
def external() -> Iterator[str]:
    """The name of a database on the external server, dropped afterwards."""
    name = f"serai_cli_{uuid.uuid4().hex[:12]}"

    async def drop() -> None:
        admin: Any = await asyncpg.connect(EXTERNAL, timeout=30)
        await admin.execute(f"drop database if exists {name} with (force)")
        await admin.close()

    try:
        asyncio.run(drop())
    except (OSError, asyncpg.PostgresError):
        if os.environ.get("SERAI_REQUIRE_BROKERS") == "1":
            raise
        pytest.skip("no external PostgreSQL answers")
    yield name
    asyncio.run(drop())


def test_the_embedded_database_is_made_migrated_and_told_about(home: str) -> None:
    made = serai("db", "init", SERAI_DATA_DIR=home)
    assert made.returncode == 0, made.stderr
    before = serai("db", "status", SERAI_DATA_DIR=home)
    assert before.returncode == 1
    assert "missing  0001_house" in before.stdout
    migrated = serai("db", "migrate", SERAI_DATA_DIR=home)
    assert migrated.returncode == 0, migrated.stderr
    assert "up to date" in migrated.stderr
    after = serai("db", "status", SERAI_DATA_DIR=home)
    assert after.returncode == 0, after.stderr
    assert after.stdout.startswith("server   PostgreSQL 18.")
    assert not (Path(home) / "postgres" / "data" / "postmaster.pid").exists()


@pytest.mark.brokers
def test_an_external_database_is_made_and_its_lines_are_all_that_is_needed(external: str, tmp_path: Path) -> None:
    made = serai("db", "init", "--database", external, SERAI_ADMIN_URL=EXTERNAL)
    assert made.returncode == 0, made.stderr
    lines = dict(line.split("=", 1) for line in made.stdout.splitlines())
    assert set(lines) == {"SERAI_DATABASE_URL", "SERAI_RELAY_URL", "SERAI_OWNER_URL", "SERAI_BACKUP_URL"}
    assert all(external in url for url in lines.values())
    assert serai("db", "status", **lines).returncode == 1
    assert serai("db", "migrate", **lines).returncode == 0
    assert serai("db", "status", **lines).returncode == 0
    again = serai("db", "init", "--database", external, SERAI_ADMIN_URL=EXTERNAL)
    assert again.returncode == 0


def test_making_roles_without_an_administrator_is_refused_in_words() -> None:
    done = serai("db", "init", DATABASE_URL="postgresql://serai_app@h/d")
    assert done.returncode == 1
    assert "SERAI_ADMIN_URL" in done.stderr


def test_migrating_without_the_owner_is_refused_in_words() -> None:
    done = serai("db", "migrate", DATABASE_URL="postgresql://serai_app@h/d")
    assert done.returncode == 1
    assert "SERAI_OWNER_URL" in done.stderr
