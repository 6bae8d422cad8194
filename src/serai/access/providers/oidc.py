"""OpenID Connect's authorization code flow with PKCE.

Requests are written by authlib and sent by our own client; tokens are judged by `issuers`.
"""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from typing import Any, cast

from authlib.oauth2 import auth, rfc7636
from authlib.oauth2.rfc6749 import parameters

from serai.access.issuers import Issuer
from serai.access.providers.model import Provider, is_safe
from serai.kernel.errors import Unauthenticated, Unavailable
from serai.runtime import outgoing

KEPT = 3600.0
"""Seconds for which an issuer's description of itself is believed."""
SCOPE = "openid"
WELL_KNOWN = "/.well-known/openid-configuration"


_write = cast("Any", parameters)
"""authlib ships no types."""


@dataclass(frozen=True, slots=True)
class Described:
    """Where an issuer is asked."""

    authorize: str
    token: str
    issuer: Issuer
    read_at: float


class Issuers:
    """What issuers say of themselves, remembered in one process."""

    def __init__(self) -> None:
        """Nothing is asked yet."""
        self._known: dict[str, Described] = {}

    async def of(self, url: str) -> Described:
        """The description at an issuer; one that speaks of another issuer, or of unsafe addresses, is no good."""
        known = self._known.get(url)
        if known is not None and time.monotonic() - known.read_at < KEPT:
            return known
        told = _object(await outgoing.get_json(url.rstrip("/") + WELL_KNOWN))
        places = [told.get(one) for one in ("authorization_endpoint", "token_endpoint", "jwks_uri")]
        if told.get("issuer") != url or not all(isinstance(one, str) and is_safe(one) for one in places):
            raise Unavailable("The identity provider describes itself in a way that cannot be trusted.")
        authorize, token, keys = (str(one) for one in places)
        found = self._known[url] = Described(authorize, token, Issuer(url, keys), time.monotonic())
        return found


def challenge_of(verifier: str) -> str:
    """The S256 challenge of a verifier (RFC 7636)."""
    made: Any = rfc7636
    return made.create_s256_code_challenge(verifier)


def where_to(at: Described, provider: Provider, redirect_uri: str, challenge: str, sealed: tuple[str, str]) -> str:
    """The page at which a person signs in; `sealed` are state and nonce."""
    state, nonce = sealed
    return _write.prepare_grant_uri(
        at.authorize, provider.client_id, "code", redirect_uri, SCOPE, state,
        nonce=nonce, code_challenge=challenge, code_challenge_method="S256",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Return:
    """What the browser brings back: the code, what proves that it is the one that left, and the nonce of then."""

    code: str
    verifier: str
    redirect_uri: str
    nonce: str


async def subject_of(at: Described, provider: Provider, secret: str, back: Return) -> str:
    """The person at the issuer; a code, token or nonce that is not good is refused."""
    form = _write.prepare_token_request(
        "authorization_code", redirect_uri=back.redirect_uri, code=back.code, code_verifier=back.verifier
    )
    who: Any = auth.ClientAuth(provider.client_id, secret, "client_secret_basic")
    uri, headers, form = who.prepare("POST", at.token, {}, form)
    token = _object(await outgoing.post_form(uri, form, headers)).get("id_token")
    if not isinstance(token, str):
        raise Unauthenticated("The identity provider did not take this sign-in; begin again.")
    claims = await at.issuer.verify(token, provider.client_id)
    if claims["aud"] not in (provider.client_id, [provider.client_id]) and claims.get("azp") != provider.client_id:
        raise Unauthenticated
    if not secrets.compare_digest(str(claims.get("nonce", "")).encode(), back.nonce.encode()):
        raise Unauthenticated("This answer belongs to another sign-in; begin again.")
    return str(claims["sub"])


def _object(said: Any) -> dict[str, Any]:
    return cast("dict[str, Any]", said) if isinstance(said, dict) else {}
