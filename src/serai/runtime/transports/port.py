"""What every way out and every way in can do."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

import structlog

from serai.kernel.event import EventType

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Message:
    """A fact on its way out: its declaration (for the spelling of names) and its envelope."""

    type: EventType
    envelope: dict[str, Any]

    @property
    def id(self) -> str:
        """The same whenever it is sent: what consumers know repeats by."""
        return self.envelope["id"]

    @property
    def name(self) -> str:
        """The full type, with the prefix of this house."""
        return self.envelope["type"]


class Transport(Protocol):
    """Publishes in order per subject; returning means accepted, raising that the batch is tried again."""

    name: str

    async def publish(self, batch: Sequence[Message]) -> None:
        """Publish all of the batch; it raises before its time is out rather than wait for ever."""
        ...

    async def close(self) -> None:
        """Let go of the connection."""
        ...


async def in_lanes(batch: Sequence[Message], send: Callable[[Message], Awaitable[None]]) -> None:
    """Send all, each once the one before it of its subject was accepted; the first error ends it.

    So a later fact of a subject is never out before an earlier one that failed.
    """
    lanes: dict[str, list[Message]] = {}
    for message in batch:
        lanes.setdefault(message.envelope["subject"], []).append(message)

    async def go(lane: list[Message]) -> None:
        for message in lane:
            await send(message)

    going = [asyncio.ensure_future(go(lane)) for lane in lanes.values()]
    try:
        await asyncio.gather(*going)
    except BaseException:
        for one in going:
            one.cancel()
        await asyncio.gather(*going, return_exceptions=True)
        raise


@dataclass(frozen=True, slots=True)
class Raw:
    """A message as a broker gave it: its routing key or channel, its body, and what else it said."""

    key: str
    body: bytes
    id: str | None = None
    at: datetime | None = None
    headers: Mapping[str, str] = field(default_factory=dict[str, str])


Take = Callable[[Raw], Awaitable[bool]]
"""Take a message in: False for one that cannot be read. Raising means that it was not taken, and is tried again."""


class Listener(Protocol):
    """A way in: listens to one address until it is cancelled, and raises when the broker goes away."""

    async def listen(self, address: str, bindings: Sequence[str], take: Take) -> None:
        """Hand each message to `take`; it is only let go of when that has returned."""
        ...


AT_ONCE = 16
"""Messages of one address that are taken at the same time."""
REST = 0.5
"""Seconds until a message that could not be taken is tried again."""


async def taken(raw: Raw, take: Take) -> bool:
    """Take it, however often that needs: a message that was not taken is never let go of."""
    while True:
        try:
            return await take(raw)
        except Exception:
            log.exception("inbound.waits", key=raw.key)
            await asyncio.sleep(REST)
