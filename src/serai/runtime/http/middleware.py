"""What every request passes: bounds, strict JSON, a correlation id, safe headers."""

from __future__ import annotations

import json
import re
import time
from typing import Any
from urllib.parse import parse_qsl, urlencode
from uuid import uuid4

import orjson
import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from serai.kernel.errors import Fault, Invalid, Refusal, TooLarge, UnsupportedMedia
from serai.kernel.text import text
from serai.runtime import telemetry
from serai.runtime.http import limits
from serai.runtime.http.bodies import snake
from serai.runtime.http.language import listen
from serai.runtime.http.problems import problem, refuse

log = structlog.get_logger()
LARGEST = 1_048_576
"""Bytes of a JSON body that are accepted."""
DEEPEST = 20
"""Levels of nesting that are accepted."""
_MEDIA = re.compile(r"^application/(?:json|[\w.-]+\+json)\s*(?:;.*)?$", re.IGNORECASE)
_TRACE = re.compile(r"^[\w.:-]{1,64}$")
HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"strict-transport-security", b"max-age=31536000; includeSubDomains"),
)
STRICT_CSP = (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'")
DOCS_CSP = (
    b"content-security-policy",
    (
        b"default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        b"script-src 'self' 'unsafe-inline'; frame-ancestors 'none'"
    ),
)


class Edge:
    """Pure ASGI, so that it costs little."""

    def __init__(self, app: ASGIApp, *, docs: tuple[str, ...] = (), uploads: tuple[str, ...] = ()) -> None:
        """`docs` are the paths that show the interactive pages and may run their scripts.

        `uploads` are the routes that take other bodies than JSON, and bound them themselves.
        """
        self._app = app
        self._docs = docs
        self._uploads = uploads

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check the request, hand it on, note how it went."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        given = headers.get(b"x-correlation-id", "")
        trace = given if _TRACE.match(given) else uuid4().hex
        telemetry.correlation.set(trace)
        listen(headers.get(b"accept-language"))
        csp = DOCS_CSP if scope["path"].startswith(self._docs) and self._docs else STRICT_CSP
        started = time.perf_counter()
        status = 500

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                telemetry.tracer.routed(scope["method"], getattr(scope.get("route"), "path", "-"))
                limit: limits.Headers = scope.get(limits.HEADERS, ())
                message["headers"] = [
                    *message["headers"], *HEADERS, _csp(scope, csp), (b"x-correlation-id", trace.encode()), *limit
                ]  # fmt: skip
            await send(message)

        try:
            scope["query_string"] = _query(scope)
            upload = scope["method"] == "POST" and scope["path"] in self._uploads
            receiving = receive if upload else await _bounded(scope, headers, receive)
        except Refusal as refusal:
            await refuse(refusal)(scope, receive, sending)
        else:
            await self._handle(scope, receiving, sending)
        route = getattr(scope.get("route"), "path", "-")
        telemetry.requests.labels(scope["method"], route, str(status)).inc()
        telemetry.seconds.labels(scope["method"], route).observe(time.perf_counter() - started)

    async def _handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self._app(scope, receive, send)
        except Exception:
            log.exception("http.failed", path=scope["path"])
            await problem(500, "internal", "Something went wrong on our side; it was noted.")(scope, receive, send)


def _csp(scope: Scope, usual: tuple[bytes, bytes]) -> tuple[bytes, bytes]:
    own: bytes | None = scope.get("csp")
    return usual if own is None else (usual[0], own)


def _query(scope: Scope) -> bytes:
    """The query string in snake_case; both spellings of one name at once are refused."""
    raw: bytes = scope["query_string"]
    if "\x00" in scope["path"] or b"%00" in raw:
        raise Invalid("A NUL character cannot be accepted.")
    if not raw:
        return raw
    try:
        pairs = parse_qsl(raw.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=100)
    except (UnicodeError, ValueError):
        raise Invalid("The query string cannot be read.") from None
    spelled: dict[str, str] = {}
    for name, _ in pairs:
        if spelled.setdefault(snake(name), name) != name:
            raise Invalid(faults=[Fault(f"/query/{snake(name)}", "is given in two spellings")])
    if all(snake(name) == name for name in spelled.values()):
        return raw
    return urlencode([(snake(name), value) for name, value in pairs]).encode()


async def _bounded(scope: Scope, headers: dict[bytes, str], receive: Receive) -> Receive:
    """Read the body within bounds, check that it is sound JSON, and hand it on whole."""
    if scope["method"] not in {"POST", "PUT", "PATCH", "DELETE"}:
        return receive
    length = headers.get(b"content-length", "0")
    body = await _read(receive, int(length) if length.isdigit() else 0)
    if body:
        if not _MEDIA.match(headers.get(b"content-type", "")):
            raise UnsupportedMedia
        check(body)
    sent = False

    async def replay() -> Message:
        nonlocal sent
        if sent:
            return await receive()
        sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay


async def _read(receive: Receive, announced: int) -> bytes:
    body = bytearray()
    more = True
    while more:
        if max(announced, len(body)) > LARGEST:
            raise TooLarge(text("A body may have {most} bytes at the most.", most=LARGEST))
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    if len(body) > LARGEST:
        raise TooLarge(text("A body may have {most} bytes at the most.", most=LARGEST))
    return bytes(body)


class BrokenJson(Invalid):
    """The body is not sound JSON."""

    code = "broken_json"


def check(body: bytes) -> None:
    """Refuse JSON that is broken, too deep, or says a key twice, and what no text column can hold."""
    try:
        orjson.loads(body)
        if b"\\u0000" in body:
            raise BrokenJson("A NUL character cannot be accepted.")
        deep = _depth(json.loads(body, object_pairs_hook=_once))
    except RecursionError:
        raise BrokenJson("The body is nested too deep.") from None
    except ValueError as error:
        raise BrokenJson(text("The body is not sound JSON: {why}", why=str(error)[:200])) from None
    if deep > DEEPEST:
        raise BrokenJson(text("The body is nested deeper than {most} levels.", most=DEEPEST))


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key is given twice")
    return found


def _depth(value: Any, level: int = 1) -> int:
    if level > DEEPEST:
        return level
    if isinstance(value, dict):
        return max((_depth(one, level + 1) for one in value.values()), default=level)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    if isinstance(value, list):
        return max((_depth(one, level + 1) for one in value), default=level)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    return level
