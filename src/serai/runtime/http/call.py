"""One call of a route: its actor, its transaction, its answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Annotated, Any, TypeVar, cast

from fastapi import Depends, Request
from pydantic import BaseModel
from starlette.responses import Response

from serai.kernel.actor import Actor
from serai.kernel.errors import Fault, Invalid, TooLarge, VersionNeeded, lacking
from serai.kernel.text import text
from serai.runtime.db.tx import ReadTx
from serai.runtime.http import etag, idempotency
from serai.runtime.http.lists import Page
from serai.runtime.http.problems import Problem
from serai.runtime.telemetry import correlation
from serai.runtime.wire import to_json
from serai.runtime.work import House, Work

Result = TypeVar("Result")
JSON = "application/json"
KEYED = frozenset({"POST", "PATCH", "PUT"})
"""The methods whose repeats a key makes harmless."""
_ERRORS = {
    401: "Not signed in",
    403: "Not permitted",
    404: "Not here",
    409: "Not open now",
    412: "Stale",
    422: "Invalid",
    429: "Too often",
}


def needs(permission: str) -> dict[str, Any]:
    """Keywords of a route that asks for a permission."""
    return {"openapi_extra": {"x-permission": permission}, "responses": _documented(_ERRORS)}


def public(reason: str) -> dict[str, Any]:
    """Keywords of a route that anybody may call, and why."""
    return {"openapi_extra": {"x-public": reason}, "responses": _documented({422: "Invalid"})}


def _documented(errors: dict[int, str]) -> dict[int | str, dict[str, Any]]:
    return {status: {"description": text, "model": Problem} for status, text in errors.items()}


class CallContext:
    """What a route handler works with."""

    def __init__(self, request: Request, house: House, actor: Actor) -> None:
        """Made by `get_call` for each request."""
        self.request = request
        self.house = house
        self.actor = actor
        self._uploaded: bytes | None = None

    @property
    def now(self) -> datetime:
        """The instant of the house's clock."""
        return self.house.clock.now()

    @property
    def address(self) -> str:
        """From where the caller asks; behind a proxy that the settings trust, what that says."""
        return self.request.client.host if self.request.client else "here"

    @property
    def version(self) -> int | None:
        """The version in If-Match, if any."""
        header = self.request.headers.get("if-match")
        return None if header is None else etag.version_of(header)

    def need_version(self, given: int | None = None) -> int:
        """The version that the caller read, from If-Match or the body; without one: 428."""
        version = self.version if given is None else given
        if version is None:
            raise VersionNeeded
        return version

    async def upload(self, most: int) -> bytes:
        """The body of an upload as it is; one with more bytes is refused before it is read to the end."""
        announced, body = self.request.headers.get("content-length", "0"), bytearray()
        if announced.isdigit() and int(announced) <= most:
            async for part in self.request.stream():
                body += part
                if len(body) > most:
                    break
            else:
                self._uploaded = bytes(body)
                return self._uploaded
        raise TooLarge(text("A file may have {most} bytes at the most.", most=most))

    async def command(
        self, act: Callable[[Work], Awaitable[Result]], show: Callable[[Result, Actor], Any], *, status: int = 200
    ) -> Response:
        """Run a command in one transaction and answer what it returns.

        With an Idempotency-Key the committed answer is kept with the command and given again.
        """
        key = await self._key()

        async def run(work: Work) -> idempotency.Answer:
            if key and (before := await idempotency.begin(work.tx, work.tenant_id, key, work.now)):
                return before
            answer = self._answer(show(await act(work), self.actor), status)
            if key:
                await idempotency.finish(work.tx, work.tenant_id, key, answer, work.now)
            return answer

        return _respond(await self.house.do(self.actor, run, source=self._source(), correlation=correlation.get()))

    async def query(self, act: Callable[[ReadTx], Awaitable[Result]], show: Callable[[Result, Actor], Any]) -> Response:
        """Run a query and answer what it returns, or 304 when the caller has it."""
        answer = self._answer(show(await self.house.read(self.actor, act), self.actor), 200)
        if answer.etag and etag.matches(self.request.headers.get("if-none-match"), answer.etag):
            return Response(status_code=304, headers={"etag": answer.etag})
        return _respond(answer)

    async def page(
        self, act: Callable[[ReadTx], Awaitable[Page[Result]]], show: Callable[[Result, Actor], Any]
    ) -> Response:
        """Run a list and answer `{items, next_cursor}`, with `total` where it was asked for."""
        found = await self.house.read(self.actor, act)
        body: dict[str, Any] = {"items": [_plain(show(one, self.actor)) for one in found.items]}
        body["next_cursor"] = found.next_cursor
        if found.total is not None:
            body["total"] = found.total
        return Response(to_json(body), media_type=JSON, headers={"cache-control": "no-store"})

    def _answer(self, shown: Any, status: int) -> idempotency.Answer:
        body = to_json(_plain(shown))
        version = (
            cast("dict[str, Any]", shown).get("version") if isinstance(shown, dict) else getattr(shown, "version", 0)
        )
        return idempotency.Answer(status, body, etag.tag(version or 0, body))

    async def _key(self) -> idempotency.Key | None:
        header = self.request.headers.get("idempotency-key")
        if header is None or self.request.method not in KEYED:
            return None
        body = await self.request.body() if self._uploaded is None else self._uploaded
        return idempotency.Key.of(self.actor.id, self.request.url.path, header, body)

    def _source(self) -> str:
        return f"{self.request.method} {self.request.url.path} from {self.address}"[:300]


def _plain(shown: Any) -> Any:
    return shown.model_dump() if isinstance(shown, BaseModel) else shown


def _respond(answer: idempotency.Answer) -> Response:
    headers = {"cache-control": "no-store"}
    if answer.etag:
        headers["etag"] = answer.etag
    return Response(answer.body or b"null", answer.status, headers, JSON)


async def get_call(request: Request) -> CallContext:
    """Sign the caller in, refuse what he may nowhere do and what the route does not know."""
    house: House = request.app.state.house
    extra: dict[str, Any] = request.scope["route"].openapi_extra or {}
    actor = await house.authenticate(request.headers)
    await request.app.state.limiter.take(actor.tenant_id, request.scope)
    permission = extra.get("x-permission")
    if permission and not actor.may(permission):
        raise lacking(permission)
    _only_known(request)
    return CallContext(request, house, actor)


def _only_known(request: Request) -> None:
    given = [name for name, _ in request.query_params.multi_items()]
    if not given:
        return
    known = _query_names(request.scope["route"])
    faults = [Fault(f"/query/{name}", "is not known here") for name in given if name not in known]
    repeated = {name for name in given if given.count(name) > 1 and not known.get(name, False)}
    faults += [Fault(f"/query/{name}", "is given twice") for name in sorted(repeated)]
    if faults:
        raise Invalid(faults=faults)


_names: dict[int, dict[str, bool]] = {}


def _query_names(route: Any) -> dict[str, bool]:
    """The query parameters a route declares → whether it takes several."""
    if id(route) not in _names:
        found: dict[str, bool] = {}
        waiting: list[Any] = [route.dependant]
        while waiting:
            one = waiting.pop()
            waiting += one.dependencies
            for parameter in one.query_params:
                annotation = str(parameter.field_info.annotation)
                found[parameter.alias] = "list" in annotation or "Sequence" in annotation
        _names[id(route)] = found
    return _names[id(route)]


Call = Annotated[CallContext, Depends(get_call)]
