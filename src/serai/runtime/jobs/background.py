"""All background work of one process: reactions, relay and loops."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

import structlog

from serai.kernel.errors import Unavailable
from serai.runtime.jobs.loops import Loops
from serai.runtime.jobs.reactions import Reactor
from serai.runtime.jobs.relay import Relay
from serai.runtime.slice import Loop, Reaction
from serai.runtime.transports.port import Transport
from serai.runtime.work import House

log = structlog.get_logger()
LONGEST = 1.0
"""Seconds between two looks for what is due."""
SHORTEST = timedelta(milliseconds=50)
"""The least rest between two turns of the loops, lest a row that keeps failing keeps us busy."""


class Beside(Protocol):
    """Work of a process that goes on by itself until it is cancelled."""

    async def run(self) -> None:
        """Go on."""
        ...


class Background:
    """Runs until stopped; several processes may run it at once."""

    def __init__(
        self,
        house: House,
        *,
        reactions: Sequence[Reaction] = (),
        loops: Sequence[Loop] = (),
        transports: Sequence[Transport] = (),
        beside: Sequence[Beside] = (),
        only: UUID | None = None,
    ) -> None:
        """Nothing runs until `run` or `settle`; with `only` it works for that tenant alone."""
        self._house = house
        self.transports = tuple(transports)
        self._reactor = Reactor(house, reactions, only)
        self._relays = [Relay(house, one, only) for one in transports]
        self._loops = Loops(house, loops, only)
        self._beside = tuple(beside)
        self._stopping = asyncio.Event()

    async def run(self) -> None:
        """Work until `stop`; what is in the middle is finished."""
        beside = [asyncio.ensure_future(one.run()) for one in self._beside]
        await asyncio.gather(
            self._keep("reactions", self._reactor.turn),
            *(self._keep(one.name, one.turn) for one in self._relays),
            self._keep_time(),
        )
        for one in beside:
            one.cancel()
        await asyncio.gather(*beside, return_exceptions=True)

    def stop(self) -> None:
        """Ask for the end."""
        self._stopping.set()
        self._house.wake.ring()

    async def settle(self) -> None:
        """Do all that is to be done now, and return when nothing is left."""
        while await self._loops.turn() + await self._reactor.turn(impatient=True):
            continue
        for relay in self._relays:
            while await relay.turn(impatient=True):
                continue

    async def busy(self) -> bool:
        """Whether anything is to be done now, by whomever; looking does none of it."""
        due = await self._loops.next_due()
        if due is not None and due <= self._house.clock.now():
            return True
        return await self._reactor.behind() or any([await one.behind() for one in self._relays])

    async def next_due(self) -> datetime | None:
        """The earliest moment at which a loop has something to do."""
        return await self._loops.next_due()

    async def close(self) -> None:
        """Let go of the transports."""
        for transport in self.transports:
            await transport.close()

    async def _keep(self, name: str, turn: Callable[[], Awaitable[int]]) -> None:
        rest = 0.01
        while not self._stopping.is_set():
            if await self._guarded(name, turn):
                rest = 0.01
                continue
            await self._house.wake.wait(rest)
            rest = min(0.1, rest * 1.5)

    async def _keep_time(self) -> None:
        while not self._stopping.is_set():
            await self._guarded("loops", self._loops.turn)
            now = self._house.clock.now()
            latest = now + timedelta(seconds=1)
            with suppress(Unavailable):
                latest = max(now + SHORTEST, min(latest, await self._loops.next_due() or latest))
            sleeper = asyncio.ensure_future(self._house.clock.sleep_until(latest))
            stopper = asyncio.ensure_future(self._stopping.wait())
            # a second of the machine's at most: where the house's clock stands, what came meanwhile may be due already
            _, waiting = await asyncio.wait({sleeper, stopper}, timeout=LONGEST, return_when=asyncio.FIRST_COMPLETED)
            for one in waiting:
                one.cancel()

    async def _guarded(self, name: str, turn: Callable[[], Awaitable[int]]) -> int:
        try:
            return await turn()
        except Unavailable:
            log.warning("background.waiting", what=name)
        except Exception:
            log.exception("background.failed", what=name)
        await asyncio.sleep(0.5)
        return 0
