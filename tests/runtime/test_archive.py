"""A disk is lost: the copy beside it holds all that was answered."""

from __future__ import annotations

import asyncio
import shutil
import signal
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import asyncpg
import psutil
import pytest

from serai.runtime.db import archive, backup, embedded, migrate, roles
from serai.runtime.db.archive import Archive, ArchiveError

pytestmark = [pytest.mark.integration, pytest.mark.slow]
NOW = datetime(2026, 11, 21, 8, tzinfo=UTC)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A short path that the server's user can reach."""
    base = Path(tempfile.mkdtemp(prefix="serai-", dir="/tmp"))
    base.chmod(0o711)
    yield base
    shutil.rmtree(base)


def kill(folder: Path) -> None:
    """The server dies, and its disk with it."""
    number = int((folder / "data" / "postmaster.pid").read_text().split()[0])
    processes = [psutil.Process(number), *psutil.Process(number).children()]
    psutil.Process(number).send_signal(signal.SIGKILL)
    psutil.wait_procs(processes, 20)
    shutil.rmtree(folder / "data")
    (folder / "passwords.json").unlink()


async def test_what_was_committed_before_the_disk_was_lost_is_there(folder: Path) -> None:
    server = embedded.start(folder / "pg")
    passwords = {role: server.passwords[role] for role in roles.LOGINS}
    urls = await roles.init(server.url(), "serai", passwords)
    await migrate.upgrade(urls["serai_owner"], months=1)
    owner: Any = await asyncpg.connect(urls["serai_owner"])
    await owner.execute("create table public.written (n int)")
    await owner.execute(
        "insert into app.stream (tenant_id, stream, epoch, head) values (gen_random_uuid(), gen_random_uuid(), 1, 7)"
    )
    kept, stopping, said = Archive(folder / "copy"), asyncio.Event(), list[str]()
    going = asyncio.create_task(archive.keep(kept, server, timedelta(hours=1), lambda: NOW, stopping, said.append))
    async with asyncio.timeout(30):
        while "0 bytes behind" not in said:
            await owner.execute("insert into public.written select coalesce(max(n), 0) + 1 from public.written")
            await asyncio.sleep(0.2)
    for _ in range(100):
        await owner.execute("insert into public.written select max(n) + 1 from public.written")
    last = await owner.fetchval("select max(n) from public.written")
    async with asyncio.timeout(60):
        said.clear()
        while "0 bytes behind" not in said:
            await asyncio.sleep(0.1)
    await owner.close()
    kill(folder / "pg")
    stopping.set()
    await asyncio.gather(going, return_exceptions=True)
    server.stop()
    with pytest.raises(ArchiveError, match="holds no base"):
        Archive(folder / "empty").recover(folder / "pg", NOW, said.append)

    again = kept.recover(folder / "pg", NOW, said.append)
    with pytest.raises(ArchiveError, match="A server runs"):
        kept.recover(folder / "pg", NOW, said.append)
    await backup.raise_epochs(again.url("serai_owner", "serai"), NOW)
    owner = await asyncpg.connect(again.url("serai_owner", "serai"))
    assert await owner.fetchval("select max(n) from public.written") == last
    [(epoch, head)] = await owner.fetch("select epoch, head from app.stream")
    assert (epoch > 1, head) == (True, 7)
    assert not await owner.fetchval("select pg_is_in_recovery()")
    await owner.execute("insert into public.written values (0)")
    await owner.close()
    # the copy of the new life begins with a base of its own; the old one goes
    stopping.clear()
    later = NOW + timedelta(minutes=1)
    going = asyncio.create_task(archive.keep(kept, again, timedelta(hours=1), lambda: later, stopping, said.append))
    async with asyncio.timeout(30):
        said.clear()
        while "0 bytes behind" not in said:
            await asyncio.sleep(0.1)
    assert [one.name for one in kept.bases()] == ["20261121T080100Z"]
    stopping.set()
    await going
    again.stop()


async def test_old_bases_go_and_what_only_they_needed(folder: Path) -> None:
    server = embedded.start(folder / "pg")
    kept = Archive(folder / "copy")
    await roles.init(server.url(), "serai", {role: server.passwords[role] for role in roles.LOGINS})
    await kept.prepare(server)
    admin: Any = await asyncpg.connect(server.url())
    with kept.receiving(server):
        for minute in range(3):
            assert kept.due(NOW + timedelta(minutes=minute), timedelta(minutes=1))
            await asyncio.to_thread(kept.begin, server, NOW + timedelta(minutes=minute))
            await admin.execute("select pg_switch_wal()")
            await asyncio.sleep(0.5)
    await admin.close()
    assert [one.name for one in kept.bases()] == ["20261121T080100Z", "20261121T080200Z"]
    assert not kept.due(NOW + timedelta(minutes=2, seconds=30), timedelta(minutes=1))
    segments = sorted(one.name for one in kept.wal.iterdir())
    assert segments
    assert segments[0][:24] >= archive.first_segment(kept.bases()[0])
    server.stop()
