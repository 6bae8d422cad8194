"""Traces of requests, reactions and loops, and of what they ask of the database.

Sent by OTLP over HTTP. A trace holds no query string, no value of a statement and no header: only routes, the SQL as it
is written, and the correlation id that the log says too.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.instrumentation.asgi import OpenTelemetryMiddleware
from opentelemetry.instrumentation.asyncpg import AsyncPGInstrumentor
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.sampling import ALWAYS_ON, Decision, ParentBased, Sampler, SamplingResult
from opentelemetry.trace import SpanKind
from starlette.types import ASGIApp

from serai.runtime import telemetry

PATH = "/v1/traces"
TIMEOUT = 5.0
"""Seconds for a batch; what the collector does not take in time is dropped."""
CORRELATION = "serai.correlation_id"
_ADDRESSES = {"http.url", "http.target", "url.query", "url.full"}


class _Roots(Sampler):
    """What begins a trace: anything but a look into the database that nobody asked for."""

    def should_sample(
        self, parent_context: Any, trace_id: int, name: str, kind: Any = None, *rest: Any, **more: Any
    ) -> Any:
        """Sampled or not."""
        if kind is SpanKind.CLIENT:
            return SamplingResult(Decision.DROP)
        return ALWAYS_ON.should_sample(parent_context, trace_id, name, kind, *rest, **more)

    def get_description(self) -> str:
        """For people."""
        return "no queries of their own"


def _without_query(span: Any, _: Any) -> None:
    """Addresses lose their query, which may name a guest."""
    known: dict[str, Any] = dict(getattr(span, "attributes", None) or {})
    for one in _ADDRESSES & known.keys():
        span.set_attribute(one, "" if one == "url.query" else str(known[one]).partition("?")[0])


def _unrouted(scope: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    return scope.get("method", "socket"), {}


class Tracing:
    """The traces of one process, from its start to `stop`."""

    def __init__(self, endpoint: str, service: str, version: str) -> None:
        """`endpoint` is the collector's root; spans are sent to its /v1/traces in batches, in a thread."""
        self._provider = TracerProvider(
            sampler=ParentBased(_Roots()),
            resource=Resource.create({"service.name": service, "service.version": version}),
        )
        self._provider.add_span_processor(
            BatchSpanProcessor(OTLPSpanExporter(endpoint.rstrip("/") + PATH, timeout=TIMEOUT))
        )
        telemetry.tracer = _Tracer(self._provider)
        self._asyncpg = AsyncPGInstrumentor()
        self._asyncpg.instrument(tracer_provider=self._provider)

    def around(self, app: ASGIApp) -> ASGIApp:
        """The application with a span around each request, named by its route."""
        return OpenTelemetryMiddleware(
            app,
            tracer_provider=self._provider,
            excluded_urls="health,metrics",
            exclude_spans=["receive", "send"],
            server_request_hook=_without_query,
            default_span_details=_unrouted,
        )

    def stop(self) -> None:
        """Send what is left."""
        telemetry.tracer = telemetry.Tracer()
        self._asyncpg.uninstrument()
        self._provider.shutdown()


class _Tracer(telemetry.Tracer):
    def __init__(self, provider: TracerProvider) -> None:
        self._tracer = provider.get_tracer("serai")

    def span(self, name: str) -> AbstractContextManager[Any]:
        """A trace of its own, or a part of the present one."""
        return self._tracer.start_as_current_span(name, attributes={CORRELATION: telemetry.correlation.get()})

    def routed(self, method: str, route: str) -> None:
        """The request's span is named by its route, and says the correlation id."""
        span = trace.get_current_span()
        span.update_name(f"{method} {route}")
        span.set_attributes({"http.route": route, CORRELATION: telemetry.correlation.get()})
