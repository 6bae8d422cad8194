"""The servers: everything in one process, the web alone, the background alone."""

from __future__ import annotations

import asyncio
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

    from fastapi import FastAPI

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
    telemetry.configure(debug=settings.debug)
    async with place(settings, upgrade=upgrade, say=say) as at:
        await serve(settings, house(settings, at), web=web, work=work)


def say(done: int, steps: int, what: str) -> None:
    """Tell how far the migration is."""
    console.print(f"  migrating {done}/{steps}: {what}")


async def serve(settings: Settings, house_: House, *, web: bool = True, work: bool = True) -> None:
    """Serve until SIGINT or SIGTERM; requests and background work that have begun are finished."""
    from serai import assembly  # noqa: PLC0415

    await house_.db.open()
    background = assembly.background(house_) if work else None
    stopping = asyncio.Event()
    running = asyncio.get_running_loop()
    for one in (signal.SIGINT, signal.SIGTERM):
        running.add_signal_handler(one, stopping.set)
    working = asyncio.create_task(background.run()) if background else None
    try:
        if web:
            await _web(settings, house_, stopping)
        else:
            await stopping.wait()
    finally:
        if background and working:
            background.stop()
            await working
            await background.close()
        await house_.db.close()


async def _web(settings: Settings, house_: House, stopping: asyncio.Event) -> None:
    import uvicorn  # noqa: PLC0415

    from serai.asgi import create_app  # noqa: PLC0415

    token = settings.metrics_token
    app = create_app(house_, metrics_token=token.get_secret_value() if token else None, lifespan=_nothing)
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE,
        lifespan="off",
    )
    server = uvicorn.Server(config)
    server.capture_signals = nullcontext  # pyright: ignore[reportAttributeAccessIssue]  # ours end the background too

    async def end() -> None:
        await stopping.wait()
        server.should_exit = True

    ending = asyncio.create_task(end())
    console.print(f"  http://{settings.host}:{settings.port}")
    await server.serve()
    ending.cancel()


@asynccontextmanager
async def _nothing(_: FastAPI) -> AsyncGenerator[None]:
    yield
