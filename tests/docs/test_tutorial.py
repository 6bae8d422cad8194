"""The pages' shell lines are typed into bash, against a demo of their own."""

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
from typing import Any

import httpx
import pytest

ROOT = Path(__file__).resolve().parents[2]
TUTORIAL = "docs/tutorial/turnover.md"
HOWTO = "docs/howto/send-booking-events.md"
LAST = "docs/howto/settings.md"
PAGES = (TUTORIAL, HOWTO, LAST)
"""The pages whose lines are typed, in this order; the others use the first one's helpers."""
BLOCK = re.compile(r"^```(sh|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ELSEWHERE = re.compile(r"^(make |SERAI_)", re.MULTILINE)
"""Blocks that are no lines of this shell: the start of the demo, and a `.env` file."""
STARTS_WITHIN = 120
KEPT = ("room", "task", "stay", "manager")


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    """A demo on a free port, in a folder that the database's own user can reach."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    mine = {name: value for name, value in os.environ.items() if not name.startswith("SERAI_")}
    with tempfile.TemporaryDirectory(prefix="serai-docs-", ignore_cleanup_errors=True) as made:
        folder = Path(made)
        folder.chmod(0o755)
        with (folder / "log").open("w+", encoding="utf-8") as log:
            demo = subprocess.Popen(
                [Path(sys.executable).with_name("serai"), "demo"],
                env={**mine, "SERAI_DATA_DIR": str(folder / "data"), "SERAI_PORT": str(port)},
                cwd=folder,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
            try:
                _await(f"http://127.0.0.1:{port}", demo, folder / "log")
                yield f"http://127.0.0.1:{port}"
            finally:
                demo.send_signal(signal.SIGINT)
                demo.wait(30)


@pytest.fixture(scope="module")
def typed(base: str) -> tuple[str, dict[str, str]]:
    """What the pages' lines print, and the variables that they leave."""
    script = "\n".join(
        text for page in PAGES for kind, text in _blocks(page) if kind == "sh" and not ELSEWHERE.search(text)
    )
    leave = "\n".join(f'echo "kept {name} ${name}"' for name in KEPT)
    run = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", f"{script}\n{leave}"],
        env={**os.environ, "BASE": base},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert not run.stderr
    said = [line.split(" ") for line in run.stdout.splitlines() if line.startswith("kept ")]
    return run.stdout, {name: value for _, name, value in said}


@pytest.mark.integration
@pytest.mark.slow
def test_the_pages_answer_what_they_say(typed: tuple[str, dict[str, str]]) -> None:
    seen = iter(typed[0].splitlines())
    expected = [line for page in PAGES for kind, text in _blocks(page) if kind == "text" for line in text.splitlines()]
    missing = [line for line in expected if line not in seen]
    assert not missing, f"{missing[0]!r} is not in its place in:\n{typed[0]}"
    assert len(expected) > 25


@pytest.mark.integration
@pytest.mark.slow
def test_the_tutorial_ends_with_a_room_that_is_ready(base: str, typed: tuple[str, dict[str, str]]) -> None:
    kept = typed[1]
    with httpx.Client(
        base_url=f"{base}/api/v1", headers={"Authorization": f"Bearer {kept['manager']}"}, timeout=60
    ) as http:

        def get(path: str, **query: str) -> Any:
            return http.get(path, params=query).raise_for_status().json()

        room, task, stay = (get(f"/{path}/{kept[name]}") for path, name in _RECORDS)
        told = get("/audit", subject=kept["room"], limit="2")["items"]
    assert (room["room_status"], room["ready"], room["occupancy"]) == ("READY_FOR_GUEST", True, "vacant")
    assert (task["state"], task["room_id"], task["stay_id"]) == ("verified", kept["room"], kept["stay"])
    assert task["completed_by"] != task["verified_by"]
    assert (stay["state"], stay["room_id"]) == ("completed", kept["room"])
    assert {one["type"] for one in told} == {"property.room.ready.v1", "property.room.status_changed.v1"}


@pytest.mark.parametrize("page", [TUTORIAL, HOWTO])
def test_every_curl_of_a_page_fails_where_its_answer_is_a_refusal(page: str) -> None:
    calls = [line for kind, text in _blocks(page) if kind == "sh" for line in text.splitlines() if "curl " in line]
    assert calls
    assert not [line for line in calls if "curl --fail-with-body -sS" not in line]


_RECORDS = (("rooms", "room"), ("tasks", "task"), ("stays", "stay"))


def _blocks(page: str) -> list[tuple[str, str]]:
    return BLOCK.findall((ROOT / page).read_text(encoding="utf-8"))


def _await(base: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(STARTS_WITHIN * 5):
        assert process.poll() is None, log.read_text(encoding="utf-8")
        with contextlib.suppress(httpx.TransportError):
            if httpx.get(f"{base}/health/ready", timeout=2).is_success:
                return
        time.sleep(0.2)
    pytest.fail(f"the demo did not start: {log.read_text(encoding='utf-8')}")
