"""M1b: PostgreSQL killed or restarted under load; what was answered is there."""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import shutil
import signal
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

import psutil
from rich.progress import track

from campaigns.ground import SECRET, folder, house
from campaigns.lives import Serai
from campaigns.turnovers import Desk, Players, furnish
from campaigns.verdict import broken_promises, rest
from serai.kernel.actor import system
from serai.runtime.db import embedded, migrate, roles

WAYS = {"postmaster killed": signal.SIGKILL, "backend killed": signal.SIGKILL, "fast restart": signal.SIGINT}
LONGEST = 3.0
"""Seconds between two of them."""
SHOWN = 20


def options(parser: argparse.ArgumentParser) -> None:
    """How many."""
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--rooms", type=int, default=6)


async def run(options: argparse.Namespace) -> dict[str, Any]:
    """Kill, start again, compare."""
    place = folder().with_name(f"campaign-m1b-{os.getpid()}")
    server = embedded.start(place)
    try:
        passwords = {one: server.passwords[one] for one in roles.LOGINS}
        urls = await roles.init(server.url(), "serai_m1b", passwords)
        await migrate.upgrade(urls["serai_owner"])
        with tempfile.TemporaryDirectory(prefix="serai-m1b-") as logs:
            processes = [Serai(urls, Path(logs), SECRET, command=one) for one in ("web", "worker")]
            try:
                found = await _campaign(options, place, urls, processes)
            finally:
                for one in processes:
                    one.close()
    finally:
        server.stop()
    shutil.rmtree(place)  # where it fails, the server's own words stay
    return found


async def _campaign(
    options: argparse.Namespace, place: Path, urls: dict[str, str], processes: list[Serai]
) -> dict[str, Any]:
    dice = random.Random(options.seed)
    async with house(urls) as here:
        web, worker = processes
        hotel = await furnish(here, options.rooms)
        await worker.begin()
        await web.start()
        desk = Desk([web.url], here, hotel)
        await desk.open()
        players = Players(desk, options.rooms)
        done: Counter[str] = Counter()
        away: list[float] = []
        for _ in track(range(options.kills), "killing"):
            await asyncio.sleep(dice.uniform(0.2, LONGEST))
            way = dice.choice(list(WAYS))
            found = await _strike(place, way, dice)
            done[way if found else "nobody to kill"] += 1
            away.append(found)
            if players.gave_up:
                break
        broken = await players.end()
        broken += await rest(here, hotel.tenant_id)
        for one in processes:
            await asyncio.to_thread(one.end, signal.SIGTERM)
        await desk.close()
        actor = system(hotel.tenant_id, "m1b")
        broken += await here.read(actor, lambda tx: broken_promises(tx, hotel.tenant_id, desk.done))
    return {
        "kills": dict(done), "turn_overs": len(desk.done), "asked_again": desk.repeats, "refused": desk.refused,
        "longest_away": round(max(away, default=0.0), 2), "broken": len(broken), "shown": broken[:SHOWN],
    }  # fmt: skip


async def _strike(place: Path, way: str, dice: random.Random) -> float:
    """Do it, and have the server up again; how many seconds that took, 0 where there was no backend to kill."""
    began = time.monotonic()
    postmaster = psutil.Process(int((place / "data" / "postmaster.pid").read_text("utf-8").split()[0]))
    if way == "backend killed":
        ours = [one for one in postmaster.children() if "serai_m1b" in " ".join(one.cmdline())]
        if not ours:
            return 0.0
        dice.choice(ours).kill()
    else:
        postmaster.send_signal(WAYS[way])
        await asyncio.to_thread(psutil.wait_procs, [postmaster], 30)
        again = await asyncio.to_thread(embedded.start, place)
        again.stop()  # the share that we hold already keeps it up
    return time.monotonic() - began
