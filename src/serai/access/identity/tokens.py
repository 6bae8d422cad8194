"""Tokens: short signed ones, long opaque ones, and keys for programs."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from serai.kernel.errors import Unauthenticated

ISSUER = "serai"
AUDIENCE = "serai.api"
ACCESS = "access"
EXCHANGE = "exchange"
SKEW = timedelta(seconds=5)
"""How far the clocks of two processes may differ."""
SHORTEST_SECRET = 32
REFRESH_BYTES = 48
"""A tenant and 256 bits."""
KEY_PREFIX = "serai_"
_REQUIRED = ["typ", "iss", "aud", "sub", "exp", "nbf", "iat", "jti", "sid", "ten"]


@dataclass(frozen=True, slots=True)
class Claims:
    """What a token says. `home` is the tenant of its session, `tenant_id` the one it opens."""

    kind: str
    tenant_id: UUID
    home: UUID
    staff_id: UUID
    session_id: UUID
    expires_at: datetime


class Signer:
    """Signs and reads access tokens with keys that every process derives from the same secret."""

    def __init__(self, secret: str, previous: str | None = None) -> None:
        """`previous` is the secret before a rotation: its tokens are still read. Short secrets are a ValueError."""
        self._key, self._kid = _derive(secret)
        self._known = {self._kid: self._key.public_key()}
        if previous:
            old, kid = _derive(previous)
            self._known[kid] = old.public_key()

    def sign(self, claims: Claims, now: datetime) -> str:
        """The token for these claims, good from now on."""
        payload: dict[str, Any] = {
            "typ": claims.kind,
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": str(claims.staff_id),
            "sid": str(claims.session_id),
            "ten": str(claims.tenant_id),
            "home": str(claims.home),
            "jti": str(uuid4()),
            "iat": int(now.timestamp()),
            "nbf": int(now.timestamp()),
            "exp": int(claims.expires_at.timestamp()),
        }
        return jwt.encode(payload, self._key, algorithm="EdDSA", headers={"kid": self._kid})

    def read(self, token: str, now: datetime) -> Claims:
        """The claims of a token of ours that is good at `now`; everything else is refused alike."""
        try:
            kid = jwt.get_unverified_header(token).get("kid")
            if kid not in self._known:
                raise Unauthenticated
            payload = jwt.decode(
                token,
                self._known[kid],
                algorithms=["EdDSA"],
                audience=AUDIENCE,
                issuer=ISSUER,
                # the instants are judged below, by the house's clock and not by the machine's
                options={"require": _REQUIRED, "verify_exp": False, "verify_nbf": False, "verify_iat": False},
            )
            claims = _claims(payload)
            if not _instant(payload, "nbf") - SKEW <= now < claims.expires_at or _instant(payload, "iat") > now + SKEW:
                raise Unauthenticated
        except (jwt.InvalidTokenError, ValueError, TypeError, KeyError, OverflowError):
            raise Unauthenticated from None
        return claims


def _derive(secret: str) -> tuple[Ed25519PrivateKey, str]:
    if len(secret.encode()) < SHORTEST_SECRET:
        raise ValueError(f"the secret must have at least {SHORTEST_SECRET} bytes")
    seed = HKDF(SHA256(), 32, salt=None, info=b"serai access token v1").derive(secret.encode())
    key = Ed25519PrivateKey.from_private_bytes(seed)
    public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return key, hashlib.sha256(public).hexdigest()[:16]


def _claims(payload: Mapping[str, Any]) -> Claims:
    kind = payload["typ"]
    if kind not in {ACCESS, EXCHANGE}:
        raise Unauthenticated
    tenant, home, staff, session = (UUID(str(payload[name])) for name in ("ten", "home", "sub", "sid"))
    return Claims(kind, tenant, home, staff, session, _instant(payload, "exp"))


def _instant(payload: Mapping[str, Any], name: str) -> datetime:
    return datetime.fromtimestamp(int(payload[name]), UTC)


def new_refresh(tenant_id: UUID) -> str:
    """A refresh token: its tenant, so that it can be found, and 256 bits of chance."""
    return base64.urlsafe_b64encode(tenant_id.bytes + secrets.token_bytes(32)).decode()


def tenant_of(refresh: str) -> UUID:
    """The tenant that a refresh token names; what has not its form is refused."""
    try:
        raw = base64.b64decode(refresh, altchars=b"-_", validate=True)
    except ValueError:
        raise Unauthenticated from None
    if len(raw) != REFRESH_BYTES:
        raise Unauthenticated
    return UUID(bytes=raw[:16])


def new_key() -> tuple[str, str]:
    """The prefix by which a key is recognised, and the whole secret."""
    prefix = KEY_PREFIX + secrets.token_hex(4)
    return prefix, f"{prefix}_{secrets.token_urlsafe(32)}"


def digest(token: str) -> bytes:
    """What is kept of a refresh token or a key: chance of 256 bits needs no slow hash."""
    return hashlib.sha256(token.encode()).digest()
