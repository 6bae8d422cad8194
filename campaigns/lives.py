"""A `serai` process that can be killed and started again."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import httpx

SERAI = Path(sys.executable).with_name("serai")
STARTS_WITHIN = 60
"""Seconds."""


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def plain_environment() -> dict[str, str]:
    """The environment without a word to Serai."""
    return {name: value for name, value in os.environ.items() if not name.startswith("SERAI_")}


class Serai:
    """`serai run` (or `web`, `worker`) of one database on one loopback port."""

    def __init__(
        self,
        urls: dict[str, str],
        folder: Path,
        secret: str,
        *,
        command: str = "run",
        mutant: str = "",
        **settings: str,
    ) -> None:
        """Nothing runs yet; what it says goes to `folder`/log. `settings` are more, by name without SERAI_.

        `command` is web, worker, run, or `apart` with the words of a replay's process.
        """
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / f"{command.partition(' ')[0]}.log"
        self._command, self._mutant = command, mutant
        self._folder = folder
        self._nursery: subprocess.Popen[str] | None = None
        self._child = 0
        self._environment = {
            **plain_environment(),
            "SERAI_DATABASE_URL": urls["serai_app"],
            "SERAI_RELAY_URL": urls["serai_relay"],
            "SERAI_JWT_SECRET": secret,
            "SERAI_PORT": str(self.port),
            "SERAI_RATE_LIMIT": "0",
            **{f"SERAI_{name}": value for name, value in settings.items()},
        }

    @property
    def pid(self) -> int:
        """The process that lives."""
        return self._child

    async def begin(self) -> None:
        """Start, and wait for nothing. What has been read from disk is kept for the next life."""
        nursery = self._nursery = self._nursery or self._open()
        assert nursery.stdin
        assert nursery.stdout
        nursery.stdin.write(f"{self._command}\n")
        nursery.stdin.flush()
        self._child = int(await asyncio.to_thread(nursery.stdout.readline))

    async def start(self) -> None:
        """Start, and wait until it can answer."""
        await self.begin()
        until = time.monotonic() + STARTS_WITHIN
        async with httpx.AsyncClient() as client:
            while time.monotonic() < until:
                try:
                    if (await client.get(f"{self.url}/health/ready", timeout=2)).is_success:
                        return
                except httpx.TransportError:
                    await asyncio.sleep(0.02)
        raise AssertionError(self.log.read_text(encoding="utf-8")[-3000:])

    def end(self, how: signal.Signals = signal.SIGKILL) -> None:
        """End the one process, at once unless told otherwise; one that has ended is no error."""
        if self._child and self._nursery and self._nursery.stdout:
            with suppress(ProcessLookupError):
                os.kill(self._child, how)
            assert self._nursery.stdout.readline() == "gone\n"
            self._child = 0

    def close(self) -> None:
        """End it for good."""
        self.end()
        if self._nursery:
            self._nursery.communicate(timeout=30)

    def _open(self) -> subprocess.Popen[str]:
        nursery = [
            sys.executable,
            str(Path(__file__).with_name("nursery.py")),
            *([self._mutant] if self._mutant else []),
        ]
        with self.log.open("a") as log:
            return subprocess.Popen(
                nursery, env=self._environment, cwd=self._folder, text=True,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log,
            )  # fmt: skip
