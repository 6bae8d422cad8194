"""P14: promises fall due while workers are killed and the clock jumps; each once."""

from __future__ import annotations

import argparse
import asyncio
import random
import tempfile
import time
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from campaigns.ground import SECRET, database, house
from campaigns.lives import Serai
from campaigns.verdict import parked, rest
from serai.access.identity import service as identity
from serai.access.tenancy import service as tenancy
from serai.areas.sla import service as sla
from serai.areas.sla.model import EscalationStep, SetPolicy
from serai.areas.work_orders import events
from serai.areas.work_orders import service as orders
from serai.areas.work_orders.model import CreateOrder
from serai.cli.replay.apart import SharedClock
from serai.kernel.actor import Actor, system
from serai.kernel.hours import Hours
from serai.runtime.work import House, Work

ZONE = "Europe/Lisbon"
SEASONS = {
    "clocks go forward": datetime(2026, 3, 29, 0, 30, tzinfo=UTC),
    "clocks go back": datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
}  # fmt: skip
"""When the first order is reported: half an hour before the hotel's clocks change."""
ALWAYS, NIGHTS = "plumbing", "hvac"
"""A trade whose promise runs round the clock, and one whose promise runs in some hours alone."""
MINUTES = {ALWAYS: 30, NIGHTS: 150}
OPEN = (("00:00", "02:30"), ("04:00", "09:00"))
FACTS = tuple(one.name for one in (events.SLA_WARNING, events.SLA_BREACHED, events.ESCALATED))
LATEST = 1.0
"""Seconds after its time at which a moment may be told."""
PATIENCE = 900.0
"""Seconds in which all that follows from so many facts is done."""
TICK, SHOWN = 0.005, 20


def options(parser: argparse.ArgumentParser) -> None:
    """How many, and over how many seconds they fall due."""
    parser.add_argument("--orders", type=int, default=10_000)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--workers", type=int, default=3)


async def run(options: argparse.Namespace) -> dict[str, Any]:
    """Both changes of the clocks, each with a company of its own."""
    told: dict[str, Any] = {}
    broken: list[str] = []
    with tempfile.TemporaryDirectory(prefix="serai-p14-") as folder:
        async with database() as urls:
            for name, begins in SEASONS.items():
                path = Path(folder) / "clock"
                clock = SharedClock.at(path, begins)
                async with house(urls, clock) as here:
                    season = Season(options, here, clock, await _company(here, name))
                    async with _workers(urls, Path(folder), path, season, options.workers):
                        found = await season.play(begins)
                    told[name] = season.figures
                    broken += [f"{name}: {one}" for one in found]
    return {"orders": options.orders, **told, "broken": len(broken), "shown": broken[:SHOWN]}


@dataclass
class Season:
    """One company whose promises fall due around a change of the clocks."""

    options: argparse.Namespace
    here: House
    clock: SharedClock
    actor: Actor
    figures: dict[str, Any] = field(default_factory=dict[str, Any])
    due: dict[UUID, tuple[datetime, datetime]] = field(default_factory=dict[UUID, tuple[datetime, datetime]])

    async def play(self, begins: datetime) -> list[str]:
        """Report, warn, break, escalate; what did not hold, in words."""
        await self._report(begins)
        await self._rest()
        for trade in (ALWAYS, NIGHTS):
            own = [self.due[one] for one in await self._of(trade)]
            await self._leap_over(trade, max(warned for warned, _ in own) + timedelta(seconds=1))
            first = min(due for _, due in own)
            self.clock.set(first - timedelta(seconds=2))
            await self._pass(self.options.seconds + 4)
            await self._leap_over(trade, max(due for _, due in own) + timedelta(minutes=1, seconds=1))
        found = await self._rest()
        return found + await self.here.read(self.actor, self._verdict)

    async def _report(self, begins: datetime) -> None:
        """Orders of both trades, as many each second; half of each of the hotels'."""
        hotels = await self.here.read(self.actor, lambda tx: tenancy.all_properties(tx, self.actor.tenant_id))
        each = self.options.orders // self.options.seconds
        for second in range(self.options.seconds):
            at = begins + timedelta(seconds=second)
            self.clock.set(at)
            due = {trade: tuple(_passes(at, MINUTES[trade] * part, trade) for part in (0.8, 1)) for trade in MINUTES}

            async def make(work: Work, n: int, due: Any = due) -> None:
                for one in range(n, each, 4):
                    trade = NIGHTS if one % 4 == 0 else ALWAYS
                    cmd = CreateOrder(hotels[one % len(hotels)].id, "It is broken", trade)
                    self.due[(await orders.create(work, cmd)).id] = due[trade]

            await asyncio.gather(*(self.here.do(self.actor, lambda work, n=n: make(work, n)) for n in range(4)))

    async def _leap_over(self, trade: str, moment: datetime) -> None:
        """All that lies before falls due at once; an hour back and forth again, and nothing more comes of it."""
        began = time.perf_counter()
        self.clock.set(moment)
        while await self._untold(moment):  # noqa: ASYNC110  # other processes tell them
            await asyncio.sleep(0.05)
        await self._rest()
        self.figures.setdefault(f"{trade}: seconds after a leap", []).append(round(time.perf_counter() - began, 1))
        for hours in (1, 0):
            self.clock.set(moment - timedelta(hours=hours))
            await self._pass(1)

    async def _rest(self) -> list[str]:
        return await rest(self.here, self.actor.tenant_id, PATIENCE)

    async def _pass(self, seconds: float) -> None:
        """Time goes by as on the wall."""
        began, start = time.perf_counter(), self.clock.now()
        while (gone := time.perf_counter() - began) < seconds:
            self.clock.set(start + timedelta(seconds=gone))
            await asyncio.sleep(TICK)

    async def _of(self, trade: str) -> list[UUID]:
        rows = await self.here.read(self.actor, lambda tx: tx.fetch(
            "select id from app.work_order where tenant_id = $1 and category = $2", self.actor.tenant_id, trade
        ))  # fmt: skip
        return [row["id"] for row in rows]

    async def _untold(self, moment: datetime) -> int:
        sql = "select count(*) from app.work_order where tenant_id = $1 and sla_at <= $2"
        return await self.here.read(self.actor, lambda tx: tx.fetchval(sql, self.actor.tenant_id, moment))

    async def _verdict(self, tx: Any) -> list[str]:
        """Every moment once, at its time as a count of seconds has it, and each notice once."""
        rows = await tx.fetch(
            "select subject, type, at from app.journal where tenant_id = $1 and type = any($2)",
            self.actor.tenant_id, list(FACTS),
        )  # fmt: skip
        counts = Counter((row["subject"], row["type"]) for row in rows)
        found = [
            f"{one} has {counts[one, name]} of {name}" for one in self.due for name in FACTS if counts[one, name] != 1
        ]
        late = [
            ((row["at"] - self.due[row["subject"]][1]).total_seconds(), row["subject"])
            for row in rows
            if row["type"] == events.SLA_BREACHED.name
        ]
        found += [
            f"{one} was told {seconds:.3f} s after its time" for seconds, one in late if not 0 <= seconds <= LATEST
        ]
        kept = await tx.fetch(
            "select id, respond_due_at from app.work_order where tenant_id = $1", self.actor.tenant_id
        )  # fmt: skip
        found += [
            f"{row['id']} is due {row['respond_due_at']}, not {self.due[row['id']][1]}"
            for row in kept if row["respond_due_at"] != self.due[row["id"]][1]
        ]  # fmt: skip
        notices = await tx.fetch(
            "select topic, count(*)::int as n, count(distinct about)::int as orders from app.notice "
            "where tenant_id = $1 group by topic order by topic", self.actor.tenant_id,
        )  # fmt: skip
        found += [f"{one['topic']}: {one['n']} notices of {one['orders']} orders" for one in notices
                  if not one["n"] == one["orders"] == len(self.due)]  # fmt: skip
        ordered = sorted(seconds for seconds, _ in late) or [0.0]
        self.figures |= {
            "moments": len(rows), "notices": sum(one["n"] for one in notices),
            "late_ms": {"p50": _ms(ordered, 50), "p99": _ms(ordered, 99), "most": _ms(ordered, 100)},
        }  # fmt: skip
        return found + await parked(tx, self.actor.tenant_id)


def _ms(ordered: list[float], part: int) -> float:
    return round(ordered[min(len(ordered) - 1, len(ordered) * part // 100)] * 1000, 1)


def _passes(start: datetime, minutes: float, trade: str) -> datetime:
    """When so many minutes have run, counted second by second on the hotel's wall: another way than the product's."""
    left, now, zone = round(minutes * 60), start, ZoneInfo(ZONE)
    while left:
        wall = f"{now.astimezone(zone):%H:%M}"
        left -= trade == ALWAYS or any(opens <= wall < closes for opens, closes in OPEN)
        now += timedelta(seconds=1)
    return now


async def _company(here: House, name: str) -> Actor:
    """Two hotels, one who is told, and two promises."""
    tenant = await tenancy.create_tenant(here, tenancy.CreateTenant(name.replace(" ", "-"), name))
    actor = system(tenant.id, "p14")
    for code in ("one", "two"):
        place = tenancy.CreateProperty(code, code.title(), ZONE, "EUR")
        await here.do(actor, lambda work, place=place: tenancy.create_property(work, place))
    grant = identity.RoleGrant(identity.Role("maintenance_supervisor"))
    chief = identity.CreateStaff("Chief", "chief", roles=(grant,), password=SECRET)
    await here.do(actor, lambda work: identity.create_staff(work, chief))
    nights = tuple(Hours((1, 2, 3, 4, 5, 6, 7), opens, closes) for opens, closes in OPEN)
    step = (EscalationStep("respond", 1, tells="maintenance_supervisor"),)
    for trade, hours in ((ALWAYS, ()), (NIGHTS, nights)):
        cmd = SetPolicy(None, trade, None, MINUTES[trade], hours=hours, steps=step)
        await here.do(actor, lambda work, cmd=cmd: sla.promise(work, cmd))
    return actor


@asynccontextmanager
async def _workers(urls: dict[str, str], folder: Path, clock: Path, season: Season, many: int) -> AsyncGenerator[None]:
    """Workers on the season's clock, of which one is killed every two seconds and born again."""
    command = f"apart {clock} {season.actor.tenant_id} worker"
    lives = [Serai(urls, folder, SECRET, command=command) for _ in range(many)]
    dice, kills = random.Random(season.options.seed), 0

    async def kill() -> None:
        nonlocal kills
        while True:
            await asyncio.sleep(2)
            one = dice.choice(lives)
            await asyncio.to_thread(one.end)
            await one.begin()
            kills += 1

    killing = None
    try:
        for one in lives:
            await one.begin()
        killing = asyncio.create_task(kill())
        yield
    finally:
        if killing:
            killing.cancel()
            await asyncio.gather(killing, return_exceptions=True)
        for one in lives:
            one.close()
        season.figures["kills"] = kills
