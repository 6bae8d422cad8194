"""The web process: all routes of all slices behind the edge."""

from __future__ import annotations

import secrets
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from fastapi import FastAPI, Request
from fastapi.routing import APIRoute
from prometheus_client import generate_latest
from starlette.responses import Response

from serai import assembly
from serai.kernel.errors import NotFound, Unavailable
from serai.runtime.http import openapi, problems, public
from serai.runtime.http.middleware import Edge
from serai.runtime.telemetry import registry
from serai.runtime.work import House

VERSION = "0.1.0"
API = "/api/v1"
OFTEN = ("/tasks", "/rooms", "/dashboard")
"""Asked for most often, so looked at first: FastAPI tries one route after the other. No two routes share a path."""


def create_app(
    house: House,
    *,
    metrics_token: str | None = None,
    lifespan: Callable[[FastAPI], AbstractAsyncContextManager[None]] | None = None,
) -> FastAPI:
    """The application; without a `lifespan` of its own it opens and closes the database."""
    docs = "/docs" if house.demo else None
    app = FastAPI(
        title="Serai",
        version=VERSION,
        summary="The rooms of a hotel: who is in them, whether they are clean, when the next guest may have the key.",
        docs_url=docs,
        redoc_url=None,
        openapi_url="/openapi.json" if house.demo else None,
        lifespan=lifespan or _open,
    )
    app.state.house = house
    app.state.metrics_token = metrics_token
    problems.install(app)
    app.add_middleware(Edge, docs=(docs,) if docs else ())
    routers = [router for slice_ in assembly.SLICES for router in slice_.routers]
    for router in sorted(routers, key=lambda one: one.prefix not in OFTEN):
        app.include_router(router, prefix=API)
    _operate(app, house)
    routes = (route for router in routers for route in router.routes)
    app.openapi = openapi.describe(app, (API + route.path for route in routes if isinstance(route, APIRoute)))
    return app


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
        """Asks the database; 503 when it does not answer."""
        async with house.db.directory() as tx:
            if await tx.fetchval("select 1") != 1:
                raise Unavailable
        return {"status": "ok", "database": "ok"}

    @app.get("/health", tags=["Operation"], summary="The process can work", **public("load balancers ask"))
    async def health() -> dict[str, str]:
        """As /health/ready, with the version."""
        return {**await ready(), "version": VERSION}

    @app.get("/metrics", tags=["Operation"], summary="Counters for Prometheus", **public("its own token, or the demo"))
    async def metrics(request: Request) -> Response:
        """In the demo for everybody; elsewhere with `Authorization: Bearer <SERAI_METRICS_TOKEN>`, else 404."""
        token: str | None = request.app.state.metrics_token
        given = request.headers.get("authorization", "").removeprefix("Bearer ")
        if not house.demo and not (token and secrets.compare_digest(given.encode(), token.encode())):
            raise NotFound
        return Response(generate_latest(registry), media_type="text/plain; version=0.0.4")
