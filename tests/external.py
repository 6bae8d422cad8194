"""The tests with a database, run on a PostgreSQL that is not ours."""

from __future__ import annotations

import asyncio
import os
import sys

import asyncpg
import pytest

ADMIN = "SERAI_TEST_ADMIN"
LOCAL = "postgresql://postgres@127.0.0.1:5432/postgres"
OLDEST = 150_000


async def version(admin: str) -> int:
    """The server's version number; an OSError or a PostgresError when it does not let us in."""
    connection = await asyncpg.connect(admin, timeout=30)
    try:
        return int(await connection.fetchval("show server_version_num"))
    finally:
        await connection.close()


def main() -> int:
    """Run the ring where a server answers; where one is required, its absence is a failure."""
    admin = os.environ.get(ADMIN, LOCAL)
    try:
        found = asyncio.run(version(admin))
    except (OSError, asyncpg.PostgresError) as error:
        print(f"  left out: no PostgreSQL lets us in at 127.0.0.1:5432, nor at {ADMIN} ({error})")
        return int(os.environ.get("SERAI_REQUIRE_BROKERS") == "1")
    if found < OLDEST:
        print(f"  PostgreSQL {found // 10_000} is too old: 15 or newer")
        return 1
    print(f"  PostgreSQL {found // 10_000}.{found % 10_000}", flush=True)
    os.environ[ADMIN] = admin
    return pytest.main(["-q", "-m", "integration", *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
