"""Brokers of our own, each in its own folder: stopped, killed and wiped."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from abc import ABC, abstractmethod
from pathlib import Path

import pytest

from campaigns.lives import free_port

STARTS_WITHIN = 60
"""Seconds."""
RABBITMQ = ("/usr/lib/rabbitmq/bin/rabbitmq-server", "rabbitmq-server")
"""The server itself, before the wrapper that changes the user."""


def program(*names: str) -> str:
    """The first of the programs that is here; where brokers are required, none is a failure."""
    for name in names:
        if found := shutil.which(name, path=f"{os.environ.get('PATH', os.defpath)}:/usr/local/sbin:/usr/sbin:/sbin"):
            return found
    if os.environ.get("SERAI_REQUIRE_BROKERS") == "1":
        pytest.fail(f"{names[-1]} is not installed")
    pytest.skip(f"{names[-1]} is not installed")


class Private(ABC):
    """A broker process on a loopback port."""

    def __init__(self, folder: Path) -> None:
        """Nothing runs yet; `folder` is its own."""
        self.folder, self.port = folder, free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    @abstractmethod
    def url(self) -> str:
        """Where clients find it."""

    @abstractmethod
    def command(self) -> tuple[list[str], dict[str, str]]:
        """What starts it, and the environment beside ours."""

    @property
    def data(self) -> Path:
        """What it keeps."""
        return self.folder / "data"

    def start(self) -> None:
        """Start, and wait until it listens."""
        self.data.mkdir(parents=True, exist_ok=True)
        words, beside = self.command()
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                words, env={**os.environ, **beside}, cwd=self.folder, stdout=log, stderr=log, start_new_session=True
            )
        until = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < until:
            if self.listens():
                return
            time.sleep(0.05)
        raise AssertionError((self.folder / "log").read_text(encoding="utf-8", errors="replace")[-2000:])

    def listens(self) -> bool:
        """Whether it can be talked to."""
        with socket.socket() as one:
            return one.connect_ex(("127.0.0.1", self.port)) == 0

    def end(self, how: signal.Signals = signal.SIGKILL) -> None:
        """End it and what it started."""
        if self._process:
            os.killpg(self._process.pid, how)
            self._process.wait(30)
            self._process = None

    def wipe(self) -> None:
        """Kill it and lose its disk."""
        self.end()
        shutil.rmtree(self.data)


class RedisServer(Private):
    """Redis, which keeps nothing."""

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def command(self) -> tuple[list[str], dict[str, str]]:
        return [program("redis-server"), "--port", str(self.port), "--bind", "127.0.0.1", "--save", ""], {}


class NatsServer(Private):
    """NATS with JetStream."""

    @property
    def url(self) -> str:
        return f"nats://127.0.0.1:{self.port}"

    def command(self) -> tuple[list[str], dict[str, str]]:
        return [program("nats-server"), "-a", "127.0.0.1", "-p", str(self.port), "-js", "-sd", str(self.data)], {}


class RabbitServer(Private):
    """RabbitMQ with a node name, a port mapper and a cookie of its own."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._between, self._mapper = free_port(), free_port()

    @property
    def url(self) -> str:
        return f"amqp://guest:guest@127.0.0.1:{self.port}/"

    def command(self) -> tuple[list[str], dict[str, str]]:
        folder = self.folder
        plugins = folder / "plugins"
        plugins.write_text("[].", "utf-8")
        config = folder / "rabbitmq.conf"
        config.write_text(f"listeners.tcp.1 = 127.0.0.1:{self.port}\n", "utf-8")
        return [program(*RABBITMQ)], {
            "HOME": str(folder),
            "RABBITMQ_NODENAME": f"serai{self.port}@localhost",
            "RABBITMQ_CONFIG_FILE": str(config),
            "RABBITMQ_DIST_PORT": str(self._between),
            "ERL_EPMD_PORT": str(self._mapper),
            "RABBITMQ_MNESIA_BASE": str(self.data),
            "RABBITMQ_LOG_BASE": str(folder),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(plugins),
            "RABBITMQ_CONF_ENV_FILE": "/dev/null",
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "+S 1:1",
        }

    def end(self, how: signal.Signals = signal.SIGKILL) -> None:
        """The port mapper is a daemon of its own."""
        super().end(how)
        subprocess.run([program("epmd"), "-port", str(self._mapper), "-kill"], capture_output=True, check=False)

    def listens(self) -> bool:
        """The port opens before the users are there."""
        if not super().listens():
            return False
        try:
            with socket.create_connection(("127.0.0.1", self.port), 2) as one:
                one.sendall(b"AMQP\x00\x00\x09\x01")
                return one.recv(1) == b"\x01"
        except OSError:  # it listens before it talks
            return False
