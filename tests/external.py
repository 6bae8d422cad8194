"""What depends on the PostgreSQL below, on one that is not ours.

With SERAI_FULL all that has a database runs there.
"""

from __future__ import annotations

import asyncio
import os
import sys

import asyncpg
import pytest

ADMIN = "SERAI_TEST_ADMIN"
LOCAL = "postgresql://postgres@127.0.0.1:5432/postgres"
OLDEST = 150_000
RING = ("migrations", "contracts", "runtime", "acceptance")
"""Folders of tests: roles, rows of tenants, transactions, the journal, and a hotel that goes through its day."""


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
    ring = [] if os.environ.get("SERAI_FULL") else [f"tests/{one}" for one in RING]
    return pytest.main(["-q", *ring, *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
