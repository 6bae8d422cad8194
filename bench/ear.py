"""A thin client of the live channel: thousands fit beside the server."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from typing import Any, Self
from urllib.parse import urlsplit

import orjson

_UPGRADE = (
    "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\n"
    "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)
_SHORT, _MIDDLE = 126, 127


class Ear(asyncio.Protocol):
    """One websocket (RFC 6455, text frames alone); `hear` gets every message `["name",{content}]` as it came."""

    def __init__(self, hello: str, auth: bytes, hear: Callable[[bytes], None]) -> None:
        """Made by `open`."""
        self._hello, self._auth, self._hear = hello, auth, hear
        self._buffer = b""
        self._open = False
        self._transport: Any = None
        loop = asyncio.get_running_loop()
        self._welcome: asyncio.Future[None] = loop.create_future()
        self._gone: asyncio.Future[None] = loop.create_future()

    @classmethod
    async def open(cls, url: str, token: str, hear: Callable[[bytes], None], cursors: list[dict[str, Any]]) -> Self:
        """Come in; refused is a ConnectionError."""
        at = urlsplit(url)
        auth = b"40" + orjson.dumps({"token": token, "cursors": cursors})
        _, ear = await asyncio.get_running_loop().create_connection(
            lambda: cls(_UPGRADE.format(host=at.netloc), auth, hear), at.hostname, at.port
        )
        return await ear.welcome()

    async def welcome(self) -> Self:
        """Until the server has let us in."""
        await self._welcome
        return self

    async def close(self) -> None:
        """Hang up."""
        self._transport.close()
        await self._gone

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for a websocket."""
        self._transport = transport
        self._transport.write(self._hello.encode())

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  # asyncio's signature
        """It is gone."""
        if not self._welcome.done():
            self._welcome.set_exception(ConnectionError("closed before the welcome"))
        self._gone.set_result(None)

    def data_received(self, data: bytes) -> None:
        """Cut what comes into messages."""
        data = self._buffer + data
        if not self._open:
            end = data.find(b"\r\n\r\n")
            if end < 0:
                self._buffer = data
                return
            self._open, data = True, data[end + 4 :]
        at, length = 0, len(data)
        while length - at >= 2:
            begin, size = at + 2, data[at + 1]
            if size == _SHORT:
                begin, size = at + 4, int.from_bytes(data[at + 2 : at + 4], "big")
            elif size == _MIDDLE:
                begin, size = at + 10, int.from_bytes(data[at + 2 : at + 10], "big")
            if length < begin + size:
                break
            self._take(data[begin : begin + size])
            at = begin + size
        self._buffer = data[at:]

    def _take(self, message: bytes) -> None:
        if message.startswith(b"42"):
            self._hear(message[2:])
        elif message == b"2":
            self._send(b"3")
        elif message.startswith(b"0{"):
            self._send(self._auth)
        elif message.startswith(b"40") and not self._welcome.done():
            self._welcome.set_result(None)
        elif message.startswith(b"44") and not self._welcome.done():
            self._welcome.set_exception(ConnectionError(message.decode()))

    def _send(self, message: bytes) -> None:
        mask = os.urandom(4)
        size = len(message)
        head = bytes((0x81, 0x80 | size)) if size < _SHORT else bytes((0x81, 0xFE)) + size.to_bytes(2, "big")
        self._transport.write(head + mask + bytes(one ^ mask[n % 4] for n, one in enumerate(message)))
