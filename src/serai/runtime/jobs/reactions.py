"""Runs the reactions: each fact once a reaction, in its own transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

import structlog

from serai.kernel.actor import system
from serai.kernel.errors import Conflict, Unavailable
from serai.kernel.text import text
from serai.runtime import telemetry
from serai.runtime.db.tx import ReadTx
from serai.runtime.events import journal, parked
from serai.runtime.events.catalog import Incoming
from serai.runtime.events.parked import Letter
from serai.runtime.jobs import cursors
from serai.runtime.slice import Reaction
from serai.runtime.work import House, Work

log = structlog.get_logger()
ATTEMPTS = 4
FOREVER = datetime(9999, 1, 1, tzinfo=UTC)
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

    async def behind(self) -> bool:
        """Whether a fact waits for any reader; rests after failures do not count."""
        news = await cursors.behind(self._house.db, list(self._reactions), FOREVER, self._only)
        for tenant_id, stream, reader, head in news:
            if head > self._seen.get((stream, reader), 0) and await self._concerns(tenant_id, stream, reader, head):
                return True
        return False

    async def _concerns(self, tenant_id: UUID, stream: UUID, reader: str, head: int) -> bool:
        """Whether a fact up to `head` is for this reader; looking costs no write, and is remembered.

        A cursor that lags by `FAR` is moved all the same, lest a new process look at the same facts again.
        """
        reaction = self._reactions[reader]

        async def look(tx: ReadTx) -> bool:
            stands = await cursors.peek(tx, tenant_id, stream, reader)
            fact = await journal.next_of(
                tx, tenant_id, stream, stands.position, reaction.types, stands.at, reaction.changed
            )
            return fact is not None or head - stands.position > FAR

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
            if await parked.is_held_up(work.tx, tenant_id, reaction.name, fact.subject):
                waits = "An earlier fact of the same subject is parked."
                await parked.park(work.tx, reaction.name, fact, waits, work.now)
            else:
                with telemetry.tracer.span(f"reaction {reaction.name}"):
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
            error = f"{type(failed.error).__name__}: {failed.error}"
            await parked.park(work.tx, reaction.name, fact, error, work.now)
            await cursors.move(work.tx, fact.tenant_id, fact.stream, reaction.name, fact.position, fact.at)

        await self._house.do(system(fact.tenant_id, reaction.name), act)


REACTIONS = "jobs.reactions"
"""Where a house keeps its reactions by name, for those that are tried again."""


async def retry(house: House, tenant_id: UUID, letter: Letter) -> int:
    """Try a parked fact again, and all of its subject that wait, in order; returns how many went well.

    Each in a transaction of its own. The first that fails again ends it and stays parked: a Conflict with the reason.
    """
    reaction: Reaction | None = house.shelf[REACTIONS].get(letter.reader)
    if reaction is None:
        raise Conflict(text("There is no reaction called {reader} any more.", reader=letter.reader))
    done = 0
    while await _retry_one(house, tenant_id, reaction, letter.subject):
        done += 1
    return done


async def _retry_one(house: House, tenant_id: UUID, reaction: Reaction, subject: UUID) -> bool:
    async def act(work: Work) -> bool:
        first = await parked.first_of(work.tx, tenant_id, reaction.name, subject)
        if first is None:
            return False
        fact = await parked.fact_of(work.tx, tenant_id, first)
        if fact is None:
            raise Conflict("The journal does not hold this fact any more.")
        work.caused_by(fact.id, fact.correlation)
        await reaction.act(work, fact)
        await parked.replayed(work.tx, tenant_id, first, work.now)
        return True

    try:
        return await house.do(system(tenant_id, reaction.name), act, source=f"reaction {reaction.name}")
    except Unavailable:
        raise
    except Exception as error:
        log.warning("reaction.failed_again", reaction=reaction.name, error=str(error))
        raise Conflict(text("It failed again. {why}", why=f"{type(error).__name__}: {error}"[:480])) from error
