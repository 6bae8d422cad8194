"""Messages from outside: each once, with what became of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, cast
from uuid import UUID

from serai.kernel.errors import Forbidden, Invalid
from serai.kernel.ids import BadId, decode, encode, new_id
from serai.runtime.db.tx import ReadTx, Row, Tx

KEPT = timedelta(days=90)
"""How long a message is known, and how old one may be; longer than brokers and webhooks keep theirs."""
AHEAD = timedelta(minutes=5)
"""How far the clock of a neighbour may run ahead of ours."""
PAUSES = tuple(timedelta(seconds=seconds) for seconds in (1, 5, 30, 120, 600))
"""The rests between the attempts; after the last attempt the message is parked."""
_NAMED = re.compile(r"(?i)(guest|first|last|full|family|given|sur|customer|contact)_?name|e_?mail|phone|mobile")


class StaleEvent(Invalid):
    """This event is older than 90 days."""

    code = "stale_event"


class AnotherTenant(Forbidden):
    """The event names another tenant than your key."""

    code = "another_tenant"


class Status(StrEnum):
    """What became of a message."""

    WAITING = "waiting"
    APPLIED = "applied"
    IGNORED = "ignored"
    PARKED = "parked"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Message:
    """An event from outside. `tenant`, `property` and `correlation` stand as the sender wrote them."""

    id: str
    source: str
    type: str
    at: datetime | None = None
    data: Any = None
    tenant: str | None = None
    property: str | None = None
    correlation: str | None = None
    sequence: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """A message in the inbox. `property_id` is the tenant's id where the message names no property."""

    id: UUID
    property_id: UUID
    message: Message
    status: Status
    error: str | None
    attempts: int
    received_at: datetime
    repeat: bool = False


def timely(message: Message, now: datetime) -> Message:
    """The message at an instant that can be: no later than `now` + 5 minutes; one of long ago is refused."""
    at = min(message.at or now, now + AHEAD)
    if at < now - KEPT:
        raise StaleEvent
    return replace(message, at=at)


def is_ours(message: Message, tenant_id: UUID) -> bool:
    """Whether we sent it ourselves."""
    mine = f"/serai/{encode('ten', tenant_id)}"
    return message.source == mine or message.source.startswith(f"{mine}/")


def is_foreign(message: Message, tenant_id: UUID) -> bool:
    """Whether it names a tenant that is not the credential's."""
    try:
        return message.tenant is not None and decode("ten", message.tenant) != tenant_id
    except BadId:
        return True


def without_names(data: Any) -> Any:
    """The data without what tells who a guest is: names, e-mail, telephone."""
    if isinstance(data, dict):
        pairs = cast("dict[str, Any]", data).items()
        return {key: without_names(value) for key, value in pairs if not _NAMED.search(key)}
    if isinstance(data, list):
        return [without_names(value) for value in cast("list[Any]", data)]
    return data


_COLUMNS = "id, property_id, source, event_id, type, sequence, at, payload, status, error, attempts, received_at"
_ADMIT = (
    "insert into app.inbox as i (tenant_id, id, property_id, source, event_id, type, sequence, at, received_at, "
    "payload, status, attempts, expires_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'waiting', 0, $11) "
    "on conflict (tenant_id, source, event_id) do update set property_id = excluded.property_id, type = excluded.type, "
    "sequence = excluded.sequence, at = excluded.at, received_at = excluded.received_at, payload = excluded.payload, "
    "status = excluded.status, error = null, attempts = 0, expires_at = excluded.expires_at "
    # what was refused is judged anew, and so is what was parked because it named another tenant
    "where i.status = 'refused' or (i.status = 'parked' and i.payload is null) returning id"
)
_KNOWN = f"select {_COLUMNS} from app.inbox where tenant_id = $1 and source = $2 and event_id = $3"  # noqa: S608  # our own column names
_GET = f"select {_COLUMNS} from app.inbox where tenant_id = $1 and id = $2"  # noqa: S608
_SETTLE = (
    "update app.inbox set status = $3, error = $4, attempts = $5, retry_at = $6, expires_at = $7 "
    "where tenant_id = $1 and id = $2"
)
_EXPIRE = "delete from app.inbox where tenant_id = $1 and id = any($2)"
_WHERE = (
    "from app.inbox where tenant_id = $1 and ($2::uuid[] is null or property_id = any($2)) "
    "and ($3::text is null or status = $3) "
)
_LIST = (
    f"select {_COLUMNS} {_WHERE} and ($4::timestamptz is null or (received_at, id) < ($4, $5)) "
    "order by received_at desc, id desc limit $6"
)
_COUNT = f"select count(*) {_WHERE}"


async def admit(tx: Tx, tenant_id: UUID, property_id: UUID, message: Message, now: datetime) -> Entry:
    """Let a message in: the new entry, or what became of it when it came before.

    A twin that is being worked on is waited for.
    """
    entry = Entry(new_id(), property_id, message, Status.WAITING, None, 0, now)
    fresh = await tx.fetchval(
        _ADMIT, tenant_id, entry.id, property_id, message.source, message.id, message.type, message.sequence,
        message.at or now, now, message.data, now + KEPT,
    )  # fmt: skip
    if fresh:
        return replace(entry, id=fresh)
    row = await tx.fetchrow(_KNOWN, tenant_id, message.source, message.id)
    assert row, "the twin that was in the way is there"  # noqa: S101
    return replace(_entry(row), repeat=True)


async def settle(tx: Tx, tenant_id: UUID, entry: Entry, status: Status, error: str | None, now: datetime) -> Entry:
    """Note what became of the entry. One that waits is tried again after a rest, or parked after the last attempt."""
    attempts = entry.attempts + 1
    retry_at = None
    if status is Status.WAITING and attempts > len(PAUSES):
        status = Status.PARKED
    elif status is Status.WAITING:
        retry_at = now + PAUSES[attempts - 1]
    expires_at = now + KEPT if status in (Status.APPLIED, Status.IGNORED, Status.REFUSED) else None
    error = None if error is None else error[:2000]
    await tx.execute(_SETTLE, tenant_id, entry.id, status.value, error, attempts, retry_at, expires_at)
    return replace(entry, status=status, error=error, attempts=attempts)


async def get(tx: ReadTx, tenant_id: UUID, entry_id: UUID, *, lock: bool = False) -> Entry | None:
    """The entry with this id, held for the transaction if asked."""
    row = await tx.fetchrow(_GET + (" for update" if lock else ""), tenant_id, entry_id)
    return _entry(row) if row else None


async def is_known(tx: ReadTx, tenant_id: UUID, source: str, event_id: str) -> bool:
    """Whether this message came."""
    return await tx.fetchrow(_KNOWN, tenant_id, source, event_id) is not None


async def expire(tx: Tx, tenant_id: UUID, ids: list[UUID]) -> None:
    """Forget entries that are old enough."""
    await tx.execute(_EXPIRE, tenant_id, ids)


async def find(
    tx: ReadTx,
    tenant_id: UUID,
    properties: list[UUID] | None,
    status: str | None,
    after: tuple[datetime, UUID] | None,
    limit: int,
) -> list[Entry]:
    """Entries behind a key, the newest first."""
    rows = await tx.fetch(_LIST, tenant_id, properties, status, *(after or (None, None)), limit)
    return [_entry(row) for row in rows]


async def count(tx: ReadTx, tenant_id: UUID, properties: list[UUID] | None, status: str | None) -> int:
    """How many entries there are."""
    return await tx.fetchval(_COUNT, tenant_id, properties, status)


def _entry(row: Row) -> Entry:
    message = Message(row["event_id"], row["source"], row["type"], row["at"], row["payload"], sequence=row["sequence"])
    return Entry(
        row["id"], row["property_id"], message, Status(row["status"]), row["error"], row["attempts"], row["received_at"]
    )
