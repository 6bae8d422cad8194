"""M10, its first half: two web processes restarted in turn; no command fails."""

from __future__ import annotations

import argparse
import asyncio
import signal
import tempfile
from pathlib import Path
from typing import Any

from rich.progress import track

from campaigns.ground import SECRET, database, house
from campaigns.lives import Serai
from campaigns.turnovers import Desk, Players, furnish
from campaigns.verdict import broken_promises, rest
from serai.kernel.actor import system

PAUSE = 0.5
"""Seconds for which both are up."""
SHOWN = 20


def options(parser: argparse.ArgumentParser) -> None:
    """How many."""
    parser.add_argument("--restarts", type=int, default=100)
    parser.add_argument("--rooms", type=int, default=6)


async def run(options: argparse.Namespace) -> dict[str, Any]:
    """SIGTERM to one of two, start it, wait until it is ready, then the other."""
    with tempfile.TemporaryDirectory(prefix="serai-m10-") as logs:
        async with database() as urls, house(urls) as here:
            webs = [Serai(urls, Path(logs), SECRET, command="web") for _ in range(2)]
            worker = Serai(urls, Path(logs), SECRET, command="worker")
            try:
                await worker.begin()
                for one in webs:
                    await one.start()
                hotel = await furnish(here, options.rooms)
                desk = Desk([one.url for one in webs], here, hotel)
                await desk.open()
                players = Players(desk, options.rooms)
                for n in track(range(options.restarts), "restarting"):
                    await asyncio.sleep(PAUSE)
                    await asyncio.to_thread(webs[n % 2].end, signal.SIGTERM)
                    await webs[n % 2].start()
                broken = await players.end()
                broken += await rest(here, hotel.tenant_id)
                await desk.close()
            finally:
                for one in (*webs, worker):
                    one.close()
            actor = system(hotel.tenant_id, "m10")
            broken += await here.read(actor, lambda tx: broken_promises(tx, hotel.tenant_id, desk.done))
            if desk.refused:
                broken.append(f"{desk.refused} commands were refused")
    return {
        "restarts": options.restarts, "turn_overs": len(desk.done), "sent_to_the_other": desk.repeats,
        "refused": desk.refused, "broken": len(broken), "shown": broken[:SHOWN],
    }  # fmt: skip
