"""Runs the reactions: each fact once a reaction, in its own transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import structlog

from serai.kernel.actor import system
from serai.kernel.errors import Unavailable
from serai.kernel.ids import new_id
from serai.runtime.db.tx import ReadTx
from serai.runtime.events import journal
from serai.runtime.events.catalog import Incoming
from serai.runtime.jobs import cursors
from serai.runtime.slice import Reaction
from serai.runtime.work import House, Work

log = structlog.get_logger()
ATTEMPTS = 4
FAR = 500
"""How many facts that are not for it a cursor may stand behind."""
PAUSES = (0.05, 0.5, 2.0)
"""Seconds of rest after the first, second and third failure; after the fourth the fact is parked."""


class Failed(Exception):
    """A reaction could not be carried out."""

    def __init__(self, fact: Incoming, failures: int, error: Exception) -> None:
        """What failed, how often before, and why."""
        super().__init__(str(error))
        self.fact, self.failures, self.error = fact, failures, error


class Reactor:
    """The readers of the journal that act."""

    def __init__(self, house: House, reactions: Sequence[Reaction], only: UUID | None = None) -> None:
        """One reader a reaction."""
        self._house, self._only = house, only
        self._reactions = {one.name: one for one in reactions}
        self._seen: dict[tuple[UUID, str], int] = {}

    async def turn(self, *, impatient: bool = False) -> int:
        """Let every reader with news take a step; returns how many cursors moved.

        `impatient` does not wait for the rest after a failure (tests and the replay's own clock).
        """
        now = self._house.clock.now() + (timedelta(days=1) if impatient else timedelta(0))
        moved = 0
        news = await cursors.behind(self._house.db, list(self._reactions), now, self._only)
        for tenant_id, stream, reader, head in news:
            if head > self._seen.get((stream, reader), 0) and await self._concerns(tenant_id, stream, reader, head):
                moved += await self._step(tenant_id, stream, self._reactions[reader])
        return moved

    async def _concerns(self, tenant_id: UUID, stream: UUID, reader: str, head: int) -> bool:
        """Whether a fact up to `head` is for this reader; looking costs no write, and is remembered.

        A cursor that lags by `FAR` is moved all the same, lest a new process look at the same facts again.
        """
        reaction = self._reactions[reader]

        async def look(tx: ReadTx) -> bool:
            position, at = await cursors.peek(tx, tenant_id, stream, reader)
            fact = await journal.next_of(tx, tenant_id, stream, position, reaction.types, at, reaction.changed)
            return fact is not None or head - position > FAR

        found = await self._house.read(system(tenant_id, reader), look)
        if not found:
            self._seen[stream, reader] = head
        return found

    async def _step(self, tenant_id: UUID, stream: UUID, reaction: Reaction) -> bool:
        actor = system(tenant_id, reaction.name)
        fact: Incoming | None = None
        failures = 0

        async def act(work: Work) -> bool:
            nonlocal fact, failures
            cursor = await cursors.claim(work.tx, tenant_id, stream, reaction.name)
            if cursor is None:
                return False
            failures = cursor["failures"]
            head = await journal.head(work.tx, tenant_id, stream)
            fact = await journal.next_of(
                work.tx, tenant_id, stream, cursor["position"], reaction.types, cursor["at"], reaction.changed
            )
            if fact is None:
                await cursors.move(work.tx, tenant_id, stream, reaction.name, head, None)
                return head > cursor["position"]
            work.caused_by(fact.id, fact.correlation)
            await cursors.move(work.tx, tenant_id, stream, reaction.name, fact.position, fact.at)
            if await _is_held_up(work.tx, tenant_id, reaction.name, fact):
                await _park(work, reaction.name, fact, "An earlier fact of the same subject is parked.")
            else:
                await reaction.act(work, fact)
            return True

        try:
            return await self._house.do(actor, act, source=f"reaction {reaction.name}")
        except Unavailable:
            raise
        except Exception as error:
            if fact is None:
                raise
            await self._failed(reaction, Failed(fact, failures + 1, error))
            return True

    async def _failed(self, reaction: Reaction, failed: Failed) -> None:
        fact = failed.fact
        log.warning("reaction.failed", reaction=reaction.name, type=fact.type, error=str(failed.error))

        async def act(work: Work) -> None:
            if await cursors.claim(work.tx, fact.tenant_id, fact.stream, reaction.name) is None:
                return
            if failed.failures < ATTEMPTS:
                retry_at = work.now + timedelta(seconds=PAUSES[failed.failures - 1])
                await cursors.fail(work.tx, fact.tenant_id, fact.stream, reaction.name, failed.failures, retry_at)
                return
            await _park(work, reaction.name, fact, f"{type(failed.error).__name__}: {failed.error}")
            await cursors.move(work.tx, fact.tenant_id, fact.stream, reaction.name, fact.position, fact.at)

        await self._house.do(system(fact.tenant_id, reaction.name), act)


async def _is_held_up(tx: ReadTx, tenant_id: UUID, reader: str, fact: Incoming) -> bool:
    return await tx.fetchval(
        "select exists (select from app.dead_letter where tenant_id = $1 and reader = $2 and subject = $3 "
        "and replayed_at is null)",
        tenant_id, reader, fact.subject,
    )  # fmt: skip


async def _park(work: Work, reader: str, fact: Incoming, error: str) -> None:
    await work.tx.execute(
        "insert into app.dead_letter (tenant_id, id, reader, stream, position, subject, type, error, at) "
        "values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        fact.tenant_id, new_id(), reader, fact.stream, fact.position, fact.subject, fact.type, error[:2000], work.now,
    )  # fmt: skip
