"""The audit log: who, when, from where, before and after, from the journal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import Query, Response

from serai.kernel.actor import Actor
from serai.kernel.errors import Fault, Invalid
from serai.kernel.ids import BadId, decode, encode
from serai.runtime.db.rows import into
from serai.runtime.db.tx import ReadTx
from serai.runtime.http import Call, Id, ListQuery, Out, Page, Router, asked, needs, page

router = Router(tags=["Audit"])


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact and what it changed."""

    id: UUID
    at: datetime
    stream: UUID
    position: int
    type: str
    subject: UUID
    version: int
    changes: dict[str, list[Any]]
    actor_kind: str
    actor_id: UUID | None
    actor: str
    source: str
    correlation: str


@dataclass(frozen=True, slots=True)
class Filters:
    """Which facts: of one subject, by one actor, in `[since, until)`, in these streams (None: all)."""

    subject: UUID | None
    actor: UUID | None
    since: datetime | None
    until: datetime | None
    streams: list[UUID] | None


_FROM = (
    "from app.journal where tenant_id = $1 and ($2::uuid is null or subject = $2) "
    "and ($3::uuid is null or actor_id = $3) and ($4::timestamptz is null or at >= $4) "
    "and ($5::timestamptz is null or at < $5) and ($6::uuid[] is null or stream = any($6)) "
)
_LINES = (
    "select id, at, stream, position, type, subject, version, changes, actor_kind, actor_id, actor, source, "
    "correlation " + _FROM + "and ($7::timestamptz is null or (at, id) < ($7, $8)) order by at desc, id desc limit $9"
)
_COUNT = "select count(*) " + _FROM


async def find(
    tx: ReadTx, tenant_id: UUID, where: Filters, after: tuple[datetime, UUID] | None, limit: int
) -> list[Entry]:
    """Facts, newest first, behind a key."""
    at, id_ = after or (None, None)
    rows = await tx.fetch(
        _LINES,
        tenant_id, where.subject, where.actor, where.since, where.until, where.streams, at, id_, limit,
    )  # fmt: skip
    return [into(Entry, row) for row in rows]


async def audit(tx: ReadTx, tenant_id: UUID, where: Filters, query: ListQuery) -> Page[Entry]:
    """A page of the audit log."""
    query.sorted_by(("-at",))
    key = query.after(datetime.fromisoformat, UUID)
    found = await find(tx, tenant_id, where, (key[0], key[1]) if key else None, query.limit + 1)
    total: int | None = None
    if query.count:
        total = await tx.fetchval(
            _COUNT, tenant_id, where.subject, where.actor, where.since, where.until, where.streams
        )
    return page(found, query, lambda one: (one.at, one.id), total)


class Change(Out):
    """A field before and after."""

    before: Any
    after: Any


class EntryOut(Out):
    """One line of the audit log."""

    id: str
    at: datetime
    type: str
    subject: str
    property_id: str | None
    version: int
    position: int
    actor_kind: str
    actor_id: str | None
    actor: str
    source: str
    correlation_id: str
    changes: dict[str, Change]


class AuditPage(Out):
    """Some lines of the audit log."""

    items: list[EntryOut]
    next_cursor: str | None
    total: int | None = None


@router.get("/audit", summary="The audit log", response_model=AuditPage, **needs("audit.read"))
async def read_audit(
    call: Call,
    query: Annotated[ListQuery, asked(ListQuery)],
    subject: Annotated[str | None, Query(max_length=80, description="The id of what was changed, of any kind.")] = None,
    actor: Annotated[str | None, Query(max_length=80, description="The id of who changed it.")] = None,
    date_from: Annotated[datetime | None, Query(alias="from", description="From this instant on.")] = None,
    date_to: Annotated[datetime | None, Query(alias="to", description="Before this instant.")] = None,
    property_id: Annotated[UUID | None, Id("prp"), Query(description="Of one property.")] = None,
) -> Response:
    """Every change, newest first: who, when, from where, before and after. Only of the properties you may audit."""
    for name, one in (("from", date_from), ("to", date_to)):
        if one is not None and one.tzinfo is None:
            raise Invalid(faults=[Fault(f"/query/{name}", "needs an offset, such as Z")])
    where = Filters(
        _any_id("subject", subject), _any_id("actor", actor), date_from, date_to, streams(call.actor, property_id)
    )

    return await call.page(lambda tx: audit(tx, call.actor.tenant_id, where, query), shower(call))


def shower(call: Call) -> Callable[[Entry, Actor], EntryOut]:
    """How a line is answered to this caller."""
    kinds = {one.name: one.subject for one in call.house.catalog}

    def show(entry: Entry, _: Actor) -> EntryOut:
        of_tenant = entry.stream == call.actor.tenant_id
        who = "key" if entry.actor_kind == "api_key" else "stf"
        return EntryOut(
            id=encode("evt", entry.id),
            at=entry.at,
            type=entry.type,
            subject=encode(kinds.get(entry.type, "evt"), entry.subject),
            property_id=None if of_tenant else encode("prp", entry.stream),
            version=entry.version,
            position=entry.position,
            actor_kind=entry.actor_kind,
            actor_id=None if entry.actor_id is None else encode(who, entry.actor_id),
            actor=entry.actor,
            source=entry.source,
            correlation_id=entry.correlation,
            changes={name: Change(before=pair[0], after=pair[1]) for name, pair in entry.changes.items()},
        )

    return show


def streams(actor: Actor, property_id: UUID | None) -> list[UUID] | None:
    """The streams that the actor may audit, or the one asked for; None means all of the tenant."""
    if property_id is not None:
        actor.need("audit.read", property_id)
        return [property_id]
    if actor.properties() is None and actor.may("audit.read", actor.tenant_id):
        return None
    return [one for one in actor.grants if one is not None and actor.may("audit.read", one)]


def _any_id(name: str, text: str | None) -> UUID | None:
    if text is None:
        return None
    try:
        return decode(text.rpartition("_")[0], text)
    except BadId as error:
        raise Invalid(faults=[Fault(f"/query/{name}", error.args[0])]) from None
