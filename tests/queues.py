"""A job queue at work, and waiting for what it does."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from serai.runtime.jobs.queue import Queue
from serai.runtime.slice import Job
from serai.runtime.work import House


@asynccontextmanager
async def working(house: House, *jobs: Job) -> AsyncGenerator[None]:
    """A queue at work."""
    going = asyncio.create_task(Queue(house, jobs).run())
    try:
        yield
    finally:
        going.cancel()
        await asyncio.gather(going, return_exceptions=True)


async def until(true: Callable[[], Awaitable[Any] | Any], seconds: float = 10) -> None:
    """Wait for it."""
    async with asyncio.timeout(seconds):
        while not (found := true()) or (asyncio.iscoroutine(found) and not await found):
            await asyncio.sleep(0.02)
