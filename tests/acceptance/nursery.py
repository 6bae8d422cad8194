"""Read once, born often: forks a `serai run` for each line on standard input."""

from __future__ import annotations

import os
import sys

import uvicorn
import uvloop

from serai import asgi
from serai.cli import run

LOADED = (uvicorn, uvloop, asgi)
"""What a life needs and would else read at its start."""


def main() -> None:
    """Tell the number of each child, and its end by another line."""
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            os.dup2(2, 1)
            run.run()
            os._exit(0)
        print(child, flush=True)  # noqa: T201  # the protocol
        os.waitpid(child, 0)
        print("gone", flush=True)  # noqa: T201


main()
