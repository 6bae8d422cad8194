"""Every error as RFC 9457 problem+json, without a stack and without SQL."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import orjson
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from pydantic_core import PydanticKnownError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from serai.kernel.errors import Refusal
from serai.kernel.text import Text, text
from serai.runtime.http.language import language, said
from serai.runtime.telemetry import correlation

MEDIA = "application/problem+json"
_UNMET = {404: text("There is nothing here."), 405: text("This method is not offered here.")}


class ProblemFault(BaseModel):
    """One wrong place."""

    pointer: str
    message: str


class Problem(BaseModel):
    """An error (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str = ""
    code: str = Field(description="Stable, for programs.")
    errors: list[ProblemFault] = []
    trace_id: str


def problem(status: int, code: str, detail: str, faults: Any = (), more: Mapping[str, Any] | None = None) -> Response:
    """The answer for an error, in the reader's language; `title` stays the status's own name."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": said(detail),
        "code": code,
        "errors": [{"pointer": one.pointer, "message": said(one.message)} for one in faults],
        "trace_id": correlation.get(),
        **(more or {}),
    }
    headers = {"cache-control": "no-store", "content-language": language(), "vary": "Accept-Language"}
    if status in {429, 503}:
        headers["retry-after"] = str((more or {}).get("retry_after", 1))
    if status == HTTPStatus.UNAUTHORIZED:
        headers["www-authenticate"] = "Bearer"
    return Response(orjson.dumps(body, default=str), status, headers, MEDIA)


def refuse(refusal: Refusal) -> Response:
    """The answer for a refusal."""
    return problem(refusal.status, refusal.code, refusal.detail, refusal.faults, refusal.more)


def worded(error: Mapping[str, Any]) -> str:
    """What pydantic found wrong, as a sentence that can be said in other languages."""
    kind, message, params = error["type"], str(error["msg"]), error.get("ctx", {})
    own = params.get("error")
    if isinstance(own, ValueError):
        return own.args[0] if own.args and isinstance(own.args[0], Text) else str(own)
    try:
        return Text(PydanticKnownError(kind, params or None).message_template, params, message)
    except (KeyError, TypeError):
        return message  # a kind of our own


class _Wrong:
    def __init__(self, error: Mapping[str, Any]) -> None:
        where = [str(part) for part in error["loc"]]
        self.pointer = "/" + "/".join(where[1:] if where[:1] == ["body"] else where)
        self.message = worded(error)


def install(app: FastAPI) -> None:
    """Teach the application to answer every error this way."""

    async def on_refusal(_: Request, error: Any) -> Response:
        return refuse(error)

    async def on_invalid(_: Request, error: Any) -> Response:
        return problem(422, "invalid", "Some of the input cannot be accepted.", [_Wrong(one) for one in error.errors()])

    async def on_http(_: Request, error: Any) -> Response:
        code = {404: "not_found", 405: "method_not_allowed"}.get(error.status_code, "refused")
        detail = _UNMET.get(error.status_code, text("Refused."))
        answer = problem(error.status_code, code, detail)
        answer.headers.update(error.headers or {})
        return answer

    app.add_exception_handler(Refusal, on_refusal)
    app.add_exception_handler(RequestValidationError, on_invalid)
    app.add_exception_handler(HTTPException, on_http)
