"""Publishes the journal to the transports, at least once and in order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import structlog

from serai.kernel.actor import system
from serai.runtime.events import journal
from serai.runtime.jobs import cursors
from serai.runtime.transports.port import Message, Transport
from serai.runtime.work import House, Work

log = structlog.get_logger()
BATCH = 500


class Relay:
    """One reader a transport; one that is down delays its own messages only."""

    def __init__(self, house: House, transports: Sequence[Transport], only: UUID | None = None) -> None:
        """The cursor of a transport is kept under `relay:<name>`."""
        self._house, self._only = house, only
        self._transports = {f"relay:{one.name}": one for one in transports}

    async def turn(self, *, impatient: bool = False) -> int:
        """Publish a batch of every stream with news; returns how many messages went out."""
        if not self._transports:
            return 0
        now = self._house.clock.now() + (timedelta(days=1) if impatient else timedelta(0))
        sent = 0
        for tenant_id, stream, reader, _ in await cursors.behind(
            self._house.db, list(self._transports), now, self._only
        ):
            sent += await self._publish(tenant_id, stream, reader)
        return sent

    async def _publish(self, tenant_id: UUID, stream: UUID, reader: str) -> int:
        async def act(work: Work) -> int:
            cursor = await cursors.claim(work.tx, tenant_id, stream, reader)
            if cursor is None:
                return 0
            facts = await journal.read(work.tx, tenant_id, stream, cursor["position"], BATCH, cursor["at"])
            if not facts:
                return 0
            catalog = self._house.catalog
            try:
                batch = [Message(catalog[fact.type], catalog.envelope(fact)) for fact in facts]
                await self._transports[reader].publish(batch)
            except Exception as error:  # noqa: BLE001  # whatever a broker's library raises, the batch comes again
                failures = cursor["failures"] + 1
                rest = timedelta(seconds=min(30.0, 0.1 * 2 ** min(failures, 10)))
                log.warning("relay.failed", transport=reader, failures=failures, error=str(error))
                await cursors.fail(work.tx, tenant_id, stream, reader, failures, work.now + rest)
                return 0
            await cursors.move(work.tx, tenant_id, stream, reader, facts[-1].position, facts[-1].at)
            return len(facts)

        return await self._house.do(system(tenant_id, reader), act)
