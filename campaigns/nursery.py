"""Read once, born often: forks a `serai` for each command on standard input.

Named on the command line, a mutant is put in first: a program that breaks one promise, which a campaign must notice.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import uvicorn
import uvloop

sys.path.insert(0, str(Path(__file__).parents[1]))

from campaigns import mutants
from serai import asgi
from serai.cli import run
from serai.cli.replay import apart
from serai.flows import receivers
from serai.runtime.realtime import channel
from serai.runtime.transports import rabbitmq, rabbitmq_in

LOADED = (uvicorn, uvloop, asgi, channel, receivers, rabbitmq, rabbitmq_in)
"""What a life needs and would else read at its start."""


def main() -> None:
    """Tell the number of each child, and its end by another line."""
    for name in sys.argv[1:]:
        mutants.ALL[name]()
    for command in sys.stdin:
        child = os.fork()
        if child == 0:
            os.dup2(2, 1)
            name, *words = command.split()
            apart.main(*words) if name == "apart" else getattr(run, name)()
            os._exit(0)
        print(child, flush=True)  # the protocol
        os.waitpid(child, 0)
        print("gone", flush=True)


main()
