"""The benchmark runs whole: its statements are those of the product."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytestmark = [pytest.mark.integration, pytest.mark.slow]


def test_every_operation_is_measured_beside_pgbench() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "bench", "--quick", "--sizes", "1000"],
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr[-2000:]
    assert "set a room's status" in run.stdout
    assert "create" in run.stdout
