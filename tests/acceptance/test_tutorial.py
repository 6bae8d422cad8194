"""What the tutorial says to type is typed, and what it says to see is seen."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("docs/tutorial/turnover.md", "docs/howto/send-booking-events.md")
FENCE = re.compile(r"^```(sh|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
STARTS_WITHIN = 120
pytestmark = [pytest.mark.integration, pytest.mark.slow]


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A folder that the database's own user can reach, as those of pytest cannot be."""
    with tempfile.TemporaryDirectory(prefix="serai-demo-", ignore_cleanup_errors=True) as made:
        Path(made).chmod(0o755)
        yield Path(made)


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    """A demo of its own: another folder, another port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = (folder / "log").open("w+")
    mine = {name: value for name, value in os.environ.items() if not name.startswith("SERAI_")}
    demo = subprocess.Popen(
        [Path(sys.executable).with_name("serai"), "demo"],
        env={**mine, "SERAI_DATA_DIR": str(folder / "data"), "SERAI_PORT": str(port)},
        cwd=folder,
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    try:
        _await(f"http://localhost:{port}/health/ready", demo, Path(log.name))
        yield f"localhost:{port}"
    finally:
        demo.send_signal(signal.SIGINT)
        demo.wait(30)
        log.close()


def test_the_pages_do_what_they_say(address: str) -> None:
    script, expected = _typed(address)
    run = subprocess.run(["bash", "-euo", "pipefail", "-c", script], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    place = 0
    for line in expected:
        found = run.stdout.find(f"{line}\n", place)
        assert found >= 0, f"{line!r} was not seen after {run.stdout[:place][-200:]!r} in {run.stdout!r}"
        place = found + len(line)
    assert len(expected) > 10


def _typed(address: str) -> tuple[str, list[str]]:
    """All commands of the pages but `make demo`, and all that they are said to answer, in order."""
    blocks = [block for page in PAGES for block in FENCE.findall((ROOT / page).read_text(encoding="utf-8"))]
    script = [text for kind, text in blocks if kind == "sh" and "make " not in text]
    lines = [line for kind, text in blocks if kind == "text" for line in text.splitlines()]
    return "\n".join(script).replace("localhost:8007", address), lines


def _await(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(STARTS_WITHIN * 5):
        assert process.poll() is None, log.read_text(encoding="utf-8")
        with contextlib.suppress(httpx.TransportError):
            if httpx.get(url, timeout=2).is_success:
                return
        time.sleep(0.2)
    pytest.fail(f"the demo did not start: {log.read_text(encoding='utf-8')}")
