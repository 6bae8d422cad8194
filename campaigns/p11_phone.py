"""P11: a phone is killed at random; what it called saved takes effect once."""

from __future__ import annotations

import argparse
import asyncio
import random
import re
import tempfile
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncpg
from playwright.async_api import Error, Page, async_playwright

from campaigns.ground import SECRET, database, house
from campaigns.lives import Serai
from campaigns.phone import Phone, Wire
from campaigns.shift import KEPT, Gone, Hotel, Key, Shift, done, epoch, furnish, photos
from serai.runtime.db import backup, programs, roles

ROOMS_A_ROUND = 1.2
AT_ONCE = 3
"""Commands of one life, at most."""
SETTLES_WITHIN = 90
"""Seconds after which what waits will never be sent."""
SHOWN = 20
MOMENTS = ("said", "pressed", "sending", "starting")
"""When the browser is killed: right after the words, right after a key, while it sends, while it starts."""
REFUSED = re.compile(r"status of (401|409|412)|net::ERR_|WebSocket connection to")
"""None of the page's errors: a network that is away, a session that ended, what is sent again after a restore."""


def options(parser: argparse.ArgumentParser) -> None:
    """How many."""
    parser.add_argument("--rounds", type=int, default=60, help="lives of the browser, each ended by a kill")
    parser.add_argument("--restores", type=int, default=2, help="how often the server comes back as of before")


@dataclass
class Tally:
    """What the kills met."""

    kills: Counter[str] = field(default_factory=Counter[str])
    pending: int = 0
    gone: int = 0
    resent: int = 0
    broken: list[str] = field(default_factory=list[str])


class Trial:
    """One phone, one server, and what was given so far."""

    def __init__(self, phone: Phone, wire: Wire, shift: Shift, web: Serai, urls: dict[str, str], hotel: Hotel) -> None:
        """Nothing runs but the server."""
        self.phone, self.wire, self.shift, self.web, self.urls, self.hotel = phone, wire, shift, web, urls, hotel
        self.dice, self.tally, self.epoch = shift.dice, Tally(), 1
        self.path: Path | None = None

    async def open(self) -> Page:
        """The phone is on, and shows what there is to do. Where it asks who one is there must be a network."""
        page = await self.phone.start()
        if not self.wire.is_up:
            await page.context.set_offline(offline=True)
        await page.goto(f"{self.wire.url}/my-tasks")
        if not self.wire.is_up and await self.shift.is_asked(page):
            await self.mend(page)
        await self.shift.prove(page)
        return page

    async def mend(self, page: Page) -> None:
        """The network is there again."""
        self.wire.put(up=True)
        await page.context.set_offline(offline=False)

    async def live(self) -> None:
        """One life, and its end."""
        moment = self.dice.choice(MOMENTS)
        self.wire.put(up=moment in {"sending", "starting"} or self.dice.random() < 0.3)
        if moment == "starting":
            await self._start_and_die()
        else:
            await self._work_and_die(moment)
        await self._kill(moment)
        self.tally.pending += bool(self.shift.said - await done(self.urls["serai_owner"], self.hotel))

    async def _kill(self, moment: str) -> None:
        await self.phone.kill()
        self.tally.kills[moment] += 1

    async def _work(self, page: Page) -> None:
        try:
            await self.shift.work(page)
        except Gone:
            self.tally.gone += 1
        except Error as error:
            if not await self.shift.is_asked(page):  # a session may end under one's hands
                self.tally.broken.append(f"the screen: {str(error)[:300]}")

    async def _start_and_die(self) -> None:
        page = await self.phone.start()
        going = asyncio.create_task(self._enter(page))
        await asyncio.sleep(self.dice.uniform(0.1, 3))
        await self._die(going)

    async def _enter(self, page: Page) -> None:
        await page.goto(f"{self.wire.url}/my-tasks")
        await self.shift.prove(page)

    async def _work_and_die(self, moment: str) -> None:
        if moment == "sending":
            self.wire.put(up=False)
        page = await self.open()
        for _ in range(self.dice.randrange(AT_ONCE) + (moment != "pressed")):
            await self._work(page)
        if moment == "pressed":
            touched = asyncio.Event()
            going = asyncio.create_task(self.shift.work(page, touched))
            pressed = asyncio.create_task(touched.wait())
            await asyncio.wait({going, pressed}, return_when=asyncio.FIRST_COMPLETED)
            await asyncio.sleep(self.dice.uniform(0, 0.15))
            pressed.cancel()
            await self._die(going)
        elif moment == "sending":
            await self.mend(page)
            await asyncio.sleep(self.dice.uniform(0, 0.6))

    async def _die(self, going: asyncio.Task[None]) -> None:
        await self.phone.kill()
        going.cancel()
        with suppress(Error, asyncio.CancelledError, AssertionError, Gone):  # whatever it was, there is no screen now
            await going

    async def settle(self) -> Page:
        """The phone is on, with a network, until nothing waits any more."""
        self.wire.put(up=True)
        page = await self.open()
        await self._sent(page)
        return page

    async def _sent(self, page: Page) -> None:
        until = time.monotonic() + SETTLES_WITHIN
        while (kept := await page.evaluate(KEPT))["waits"] or kept["epoch"] < self.epoch:
            if time.monotonic() > until:
                self.tally.broken.append(f"never sent: {kept['waits']}, epoch {kept['epoch']} of {self.epoch}")
                break
            await self.shift.prove(page)
            await asyncio.sleep(0.2)

    async def restore(self, aside: Path) -> None:
        """Commands that are answered after a backup; the server comes back as of it, or of the one before it."""
        page, owner, tools = await self.settle(), self.urls["serai_owner"], programs.find()
        if self.path is None or self.dice.random() < 0.5:
            self.path = aside / f"{self.tally.kills.total()}.backup"
            await backup.backup(self.urls["serai_backup"], self.path, tools, _quiet, datetime.now(UTC))
        for _ in range(AT_ONCE + 2):
            await self._work(page)
        await self._sent(page)
        had = await done(owner, self.hotel)
        await page.context.set_offline(offline=True)
        await self._work(page)  # it stands behind what the server will have forgotten
        await self._kill("before a restore")
        self.web.end()
        name, now = roles.database_of(owner), datetime.now(UTC)
        server = roles.with_database(self.urls["admin"], "postgres")
        await backup.restore(server, name, self.path, tools, _quiet, now, switch=True, force=True)
        admin: Any = await asyncpg.connect(server)
        await admin.execute(f"drop database {name}_before_{now:%Y%m%d_%H%M%S}")
        await admin.close()
        self.tally.resent += (had - await done(owner, self.hotel)).total()
        self.epoch = await epoch(owner, self.hotel)
        await self.web.start()
        self.wire.put(up=True)
        await self._start_and_die()
        await self._kill("after a restore")


async def run(given: argparse.Namespace) -> dict[str, Any]:
    """Live, be killed, live again; at the end compare what was said with what the server did."""
    dice = random.Random(given.seed)
    with tempfile.TemporaryDirectory(prefix="serai-p11-") as name:
        aside = Path(name)
        async with database() as urls, async_playwright() as tools:
            async with house(urls) as here:
                hotel = await furnish(here, round(given.rounds * ROOMS_A_ROUND) + 5 * given.restores + 3)
            web = Serai(urls, aside, SECRET, command="web", FILES=str(aside / "files"))
            wire, phone = Wire(web.port), Phone(tools, aside / "phone")
            trial = Trial(phone, wire, Shift(dice), web, urls, hotel)
            try:
                await web.start()
                await wire.begin()
                await _install(trial)
                restores = {round((n + 1) * given.rounds / (given.restores + 1)) for n in range(given.restores)}
                for n in range(given.rounds):
                    if n in restores:
                        await trial.restore(aside)
                    await trial.live()
                await trial.settle()
                return await _verdict(trial)
            finally:
                await phone.kill()
                await wire.close()
                web.close()


async def _install(trial: Trial) -> None:
    """Signed in, the app and what there is to do on the phone."""
    page = await trial.open()
    await page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    while '"room_number":"101"' not in (await page.evaluate(KEPT))["read"]:
        await page.wait_for_timeout(200)
    await trial.phone.stop()


async def _verdict(trial: Trial) -> dict[str, Any]:
    shift, tally, found = trial.shift, trial.tally, await done(trial.urls["serai_owner"], trial.hotel)
    lost, twice = shift.said - found, found - shift.given
    faults = sum(many for (what, _), many in found.items() if what == "fault")
    if (hung := await photos(trial.urls["serai_owner"], trial.hotel)) != faults:
        tally.broken.append(f"{faults} faults with {hung} photos")
    wrong = [one for one in trial.phone.wrong if not REFUSED.search(one)]
    broken = [*_idle(shift, tally), *tally.broken, *(f"lost: {one}" for one in _words(lost))]
    broken += [f"twice: {one}" for one in _words(twice)]
    broken += [f"page: {one}" for one in wrong]
    return {
        "given": shift.given.total(), "said_saved": shift.said.total(), "took_effect": found.total(),
        "kills": tally.kills.total(), "killed": dict(tally.kills), "killed_while_pending": tally.pending,
        "gone_before_pressed": tally.gone, "sent_again_after_restores": tally.resent,
        "signed_in_again": shift.signed_in - 1, "lost": lost.total(), "twice": twice.total(), "page_errors": len(wrong),
        "broken": len(broken), "shown": broken[:SHOWN],
    }  # fmt: skip


def _idle(shift: Shift, tally: Tally) -> list[str]:
    """What never happened: without it nothing is proved."""
    needed = {
        "nothing was called saved": shift.said.total(),
        "nothing was killed": tally.kills.total(),
        "nothing was sent again": tally.resent or not tally.kills["before a restore"],
    }
    return [words for words, happened in needed.items() if not happened]


def _words(some: Counter[Key]) -> list[str]:
    return [f"{many} times {what} {where}" for (what, where), many in some.items()]


def _quiet(_: str) -> None:
    """A backup tells how far it is; here nobody asks."""
