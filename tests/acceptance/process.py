"""`serai run` as a process of its own, which can be killed and started again."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx

from tests.conftest import SECRET

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
    """Web and background work of one database on one loopback port."""

    def __init__(self, urls: dict[str, str], folder: Path) -> None:
        """Nothing runs yet; what it says goes to `folder`/log."""
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / "log"
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self._environment = {
            **plain_environment(),
            "SERAI_DATABASE_URL": urls["serai_app"],
            "SERAI_RELAY_URL": urls["serai_relay"],
            "SERAI_JWT_SECRET": SECRET,
            "SERAI_PORT": str(self.port),
        }

    async def start(self) -> None:
        """Start, and wait until it can work."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: ASYNC220  # it is killed, not waited for
                [SERAI, "run"], env=self._environment, cwd=self._folder, stdout=log, stderr=log
            )
        until = time.monotonic() + STARTS_WITHIN
        async with httpx.AsyncClient() as client:
            while time.monotonic() < until:
                assert self._process.poll() is None, self.log.read_text(encoding="utf-8")[-3000:]
                try:
                    if (await client.get(f"{self.url}/health/ready", timeout=2)).is_success:
                        return
                except httpx.TransportError:
                    await asyncio.sleep(0.05)
        raise AssertionError(self.log.read_text(encoding="utf-8")[-3000:])

    def end(self, how: signal.Signals = signal.SIGKILL) -> None:
        """End this one process, at once unless told otherwise."""
        if self._process:
            self._process.send_signal(how)
            self._process.wait(30)
            self._process = None
