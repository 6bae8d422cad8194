"""Runs what falls due: found without locks, claimed a property at a time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import structlog

from serai.kernel.actor import system
from serai.runtime import telemetry
from serai.runtime.slice import Loop
from serai.runtime.work import House, Work

log = structlog.get_logger()
BATCH = 100
REST = timedelta(seconds=60)
"""How long a row that failed alone is left in peace."""


class Loops:
    """All loops of all slices. Any number of processes may run them."""

    def __init__(self, house: House, loops: Sequence[Loop], only: UUID | None = None) -> None:
        """Nothing runs until `turn`."""
        self._house, self._only = house, only
        self._loops = tuple(loops)
        self._resting: dict[tuple[str, UUID], datetime] = {}

    async def turn(self) -> int:
        """Do everything that is due now; returns how many rows were handled."""
        done = 0
        for loop in self._loops:
            sql = (
                f"select distinct tenant_id, property_id from app.{loop.table} "  # noqa: S608  # names of our own declarations
                f"where {loop.due} <= $1 and ($2::uuid is null or tenant_id = $2)"
            )
            async with self._house.db.relay() as tx:
                rows = await tx.fetch(sql, self._house.clock.now(), self._only)
            for row in rows:
                while taken := await self._batch(loop, row["tenant_id"], row["property_id"]):
                    done += taken
                    if taken < BATCH:
                        break
        return done

    async def next_due(self) -> datetime | None:
        """The earliest moment at which something falls due, if any is known."""
        moments: list[datetime] = []
        async with self._house.db.relay() as tx:
            for loop in self._loops:
                sql = f"select min({loop.due}) from app.{loop.table} where $1::uuid is null or tenant_id = $1"  # noqa: S608  # as above
                if (moment := await tx.fetchval(sql, self._only)) is not None:
                    moments.append(moment)
        return min(moments, default=None)

    async def _batch(self, loop: Loop, tenant_id: UUID, property_id: UUID) -> int:
        claimed: list[UUID] = []

        async def act(work: Work) -> int:
            claimed[:] = await self._claim(work, loop, property_id)
            if claimed:
                with telemetry.tracer.span(f"loop {loop.name}"):
                    await loop.act(work, claimed)
            return len(claimed)

        actor = system(tenant_id, loop.name)
        try:
            return await self._house.do(actor, act, source=f"loop {loop.name}")
        except Exception as error:  # noqa: BLE001  # one bad row must not stop the others
            log.warning("loop.failed", loop=loop.name, rows=len(claimed), error=str(error))
            if not claimed:
                return 0
        for one in tuple(claimed):
            await self._alone(loop, tenant_id, one)
        return len(claimed)

    async def _alone(self, loop: Loop, tenant_id: UUID, one: UUID) -> None:
        async def act(work: Work) -> None:
            still = await work.tx.fetchval(
                f"select id from app.{loop.table} where tenant_id = $1 and id = $2 and {loop.due} <= $3 "  # noqa: S608  # names of our own declarations
                "for update skip locked",
                tenant_id, one, work.now,
            )  # fmt: skip
            if still is not None:
                await loop.act(work, [one])

        try:
            await self._house.do(system(tenant_id, loop.name), act, source=f"loop {loop.name}")
        except Exception as error:
            log.exception("loop.row_failed", loop=loop.name, id=str(one), error=str(error))
            self._resting[loop.name, one] = self._house.clock.now() + REST

    async def _claim(self, work: Work, loop: Loop, property_id: UUID) -> list[UUID]:
        self._resting = {key: until for key, until in self._resting.items() if until > work.now}
        resting = [one for name, one in self._resting if name == loop.name]
        rows = await work.tx.fetch(
            f"select id from app.{loop.table} where tenant_id = $1 and property_id = $2 and {loop.due} <= $3 "  # noqa: S608  # names of our own declarations
            f"and not id = any($4) order by {loop.due} limit {BATCH} for update skip locked",
            work.tenant_id, property_id, work.now, resting,
        )  # fmt: skip
        return [row["id"] for row in rows]
