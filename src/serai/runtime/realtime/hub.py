"""Hands the facts of each stream to who may hear them, in order, without a gap."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any, Protocol
from uuid import UUID

import structlog

from serai.kernel.actor import Actor, system
from serai.kernel.errors import Refusal, Unauthenticated, Unavailable
from serai.runtime.events import journal
from serai.runtime.events.catalog import Incoming
from serai.runtime.realtime import frames
from serai.runtime.realtime.frames import Place
from serai.runtime.telemetry import live_clients
from serai.runtime.work import House

log = structlog.get_logger()
BATCH = 500
RECENT = 500
"""Facts of a stream kept at hand, so that a crowd that comes back at once is told without asking the database."""
FARTHEST = 2000
"""Facts that a client who comes back is told; who missed more takes a fresh snapshot."""
GATHER = 0.02
"""Seconds between two turns with news: what comes meanwhile goes out to each client in one write."""
HEADS = 30.0
"""Seconds between two words of where the streams stand, so that silence is noticed."""
DEAD = 15.0
"""Seconds without a turn after which a process is ill."""
Rights = frozenset[str]


class Socket(Protocol):
    """A client's socket; a packet is made once for all who hear it."""

    def send(self, packet: Any) -> bool:
        """Put it in the line; False where the line is too long."""
        ...

    async def close(self, reason: str) -> None:
        """Say why, and end it."""
        ...


class Speech(Protocol):
    """How a message becomes a packet."""

    def __call__(self, name: str, content: Any) -> Any:
        """The packet."""
        ...


@dataclass(eq=False, slots=True)
class Client:
    """Who listens, with what token, until when, and to which streams."""

    actor: Actor
    token: str
    expires_at: datetime | None
    socket: Socket
    streams: dict[UUID, Rights] = field(default_factory=dict[UUID, Rights])


@dataclass(slots=True)
class Stream:
    """A stream that is read: where we stand in it, and who hears with which rights.

    `needed` counts who is on the way in, and for a company's own stream all of its clients: it says when access ends.
    """

    tenant_id: UUID
    place: Place
    at: datetime | None = None
    groups: dict[Rights, set[Client]] = field(default_factory=dict[Rights, set[Client]])
    needed: int = 0
    recent: deque[Incoming] = field(default_factory=lambda: deque[Incoming](maxlen=RECENT))
    packets: dict[tuple[int, int], Any] = field(default_factory=dict[tuple[int, int], Any])

    def since(self, position: int) -> list[Incoming] | None:
        """The facts between that position and ours where all of them are at hand."""
        if not self.recent or self.recent[-1].position != self.place.position:
            return None
        first = self.recent[0].position
        return list(islice(self.recent, position + 1 - first, None)) if first <= position + 1 else None

    def keep(self, facts: Sequence[Incoming]) -> None:
        """Have what was read at hand if it goes on where we stand, or comes to where we stand."""
        if facts and facts[-1].position == self.place.position:
            if not self.recent or facts[0].position != self.recent[-1].position + 1:
                self.recent.clear()
            self.recent.extend(facts)


class Hub:
    """The reader of one web process. It reads for nobody while nobody listens."""

    def __init__(self, house: House, say: Speech) -> None:
        """`say` makes packets."""
        self._house, self._say = house, say
        self._streams: dict[UUID, Stream] = {}
        self._clients: set[Client] = set()
        self._narrowed: set[UUID] = set()
        self._heads_at = 0.0
        self._turned = time.monotonic()

    @property
    def healthy(self) -> bool:
        """Whether it still turns."""
        return time.monotonic() - self._turned < DEAD

    def __len__(self) -> int:
        """How many listen."""
        return len(self._clients)

    async def run(self) -> None:
        """Read until cancelled."""
        rest = 0.01
        while True:
            try:
                moved = await self._turn()
                await self._keep_time()
                self._turned = time.monotonic()
            except Unavailable:
                moved = False
            except Exception:
                log.exception("realtime.failed")
                moved = False
            rest = 0.01 if moved else min(0.1, rest * 1.5)
            if moved:
                await asyncio.sleep(GATHER)
            else:
                await self._house.wake.wait(rest if self._clients else 1.0)

    async def join(self, client: Client, cursors: dict[UUID, Place], wanted: frozenset[UUID] | None = None) -> None:
        """Let a client in: told where the streams stand, then what it missed of each, then what comes.

        `wanted` are the streams that it asks for; without it, all that it may hear.
        """
        places = await self._places(client.actor)
        tenant = client.actor.tenant_id
        self._clients.add(client)
        live_clients.set(len(self._clients))
        self._streams.setdefault(tenant, Stream(tenant, places[tenant])).needed += 1
        if client.actor.properties() is not None:
            del places[tenant]
        if wanted is not None:
            places = {stream: place for stream, place in places.items() if stream in wanted}
        expires = client.expires_at and client.expires_at.isoformat()
        client.socket.send(
            self._say(frames.WELCOME, {"streams": frames.standing(tenant, places), "expires_at": expires})
        )
        for stream, place in places.items():
            await self._enter(client, stream, place, cursors.get(stream))

    def leave(self, client: Client) -> None:
        """It is gone."""
        if client not in self._clients:
            return
        self._clients.remove(client)
        live_clients.set(len(self._clients))
        own = self._streams[client.actor.tenant_id]
        own.needed -= 1
        self._forget(client.actor.tenant_id, own)
        for stream, rights in client.streams.items():
            if (there := self._streams.get(stream)) and client in (group := there.groups.get(rights, set())):
                group.discard(client)
                if not group:
                    del there.groups[rights]
                self._forget(stream, there)
        client.streams.clear()

    def _forget(self, stream: UUID, there: Stream) -> None:
        """Read a stream no further that nobody listens to."""
        if not there.groups and not there.needed:
            self._streams.pop(stream, None)

    async def _enter(self, client: Client, stream: UUID, head: Place, cursor: Place | None) -> None:
        there = self._streams.setdefault(stream, Stream(client.actor.tenant_id, head))
        there.needed += 1
        try:
            await self._catch_up(client, stream, there, self._begin(client, stream, head, cursor))
        finally:
            there.needed -= 1
            self._forget(stream, there)

    def _begin(self, client: Client, stream: UUID, head: Place, cursor: Place | None) -> Place:
        """Where to go on: at the client's place, or at the head where that is too far or of another epoch."""
        if cursor is None:
            return head
        if cursor.epoch == head.epoch and 0 <= head.position - cursor.position <= FARTHEST:
            return cursor
        content = {"streams": frames.standing(client.actor.tenant_id, {stream: head})}
        client.socket.send(self._say(frames.RESYNC, content))
        return head

    async def _catch_up(self, client: Client, stream: UUID, there: Stream, told: Place) -> None:
        rights = _rights(client.actor, stream)
        while client in self._clients:
            if told.position == there.place.position:
                client.streams[stream] = rights
                there.groups.setdefault(rights, set()).add(client)
                return
            if told.position > there.place.position:  # another process was faster than our reader
                await asyncio.sleep(0.01)
                continue
            facts = there.since(told.position)
            if facts is None:
                facts = await self._read(there.tenant_id, stream, told.position)
                facts = [one for one in facts if one.position <= there.place.position]
                there.keep(facts)
            for packet in self._told(there, stream, rights, told.position, facts):
                client.socket.send(packet)
            if facts:
                told = Place(told.epoch, facts[-1].position)

    async def _turn(self) -> bool:
        """Read on in every stream with news."""
        if not self._streams:
            return False
        moved = False
        wanted = {stream: there.tenant_id for stream, there in self._streams.items()}
        for stream, place in (await journal.heads(self._house.db, wanted)).items():
            there = self._streams.get(stream)
            if there is None:
                continue
            head = Place(*place)
            if head.epoch != there.place.epoch:
                await self._restored(stream, there, head)
            elif head.position > there.place.position:
                facts = await self._read(there.tenant_id, stream, there.place.position, there.at)
                self._spread(stream, there, facts)
                moved = True
        return moved

    def _spread(self, stream: UUID, there: Stream, facts: list[Incoming]) -> None:
        """Without a rest in between, so that who enters sees either none of it or all."""
        for rights, group in list(there.groups.items()):
            packets = self._told(there, stream, rights, there.place.position, facts)
            for client in list(group):
                if not all(client.socket.send(packet) for packet in packets):
                    self._drop(client, "slow")
        if facts:
            there.place, there.at = Place(there.place.epoch, facts[-1].position), facts[-1].at
            there.keep(facts)
        if any(self._house.catalog[one.type].narrows for one in facts):
            self._narrowed.add(there.tenant_id)

    def _told(self, there: Stream, stream: UUID, rights: Rights, after: int, facts: Iterable[Incoming]) -> list[Any]:
        """The packets for who has these rights: each says after which position it comes and where it leads."""
        name = frames.stream_name(there.tenant_id, stream)
        packets: list[Any] = []
        position = after
        if len(there.packets) > 2 * RECENT:
            there.packets.clear()
        for fact in facts:
            position = fact.position
            kind = self._house.catalog[fact.type]
            if kind.permission in rights:
                packet = there.packets.get((after, position))
                if packet is None:
                    event = self._house.catalog.envelope(fact)
                    frame = {"stream": name, "after": after, "position": position, "event": event}
                    packet = there.packets[after, position] = self._say(kind.live, frame)
                packets.append(packet)
                after = position
        if position > after:
            packets.append(self._say(frames.POSITION, {"stream": name, "after": after, "position": position}))
        return packets

    async def _restored(self, stream: UUID, there: Stream, head: Place) -> None:
        there.place, there.at = head, None
        there.recent.clear()
        there.packets.clear()
        packet = self._say(frames.RESYNC, {"streams": frames.standing(there.tenant_id, {stream: head})})
        for group in there.groups.values():
            for client in list(group):
                client.socket.send(packet)

    async def _keep_time(self) -> None:
        """End what has expired; ask again for access where it may have narrowed, and for everybody now and then."""
        now, tick = self._house.clock.now(), time.monotonic()
        for client in [one for one in self._clients if one.expires_at is not None and one.expires_at <= now]:
            self._drop(client, "expired")
        due, self._narrowed = self._narrowed, set()
        everybody = tick - self._heads_at >= HEADS
        for client in [one for one in self._clients if everybody or one.actor.tenant_id in due]:
            await self._look_again(client, anew=client.actor.tenant_id in due, tell=everybody)
        if everybody:
            self._heads_at = tick

    async def _look_again(self, client: Client, *, anew: bool, tell: bool) -> None:
        try:
            actor = await self._house.authenticate({"authorization": f"Bearer {client.token}"}, anew=anew)
        except Unauthenticated:
            self._drop(client, "signed_out")
            return
        except Refusal:  # it could not be asked; the next time
            if anew:
                self._narrowed.add(client.actor.tenant_id)
            return
        if (actor.grants, actor.tenant_id) != (client.actor.grants, client.actor.tenant_id):
            self._drop(client, "changed")
        elif tell:
            places = {one: self._streams[one].place for one in client.streams if one in self._streams}
            content = {"streams": frames.standing(actor.tenant_id, places)}
            if not client.socket.send(self._say(frames.HEAD, content)):
                self._drop(client, "slow")

    def _drop(self, client: Client, reason: str) -> None:
        self.leave(client)
        ending = asyncio.ensure_future(client.socket.close(reason))
        ending.add_done_callback(lambda done: done.cancelled() or done.exception())

    async def _places(self, actor: Actor) -> dict[UUID, Place]:
        """The streams of the properties that the actor sees, and the company's."""
        rows = await self._house.read(actor, lambda tx: journal.streams(tx, actor.tenant_id))
        return {
            stream: Place(epoch, head)
            for stream, epoch, head in rows
            if stream == actor.tenant_id or actor.sees(stream)
        }

    async def _read(self, tenant_id: UUID, stream: UUID, after: int, since: datetime | None = None) -> list[Incoming]:
        return await self._house.read(
            system(tenant_id, "realtime"), lambda tx: journal.read(tx, tenant_id, stream, after, BATCH, since)
        )


def _rights(actor: Actor, stream: UUID) -> Rights:
    return actor.grants.get(None, frozenset()) if stream == actor.tenant_id else actor.rights(stream)
