"""Transactions as types: a signature says whether it writes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import asyncpg

Row = asyncpg.Record
Connection = Any
"""An asyncpg connection or its pool proxy."""


class ReadTx:
    """An open transaction of one tenant that only reads."""

    def __init__(self, connection: Connection, flush: Callable[[], Awaitable[None]] | None = None) -> None:
        """`flush` sends what is still held back, before each statement.

        `kept` is for who reads the same record again and again; who changes it takes it out.
        """
        self._connection = connection
        self._flush = flush
        self.kept: dict[UUID, Any] = {}

    async def fetch(self, sql: str, *values: Any) -> list[Row]:
        """All rows."""
        if self._flush:
            await self._flush()
        return await self._connection.fetch(sql, *values)

    async def fetchrow(self, sql: str, *values: Any) -> Row | None:
        """The first row, if any."""
        if self._flush:
            await self._flush()
        return await self._connection.fetchrow(sql, *values)

    async def fetchval(self, sql: str, *values: Any) -> Any:
        """The first column of the first row, or None."""
        if self._flush:
            await self._flush()
        return await self._connection.fetchval(sql, *values)


class Tx(ReadTx):
    """An open transaction of one tenant that may write."""

    async def execute(self, sql: str, *values: Any) -> str:
        """Run it; returns the command tag, such as `UPDATE 1`."""
        if self._flush:
            await self._flush()
        return await self._connection.execute(sql, *values)

    async def executemany(self, sql: str, rows: list[tuple[Any, ...]]) -> None:
        """Run it once a row, in one round trip."""
        if self._flush:
            await self._flush()
        await self._connection.executemany(sql, rows)
