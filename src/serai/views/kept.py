"""Answers kept until the stream of their property moves on."""

from __future__ import annotations

import asyncio
import time
import zlib
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass, field
from functools import cached_property

from fastapi import Request
from starlette.responses import Response

from serai.runtime.http.etag import matches, tag
from serai.views.day import Mark

MOST = 64
"""Answers kept at a time; what was not asked for longest goes."""
OLDEST = 5.0
"""Seconds after which an answer is made anew: priorities and names of staff change without a word in the stream."""
WORTH_PACKING = 1_024
"""Bytes from which an answer is compressed."""


@dataclass(frozen=True)
class Shown:
    """An answer in bytes. `told` is what its tag depends on, where that is not the whole of it."""

    body: bytes
    told: bytes | None = None

    @cached_property
    def tag(self) -> str:
        """Weak, since the compressed answer has the same."""
        return "W/" + tag(0, self.body if self.told is None else self.told)

    @cached_property
    def packed(self) -> bytes:
        """Compressed once, for all who ask."""
        packer = zlib.compressobj(6, zlib.DEFLATED, 31)
        return packer.compress(self.body) + packer.flush()

    def answer(self, request: Request) -> Response:
        """The response: 304 when the caller has it, compressed when he can read that."""
        headers = {"etag": self.tag, "cache-control": "no-cache", "vary": "accept-encoding, authorization"}
        if matches(request.headers.get("if-none-match"), self.tag):
            return Response(status_code=304, headers=headers)
        if len(self.body) >= WORTH_PACKING and "gzip" in request.headers.get("accept-encoding", ""):
            return Response(self.packed, headers={**headers, "content-encoding": "gzip"}, media_type="application/json")
        return Response(self.body, headers=headers, media_type="application/json")


@dataclass
class _Entry:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    shown: Shown | None = None
    marks: tuple[Mark, ...] = ()
    made: float = 0.0

    def at(self, marks: tuple[Mark, ...]) -> Shown | None:
        """What is kept, when it is no older than the streams stood just now."""
        if self.shown is None or time.monotonic() - self.made > OLDEST or len(marks) != len(self.marks):
            return None
        return self.shown if all(mine.covers(one) for mine, one in zip(self.marks, marks, strict=True)) else None


class Kept:
    """A stream is gapless and everything that a view shows is told in it: where it has not moved, nothing changed."""

    def __init__(self, most: int = MOST) -> None:
        """Nothing is kept yet."""
        self._entries: OrderedDict[Hashable, _Entry] = OrderedDict()
        self._most = most

    async def get(self, key: Hashable, marks: tuple[Mark, ...], make: Callable[[], Awaitable[Shown]]) -> Shown:
        """The answer kept under this key, or `make()`, once for all who wait for it.

        `marks` must have been read before; what `make` reads is at least as new.
        """
        entry = self._entries.setdefault(key, _Entry())
        self._entries.move_to_end(key)
        if len(self._entries) > self._most:
            self._entries.popitem(last=False)
        if shown := entry.at(marks):
            return shown
        async with entry.lock:
            if shown := entry.at(marks):
                return shown
            made = time.monotonic()
            entry.shown, entry.marks, entry.made = await make(), marks, made
            return entry.shown


def kept(shelf: dict[str, object]) -> Kept:
    """The house's own."""
    found = shelf.setdefault("views.kept", Kept())
    if not isinstance(found, Kept):
        raise TypeError("the shelf holds something else")
    return found
