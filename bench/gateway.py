"""A gateway for messages, on loopback: what it took, and how it answers."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from serai.runtime.gateways import plain


@dataclass
class Gateway:
    """`status` is what it answers; `taken` what it was handed when it said yes, `asked` how often it was asked."""

    url: str = ""
    status: int = 200
    asked: int = 0
    taken: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    headers: dict[str, str] = field(default_factory=dict[str, str])

    def apprise(self, key: str | None = None) -> str:
        """Its address, as Apprise has it."""
        return plain(self.url, key)


@asynccontextmanager
async def gateway() -> AsyncGenerator[Gateway]:
    """One that listens."""
    one = Gateway()

    async def take(request: web.Request) -> web.Response:
        one.asked += 1
        if one.status == 200:
            one.taken.append(json.loads(await request.text()))
            one.headers = dict(request.headers)
        return web.Response(status=one.status, headers={"location": f"{one.url}/elsewhere"})

    app = web.Application()
    app.router.add_post("/{rest:.*}", take)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    [(_, port)] = runner.addresses
    one.url = f"http://127.0.0.1:{port}/sms"
    try:
        yield one
    finally:
        await asyncio.wait_for(runner.cleanup(), 5)
