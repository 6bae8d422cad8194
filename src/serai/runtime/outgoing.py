"""The one way to the outside: what the house asks of addresses in its settings."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import orjson

from serai.kernel.errors import Unavailable
from serai.kernel.text import text

TIMEOUT = 5.0
"""Seconds for the whole answer."""
LARGEST = 1_000_000
"""Bytes of an answer."""


async def get_json(url: str) -> Any:
    """The JSON at an address that the installation names; no redirect is followed. Else Unavailable."""
    return await _json("GET", url)


async def post_form(url: str, form: str, headers: Mapping[str, str]) -> Any:
    """The JSON that answers a form, a refusal's too: no redirect is followed. Else Unavailable."""
    return await _json("POST", url, form, headers)


async def _json(method: str, url: str, form: str | None = None, headers: Mapping[str, str] | None = None) -> Any:
    import httpx  # noqa: PLC0415  # a tenth of a second, for who asks the outside

    try:
        async with (
            httpx.AsyncClient(timeout=TIMEOUT, trust_env=False) as client,
            client.stream(method, url, content=form, headers=headers) as answer,
        ):
            if form is None or answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR or answer.is_redirect:
                answer.raise_for_status()
            body = bytearray()
            async for part in answer.aiter_bytes():
                body += part
                if len(body) > LARGEST:
                    break
        return orjson.loads(body)  # one that was cut off is no JSON
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise Unavailable(text("Another service does not answer as it should: {why}", why=str(error)[:250])) from error
