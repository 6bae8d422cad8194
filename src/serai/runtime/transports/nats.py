"""The way out by NATS JetStream: a stream of its own, each message acknowledged."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import nats
from nats.js.errors import NotFoundError

from serai.runtime.transports.port import Message, in_lanes
from serai.runtime.wire import to_json

connect: Any = nats.connect  # pyright: ignore[reportUnknownVariableType, reportUnknownMemberType]  # untyped
TIMEOUT = 15.0
"""Seconds that a batch, or the way to the server, may take."""


class Nats:
    """The subject is the full type; `Nats-Msg-Id` is the event's id, by which the server drops repeats for a while."""

    name = "nats"

    def __init__(self, url: str, stream: str, prefix: str) -> None:
        """Nothing is opened until the first message; the stream takes every subject that begins with `prefix`."""
        self._url, self._stream, self._subjects = url, stream, f"{prefix}>"
        self._client: Any = None
        self._jetstream: Any = None

    async def publish(self, batch: Sequence[Message]) -> None:
        """Publish the batch; what fails closes the connection, and the next batch opens another."""
        try:
            async with asyncio.timeout(TIMEOUT):
                jetstream = self._jetstream or await self._open()
                await in_lanes(batch, lambda message: self._send(jetstream, message))
        except BaseException:
            await self.close()
            raise

    async def _open(self) -> Any:
        self._client = await connect(self._url, allow_reconnect=False, connect_timeout=5, error_cb=_heard)
        jetstream = self._client.jetstream(timeout=TIMEOUT)
        try:
            await jetstream.find_stream_name_by_subject(self._subjects)
        except NotFoundError:
            await jetstream.add_stream(name=self._stream, subjects=[self._subjects])
        self._jetstream = jetstream
        return jetstream

    async def _send(self, jetstream: Any, message: Message) -> None:
        headers = {"Nats-Msg-Id": message.id, "Content-Type": "application/cloudevents+json"}
        await jetstream.publish(message.name, to_json(message.envelope), headers=headers)

    async def close(self) -> None:
        """Close the connection; one that is broken is only forgotten."""
        client, self._client, self._jetstream = self._client, None, None
        if client is not None:
            with suppress(Exception):
                async with asyncio.timeout(1):
                    await client.close()


async def _heard(_: Exception) -> None:
    """Errors are raised where a message is published; the client need not tell them beside."""
