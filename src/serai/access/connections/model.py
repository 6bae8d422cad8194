"""A way in as a record, and what may be said of one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from serai.access.connections import events
from serai.kernel.decision import Decision
from serai.kernel.errors import Fault, Invalid
from serai.kernel.event import Event, EventType, changes
from serai.kernel.ids import encode
from serai.kernel.text import text


class Via(StrEnum):
    """What a connection listens to."""

    RABBITMQ = "rabbitmq"
    REDIS = "redis"
    PUBSUB = "pubsub"


MOST_BINDINGS: Final = 50
_ADDRESS: Final = {
    Via.RABBITMQ: (re.compile(r"[\w.:-]{1,200}"), text("a queue: letters, digits, '.', '_', ':', '-'")),
    Via.REDIS: (re.compile(r"[\w.:*?-]{1,200}"), text("a channel, or a pattern with '*'")),
    Via.PUBSUB: (re.compile(r"projects/[\w.:-]{1,100}/subscriptions/[\w.~+%-]{1,255}"), "projects/P/subscriptions/S"),
}
_BINDING: Final = re.compile(r"[\w.*#-]{1,200}")
_MAIL: Final = re.compile(r"[^\s@]{1,100}@[^\s@]{1,150}")


@dataclass(frozen=True, slots=True)
class Connection:
    """A queue with its routing keys, a channel, or a subscription with who pushes it and for which audience."""

    id: UUID
    tenant_id: UUID
    version: int
    name: str
    via: Via
    address: str
    bindings: tuple[str, ...] = ()
    property_id: UUID | None = None
    service_account: str | None = None
    audience: str | None = None
    paused: bool = False


@dataclass(frozen=True, slots=True)
class AddConnection:
    """Bind a way in."""

    name: str
    via: Via
    address: str
    bindings: tuple[str, ...] = ()
    property_id: UUID | None = None
    service_account: str | None = None
    audience: str | None = None


@dataclass(frozen=True, slots=True)
class ChangeConnection:
    """Change what is given; `version` is the one that was read. The kind and the address stay."""

    version: int
    fields: Mapping[str, Any]


def add(connection_id: UUID, tenant_id: UUID, cmd: AddConnection) -> Decision[Connection]:
    """The new connection; what cannot be listened to is refused."""
    made = Connection(
        connection_id, tenant_id, 1, cmd.name, cmd.via, cmd.address, cmd.bindings,
        cmd.property_id, cmd.service_account, cmd.audience,
    )  # fmt: skip
    _refuse(made)
    return Decision(made, (_event(events.ADDED, made, changes(None, made)),))


def change(connection: Connection, cmd: ChangeConnection) -> Decision[Connection]:
    """The connection as it is to be; nothing new says nothing."""
    after = replace(connection, **cmd.fields)
    _refuse(after)
    differences = changes(connection, after)
    if not differences:
        return Decision(connection)
    after = replace(after, version=connection.version + 1)
    return Decision(after, (_event(events.UPDATED, after, differences),))


def remove(connection: Connection) -> Decision[Connection]:
    """The last that is heard of it."""
    after = replace(connection, version=connection.version + 1, paused=True)
    return Decision(after, (_event(events.REMOVED, after, {}),))


def faults(connection: Connection) -> list[Fault]:
    """What is wrong with it."""
    found: list[Fault] = []
    if not (1 <= len(connection.name) <= 100 and connection.name.isprintable()):  # noqa: PLR2004  # said in words
        found.append(Fault("/name", "1 to 100 printable characters"))
    shape, said = _ADDRESS[connection.via]
    if not shape.fullmatch(connection.address):
        found.append(Fault("/address", text("must be {said}", said=said)))
    if connection.bindings and connection.via is not Via.RABBITMQ:
        found.append(Fault("/bindings", "are for RabbitMQ alone"))
    if len(connection.bindings) > MOST_BINDINGS or not all(map(_BINDING.fullmatch, connection.bindings)):
        found.append(Fault("/bindings", text("up to {most} routing keys, such as booking.* or #", most=MOST_BINDINGS)))
    return found + _push_faults(connection)


def _push_faults(connection: Connection) -> list[Fault]:
    given = {"service_account": connection.service_account, "audience": connection.audience}
    if connection.via is not Via.PUBSUB:
        return [Fault(f"/{name}", "is for Pub/Sub alone") for name, one in given.items() if one is not None]
    found = [Fault(f"/{name}", "is needed for Pub/Sub") for name, one in given.items() if not one]
    if connection.service_account and not _MAIL.fullmatch(connection.service_account):
        found.append(Fault("/service_account", "must be the e-mail address of the pushing service account"))
    return found


def data(connection: Connection) -> events.ConnectionData:
    """The public record."""
    hotel = connection.property_id and encode("prp", connection.property_id)
    return events.ConnectionData(
        encode("con", connection.id), connection.name, connection.via.value, connection.address, connection.bindings,
        hotel or None, connection.service_account, connection.audience, connection.paused,
    )  # fmt: skip


def _refuse(connection: Connection) -> None:
    if found := faults(connection):
        raise Invalid(faults=found)


def _event(kind: EventType, connection: Connection, differences: Mapping[str, tuple[Any, Any]]) -> Event:
    return Event(kind, connection.tenant_id, connection.id, connection.version, data(connection), differences)
