"""P15: the database's disk is full; it refuses, and what was answered is there."""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import subprocess
import tempfile
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
import httpx

from bench import seed
from bench.place import Place
from campaigns.ground import SECRET, until
from campaigns.lives import Serai
from serai.kernel.ids import decode, encode
from serai.runtime.db import embedded, migrate, roles

NAME, WRITERS, NOTE = "serai_p15", 4, "A lamp is broken, and so on. " * 60
FULL, FREE = "size=220m", "size=600m"
REFUSED = 200
"""So many refusals, then there is space again."""


def options(parser: argparse.ArgumentParser) -> None:
    """What may be chosen: the disk is a tmpfs, which only root may mount."""
    parser.add_argument("--refusals", type=int, default=REFUSED, help="how many, until there is space again")


class Phones:
    """People who go on writing, with what they were answered."""

    def __init__(self, url: str, hotel: seed.Hotel) -> None:
        """Nothing is said yet."""
        self.url, self.hotel, self.ending = url, hotel, False
        self.answered: list[str] = []
        self.refused: Counter[str] = Counter()
        self.wrong: list[str] = []

    async def write(self) -> None:
        """Ask until the end."""
        async with httpx.AsyncClient(base_url=f"{self.url}/api/v1", timeout=60) as http:
            body = {"login": "boss0", "password": seed.PASSWORD}
            token = (await http.post("/auth/token", json=body)).json()["access_token"]
            http.headers["authorization"] = f"Bearer {token}"
            while not self.ending:
                body = {"property_id": encode("prp", self.hotel.busy), "type": "custom", "note": NOTE + uuid4().hex}
                answer = await http.post("/tasks", json=body)
                if answer.status_code == 201:
                    self.answered.append(answer.json()["id"])
                    continue
                self.refused[str(answer.status_code)] += 1
                if answer.status_code != 503 or "retry-after" not in answer.headers:
                    self.wrong.append(f"{answer.status_code} {answer.text[:200]}")
                await asyncio.sleep(0.05)


async def run(given: argparse.Namespace) -> dict[str, Any]:
    """Fill a small disk, go on asking, make space, look for all that was answered."""
    if os.geteuid() != 0:
        raise SystemExit("The disk of this campaign is a tmpfs: run it as root.")
    disk = Path("/var/lib/serai") / f"p15-{os.getpid()}"
    disk.mkdir(parents=True)
    _mount(disk, FULL)
    try:
        return await _fill(given, disk)
    finally:
        _run("umount", "--lazy", str(disk))
        disk.rmdir()


async def _fill(given: argparse.Namespace, disk: Path) -> dict[str, Any]:
    server = await asyncio.to_thread(embedded.start, disk / "postgres")
    urls = await roles.init(server.url(), NAME, {one: server.passwords[one] for one in roles.LOGINS})
    await migrate.upgrade(urls["serai_owner"], months=1)
    hotels = await seed.hotels(Place(urls, roles.with_database(server.url(), NAME), "", None))
    with tempfile.TemporaryDirectory(prefix="serai-p15-") as aside:
        web = Serai(urls, Path(aside), SECRET, command="web")
        try:
            await web.start()
            phones = Phones(web.url, hotels[0])
            writing = [asyncio.create_task(phones.write()) for _ in range(WRITERS)]
            await until(lambda: phones.refused.total() >= given.refusals, 300)
            before = len(phones.answered)
            _mount(disk, f"remount,{FREE}")
            if not embedded.is_running(disk / "postgres"):  # a full disk for its log ends a server: somebody starts it
                await asyncio.to_thread(embedded.start, disk / "postgres")
            await until(lambda: len(phones.answered) >= before + 100, 120)
            phones.ending = True
            await asyncio.gather(*writing)
            missing = await _missing(urls["serai_owner"], phones.answered)
        finally:
            web.close()
            with suppress(Exception):
                server.stop()
    found = [f"{missing} answered tasks are not there"] if missing else []
    found += phones.wrong
    return {
        "answered_before": before, "answered_after": len(phones.answered) - before, "refused": dict(phones.refused),
        "free_mb": shutil.disk_usage(disk).free // 1_000_000, "broken": len(found), "shown": found[:20],
    }  # fmt: skip


async def _missing(url: str, tasks: list[str]) -> int:
    owner: Any = await asyncpg.connect(url)
    ids = [decode("tsk", one) for one in tasks]
    there: int = await owner.fetchval("select count(*) from app.task where id = any($1)", ids)
    await owner.close()
    return len(ids) - there


def _mount(disk: Path, how: str) -> None:
    _run("mount", *(() if "remount" in how else ("-t", "tmpfs")), "-o", how, "tmpfs", str(disk))


def _run(*words: str) -> None:
    subprocess.run(words, check=True, capture_output=True)
