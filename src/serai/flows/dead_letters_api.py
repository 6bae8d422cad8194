"""The routes of what failed inside: look, and try again."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from serai.kernel.actor import Actor
from serai.kernel.errors import NotFound
from serai.kernel.ids import encode
from serai.runtime.db.tx import ReadTx
from serai.runtime.events import parked
from serai.runtime.events.parked import Letter
from serai.runtime.http import Call, ListQuery, Out, Page, Router, asked, needs, page
from serai.runtime.jobs import reactions

router = Router(prefix="/dead-letters", tags=["Events"])


class DeadLetterOut(Out):
    """A fact, and the reaction that failed at it."""

    id: str
    reader: str
    property_id: str | None
    position: int
    type: str
    error: str
    at: datetime
    replayed_at: datetime | None
    allowed_actions: list[str]


class DeadLetterPage(Out):
    """Some of them."""

    items: list[DeadLetterOut]
    next_cursor: str | None
    total: int | None = None


def _show(letter: Letter, actor: Actor) -> DeadLetterOut:
    of_tenant = letter.stream == actor.tenant_id
    return DeadLetterOut(
        id=encode("dlq", letter.id),
        reader=letter.reader,
        property_id=None if of_tenant else encode("prp", letter.stream),
        position=letter.position,
        type=letter.type,
        error=letter.error,
        at=letter.at,
        replayed_at=letter.replayed_at,
        allowed_actions=[] if letter.replayed_at else ["replay"],
    )


@router.get("", summary="List dead letters", response_model=DeadLetterPage, **needs("event.replay"))
async def list_dead_letters(
    call: Call, query: Annotated[ListQuery, asked(ListQuery)], waiting: Annotated[bool | None, Query()] = None
) -> Response:
    """Facts whose reaction failed for good, the newest first; `waiting=true` leaves out those that were mended."""
    query.sorted_by(("-at",))
    after = query.after(datetime.fromisoformat, UUID)
    places = call.actor.where("event.replay")
    chosen = None if places is None else list(places)

    async def act(tx: ReadTx) -> Page[Letter]:
        key = (after[0], after[1]) if after else None
        found = await parked.find(tx, call.actor.tenant_id, chosen, waiting, key, query.limit + 1)
        total = await parked.count(tx, call.actor.tenant_id, chosen, waiting) if query.count else None
        return page(found, query, lambda one: (one.at, one.id), total)

    return await call.page(act, _show)


@router.get("/{letter_id:dlq}", summary="A dead letter", response_model=DeadLetterOut, **needs("event.replay"))
async def get_dead_letter(letter_id: UUID, call: Call) -> Response:
    """One fact with what went wrong."""
    return await call.query(lambda tx: _seen(call, tx, letter_id), _show)


@router.post(
    "/{letter_id:dlq}/replay", summary="Try a dead letter again", response_model=DeadLetterOut, **needs("event.replay")
)
async def replay_dead_letter(letter_id: UUID, call: Call) -> Response:
    """Acts on it, and on what waits behind it of the same record, in order; what fails again stays here."""
    letter = await call.house.read(call.actor, lambda tx: _seen(call, tx, letter_id))
    if letter.replayed_at is None:
        await reactions.retry(call.house, call.actor.tenant_id, letter)
    return await call.query(lambda tx: _seen(call, tx, letter_id), _show)


async def _seen(call: Call, tx: ReadTx, letter_id: UUID) -> Letter:
    letter = await parked.get(tx, call.actor.tenant_id, letter_id)
    if letter is None:
        raise NotFound
    if letter.stream != call.actor.tenant_id:
        call.actor.need("event.replay", letter.stream)
    elif call.actor.where("event.replay") is not None:
        raise NotFound
    return letter
