"""The background process: reactions, relay and loops, until told to stop."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Sequence

from serai import assembly
from serai.runtime.transports.port import Transport
from serai.runtime.work import House


async def work(house: House, transports: Sequence[Transport] = ()) -> None:
    """Run all background work; SIGTERM and SIGINT finish what is in the middle and return."""
    background = assembly.background(house, transports)
    loop = asyncio.get_running_loop()
    for one in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(one, background.stop)
    await house.db.open()
    try:
        await background.run()
    finally:
        await background.close()
        await house.db.close()
