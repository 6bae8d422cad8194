"""What every way out can do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from serai.kernel.event import EventType


@dataclass(frozen=True, slots=True)
class Message:
    """A fact on its way out: its declaration (for the spelling of names) and its envelope."""

    type: EventType
    envelope: dict[str, Any]


class Transport(Protocol):
    """Publishes in order; returning means accepted, raising means that the batch is tried again."""

    name: str

    async def publish(self, batch: Sequence[Message]) -> None:
        """Publish all of the batch, in order."""
        ...

    async def close(self) -> None:
        """Let go of the connection."""
        ...
