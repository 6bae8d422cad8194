"""The web process: all routes of all slices behind the edge."""

from __future__ import annotations

import secrets
import warnings
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI, Request
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.routing import APIRoute
from prometheus_client import generate_latest
from pydantic.warnings import UnsupportedFieldAttributeWarning
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from serai import assembly
from serai.kernel.errors import NotFound, Unavailable
from serai.runtime.http import API, openapi, problems, public
from serai.runtime.http.limits import Limiter, Throttle
from serai.runtime.http.middleware import Edge
from serai.runtime.http.ui import Ui
from serai.runtime.jobs import cursors
from serai.runtime.jobs.relay import PREFIX as RELAY
from serai.runtime.telemetry import registry
from serai.runtime.work import House

if TYPE_CHECKING:
    from serai.runtime.realtime.channel import Channel

VERSION = "0.1.0"
DOCS = "/docs"
PORTAL = 20
"""Requests a minute with one signed link from one address."""
UPLOADS = (f"{API}/files", f"{API}/portal/photos")


def create_app(
    house: House,
    *,
    metrics_token: str | None = None,
    per_minute: int = 0,
    lifespan: Callable[[FastAPI], AbstractAsyncContextManager[None]] | None = None,
) -> FastAPI:
    """The application; without a `lifespan` of its own it opens and closes the database.

    A company may make `per_minute` requests; 0 is any number.
    """
    # FastAPI silences it where it builds models itself; ours are built when first needed, in a tenth less memory
    warnings.filterwarnings("ignore", category=UnsupportedFieldAttributeWarning)
    app = FastAPI(
        title="Serai",
        version=VERSION,
        summary="The rooms of a hotel: who is in them, whether they are clean, when the next guest may have the key.",
        docs_url=None,
        redoc_url=None,
        openapi_url="/openapi.json" if house.demo else None,
        lifespan=lifespan or _open,
        generate_unique_id_function=lambda route: route.name,
    )
    app.state.house = house
    app.state.metrics_token = metrics_token
    app.state.live = None
    app.state.limiter = Limiter(per_minute)
    app.state.throttle = Throttle(PORTAL)
    problems.install(app)
    app.add_middleware(Edge, docs=(DOCS,) if house.demo else (), uploads=UPLOADS)
    routers = [router for slice_ in assembly.SLICES for router in slice_.routers]
    for router in routers:
        app.include_router(router, prefix=API)
    _operate(app, house)
    if house.demo:
        _show(app)
    app.router.default = Ui(app.router.default)
    routes = (route for router in routers for route in router.routes)
    app.openapi = openapi.describe(app, (API + route.path for route in routes if isinstance(route, APIRoute)))
    return app


def with_channel(app: FastAPI, origins: Sequence[str] = ()) -> tuple[ASGIApp, Channel]:
    """The application with its live channel, which works while its `run` does."""
    from serai.runtime.realtime.channel import Channel  # noqa: PLC0415  # a fifth of a second, for servers alone

    channel = app.state.live = Channel(app.state.house, origins)
    return channel.beside(app), channel


def _show(app: FastAPI) -> None:
    """The interactive pages, with Swagger UI from our own server: a hotel may have no internet."""
    assets = f"{DOCS}/assets"
    page = get_swagger_ui_html(
        openapi_url="/openapi.json",
        title="Serai API",
        swagger_js_url=f"{assets}/swagger-ui-bundle.js",
        swagger_css_url=f"{assets}/swagger-ui.css",
        swagger_favicon_url=f"{assets}/favicon-32x32.png",
        swagger_ui_parameters={"persistAuthorization": True, "tryItOutEnabled": True, "docExpansion": "none"},
    )
    app.mount(assets, StaticFiles(packages=[("fastapi_swagger", "resources")]))
    app.add_route(DOCS, lambda _: page, include_in_schema=False)


@asynccontextmanager
async def _open(app: FastAPI) -> AsyncGenerator[None]:
    house: House = app.state.house
    await house.db.open()
    yield
    await house.db.close()


def _operate(app: FastAPI, house: House) -> None:
    @app.get("/health/live", tags=["Operation"], summary="The process answers", **public("load balancers ask"))
    async def live() -> dict[str, str]:
        """Says only that the process runs."""
        return {"status": "ok"}

    @app.get("/health/ready", tags=["Operation"], summary="The process can work", **public("load balancers ask"))
    async def ready() -> dict[str, str]:
        """Asks the database and the live channel; 503 when one of them does not answer."""
        async with house.db.directory() as tx:
            if await tx.fetchval("select 1") != 1:
                raise Unavailable
        channel: Channel | None = app.state.live
        if channel is not None and not channel.hub.healthy:
            raise Unavailable("The live channel does not turn any more.")
        return {"status": "ok", "database": "ok", **({} if channel is None else {"live": "ok"})}

    @app.get("/health", tags=["Operation"], summary="The process can work", **public("load balancers ask"))
    async def health() -> dict[str, Any]:
        """As /health/ready, with the version and the transports; one that fails makes nobody else ill."""
        ways = {
            one.reader.removeprefix(RELAY): "failing" if one.failures else "ok"
            for one in await cursors.standings(house.db, RELAY)
        }
        return {**await ready(), "version": VERSION, "transports": ways}

    @app.get("/metrics", tags=["Operation"], summary="Counters for Prometheus", **public("its own token, or the demo"))
    async def metrics(request: Request) -> Response:
        """In the demo for everybody; elsewhere with `Authorization: Bearer <SERAI_METRICS_TOKEN>`, else 404."""
        token: str | None = request.app.state.metrics_token
        given = request.headers.get("authorization", "").removeprefix("Bearer ")
        if not house.demo and not (token and secrets.compare_digest(given.encode(), token.encode())):
            raise NotFound
        return Response(generate_latest(registry), media_type="text/plain; version=0.0.4")
