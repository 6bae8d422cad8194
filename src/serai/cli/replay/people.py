"""The people and programs around the hotel: each speaks HTTP for itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import cycle
from typing import Any

import httpx
import orjson

from serai.kernel.clock import Clock

UNAUTHORIZED = 401
FRESH = timedelta(minutes=13)
"""How long an access token is used before it is exchanged; it lives 15 minutes."""


class Unexpected(RuntimeError):
    """The service answered what nobody expects of it."""


@dataclass(slots=True)
class Tally:
    """What was asked over HTTP and how it was answered."""

    answers: Counter[str] = field(default_factory=Counter[str])

    @property
    def requests(self) -> int:
        """How many requests were made."""
        return sum(self.answers.values())


class Doors:
    """The web processes, each called in its turn."""

    def __init__(self, clients: Sequence[httpx.AsyncClient]) -> None:
        """A client for each."""
        self._turn = cycle(clients)

    async def request(self, method: str, path: str, **about: Any) -> httpx.Response:
        """One request to the next of them."""
        return await next(self._turn).request(method, path, **about)


class Caller:
    """Whoever calls: requests are counted, and a 5xx or a surprise stops the replay."""

    def __init__(self, http: Doors, tally: Tally) -> None:
        """All callers share the doors and one tally."""
        self._http = http
        self._tally = tally

    async def headers(self) -> dict[str, str]:
        """The headers that say who calls."""
        return {}

    async def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        expect: tuple[int, ...] = (),
        headers: dict[str, str] | None = None,
        **query: Any,
    ) -> tuple[int, Any]:
        """One request; statuses other than 2xx and those expected raise `Unexpected`."""
        sent = {**await self.headers(), **(headers or {})}
        content = None
        if body is not None:
            content = orjson.dumps(body)
            sent.setdefault("content-type", "application/json")
        answer = await self._http.request(method, path, content=content, headers=sent, params=query or None)
        self._tally.answers[f"{answer.status_code // 100}xx"] += 1
        if not answer.is_success and answer.status_code not in expect:
            raise Unexpected(f"{method} {path} {query or ''} answered {answer.status_code}: {answer.text[:500]}")
        return answer.status_code, answer.json() if answer.content else None


class Program(Caller):
    """A neighbour with an API key: the property management system."""

    def __init__(self, http: Doors, tally: Tally, key: str) -> None:
        """`key` is the secret, shown once when it was made."""
        super().__init__(http, tally)
        self._key = key

    async def headers(self) -> dict[str, str]:
        """The key as a bearer token."""
        return {"authorization": f"Bearer {self._key}"}


class Person(Caller):
    """A member of staff who signs in and keeps the session alive."""

    def __init__(self, http: Doors, tally: Tally, clock: Clock, login: str, password: str) -> None:
        """Nobody is signed in until the first call."""
        super().__init__(http, tally)
        self.login = login
        self.id = ""
        self._clock = clock
        self._password = password
        self._access = ""
        self._refresh = ""
        self._taken: datetime | None = None

    async def headers(self) -> dict[str, str]:
        """A fresh access token."""
        if self._taken is None or self._clock.now() - self._taken > FRESH:
            await self._sign_in()
        return {"authorization": f"Bearer {self._access}"}

    async def _sign_in(self) -> None:
        anonymous = Caller(self._http, self._tally)
        status = UNAUTHORIZED
        answer: Any = None
        if self._refresh:
            status, answer = await anonymous.call(
                "POST", "/auth/token", {"refresh_token": self._refresh}, expect=(UNAUTHORIZED,)
            )
        if status == UNAUTHORIZED:
            body = {"login": self.login, "password": self._password}
            _, answer = await anonymous.call("POST", "/auth/token", body)
        self._access, self._refresh = answer["access_token"], answer["refresh_token"]
        self._taken = self._clock.now()
        if not self.id:
            _, me = await self.call("GET", "/me")
            self.id = me["id"]
