"""Structured logs with a correlation id, and the counters of /metrics."""

from __future__ import annotations

import logging
import sys
from contextlib import AbstractContextManager, nullcontext
from contextvars import ContextVar
from typing import Any

import structlog
import structlog.tracebacks
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from structlog.typing import EventDict

correlation: ContextVar[str] = ContextVar("correlation", default="")
registry = CollectorRegistry()
requests = Counter("serai_http_requests", "Requests answered.", ("method", "route", "status"), registry=registry)
seconds = Histogram(
    "serai_http_seconds",
    "Seconds to answer.",
    ("method", "route"),
    registry=registry,
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
unrouted = Counter("serai_rabbitmq_unrouted", "Messages that no queue was bound to take.", registry=registry)
published = Counter("serai_events_published", "Events handed to a transport.", ("transport",), registry=registry)
refused = Counter("serai_events_refused", "Batches that a transport did not take.", ("transport",), registry=registry)
received = Counter(
    "serai_events_received", "Messages of brokers, by what became of them.", ("via", "status"), registry=registry
)
live_clients = Gauge("serai_live_clients", "Sockets that listen to this process.", registry=registry)
behind = Gauge("serai_events_behind", "Events that a transport has not taken yet.", ("transport",), registry=registry)


class Tracer:
    """What tells of requests and background work while they run; this one tells nobody."""

    def span(self, name: str) -> AbstractContextManager[Any]:
        """Around a piece of background work."""
        del name
        return nullcontext()

    def routed(self, method: str, route: str) -> None:
        """The present request went to this route."""


tracer = Tracer()
"""Replaced where traces are collected."""

# Without the local variables of the frames: they hold passwords and guests.
_TRACEBACKS = structlog.processors.ExceptionRenderer(structlog.tracebacks.ExceptionDictTransformer(show_locals=False))


def _with_correlation(_: Any, __: str, event: EventDict) -> EventDict:
    if trace := correlation.get():
        event.setdefault("correlation_id", trace)
    return event


def _without_escapes(_: Any, __: str, event: EventDict) -> EventDict:
    return {key: value.replace("\x1b", "␛") if isinstance(value, str) else value for key, value in event.items()}


def configure(*, debug: bool = False, pretty: bool = False) -> None:
    """Logs as JSON lines on standard error (`pretty`: for people at a terminal)."""
    renderer: Any = structlog.dev.ConsoleRenderer() if pretty else structlog.processors.JSONRenderer()
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _with_correlation,
            *([] if pretty else [_TRACEBACKS]),
            _without_escapes,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.DEBUG if debug else logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
