"""The pool: one company never holds all of it."""

from __future__ import annotations

from contextlib import AsyncExitStack
from uuid import uuid4

import pytest

from serai.kernel.errors import Unavailable
from serai.runtime.db import pool
from serai.runtime.db.pool import Database

pytestmark = pytest.mark.integration


async def test_the_others_find_a_connection_while_one_company_holds_its_part(
    database: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "PATIENCE", 0.2)
    db = Database(database["serai_app"], database["serai_relay"], size=4)
    await db.open()
    greedy, modest = uuid4(), uuid4()
    async with AsyncExitStack() as held:
        for _ in range(3):
            await held.enter_async_context(db.read(greedy))
        with pytest.raises(Unavailable, match="company's part"):
            async with db.read(greedy):
                pass
        async with db.read(modest) as tx:
            assert await tx.fetchval("select app.current_tenant()") == modest
    async with db.read(greedy) as tx:
        assert await tx.fetchval("select app.current_tenant()") == greedy
    await db.close()
