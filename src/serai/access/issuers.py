"""Tokens of an OpenID issuer, judged by the keys that it publishes."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import jwt
from jwt import PyJWK, PyJWKSet

from serai.kernel.errors import Unauthenticated, Unavailable
from serai.runtime import outgoing

KEPT = 3600.0
"""Seconds for which published keys are believed."""
RARELY = 60.0
"""Seconds between two looks for a key that nobody knows: made-up key ids cause no traffic."""
ALGORITHMS = ["RS256", "ES256", "EdDSA"]


class Issuer:
    """An issuer and where its keys are: the installation names it, so no caller chooses what is fetched."""

    def __init__(self, issuer: str, keys_url: str) -> None:
        """Nothing is fetched until the first token."""
        self._issuer, self._url = issuer, keys_url
        self._keys: dict[str, PyJWK] = {}
        self._fetched = -KEPT
        self._one = asyncio.Lock()

    async def verify(self, token: str, audience: str) -> dict[str, Any]:
        """The claims of a token for this audience that is good now; everything else is refused alike."""
        try:
            kid = jwt.get_unverified_header(token).get("kid")
            key = await self._key(kid if isinstance(kid, str) else "")
            return jwt.decode(
                token, key.key, algorithms=[key.algorithm_name], audience=audience, issuer=self._issuer, leeway=30,
                options={"require": ["exp", "iat", "aud", "iss", "sub"]},
            )  # fmt: skip
        except jwt.PyJWTError:
            raise Unauthenticated from None

    async def _key(self, kid: str) -> PyJWK:
        async with self._one:
            age = time.monotonic() - self._fetched
            if age > KEPT or (kid not in self._keys and age > RARELY):
                await self._fetch()
        if kid not in self._keys:
            raise Unauthenticated
        return self._keys[kid]

    async def _fetch(self) -> None:
        before = self._fetched
        self._fetched = time.monotonic()
        try:
            found = PyJWKSet.from_dict(await outgoing.get_json(self._url))
        except (Unavailable, AttributeError, jwt.PyJWTError):
            if not self._keys:
                self._fetched = before
                raise Unavailable("The issuer's keys cannot be read now; try again.") from None
            return
        keys = {one.key_id: one for one in found.keys if one.key_id and one.algorithm_name in ALGORITHMS}
        self._keys = keys or self._keys
