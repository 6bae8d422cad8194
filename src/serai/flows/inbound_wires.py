"""Messages of brokers: whose they are, what they say, and that each is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from datetime import UTC
from typing import Any, cast

import orjson

from serai.access.connections.service import Connection
from serai.flows import inbound
from serai.kernel.actor import system
from serai.kernel.errors import Invalid, Refusal, Unavailable
from serai.kernel.ids import encode
from serai.kernel.text import text
from serai.runtime import telemetry
from serai.runtime.events import inbox
from serai.runtime.events.inbox import Entry, Message, Status
from serai.runtime.http import cloudevents
from serai.runtime.transports.port import Raw
from serai.runtime.work import House, Work

LARGEST = 256 * 1024
"""Bytes of a message, the most that are read."""
LONGEST = 200
"""Characters of a message's id and of its routing key."""
DEEPEST = 20
"""Levels of a message's data."""
OURS = "/serai/ten_"
"""Begins the source of every event that Serai publishes, for whichever company."""
_PREFIXES = ("cloudevents:", "cloudevents_", "ce-", "ce_")


async def take(house: House, connection: Connection, raw: Raw) -> bool:
    """Take a broker's message in; False for one that cannot be read, of which a note is kept.

    Our own are dropped. One that names another company is parked without what it says.
    """
    try:
        message = read(connection, raw)
    except Refusal as refusal:
        await _refuse(house, connection, _unread(connection, raw), refusal)
        return False
    if message.source.startswith(OURS):
        _count(connection, "dropped")
        return True
    if inbox.is_foreign(message, connection.tenant_id):
        await _do(house, connection, lambda work: inbound.park_foreign(work, message))
        _count(connection, "foreign")
        return True
    try:
        entry = await _do(house, connection, lambda work: inbound.receive(work, message), message.correlation)
    except Unavailable:
        raise
    except Refusal as refusal:
        await _refuse(house, connection, message, refusal)
        return True
    _count(connection, "repeat" if entry.repeat else entry.status.value)
    return True


def read(connection: Connection, raw: Raw) -> Message:
    """The message: a CloudEvent, structured or binary, or a bare body under its routing key or channel.

    A bare one has the broker's id, else its `event_id`, else a hash of itself. What names no property is about the
    connection's.
    """
    if len(raw.body) > LARGEST:
        raise Invalid(text("It is larger than {most} bytes.", most=LARGEST))
    body = _parsed(raw.body)
    headers = _cloud_headers(raw)
    if "ce-id" in headers or (isinstance(body, dict) and "specversion" in body):
        messages, batch = cloudevents.read(headers, raw.body)
        if batch:
            raise Invalid("One message holds one event.")
        message = messages[0]
    else:
        message = _bare(connection, raw, body)
    if message.property is None and connection.property_id is not None:
        return _of(message, encode("prp", connection.property_id))
    return message


def _of(message: Message, hotel: str) -> Message:
    return Message(
        message.id, message.source, message.type, message.at, message.data,
        message.tenant, hotel, message.correlation, message.sequence,
    )  # fmt: skip


def _parsed(body: bytes) -> Any:
    try:
        parsed: Any = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise Invalid(text("It is not JSON: {why}", why=str(error)[:280])) from None
    if _depth(parsed) > DEEPEST or b"\\u0000" in body:
        raise Invalid(text("It is nested deeper than {most} levels, or holds U+0000.", most=DEEPEST))
    return parsed


def _depth(value: Any, level: int = 1) -> int:
    if level > DEEPEST:
        return level
    inner: list[Any] = []
    if isinstance(value, dict):
        inner = list(cast("dict[str, Any]", value).values())
    elif isinstance(value, list):
        inner = cast("list[Any]", value)
    return max((_depth(one, level + 1) for one in inner), default=level)


def _cloud_headers(raw: Raw) -> dict[str, str]:
    """The headers as CloudEvents over HTTP writes them; AMQP has other prefixes."""
    found: dict[str, str] = {}
    for name, value in raw.headers.items():
        prefix = next((one for one in _PREFIXES if name.startswith(one)), None)
        found[f"ce-{name.removeprefix(prefix)}" if prefix else name] = value
    return found


def _bare(connection: Connection, raw: Raw, body: Any) -> Message:
    if not isinstance(body, dict):
        raise Invalid("It is not an object.")
    said = cast("dict[str, Any]", body)
    name = said.get("event_id") or said.get("eventId")
    id_ = raw.id or (str(name) if name else hashlib.sha256(raw.key.encode() + b"\0" + raw.body).hexdigest())
    if not (id_.isprintable() and len(id_) <= LONGEST and raw.key.isprintable() and 1 <= len(raw.key) <= LONGEST):
        raise Invalid("Its id and its routing key must be 1 to 200 printable characters.")
    at = raw.at if raw.at is None or raw.at.tzinfo else raw.at.replace(tzinfo=UTC)
    return Message(id_, _source(connection), raw.key, at, said)


def _source(connection: Connection) -> str:
    return f"{connection.via}:{connection.address}"


def _unread(connection: Connection, raw: Raw) -> Message:
    """What is known of a message that cannot be read."""
    key = "".join(one for one in raw.key if one.isprintable())[:LONGEST] or "?"
    return Message(f"unread-{hashlib.sha256(raw.body).hexdigest()}", _source(connection), key)


async def _refuse(house: House, connection: Connection, message: Message, refusal: Refusal) -> None:
    places = "; ".join(f"{fault.pointer} {fault.message}" for fault in refusal.faults)
    reason = f"{refusal.detail} {places}".strip()
    await _do(house, connection, lambda work: inbound.note_refused(work, message, reason))
    _count(connection, Status.REFUSED.value)


async def _do(
    house: House,
    connection: Connection,
    act: Callable[[Work], Awaitable[Entry]],
    correlation: str | None = None,
) -> Entry:
    actor = system(connection.tenant_id, f"connection {connection.name}")
    return await house.do(actor, act, source=_source(connection)[:300], correlation=correlation)


def _count(connection: Connection, status: str) -> None:
    telemetry.received.labels(connection.via.value, status).inc()
