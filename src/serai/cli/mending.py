"""What is parked, of every company, and trying it again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import typer

from serai.access.tenancy import service as tenancy
from serai.flows import inbound
from serai.kernel.actor import system
from serai.kernel.errors import Conflict
from serai.kernel.ids import encode
from serai.runtime.db.tx import ReadTx
from serai.runtime.events import inbox, parked
from serai.runtime.events.inbox import Entry, Status
from serai.runtime.events.parked import Letter
from serai.runtime.jobs import cursors, queue, reactions
from serai.runtime.jobs.queue import Held
from serai.runtime.work import House

MOST = 10_000
"""Of a company at a time; the oldest are among them the next time."""


@dataclass(frozen=True, slots=True)
class Parked:
    """A fact and the reaction that failed at it, a message with what was wrong, or a job; `company` is its code."""

    company: str
    shown_id: str
    what: str
    at: datetime
    why: str
    item: Letter | Entry | Held


async def companies(house: House, code: str | None) -> list[UUID]:
    """The company with this code, or all of them."""
    if code is None:
        return sorted({tenant_id for tenant_id, _ in await cursors.streams(house.db)})
    entry = await tenancy.find_tenant(house, code)
    if entry is None:
        raise typer.BadParameter(f"there is no company {code}")
    return [entry.tenant_id]


async def waiting(house: House, tenant_id: UUID) -> list[Parked]:
    """All that is parked of a company, the oldest first."""
    async with house.db.listening() as connection:
        jobs = await queue.held(connection)

    async def act(tx: ReadTx) -> list[Parked]:
        code = (await tenancy.get_tenant(tx, tenant_id)).code
        letters = await parked.find(tx, tenant_id, None, waiting=True, after=None, limit=MOST)
        entries = await inbox.find(tx, tenant_id, None, Status.PARKED.value, None, MOST)
        found = [
            Parked(code, encode("dlq", one.id), f"{one.reader} ← {one.type}", one.at, one.error, one) for one in letters
        ]
        found += [
            Parked(code, encode("inb", one.id), one.message.type, one.received_at, one.error or "", one)
            for one in entries
        ]
        found += [
            Parked(code, str(one.id), f"{one.name}, {one.attempts + 1} times", one.created, one.error, one)
            for one in jobs
            if one.tenant_id == tenant_id
        ]
        return sorted(found, key=lambda one: one.at)

    return await house.read(system(tenant_id, "serai events"), act)


async def again(house: House, tenant_id: UUID, one: Parked) -> bool:
    """Whether it went well now; a fact that was mended with an earlier one of its subject did.

    A job is put back, and a worker does it.
    """
    item = one.item
    if isinstance(item, Held):
        async with house.db.listening() as connection:
            await queue.again(connection, [item.id])
        return True
    try:
        if isinstance(item, Letter):
            await reactions.retry(house, tenant_id, item)
            return True
        entry = await house.do(system(tenant_id, "serai events"), lambda work: inbound.replay(work, item.id))
    except Conflict:
        return False
    return entry.status is not Status.PARKED
