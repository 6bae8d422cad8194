"""The one way to the outside: what the house asks of addresses in its settings."""

from __future__ import annotations

from typing import Any

import httpx
import orjson

from serai.kernel.errors import Unavailable

TIMEOUT = 5.0
"""Seconds for the whole answer."""
LARGEST = 1_000_000
"""Bytes of an answer."""


async def get_json(url: str) -> Any:
    """The JSON at an address that the installation names; no redirect is followed. Else Unavailable."""
    try:
        async with httpx.AsyncClient(timeout=TIMEOUT) as client, client.stream("GET", url) as answer:
            answer.raise_for_status()
            body = bytearray()
            async for part in answer.aiter_bytes():
                body += part
                if len(body) > LARGEST:
                    break
        return orjson.loads(body)  # one that was cut off is no JSON
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise Unavailable(f"Another service does not answer as it should: {error}"[:300]) from error
