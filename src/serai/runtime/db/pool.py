"""The pools: one login role each, a tenant entered with every transaction."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from hashlib import blake2b
from typing import Any
from uuid import UUID

import asyncpg
import orjson

from serai.kernel.errors import Unavailable
from serai.runtime.db.tx import Connection, ReadTx
from serai.runtime.wire import to_json

LOST = (
    OSError,
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.InsufficientResourcesError,
    asyncpg.OperatorInterventionError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # a connection that broke in the middle of an answer
)
"""What asyncpg raises when the server cannot be reached, goes away, or has no room."""


RELAY = 8
"""The most connections of serai_relay: one for each transport that publishes, and some to look."""


SHARE = 0.75
"""Of the application's connections, what one company may hold at a time: the others always find one."""
PATIENCE = 5
"""Seconds to wait for a connection."""


class _PlainReset(asyncpg.Connection):
    """The tenant is only ever set inside a transaction, so there is nothing to reset."""

    def get_reset_query(self) -> str:
        return ""


def _encode(value: Any) -> str:
    return to_json(value).decode()


async def _prepare(connection: Any) -> None:
    for kind in ("json", "jsonb"):
        await connection.set_type_codec(
            kind,
            schema="pg_catalog",
            encoder=_encode,
            decoder=orjson.loads,
            format="text",
        )


class Database:
    """Connections of serai_app and of serai_relay to one database."""

    def __init__(self, app_url: str, relay_url: str, *, size: int = 16) -> None:
        """Nothing is opened yet; `size` is the most connections of the application."""
        self._urls = (app_url, relay_url)
        self._size = size
        self._app: Any = None
        self._relay: Any = None
        self._shares: defaultdict[UUID, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(_share(size)))

    async def open(self) -> None:
        """Open both pools."""
        try:
            self._app = await self._pool(self._urls[0], self._size)
            self._relay = await self._pool(self._urls[1], RELAY)
        except LOST as lost:
            raise Unavailable("The database cannot be reached.") from lost

    async def _pool(self, url: str, size: int) -> Any:
        return await asyncpg.create_pool(
            url,
            min_size=1,
            max_size=size,
            init=_prepare,
            connection_class=_PlainReset,
            statement_cache_size=500,
            max_cached_statement_lifetime=0,
            command_timeout=60,
            server_settings={"idle_in_transaction_session_timeout": "5000", "application_name": "serai"},
        )

    async def close(self) -> None:
        """Close both pools; what is running is waited for, for ten seconds."""
        for pool in (self._app, self._relay):
            if pool is not None:
                try:
                    await asyncio.wait_for(pool.close(), 10)
                except TimeoutError:
                    pool.terminate()

    @asynccontextmanager
    async def begin(self, tenant_id: UUID, *, read_only: bool = False) -> AsyncGenerator[Connection]:
        """A transaction of one tenant: committed at the end, rolled back on anything raised or cancelled."""
        mode = "begin read only" if read_only else "begin"
        async with self._share(tenant_id), self._borrowed(self._app) as connection:
            try:
                # the text is built from a UUID alone, so that one message opens and enters
                await connection.execute(f"{mode}; select app.enter_tenant('{UUID(int=tenant_id.int)}')")
                yield connection
                await connection.execute("commit")
            except BaseException:
                await _roll_back(connection)
                raise

    @asynccontextmanager
    async def read(self, tenant_id: UUID) -> AsyncGenerator[ReadTx]:
        """A read-only transaction of one tenant."""
        with translated():
            async with self.begin(tenant_id, read_only=True) as connection:
                yield ReadTx(connection)

    @asynccontextmanager
    async def relay(self) -> AsyncGenerator[ReadTx]:
        """A connection of serai_relay, which sees keys and due moments of every tenant."""
        with translated():
            async with self._borrowed(self._relay) as connection:
                yield ReadTx(connection)

    @asynccontextmanager
    async def listening(self) -> AsyncGenerator[Connection]:
        """A plain connection of serai_relay outside the pool, for who listens or works for long."""
        with translated():
            connection: Connection = await asyncpg.connect(
                self._urls[1], timeout=PATIENCE, command_timeout=60, server_settings={"application_name": "serai jobs"}
            )
            try:
                yield connection
            finally:
                with suppress(*LOST, TimeoutError):
                    await connection.close(timeout=1)

    @asynccontextmanager
    async def alone(self, what: str) -> AsyncGenerator[bool]:
        """Whether nobody else does `what` now; it stays so until the end of the block, or of this process.

        No transaction is open meanwhile.
        """
        key = int.from_bytes(blake2b(what.encode(), digest_size=8).digest(), signed=True)
        async with self._borrowed(self._relay) as connection:
            mine: bool = await connection.fetchval("select pg_try_advisory_lock($1)", key)
            try:
                yield mine
            finally:
                if mine:
                    await _let_go(connection, key)

    @asynccontextmanager
    async def directory(self) -> AsyncGenerator[ReadTx]:
        """A connection of the application outside any tenant, for the sign-in's look-ups."""
        with translated():
            async with self._borrowed(self._app) as connection:
                yield ReadTx(connection)

    @asynccontextmanager
    async def _share(self, tenant_id: UUID) -> AsyncGenerator[None]:
        share = self._shares[tenant_id]
        try:
            async with asyncio.timeout(PATIENCE if share.locked() else None):
                await share.acquire()
        except TimeoutError:
            raise Unavailable("Your company's part of the database is busy; try again.") from None
        try:
            yield
        finally:
            share.release()

    @asynccontextmanager
    async def _borrowed(self, pool: Any) -> AsyncGenerator[Connection]:
        try:
            connection = await pool.acquire(timeout=PATIENCE)
        except (TimeoutError, *LOST) as lost:
            raise Unavailable("The database cannot answer now; try again.") from lost
        try:
            yield connection
        finally:
            await pool.release(connection)


def _share(size: int) -> int:
    return max(2, int(size * SHARE))


class translated:  # noqa: N801  # a context manager that reads as a word
    """A database that is away is said to be away, and nothing else."""

    def __enter__(self) -> None:
        """Nothing to do."""

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        """Translate what asyncpg said; everything else goes on as it is."""
        if isinstance(error, LOST):
            raise Unavailable("The database cannot answer now; try again.") from error


async def _let_go(connection: Connection, key: int) -> None:
    try:
        await connection.execute("select pg_advisory_unlock($1)", key)
    except BaseException:
        _terminate(connection)
        raise


async def _roll_back(connection: Connection) -> None:
    """Undo what is open; a connection that cannot is closed, and what went wrong before is what is told."""
    try:
        await connection.execute("rollback")
    except LOST:
        _terminate(connection)
    except BaseException:
        _terminate(connection)
        raise


def _terminate(connection: Connection) -> None:
    with suppress(asyncpg.InterfaceError):  # the pool may have noticed before us
        connection.terminate()
