"""The way out inside the process: subscribers are called in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from serai.runtime.transports.port import Message

Subscriber = Callable[[Message], None]


class MemoryTransport:
    """Hands each message to every subscriber; one that raises makes the batch come again."""

    name = "memory"

    def __init__(self) -> None:
        """Nobody listens yet."""
        self._subscribers: list[Subscriber] = []

    def subscribe(self, subscriber: Subscriber) -> None:
        """Hear everything published from now on."""
        self._subscribers.append(subscriber)

    async def publish(self, batch: Sequence[Message]) -> None:
        """Call the subscribers with each message, in order."""
        for message in batch:
            for subscriber in self._subscribers:
                subscriber(message)

    async def close(self) -> None:
        """Forget the subscribers."""
        self._subscribers.clear()
