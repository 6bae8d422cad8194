"""Web and background processes of their own for a replay, on one clock."""

from __future__ import annotations

import asyncio
import mmap
import os
import signal
import socket
import struct
import subprocess
import sys
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

import httpx

from serai.cli.place import Place, house, place
from serai.cli.run import loop, serve
from serai.kernel.errors import SetupError
from serai.runtime import telemetry
from serai.runtime.jobs.background import Background
from serai.runtime.settings import Settings

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
TICK = 0.002
"""Seconds between two looks at what another process may have changed."""
PATIENCE = 60
"""Seconds in which a process starts, and in which all that was asked for is done."""
_MICROSECOND = timedelta(microseconds=1)


class Stuck(SetupError):
    """The processes did not come to an end with what was asked of them; the message is what they said last."""


class SharedClock:
    """A clock set by one process and read by others, through a file of eight bytes."""

    def __init__(self, path: Path) -> None:
        """The file is there, and set."""
        with path.open("r+b") as file:
            self._memory = mmap.mmap(file.fileno(), 8)

    @classmethod
    def at(cls, path: Path, start: datetime) -> SharedClock:
        """A new clock in a new file."""
        path.write_bytes(bytes(8))
        clock = cls(path)
        clock.set(start)
        return clock

    def now(self) -> datetime:
        """The instant it was last set to."""
        [microseconds] = struct.unpack("<q", self._memory[:8])
        return EPOCH + timedelta(microseconds=microseconds)

    def set(self, moment: datetime) -> None:
        """Move it."""
        self._memory[:8] = struct.pack("<q", (moment - EPOCH) // _MICROSECOND)

    async def sleep_until(self, moment: datetime) -> None:
        """Wait until it is moved to `moment` or past it."""
        while self.now() < moment:  # noqa: ASYNC110  # another process sets it
            await asyncio.sleep(TICK)


class Watch:
    """Waits until the workers have nothing left to do; `background` only looks."""

    def __init__(self, background: Background) -> None:
        """As the play expects of its background."""
        self._background = background

    async def settle(self) -> None:
        """Return when nothing is left; a TimeoutError where that takes a minute."""
        async with asyncio.timeout(PATIENCE):
            while await self._background.busy():  # noqa: ASYNC110  # other processes work
                await asyncio.sleep(TICK)

    async def next_due(self) -> datetime | None:
        """The earliest moment at which a loop has something to do."""
        return await self._background.next_due()


@asynccontextmanager
async def processes(
    settings: Settings, at: Place, clock: Path, tenant_id: UUID, *, web: int, workers: int
) -> AsyncGenerator[list[str]]:
    """That many processes for one tenant; the addresses of the web ones. They end with the block."""
    ports = [_free_port() for _ in range(web)]
    with TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        started = [
            _spawn(_environment(settings, at, port), clock, tenant_id, log, web=bool(port))
            for port in (*ports, *([0] * workers))
        ]
        try:
            addresses = [f"http://127.0.0.1:{port}" for port in ports]
            for address in addresses:
                await _answers(address, log)
            yield [f"{address}/api/v1" for address in addresses]
        except TimeoutError as late:
            raise Stuck(await asyncio.to_thread(lambda: log.read_text("utf-8")[-2000:])) from late
        finally:
            for one in started:
                one.send_signal(signal.SIGTERM)
            for one in started:
                await asyncio.to_thread(one.wait, PATIENCE)


def _environment(settings: Settings, at: Place, port: int) -> dict[str, str]:
    """Ours, with the same database and the same brokers said anew."""
    ways = {"RABBITMQ_URL": settings.rabbitmq_url, "REDIS_URL": settings.redis_url, "NATS_URL": settings.nats_url}
    said = {f"SERAI_{name}": url.get_secret_value() for name, url in ways.items() if url}
    ours = {name: value for name, value in os.environ.items() if name not in {"SERAI_ADMIN_URL", *ways}}
    return {
        **ours,
        **said,
        "SERAI_RABBITMQ_EXCHANGE": settings.rabbitmq_exchange,
        "SERAI_EVENT_TYPE_PREFIX": settings.event_type_prefix,
        "SERAI_NATS_STREAM": settings.nats_stream,
        "SERAI_DATABASE_URL": at.urls["serai_app"],
        "SERAI_RELAY_URL": at.urls["serai_relay"],
        "SERAI_JWT_SECRET": at.secret,
        "SERAI_HOST": "127.0.0.1",
        "SERAI_PORT": str(port or 1),
        "SERAI_RATE_LIMIT": "0",
    }


def _spawn(
    environment: dict[str, str], clock: Path, tenant_id: UUID, log: Path, *, web: bool
) -> subprocess.Popen[bytes]:
    words = [sys.executable, "-m", __name__, str(clock), str(tenant_id), "web" if web else "worker"]
    with log.open("ab") as told:
        return subprocess.Popen(words, env=environment, stdin=subprocess.DEVNULL, stdout=told, stderr=told)  # noqa: S603  # ourselves


async def _answers(address: str, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    async with httpx.AsyncClient() as client:
        while time.monotonic() < until:
            try:
                if (await client.get(f"{address}/health/ready")).is_success:
                    return
            except httpx.TransportError:
                await asyncio.sleep(0.05)
    raise TimeoutError(await asyncio.to_thread(lambda: log.read_text("utf-8")[-2000:]))


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def main(clock: str, tenant_id: str, kind: str) -> None:
    """Be a web process or a worker of one tenant, on the clock of that file, until a signal."""
    loop(_live(SharedClock(Path(clock)), UUID(tenant_id), web=kind == "web"))


async def _live(clock: SharedClock, tenant_id: UUID, *, web: bool) -> None:
    settings = Settings()
    async with place(settings) as at:
        await serve(settings, house(settings, at, clock=clock), web=web, work=not web, only=tenant_id)


if __name__ == "__main__":
    telemetry.configure()
    main(*sys.argv[1:])
