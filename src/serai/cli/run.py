"""The servers: everything in one process, the web alone, the background alone."""

from __future__ import annotations

import asyncio
import gc
import signal
import socket
from contextlib import asynccontextmanager, nullcontext, suppress
from typing import TYPE_CHECKING, Any

import typer
from rich.console import Console

from serai.cli.place import house, place
from serai.runtime import telemetry
from serai.runtime.settings import Settings

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from uuid import UUID

    from fastapi import FastAPI

    from serai.runtime.tracing import Tracing
    from serai.runtime.work import House

console = Console(stderr=True)
GRACE = 10
"""Seconds that open requests have to end after SIGTERM."""


def run() -> None:
    """Serve the API and do the background work, all in one process; migrates first."""
    settings = Settings()
    check_port(settings)
    loop(_serve(settings, web=True, work=True, upgrade=True))


def web() -> None:
    """Serve the API alone; refuses a schema that is older than this program."""
    settings = Settings()
    check_port(settings)
    loop(_serve(settings, web=True, work=False, upgrade=False))


def worker() -> None:
    """Do the background work alone; refuses a schema that is older than this program."""
    loop(_serve(Settings(), web=False, work=True, upgrade=False))


def loop(main: Any) -> None:
    """Run a server's main on uvloop."""
    import uvloop  # noqa: PLC0415  # only the servers need it

    uvloop.run(main)


def check_port(settings: Settings) -> None:
    """Refuse to start where the port is taken."""
    with socket.socket() as one, suppress(ConnectionRefusedError):
        one.settimeout(1)
        one.connect(("127.0.0.1" if settings.host == "0.0.0.0" else settings.host, settings.port))  # noqa: S104
        raise typer.BadParameter(f"Port {settings.port} is in use; choose another with SERAI_PORT.")


async def _serve(settings: Settings, *, web: bool, work: bool, upgrade: bool) -> None:
    gc.disable()  # a tenth of the start went into looking through what is loaded for good
    telemetry.configure(debug=settings.debug)
    async with place(settings, upgrade=upgrade, say=say) as at:
        await serve(settings, house(settings, at), web=web, work=work)


def _tracing(settings: Settings) -> Tracing | None:
    """The traces of this process, where the settings name a collector."""
    if not settings.otel_exporter_otlp_endpoint:
        return None
    from serai.runtime.tracing import Tracing  # noqa: PLC0415  # most of a second

    service = settings.otel_service_name or settings.service_name
    return Tracing(settings.otel_exporter_otlp_endpoint, service, settings.app_version)


def say(done: int, steps: int, what: str) -> None:
    """Tell how far the migration is."""
    console.print(f"  migrating {done}/{steps}: {what}")


async def serve(
    settings: Settings, house_: House, *, web: bool = True, work: bool = True, only: UUID | None = None
) -> None:
    """Serve until SIGINT or SIGTERM; requests and background work that have begun are finished.

    With `only` the background work is that tenant's alone.
    """
    from serai import assembly  # noqa: PLC0415

    tracing = _tracing(settings)
    await house_.db.open()
    background = None
    if work:
        ways, ears = assembly.transports(settings), assembly.listeners(settings)
        background = assembly.background(house_, ways, ears, only)
    stopping = asyncio.Event()
    running = asyncio.get_running_loop()
    for one in (signal.SIGINT, signal.SIGTERM):
        running.add_signal_handler(one, stopping.set)
    working = asyncio.create_task(background.run()) if background else None
    try:
        if web:
            await _web(settings, house_, stopping, tracing)
        else:
            _loaded()
            await stopping.wait()
    finally:
        if background and working:
            background.stop()
            await working
            await background.close()
        await house_.db.close()
        if tracing:
            await asyncio.to_thread(tracing.stop)


def _loaded() -> None:
    gc.freeze()  # what stands now stays: no collection walks it again
    gc.set_threshold(20_000, 50, 50)
    gc.enable()


async def _web(settings: Settings, house_: House, stopping: asyncio.Event, tracing: Tracing | None) -> None:
    import uvicorn  # noqa: PLC0415

    from serai.asgi import create_app, with_channel  # noqa: PLC0415

    token = settings.metrics_token
    api = create_app(
        house_,
        metrics_token=token.get_secret_value() if token else None,
        per_minute=settings.rate_limit,
        lifespan=_nothing,
    )
    app, channel = with_channel(api, settings.allowed_origins)
    config = uvicorn.Config(
        tracing.around(app) if tracing else app,
        host=settings.host,
        port=settings.port,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=list(settings.trusted_proxies),
        timeout_graceful_shutdown=GRACE,
        ws="websockets-sansio",
        ws_per_message_deflate=False,  # 300 kB of memory and a compression for each of the clients of one message
        lifespan="off",
    )
    _loaded()
    server = uvicorn.Server(config)
    server.capture_signals = nullcontext  # pyright: ignore[reportAttributeAccessIssue]  # ours end the background too

    async def end() -> None:
        await stopping.wait()
        server.should_exit = True

    ending = asyncio.create_task(end())
    reading = asyncio.create_task(channel.run())
    console.print(f"  http://{settings.host}:{settings.port}")
    await server.serve()
    ending.cancel()
    reading.cancel()


@asynccontextmanager
async def _nothing(_: FastAPI) -> AsyncGenerator[None]:
    yield
