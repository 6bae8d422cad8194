"""Publishes the journal to one transport, at least once and in order."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta
from uuid import UUID

import structlog

from serai.kernel.actor import Actor, system
from serai.kernel.clock import SystemClock
from serai.runtime import telemetry
from serai.runtime.events import journal
from serai.runtime.events.catalog import Incoming
from serai.runtime.jobs import cursors
from serai.runtime.jobs.cursors import Cursor
from serai.runtime.transports.port import Message, Transport
from serai.runtime.work import House

log = structlog.get_logger()
BATCH = 500
AT_ONCE = 20
"""Batches of one stream before the others have their turn."""
LONGEST = 30.0
"""Seconds between two attempts at a broker that stays away."""
MEASURED = 5.0
"""Seconds between two looks for /metrics at how far behind it is."""
FOREVER = datetime(9999, 1, 1, tzinfo=UTC)
PREFIX = "relay:"
"""Stands before a transport's name in the name of its cursor."""


class Relay:
    """The reader of one transport: it delays nobody else's messages when it is down.

    One process at a time publishes a stream, under a lock that ends with that process. The batch goes out while no
    transaction is open; then the cursor moves, unless it was placed elsewhere meanwhile.
    """

    def __init__(self, house: House, transport: Transport, only: UUID | None = None) -> None:
        """The cursor is kept under `relay:<name>`. Brokers live in the machine's time, whatever the house's is."""
        self._house, self._only = house, only
        self._transport = transport
        self._reader = PREFIX + transport.name
        self._measured = 0.0
        self._clock = SystemClock()

    @property
    def name(self) -> str:
        """As in the log."""
        return f"relay {self._transport.name}"

    async def turn(self, *, impatient: bool = False) -> int:
        """Publish a batch of every stream with news; returns how many messages went out."""
        now = FOREVER if impatient else self._clock.now()
        sent = 0
        for tenant_id, stream, _, _ in await cursors.behind(self._house.db, [self._reader], now, self._only):
            sent += await self._publish(system(tenant_id, self._reader), stream)
        if time.monotonic() - self._measured > MEASURED:
            await self._measure()
        return sent

    async def behind(self) -> bool:
        """Whether there is news to come; rests after failures do not count."""
        return bool(await cursors.behind(self._house.db, [self._reader], FOREVER, self._only))

    async def _measure(self) -> None:
        """Tell /metrics how far behind it is."""
        self._measured = time.monotonic()
        for one in await cursors.standings(self._house.db, self._reader, self._only):
            telemetry.behind.labels(self._transport.name).set(one.behind)

    async def _publish(self, actor: Actor, stream: UUID) -> int:
        async with self._house.db.alone(f"{self._reader} {stream}") as mine:
            if not mine:
                return 0
            cursor = await self._house.read(actor, lambda tx: cursors.peek(tx, actor.tenant_id, stream, self._reader))
            return await self._from(actor, stream, cursor)

    async def _from(self, actor: Actor, stream: UUID, cursor: Cursor) -> int:
        """Publish batch after batch; the next one is read while the last is on its way."""
        sent = 0
        facts = await self._read(actor, stream, cursor)
        for _ in range(AT_ONCE):
            if not facts:
                break
            then = Cursor(facts[-1].position, facts[-1].at)
            following = asyncio.ensure_future(self._read(actor, stream, then))
            try:
                await self._hand_out(facts)
            except Exception as error:  # noqa: BLE001  # whatever a broker's library raises, the batch comes again
                await self._failed(actor, stream, cursor.failures + 1, error)
                await asyncio.gather(following, return_exceptions=True)
                break
            if not await self._advance(actor, stream, cursor.position, facts[-1]):
                await asyncio.gather(following, return_exceptions=True)
                break
            sent += len(facts)
            cursor, facts = then, await following
        return sent

    async def _read(self, actor: Actor, stream: UUID, cursor: Cursor) -> list[Incoming]:
        return await self._house.read(
            actor, lambda tx: journal.read(tx, actor.tenant_id, stream, cursor.position, BATCH, cursor.at)
        )

    async def _hand_out(self, facts: list[Incoming]) -> None:
        catalog = self._house.catalog
        await self._transport.publish([Message(catalog[one.type], catalog.envelope(one)) for one in facts])
        telemetry.published.labels(self._transport.name).inc(len(facts))

    async def _advance(self, actor: Actor, stream: UUID, before: int, last: Incoming) -> bool:
        return await self._house.do(
            actor,
            lambda work: cursors.advance(
                work.tx, actor.tenant_id, stream, self._reader, before, last.position, last.at
            ),
        )

    async def _failed(self, actor: Actor, stream: UUID, failures: int, error: Exception) -> None:
        telemetry.refused.labels(self._transport.name).inc()
        told = f"{type(error).__name__}: {error}"
        log.warning("relay.failed", transport=self._transport.name, failures=failures, error=told)
        rest = timedelta(seconds=min(LONGEST, 0.1 * 2 ** min(failures, 10)))
        await self._house.do(
            actor,
            lambda work: cursors.fail(
                work.tx, actor.tenant_id, stream, self._reader, failures, self._clock.now() + rest
            ),
        )
