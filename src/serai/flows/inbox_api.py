"""The routes of what came in: look, and try again."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import Query, Response

from serai.flows import inbound
from serai.kernel.actor import Actor
from serai.kernel.errors import NotFound
from serai.kernel.ids import encode
from serai.runtime.db.tx import ReadTx
from serai.runtime.events import inbox
from serai.runtime.events.inbox import Entry, Status
from serai.runtime.http import Call, ListQuery, Out, Page, Router, asked, needs, page

router = Router(prefix="/events", tags=["Events"])


class EntryOut(Out):
    """An event as it came in, without what tells who a guest is unless the property keeps names."""

    id: str
    property_id: str | None
    event_id: str
    source: str
    type: str
    time: datetime
    received_at: datetime
    status: Status
    reason: str | None
    attempts: int
    data: Any
    allowed_actions: list[str]


class EntryPage(Out):
    """Some events."""

    items: list[EntryOut]
    next_cursor: str | None
    total: int | None = None


def _show(entry: Entry, actor: Actor) -> EntryOut:
    of_tenant = entry.property_id == actor.tenant_id
    open_ = entry.status in (Status.PARKED, Status.WAITING) and not of_tenant
    return EntryOut(
        id=encode("inb", entry.id),
        property_id=None if of_tenant else encode("prp", entry.property_id),
        event_id=entry.message.id,
        source=entry.message.source,
        type=entry.message.type,
        time=entry.message.at or entry.received_at,
        received_at=entry.received_at,
        status=entry.status,
        reason=entry.error,
        attempts=entry.attempts,
        data=entry.message.data,
        allowed_actions=["replay"] if open_ and actor.may("event.replay", entry.property_id) else [],
    )


@router.get("", summary="List what came in", response_model=EntryPage, **needs("event.replay"))
async def list_events(
    call: Call, query: Annotated[ListQuery, asked(ListQuery)], status: Annotated[Status | None, Query()] = None
) -> Response:
    """The events that came in, the newest first; `status=parked` shows what needs a person."""
    query.sorted_by(("-received_at",))
    after = query.after(datetime.fromisoformat, UUID)
    places = call.actor.where("event.replay")
    chosen = None if places is None else list(places)

    async def act(tx: ReadTx) -> Page[Entry]:
        key = (after[0], after[1]) if after else None
        found = await inbox.find(tx, call.actor.tenant_id, chosen, status, key, query.limit + 1)
        total = await inbox.count(tx, call.actor.tenant_id, chosen, status) if query.count else None
        return page(found, query, lambda one: (one.received_at, one.id), total)

    return await call.page(act, _show)


@router.get("/{entry_id:inb}", summary="An event that came in", response_model=EntryOut, **needs("event.replay"))
async def get_event(entry_id: UUID, call: Call) -> Response:
    """One event with its data and what became of it."""

    async def act(tx: ReadTx) -> Entry:
        entry = await inbox.get(tx, call.actor.tenant_id, entry_id)
        if entry is None:
            raise NotFound
        call.actor.need("event.replay", entry.property_id)
        return entry

    return await call.query(act, _show)


@router.post("/{entry_id:inb}/replay", summary="Try an event again", response_model=EntryOut, **needs("event.replay"))
async def replay_event(entry_id: UUID, call: Call) -> Response:
    """Acts on a parked or waiting event anew; what was applied already stays as it is."""
    return await call.command(lambda work: inbound.replay(work, entry_id), _show)
