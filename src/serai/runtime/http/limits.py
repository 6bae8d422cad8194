"""How many requests a company may make in a minute.

They are counted over ten seconds: who asks too much is slowed down at once, before others feel it. What is left is told
with every answer, in the headers of draft-ietf-httpapi-ratelimit-headers. Each web process counts for itself.
"""

from __future__ import annotations

import math
from uuid import UUID

from limits import RateLimitItemPerMinute, RateLimitItemPerSecond
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from starlette.types import Scope

from serai.kernel.clock import SystemClock
from serai.kernel.errors import TooMany

HEADERS = "serai.ratelimit"
"""Where a request's scope says what the answer's headers are to be."""
WINDOW = 10
"""Seconds over which requests are counted."""
Headers = tuple[tuple[bytes, bytes], ...]


class Limiter:
    """Counts the requests of each company over a sliding window of ten seconds."""

    def __init__(self, per_minute: int) -> None:
        """`per_minute` requests; 0 counts nothing."""
        self._most = math.ceil(per_minute * WINDOW / 60)
        self._item = RateLimitItemPerSecond(max(1, self._most), WINDOW)
        self._window = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._clock = SystemClock()  # the library counts real seconds
        self._policy = b'"company";q=%d;w=%d' % (self._most, WINDOW)

    async def take(self, tenant_id: UUID, scope: Scope) -> None:
        """Count one request; one too many is refused with the seconds to wait."""
        if not self._most:
            return
        who = tenant_id.hex
        allowed = await self._window.hit(self._item, who)
        left = await self._window.get_window_stats(self._item, who)
        seconds = max(1, math.ceil(left.reset_time - self._clock.now().timestamp()))
        now = b'"company";r=%d;t=%d' % (left.remaining if allowed else 0, seconds)
        scope[HEADERS] = ((b"ratelimit-policy", self._policy), (b"ratelimit", now))
        if not allowed:
            raise TooMany("Your company asks more often than this server allows.", retry_after=seconds)


class Throttle:
    """Counts what comes without sign-in, over a sliding minute."""

    def __init__(self, per_minute: int) -> None:
        """So many from each."""
        self._item = RateLimitItemPerMinute(per_minute)
        self._window = SlidingWindowCounterRateLimiter(MemoryStorage())

    async def take(self, *who: str) -> None:
        """Count one; one too many is refused for a minute."""
        if not await self._window.hit(self._item, *who):
            raise TooMany("That is more than one person asks; wait a minute.", retry_after=60)
