"""M7: the disk is lost under load; the copy beside it brings everything back."""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import shutil
import signal
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
import httpx
import psutil

from bench import seed
from bench.place import Place
from campaigns.ground import SECRET, folder, until
from campaigns.lives import Serai
from serai.kernel.clock import SystemClock
from serai.kernel.ids import decode, encode
from serai.runtime.db import archive, backup, embedded, migrate, roles
from serai.runtime.db.archive import Archive

NAME, WRITERS, CLOCK = "serai_m7", 4, SystemClock()
RPO, RTO = 60.0, 600.0
"""Seconds that may be lost, and until work goes on."""
SHOWN = 20


def options(parser: argparse.ArgumentParser) -> None:
    """How much there is to bring back, and for how long people write before the disk goes."""
    parser.add_argument("--tasks", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=float, default=30.0)


@dataclass
class Phones:
    """People who write, and who ask again with the same key until they are answered."""

    url: str
    hotels: list[seed.Hotel]
    answered: dict[str, float] = field(default_factory=dict[str, float])
    by_key: dict[str, set[str]] = field(default_factory=dict[str, set[str]])
    refused: int = 0
    ending: bool = False

    async def write(self, number: int) -> None:
        """One person's commands, one after another."""
        hotel = self.hotels[number]
        async with httpx.AsyncClient(base_url=f"{self.url}/api/v1", timeout=15) as http:
            token = (await http.post("/auth/token", json={"login": f"boss{number}", "password": seed.PASSWORD})).json()
            http.headers["authorization"] = f"Bearer {token['access_token']}"
            while not self.ending:
                key = uuid4().hex
                body = {"property_id": encode("prp", hotel.busy), "type": "custom", "note": key}
                while True:
                    if self.ending or await self._ask(http, key, body):
                        break
                    await asyncio.sleep(0.2)

    async def _ask(self, http: httpx.AsyncClient, key: str, body: dict[str, Any]) -> bool:
        with suppress(httpx.HTTPError):
            answer = await http.post("/tasks", json=body, headers={"idempotency-key": key})
            if answer.status_code == 201:
                self.answered[answer.json()["id"]] = time.time()
                self.by_key.setdefault(key, set()).add(answer.json()["id"])
                return True
        self.refused += 1
        return False


async def run(given: argparse.Namespace) -> dict[str, Any]:
    """Fill, keep a copy, write, lose the disk, recover, go on writing, compare."""
    place = folder().with_name(f"campaign-m7-{os.getpid()}")
    server = embedded.start(place)
    urls = await roles.init(server.url(), NAME, {one: server.passwords[one] for one in roles.LOGINS})
    await migrate.upgrade(urls["serai_owner"])
    at = Place(urls, roles.with_database(server.url(), NAME), "", None)
    hotels = await seed.hotels(at)
    await seed.grow(at, hotels, given.tasks, seed.today())
    with tempfile.TemporaryDirectory(prefix="serai-m7-") as aside:
        drill = await _drill(server, urls, Path(aside))
        web = Serai(urls, Path(aside), SECRET, command="web")
        try:
            await web.start()
            return drill | await _lose(given, place, server, Phones(web.url, hotels), Archive(Path(aside) / "copy"))
        finally:
            web.close()
            shutil.rmtree(place, ignore_errors=True)


async def _drill(server: embedded.Embedded, urls: dict[str, str], aside: Path) -> dict[str, Any]:
    """What `serai db drill` does, with its times."""
    path = aside / "drill.backup"
    began = time.monotonic()
    made = await backup.backup(urls["serai_backup"], path, server.programs, print, CLOCK.now())
    saved = time.monotonic()
    await backup.restore(server.url(), NAME, path, server.programs, print, CLOCK.now(), switch=False)
    size = path.stat().st_size
    path.unlink()
    return {
        "rows": sum(made.rows.values()), "backup_seconds": round(saved - began, 1), "backup_mb": round(size / 1e6),
        "restore_seconds": round(time.monotonic() - saved, 1),
    }  # fmt: skip


async def _lose(
    given: argparse.Namespace, place: Path, server: embedded.Embedded, phones: Phones, kept: Archive
) -> dict[str, Any]:
    stopping, said = asyncio.Event(), list[str]()
    keeping = asyncio.create_task(archive.keep(kept, server, timedelta(days=1), CLOCK.now, stopping, said.append))
    writing = [asyncio.create_task(phones.write(n)) for n in range(WRITERS)]
    began = time.monotonic()
    await until(lambda: bool(kept.bases()), RTO)
    base = time.monotonic() - began
    await asyncio.sleep(given.seconds + random.Random(given.seed).random())
    gone = time.time()
    _lose_disk(place)
    stopping.set()
    await asyncio.gather(keeping, return_exceptions=True)
    before = dict(phones.answered)

    again = await asyncio.to_thread(kept.recover, place, CLOCK.now(), print)
    await backup.raise_epochs(again.url("serai_owner", NAME), CLOCK.now())
    await until(lambda: len(phones.answered) > len(before), RTO)
    back = time.time() - gone
    await asyncio.sleep(5)
    phones.ending = True
    await asyncio.gather(*writing)

    there = await _there(again.url("serai_owner", NAME), list(phones.answered))
    lost = [when for one, when in phones.answered.items() if one not in there]
    rpo = gone - min(lost) if lost else 0.0
    found = [f"a key has {len(ids)} tasks" for ids in phones.by_key.values() if len(ids) > 1]
    if rpo > RPO or back > RTO:
        found.append(f"RPO {rpo:.1f} s, RTO {back:.1f} s, {len(lost)} answered tasks are not there")
    size = sum(one.stat().st_size for one in kept.folder.rglob("*") if one.is_file())
    again.stop()
    server.stop()
    return {
        "answered_before": len(before), "answered_after": len(phones.answered) - len(before), "refused": phones.refused,
        "lost": len(lost), "base_seconds": round(base, 1), "copy_mb": round(size / 1e6), "rpo_seconds": round(rpo, 2),
        "rto_seconds": round(back, 1), "broken": len(found), "shown": found[:SHOWN],
    }  # fmt: skip


def _lose_disk(place: Path) -> None:
    """PostgreSQL is killed and its data deleted, all at once."""
    postmaster = psutil.Process(int((place / "data" / "postmaster.pid").read_text("utf-8").split()[0]))
    processes = [postmaster, *postmaster.children()]
    for one in (signal.SIGSTOP, signal.SIGKILL):  # a backend that outlives its postmaster would go on answering
        for process in processes:
            with suppress(psutil.NoSuchProcess):
                process.send_signal(one)
    psutil.wait_procs(processes, 20)
    shutil.rmtree(place / "data")
    (place / "passwords.json").unlink()


async def _there(url: str, tasks: list[str]) -> set[str]:
    owner: Any = await asyncpg.connect(url)
    rows = await owner.fetch("select id from app.task where id = any($1)", [decode("tsk", one) for one in tasks])
    await owner.close()
    return {encode("tsk", row["id"]) for row in rows}
