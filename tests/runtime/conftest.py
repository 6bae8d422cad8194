"""Both servers that Serai must run on: embedded, and an external PostgreSQL."""

from __future__ import annotations

import os
import tempfile
import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from shutil import rmtree

import asyncpg
import pytest

from serai.runtime.db import embedded

EXTERNAL = os.environ.get("SERAI_TEST_ADMIN", "postgresql://postgres@127.0.0.1:5432/postgres")


@pytest.fixture(scope="session")
def fresh_server() -> Iterator[embedded.Embedded]:
    """An embedded server that nothing was done to yet."""
    base = Path(tempfile.mkdtemp(prefix="serai-", dir="/tmp"))
    base.chmod(0o711)
    with embedded.start(base / "pg") as server:
        yield server
    rmtree(base)


@pytest.fixture(params=["embedded", pytest.param("external", marks=pytest.mark.brokers)])
async def admin_url(request: pytest.FixtureRequest) -> str:
    """An administrator's URL; the external one's test is left out where no server answers and none is required."""
    if request.param == "embedded":
        return request.getfixturevalue("fresh_server").url()
    try:
        await (await asyncpg.connect(EXTERNAL, timeout=30)).close()
    except (OSError, asyncpg.PostgresError):
        if os.environ.get("SERAI_REQUIRE_BROKERS") == "1":
            raise
        pytest.skip("no external PostgreSQL answers")
    return EXTERNAL


@pytest.fixture
async def empty(admin_url: str) -> AsyncIterator[str]:
    """The name of a database that does not exist yet and is dropped afterwards."""
    name = f"serai_new_{uuid.uuid4().hex[:12]}"
    yield name
    admin = await asyncpg.connect(admin_url)
    await admin.execute(f"drop database if exists {name} with (force)")
    await admin.close()
