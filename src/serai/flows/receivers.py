"""Listens wherever a connection says so, as long as it says so."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from uuid import UUID

import structlog

from serai.access.connections import service as connections
from serai.access.connections.service import Connection, Via
from serai.flows import inbound_wires
from serai.kernel.errors import Unavailable
from serai.runtime.transports.port import Listener, Raw
from serai.runtime.work import House

log = structlog.get_logger()
LOOK = 5.0
"""Seconds between two looks for connections that were made, changed, paused or cut."""
LONGEST = 30.0
"""Seconds between two attempts at a broker that stays away."""


class Receivers:
    """One task a connection; a broker that is away is asked again and again, and holds up no other."""

    def __init__(self, house: House, listeners: Mapping[Via, Listener], only: UUID | None = None) -> None:
        """Nothing runs until `run`; with `only` it listens for that tenant alone."""
        self._house, self._listeners, self._only = house, listeners, only
        self._going: dict[tuple[UUID, int], asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Listen until cancelled."""
        try:
            while self._listeners:
                try:
                    await self._adjust()
                except Unavailable:
                    log.warning("inbound.waiting")
                except Exception:
                    log.exception("inbound.failed")  # who listens goes on, and is looked for again
                await asyncio.sleep(LOOK)
        finally:
            for one in self._going.values():
                one.cancel()
            await asyncio.gather(*self._going.values(), return_exceptions=True)

    async def _adjust(self) -> None:
        wanted: dict[tuple[UUID, int], Connection] = {}
        for via in self._listeners:
            for one in await connections.open_connections(self._house, via):
                if self._only in (None, one.tenant_id):
                    wanted[one.id, one.version] = one
        for key in [key for key in self._going if key not in wanted]:
            ended = self._going.pop(key)
            ended.cancel()
            await asyncio.gather(ended, return_exceptions=True)
        for key, one in wanted.items():
            if key not in self._going:
                self._going[key] = asyncio.ensure_future(self._keep(one))

    async def _keep(self, connection: Connection) -> None:
        async def take(raw: Raw) -> bool:
            return await inbound_wires.take(self._house, connection, raw)

        rest = 0.2
        while True:
            began = asyncio.get_running_loop().time()
            try:
                await self._listeners[connection.via].listen(connection.address, connection.bindings, take)
            except Exception as error:  # noqa: BLE001  # whatever a broker's library raises, we listen again
                log.warning("inbound.away", via=connection.via, address=connection.address, error=str(error)[:300])
            if asyncio.get_running_loop().time() - began > LONGEST:
                rest = 0.2
            await asyncio.sleep(rest)
            rest = min(LONGEST, rest * 2)
