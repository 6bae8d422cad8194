"""The application on a loopback port, as uvicorn serves it."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass

import httpx
import uvicorn

from serai.asgi import create_app, with_channel
from serai.runtime.realtime.channel import Channel
from serai.runtime.work import House


@dataclass
class Served:
    """Where it is."""

    url: str
    http: httpx.AsyncClient
    channel: Channel


@asynccontextmanager
async def served(house: House, origins: tuple[str, ...] = ()) -> AsyncGenerator[Served]:
    """Until the end of the block."""
    app, channel = with_channel(create_app(house), origins)
    with socket.socket(proto=socket.IPPROTO_TCP) as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(4096)
        config = uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            lifespan="off",
            date_header=False,  # the clock of the house is the test's, not the machine's
            ws="websockets-sansio",
            timeout_graceful_shutdown=2,
        )
        server = uvicorn.Server(config)
        server.capture_signals = nullcontext  # type: ignore[method-assign]
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        reading = asyncio.create_task(channel.run())
        while not server.started:
            await asyncio.sleep(0.01)
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        try:
            async with httpx.AsyncClient(base_url=f"{url}/api/v1", timeout=60) as http:
                yield Served(url, http, channel)
        finally:
            server.should_exit = True
            await serving
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)
