"""The facts about connections."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from serai.kernel.event import EventType


@dataclass(frozen=True, slots=True)
class ConnectionData:
    """A way in: where it listens, and for which property when a message names none."""

    id: str
    name: str
    via: str
    address: str
    bindings: tuple[str, ...]
    property_id: str | None
    service_account: str | None
    audience: str | None
    paused: bool


_connection = partial(EventType, subject="con", payload=ConnectionData, permission="connection.read")
ADDED = _connection("tenant.connection.added.v1", "A way in for events was bound.")
UPDATED = _connection("tenant.connection.updated.v1", "A way in was changed, paused or resumed.")
REMOVED = _connection("tenant.connection.removed.v1", "A way in was cut.")

ALL = (ADDED, UPDATED, REMOVED)
