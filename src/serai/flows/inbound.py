"""Events of the neighbours are taken once; what nobody knows is kept."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import structlog

from serai.access.tenancy import service as tenancy
from serai.flows.inbound_names import known
from serai.kernel.errors import Conflict, Fault, Invalid, NotFound, Unavailable
from serai.kernel.ids import BadId, decode
from serai.runtime.db.pool import LOST
from serai.runtime.events import inbox
from serai.runtime.events.inbox import Entry, Message, Status
from serai.runtime.slice import Loop
from serai.runtime.work import RETRIED, Work

log = structlog.get_logger()


async def park_foreign(work: Work, message: Message) -> Entry:
    """Keep that such a message came, without what it says."""
    bare = Message(message.id, message.source, message.type, work.now)
    entry = await inbox.admit(work.tx, work.tenant_id, work.tenant_id, bare, work.now)
    return await inbox.settle(work.tx, work.tenant_id, entry, Status.PARKED, inbox.AnotherTenant().detail, work.now)


async def note_refused(work: Work, message: Message, reason: str) -> Entry:
    """Keep that such a message came and why it was not taken, without what it says."""
    bare = Message(message.id, message.source, message.type, work.now)
    entry = await inbox.admit(work.tx, work.tenant_id, work.tenant_id, bare, work.now)
    if entry.repeat:
        return entry
    return await inbox.settle(work.tx, work.tenant_id, entry, Status.REFUSED, reason, work.now)


async def receive(work: Work, message: Message) -> Entry:
    """Take a message in, act on it, and note what became of it: all in this transaction.

    Refused are messages of long ago and of no property of the caller's; a repeat changes nothing.
    """
    message = inbox.timely(message, work.now)
    property_id = _place(work, message)
    kind = known(message.type)
    if property_id is None and kind is not None:
        raise Invalid(faults=[Fault("/propertyid", "say which property it is about")])
    hotel = property_id and await tenancy.get_property(work.tx, work.tenant_id, property_id)
    if not (hotel and hotel.policies.guest_names):
        message = replace(message, data=inbox.without_names(message.data))
    entry = await inbox.admit(work.tx, work.tenant_id, property_id or work.tenant_id, message, work.now)
    return entry if entry.repeat else await _attempt(work, entry)


def _place(work: Work, message: Message) -> UUID | None:
    """The property it is about: as it says, else the only one that the caller sees."""
    if message.property is None:
        seen: tuple[UUID, ...] = work.actor.properties() or ()
        property_id = seen[0] if len(seen) == 1 else None
    else:
        property_id = _decoded(message.property)
    if property_id is not None:
        work.actor.need("event.send", property_id)
    return property_id


def _decoded(text: str) -> UUID:
    try:
        return decode("prp", text)
    except BadId as error:
        raise Invalid(faults=[Fault("/propertyid", error.args[0])]) from None


async def _attempt(work: Work, entry: Entry) -> Entry:
    status, error = await _act(work, entry)
    return await inbox.settle(work.tx, work.tenant_id, entry, status, error, work.now)


async def _act(work: Work, entry: Entry) -> tuple[Status, str | None]:
    kind = known(entry.message.type)
    if kind is None:
        return Status.PARKED, "Nobody here knows this name."
    before = len(work.recorded)
    try:
        async with work.part():
            await kind.handle(work, entry.property_id, entry.message)
    except (Unavailable, *RETRIED, *LOST):
        raise
    except Invalid as refusal:
        places = "; ".join(f"{fault.pointer} {fault.message}" for fault in refusal.faults)
        return Status.REFUSED, f"{refusal.detail} {places}".strip()
    except Exception as error:  # noqa: BLE001  # whatever fails is tried again and then shown to people
        log.warning("inbound.failed", type=entry.message.type, error=str(error))
        return Status.WAITING, f"{type(error).__name__}: {error}"
    return (Status.APPLIED if len(work.recorded) > before else Status.IGNORED), None


async def retry(work: Work, ids: list[UUID]) -> None:
    """Try again what waits."""
    for one in ids:
        entry = await inbox.get(work.tx, work.tenant_id, one, lock=True)
        if entry:
            await _attempt(work, entry)


async def replay(work: Work, entry_id: UUID) -> Entry:
    """Try a parked or waiting message again because a person says so; any other stays as it is."""
    entry = await inbox.get(work.tx, work.tenant_id, entry_id, lock=True)
    if entry is None:
        raise NotFound
    if entry.property_id == work.tenant_id:
        raise Conflict("It names no property of yours; have it sent again.")
    work.actor.need("event.replay", entry.property_id)
    return await _attempt(work, entry) if entry.status in (Status.PARKED, Status.WAITING) else entry


async def expire(work: Work, ids: list[UUID]) -> None:
    """Forget what is older than anybody would send again."""
    await inbox.expire(work.tx, work.tenant_id, ids)


LOOPS = (
    Loop("inbound-retry", "inbox", "retry_at", retry),
    Loop("inbound-expire", "inbox", "expires_at", expire),
)
