"""One unit of work: a transaction with its actor, instant, saves and facts."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Protocol, TypeVar
from uuid import UUID, uuid4

import asyncpg

from serai.kernel.actor import Actor
from serai.kernel.clock import Clock
from serai.kernel.errors import Busy, Conflict, Invalid, Refusal, Stale, Unavailable
from serai.kernel.event import Event
from serai.kernel.ids import new_id
from serai.runtime.db.pool import LOST, Database
from serai.runtime.db.tx import Connection, ReadTx, Tx
from serai.runtime.events import journal
from serai.runtime.events.catalog import Catalog
from serai.runtime.files.store import Files

Result = TypeVar("Result")
RETRIED = (asyncpg.DeadlockDetectedError, asyncpg.SerializationError)
ATTEMPTS = 3


class Work:
    """The transaction of one command. Only the edge opens and commits it."""

    def __init__(
        self, connection: Connection, actor: Actor, now: datetime, origin: journal.Origin, files: Files
    ) -> None:
        """Made by `House.do`."""
        self.files = files
        self.actor = actor
        self.now = now
        self.origin = origin
        self.tenant_id = actor.tenant_id
        self.tx = Tx(connection, self._flush)
        self._connection = connection
        self._held: tuple[str, tuple[Any, ...], type[Refusal]] | None = None
        self._events: list[Event] = []

    def new_id(self) -> UUID:
        """An id that is born now."""
        return new_id(int(self.now.timestamp() * 1000))

    async def save(self, sql: str, *values: Any, missing: type[Refusal] = Stale) -> None:
        """Hold back one write of exactly one row (`… returning …`), to be fused with the journal.

        A later save or any read sends it first. Where it touches no row, `missing` is raised and
        the whole transaction goes.
        """
        await self._flush()
        self._held = (sql, values, missing)

    def record(self, events: Iterable[Event]) -> None:
        """Facts to append to the journal when this commits."""
        self._events += events

    def caused_by(self, cause: UUID, correlation: str) -> None:
        """Say which fact this work answers."""
        self.origin = replace(self.origin, cause=cause, correlation=correlation)

    @property
    def recorded(self) -> tuple[Event, ...]:
        """The facts recorded so far."""
        return tuple(self._events)

    @asynccontextmanager
    async def part(self) -> AsyncGenerator[None]:
        """A part that may fail alone: what it wrote and recorded is undone with it, and its error goes on."""
        await self._flush()
        told = len(self._events)
        await self._connection.execute("savepoint part")
        try:
            yield
            await self._flush()
        except Exception:
            self._held = None
            del self._events[told:]
            await self._connection.execute("rollback to savepoint part")
            raise
        await self._connection.execute("release savepoint part")

    async def _flush(self) -> None:
        if self._held:
            (sql, values, missing), self._held = self._held, None
            if not await self._connection.fetch(sql, *values):
                raise missing

    async def finish(self) -> None:
        """Send what is held back and the facts; the counters are taken last, in ascending order."""
        streams: dict[UUID, list[Event]] = {}
        for event in self._events:
            streams.setdefault(event.stream, []).append(event)
        if len(streams) != 1:
            await self._flush()
        for stream in sorted(streams):
            await self._append(stream, streams[stream])
        await self._flush()

    async def _append(self, stream: UUID, events: list[Event]) -> None:
        sql, values, missing = self._held or (None, (), Conflict)
        self._held = None
        statement = journal.statement(sql, len(values), len(events))
        arguments = journal.arguments(self.origin, stream, events)
        tag: str = await self._connection.execute(statement, *values, *arguments)
        if tag != f"INSERT 0 {len(events)}":
            raise missing


class Wake:
    """Rings when something was committed in this process."""

    def __init__(self) -> None:
        """Nobody waits yet."""
        self._bell = asyncio.Event()

    def ring(self) -> None:
        """Wake all who wait."""
        self._bell.set()
        self._bell = asyncio.Event()

    async def wait(self, seconds: float) -> None:
        """Until it rings, or this many seconds."""
        bell = self._bell
        try:
            await asyncio.wait_for(bell.wait(), seconds)
        except TimeoutError:
            return


class Authenticate(Protocol):
    """Who is calling."""

    async def __call__(self, headers: Mapping[str, str], *, anew: bool = False) -> Actor:
        """The actor of these headers; `anew` believes no earlier answer."""
        ...


@dataclass(slots=True)
class House:
    """What a process of Serai works with, put together by the assembly."""

    db: Database
    clock: Clock
    catalog: Catalog
    authenticate: Authenticate
    files: Files
    demo: bool = False
    wake: Wake = field(default_factory=Wake)
    shelf: dict[str, Any] = field(default_factory=dict[str, Any])

    async def do(
        self,
        actor: Actor,
        act: Callable[[Work], Awaitable[Result]],
        *,
        source: str = "",
        correlation: str | None = None,
        cause: UUID | None = None,
    ) -> Result:
        """Run a command in one transaction; deadlocks are tried again, constraint names become refusals."""
        correlation = correlation or uuid4().hex
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return await self._once(actor, act, source, correlation, cause)
            except RETRIED:
                if attempt == ATTEMPTS:
                    raise Busy from None
                await asyncio.sleep(0.01 * attempt)
        raise AssertionError

    async def _once(
        self, actor: Actor, act: Callable[[Work], Awaitable[Result]], source: str, correlation: str, cause: UUID | None
    ) -> Result:
        now = self.clock.now()
        origin = journal.Origin(
            actor.tenant_id, now, actor.kind.value, actor.id, actor.name, source, correlation, cause
        )
        with refused():
            async with self.db.begin(actor.tenant_id) as connection:
                work = Work(connection, actor, now, origin, self.files)
                result = await act(work)
                await work.finish()
        if work.recorded:
            self.wake.ring()
        return result

    async def read(self, actor: Actor, act: Callable[[ReadTx], Awaitable[Result]]) -> Result:
        """Run a query in one read-only transaction."""
        with refused():
            async with self.db.read(actor.tenant_id) as tx:
                return await act(tx)


class refused:  # noqa: N801  # a context manager that reads as a word
    """Errors of the database become refusals that a person understands."""

    def __enter__(self) -> None:
        """Nothing to do."""

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        """Translate what the database said; everything else goes on as it is."""
        if isinstance(error, asyncpg.UniqueViolationError | asyncpg.ExclusionViolationError):
            raise Conflict(constraint=error.constraint_name) from error
        if isinstance(error, asyncpg.ForeignKeyViolationError):
            raise Invalid("It refers to something that is not here.", constraint=error.constraint_name) from error
        if isinstance(error, asyncpg.CheckViolationError | asyncpg.DataError):
            raise Invalid("A value cannot be accepted.") from error
        if isinstance(error, asyncpg.LockNotAvailableError):
            raise Busy("The same request is still running; try again.", retry_after=2) from error
        if isinstance(error, RETRIED):
            return
        if isinstance(error, LOST):
            raise Unavailable("The database cannot answer now; try again.") from error
