"""A copy of the embedded server, seconds behind: a base, and all that followed."""

from __future__ import annotations

import asyncio
import contextlib
import re
import shutil
import subprocess
from collections.abc import Callable, Generator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import asyncpg

from serai.kernel.errors import SetupError
from serai.runtime.db import embedded
from serai.runtime.db.backup import surroundings
from serai.runtime.db.embedded import Embedded
from serai.runtime.db.pool import LOST
from serai.runtime.db.programs import EmbeddedError, locked

SLOT: Final = "serai_archive"
KEPT: Final = 2
"""Bases that are kept, with what was written since the older one."""
_AGAIN: Final = 1.0
_PATIENCE: Final = 3600.0
"""Seconds that going through what was written may take."""
_SEGMENT: Final = re.compile(r"([0-9A-F]{24})(\.partial)?")
_START: Final = re.compile(r"START WAL LOCATION: \S+ \(file ([0-9A-F]{24})\)")
_SLOT: Final = "select wal_status from pg_replication_slots where slot_name = $1"
_BEHIND: Final = (
    "select pg_wal_lsn_diff(pg_current_wal_lsn(), s.restart_lsn)::bigint from pg_replication_slots s "
    "where s.slot_name = $1 and s.active"
)
Say = Callable[[str], None]


class ArchiveError(SetupError):
    """The copy cannot be kept or used; the message says why, and nothing was changed."""


class Archive:
    """A folder, best on another disk: `base/<instant>` and `wal/`, and the passwords of the roles."""

    def __init__(self, folder: Path) -> None:
        """Nothing is written yet."""
        self.folder = folder.absolute()
        self.wal = self.folder / "wal"
        self._passwords = self.folder / "passwords.json"

    def bases(self) -> list[Path]:
        """Those that are whole, the oldest first."""
        return sorted(one for one in (self.folder / "base").glob("*") if not one.suffix)

    async def prepare(self, server: Embedded) -> None:
        """Let serai_backup read what is written, and have the server keep it until it was read.

        Where the server had to throw some of it away, what was kept is of no use any more: a new base begins.
        """
        for folder in (self.folder, self.folder / "base", self.wal):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.copy2(server.folder / self._passwords.name, self._passwords)
        admin: Any = await asyncpg.connect(server.url())
        try:
            await admin.execute("alter role serai_backup replication")
            status = await admin.fetchval(_SLOT, SLOT)
            if status in {"lost", None}:
                if status:
                    await admin.execute("select pg_drop_replication_slot($1)", SLOT)
                await admin.execute("select pg_create_physical_replication_slot($1, true)", SLOT)
                for base in self.bases():
                    base.rename(base.with_suffix(".cut"))
        finally:
            await admin.close()

    @contextlib.contextmanager
    def receiving(self, server: Embedded) -> Generator[subprocess.Popen[bytes]]:
        """What the server writes comes here, to the disk, as it is written."""
        where = surroundings(server.url("serai_backup")) | {"PGAPPNAME": SLOT}
        command = ("pg_receivewal", f"--directory={self.wal}", f"--slot={SLOT}", "--synchronous", "--no-loop")
        with server.programs.spawn(command, where, None, subprocess.DEVNULL) as process:
            yield process
            process.terminate()

    def begin(self, server: Embedded, now: datetime) -> Path:
        """A new base; older ones go, and what only they needed."""
        made = self.folder / "base" / f"{now:%Y%m%dT%H%M%SZ}"
        half = made.with_suffix(".half")
        shutil.rmtree(half, ignore_errors=True)
        where = surroundings(server.url("serai_backup"))
        server.programs.pipe(("pg_basebackup", f"--pgdata={half}", "--checkpoint=fast"), where, None)
        half.rename(made)
        for old in [*self.bases()[:-KEPT], *(self.folder / "base").glob("*.cut")]:
            shutil.rmtree(old)
        self._forget(first_segment(self.bases()[0]))
        return made

    def _forget(self, first: str) -> None:
        for one in self.wal.iterdir():
            if (found := _SEGMENT.fullmatch(one.name)) and found[1] < first:
                one.unlink()

    def due(self, now: datetime, every: timedelta) -> bool:
        """Whether there is no base, or the newest is so old."""
        bases = self.bases()
        return not bases or bases[-1].name <= f"{now - every:%Y%m%dT%H%M%SZ}"

    async def behind(self, server: Embedded) -> int | None:
        """Bytes that the server has written and that are not here; None where nobody receives."""
        admin: Any = await asyncpg.connect(server.url())
        try:
            found: int | None = await admin.fetchval(_BEHIND, SLOT)
        finally:
            await admin.close()
        return found

    def recover(self, folder: Path, now: datetime, say: Say) -> Embedded:
        """A server in `folder` from the newest base and all that was written since; what was there stays aside.

        Refused while the folder's server runs, and where there is no base.
        """
        bases = self.bases()
        if not bases:
            raise ArchiveError(f"{self.folder} holds no base: `serai db archive` makes one.")
        folder = folder.absolute()
        folder.mkdir(parents=True, exist_ok=True)
        with locked(folder):
            if embedded.is_running(folder):
                raise ArchiveError(f"A server runs in {folder}: stop Serai first.")
            say("copying")
            self._lay_out(folder, bases[-1], now)
        say("going through what was written")
        server = embedded.start(folder, patience=_PATIENCE)
        (folder / "data" / "postgresql.auto.conf").write_text("")
        shutil.rmtree(folder / "wal")
        return server

    def _lay_out(self, folder: Path, base: Path, now: datetime) -> None:
        programs = embedded.find()
        new, wal = folder / "new", folder / "wal"
        for old in (new, wal):
            shutil.rmtree(old, ignore_errors=True)
        shutil.copytree(base, new, symlinks=True)
        shutil.copytree(self.wal, wal)
        for one in wal.glob("*.partial"):  # what was written last, up to where the server died
            one.rename(one.with_suffix(""))
        (new / "recovery.signal").touch()
        (new / "postgresql.auto.conf").write_text(
            f"restore_command = 'cp \"{wal}/%f\" \"%p\"'\nrecovery_target_action = 'promote'\nhot_standby = off\n"
        )
        for one in (new, wal):
            programs.owns_all(one)
        if (folder / "data").exists():
            (folder / "data").rename(folder / f"data_before_{now:%Y%m%d_%H%M%S}")
        shutil.copy2(self._passwords, folder / self._passwords.name)
        new.rename(folder / "data")


def first_segment(base: Path) -> str:
    """The first file of `wal/` that this base needs."""
    found = _START.search((base / "backup_label").read_text())
    if found is None:
        raise ArchiveError(f"{base} is no base.")
    return found[1]


async def keep(
    archive: Archive, server: Embedded, every: timedelta, now: Callable[[], datetime], stopping: asyncio.Event, say: Say
) -> None:
    """Keep the copy until `stopping`; where the server goes away for a while, go on when it is back."""
    while not stopping.is_set():
        try:
            await archive.prepare(server)
            with archive.receiving(server) as process:
                while not stopping.is_set() and process.poll() is None:
                    if archive.due(now(), every):
                        say("making a base")
                        await asyncio.to_thread(archive.begin, server, now())
                    behind = await archive.behind(server)
                    say("waiting for the server" if behind is None else f"{behind:,} bytes behind")
                    await _rest(stopping)
        except (*LOST, EmbeddedError) as error:
            say(f"waiting: {error}")
            await _rest(stopping)


async def _rest(stopping: asyncio.Event) -> None:
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(stopping.wait(), _AGAIN)
