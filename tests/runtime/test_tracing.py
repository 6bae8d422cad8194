"""Traces: requests and reactions with their queries, and nothing of guests."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from serai.areas.spaces.model import Condition
from serai.asgi import create_app
from serai.runtime.jobs.background import Background
from serai.runtime.tracing import CORRELATION, Tracing
from serai.runtime.work import House
from tests.areas.housekeeping.people import put, rooms
from tests.conftest import Hotel, SignIn

pytestmark = pytest.mark.integration
CANARY = "Canary-Guest-7"


class Collector:
    """An OTLP collector on loopback."""

    def __init__(self) -> None:
        """It listens."""
        self.bodies: list[bytes] = []
        bodies = self.bodies

        class Door(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                bodies.append(self.rfile.read(int(self.headers["content-length"])))
                self.send_response(200)
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, format: str, *args: Any) -> None:  # the base's name
                """Quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def spans(self) -> dict[str, list[dict[str, str]]]:
        """What was told, by name: attributes, and the name of the parent."""
        told = [
            span
            for body in self.bodies
            for resource in ExportTraceServiceRequest.FromString(body).resource_spans
            for scope in resource.scope_spans
            for span in scope.spans
        ]
        names = {span.span_id: span.name for span in told}
        found: dict[str, list[dict[str, str]]] = {}
        for span in told:
            about = {one.key: one.value.string_value for one in span.attributes}
            found.setdefault(span.name, []).append({**about, "parent": names.get(span.parent_span_id, "")})
        return found


@pytest.fixture
def collector() -> Iterator[Collector]:
    """One that ends with the test."""
    made = Collector()
    yield made
    made.server.shutdown()
    made.server.server_close()


async def test_requests_and_reactions_are_told_with_their_queries_and_nothing_of_guests(
    house: House, hotel: Hotel, sign: SignIn, background: Background, collector: Collector
) -> None:
    headers = await sign("front_desk")
    [room] = await rooms(hotel, "101")
    tracing = Tracing(f"{collector.url}/", "serai-test", "1")
    try:
        app = httpx.ASGITransport(tracing.around(create_app(house)))
        async with httpx.AsyncClient(transport=app, base_url="http://test/api/v1") as client:
            asked = {**headers, "x-correlation-id": "canary-trace"}
            assert (await client.get(f"/stays?search={CANARY}", headers=asked)).status_code == 422
            assert (await client.get("/me", headers=asked)).status_code == 200
        await put(hotel, room, condition=Condition.CLEAN)
        await background.settle()
    finally:
        tracing.stop()
    told = collector.spans()
    [me] = told["GET /me"]
    assert (me["http.route"], me[CORRELATION], me["parent"]) == ("/me", "canary-trace", "")
    queries = [span for name, spans in told.items() for span in spans if "db.statement" in span]
    parents = {span["parent"] for span in queries}
    assert "GET /me" in parents
    assert any(name.startswith("reaction ") for name in told), sorted(told)
    assert "" not in parents
    everything = b"".join(collector.bodies)
    for secret in (CANARY, headers["authorization"].removeprefix("Bearer ")):
        assert secret.encode() not in everything


async def test_a_collector_that_is_away_delays_neither_answers_nor_the_end(house: House) -> None:
    tracing = Tracing("http://127.0.0.1:1", "serai-test", "1")
    app = httpx.ASGITransport(tracing.around(create_app(house)))
    async with httpx.AsyncClient(transport=app, base_url="http://test/api/v1") as client:
        assert (await client.get("/me")).status_code == 401
    began = time.monotonic()
    tracing.stop()
    assert time.monotonic() - began < 20
