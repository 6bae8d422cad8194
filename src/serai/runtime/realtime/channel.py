"""The Socket.IO door: websockets alone, a token to come in, rooms chosen here."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, cast

import jwt
import orjson
from starlette.types import ASGIApp

from serai.runtime.lean import without

with without(
    "redis", "aiohttp", "requests", "aio_pika"
):  # its clients and managers, which a server without a broker never uses
    import socketio
    from engineio.packet import MESSAGE
    from engineio.packet import Packet as EnginePacket
    from socketio.exceptions import ConnectionRefusedError as Refused
    from socketio.packet import EVENT, Packet

from serai.kernel.errors import Refusal, Unauthenticated
from serai.kernel.ids import BadId, decode
from serai.runtime.realtime import frames
from serai.runtime.realtime.hub import Client, Hub
from serai.runtime.wire import to_json
from serai.runtime.work import House

PATH = "socket.io"
LONGEST_LINE = 1000
"""Packets that wait for a client; who is farther behind is sent away to start anew."""
MOST = 10_000
"""Clients of one process."""
AT_ONCE = 8
"""Clients let in at the same time; the others wait their turn."""
LARGEST = 65_536
"""Bytes of what a client says."""


class _Json:
    """JSON as the rest of the house writes it."""

    @staticmethod
    def dumps(value: Any, **_: Any) -> str:
        return to_json(value).decode()

    @staticmethod
    def loads(text: str | bytes, **_: Any) -> Any:
        return orjson.loads(text)


class _Packet(Packet):
    json = _Json


def packet(name: str, content: Any) -> EnginePacket:
    """A message, written out once for all who get it."""
    return EnginePacket(MESSAGE, _Packet(EVENT, [name, content]).encode())


class Wire:
    """One client's socket."""

    def __init__(self, server: Any, sid: str) -> None:
        """By its session at the server."""
        self._server, self._sid = server, sid
        self._engine_sid: str | None = server.manager.eio_sid_from_sid(sid, "/")

    def send(self, packet: Any) -> bool:
        """Into the line of the socket."""
        engine = self._server.eio.sockets.get(self._engine_sid)
        if engine is None or engine.closed or engine.queue.qsize() >= LONGEST_LINE:
            return engine is None  # one that has gone is no longer slow
        engine.queue.put_nowait(packet)
        return True

    async def close(self, reason: str) -> None:
        """Empty the line, say why, and hang up."""
        engine = self._server.eio.sockets.get(self._engine_sid)
        if engine is None:
            return
        with suppress(asyncio.QueueEmpty):
            while engine.queue.qsize() >= LONGEST_LINE // 2:
                engine.queue.get_nowait()
                engine.queue.task_done()
        engine.queue.put_nowait(packet(frames.BYE, {"reason": reason}))
        await engine.close(wait=False)
        engine.queue.put_nowait(None)  # ends the writer, which closes the socket


class Channel:
    """The server of one process: who comes in is handed to the hub."""

    def __init__(self, house: House, origins: Sequence[str] = ()) -> None:
        """`origins` may connect from a page; without any, the same origin alone. Nothing runs until `run`."""
        self._house = house
        self.hub = Hub(house, packet)
        self._clients: dict[str, Client] = {}
        self._gate = asyncio.Semaphore(AT_ONCE)
        self._joining: set[asyncio.Task[None]] = set()
        make: Callable[..., Any] = socketio.AsyncServer
        self._server: Any = make(
            async_mode="asgi", transports=["websocket"], allow_upgrades=False, json=_Json, serializer=_Packet,
            cors_allowed_origins=list(origins) or None, max_http_buffer_size=LARGEST, always_connect=False,
            http_compression=False, cookie=None, logger=False, engineio_logger=False,
        )  # fmt: skip
        self._server.on("connect", self._connect)
        self._server.on("disconnect", self._disconnect)
        self._server.on("authenticate", self._authenticate)

    def beside(self, app: ASGIApp) -> ASGIApp:
        """The application with this door in it."""
        return socketio.ASGIApp(self._server, app, socketio_path=PATH)

    async def run(self) -> None:
        """Read the journal for the clients until cancelled."""
        await self.hub.run()

    async def _connect(self, sid: str, _: Any, auth: Any = None) -> None:
        said = cast("dict[str, Any]", auth) if isinstance(auth, dict) else {}
        if len(self._clients) >= MOST:
            raise Refused("Too many are connected here; try again.", {"code": "busy"})
        async with self._gate:
            client = await self._welcome(sid, said.get("token"))
        self._clients[sid] = client
        wanted = _streams(said.get("streams"))
        joining = asyncio.ensure_future(self._join(sid, client, frames.cursors(said.get("cursors")), wanted))
        self._joining.add(joining)
        joining.add_done_callback(self._joining.discard)

    async def _welcome(self, sid: str, token: Any) -> Client:
        try:
            if not isinstance(token, str):
                raise Unauthenticated  # told below as every other
            actor = await self._house.authenticate({"authorization": f"Bearer {token}"})
        except Refusal as refusal:
            raise Refused(str(refusal), {"code": refusal.code}) from None
        return Client(actor, token, _expiry(token), Wire(self._server, sid))

    async def _join(self, sid: str, client: Client, cursors: Any, wanted: Any) -> None:
        while not self._server.manager.is_connected(sid, "/"):
            if sid not in self._clients:
                return
            await asyncio.sleep(0)
        async with self._gate:
            try:
                await self.hub.join(client, cursors, wanted)
            except Refusal:
                self.hub.leave(client)
                await client.socket.close("unavailable")

    async def _disconnect(self, sid: str, *_: Any) -> None:
        if client := self._clients.pop(sid, None):
            self.hub.leave(client)

    async def _authenticate(self, sid: str, said: Any = None) -> dict[str, Any]:
        """A newer token of the same person, before the old one is out."""
        client = self._clients.get(sid)
        token: Any = cast("dict[str, Any]", said).get("token") if isinstance(said, dict) else None
        if client is None or not isinstance(token, str):
            return {"ok": False}
        try:
            actor = await self._house.authenticate({"authorization": f"Bearer {token}"})
        except Refusal as refusal:
            return {"ok": False, "code": refusal.code}
        if (actor.tenant_id, actor.id, actor.grants) != (client.actor.tenant_id, client.actor.id, client.actor.grants):
            return {"ok": False, "code": "another_person"}
        client.token, client.expires_at = token, _expiry(token)
        return {"ok": True, "expires_at": client.expires_at}


def _expiry(token: str) -> datetime | None:
    """When a token that was found good is out; a key says nothing of it."""
    try:
        claims: dict[str, Any] = jwt.decode(token, options={"verify_signature": False})
    except jwt.PyJWTError:
        return None
    return datetime.fromtimestamp(claims["exp"], UTC) if "exp" in claims else None


def _streams(given: Any) -> Any:
    """The streams that a client asks for; None for all."""
    if not isinstance(given, list):
        return None
    found: set[Any] = set()
    for one in cast("list[Any]", given):
        with suppress(BadId):
            found.add(decode(str(one)[:3], str(one)))
    return frozenset(found)
