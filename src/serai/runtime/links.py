"""Links that are signed: whoever has one may do the one thing that it is for."""

from __future__ import annotations

import hashlib
import hmac
import struct
from base64 import b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from serai.kernel.errors import NotFound

LINKS: Final = "runtime.links"
"""Where a house keeps its signer."""
_BODY: Final = struct.Struct(">16s16sI")
_TAG: Final = 16


@dataclass(frozen=True, slots=True)
class Link:
    """What a link is about, in which company."""

    tenant_id: UUID
    id: UUID


class Links:
    """Signs and reads links with a key for each purpose, so that one is good for nothing else."""

    def __init__(self, secret: str, address: str) -> None:
        """`address` is where people reach this server."""
        self._secret, self._address = secret.encode(), address.rstrip("/")

    def sign(self, purpose: str, link: Link, until: datetime | None = None) -> str:
        """70 letters that are good until an instant (whole seconds), or (None) as long as the secret is."""
        body = _BODY.pack(link.tenant_id.bytes, link.id.bytes, 0 if until is None else int(until.timestamp()))
        return urlsafe_b64encode(body + self._tag(purpose, body)).rstrip(b"=").decode()

    def read(self, purpose: str, token: str, now: datetime) -> Link:
        """What it is about. NotFound for one that is another's, for another purpose, changed, or over."""
        try:
            raw = b64decode(token.encode("ascii") + b"=" * (-len(token) % 4), b"-_", validate=True)
        except ValueError:
            raise NotFound from None
        body, tag = raw[: _BODY.size], raw[_BODY.size :]
        if len(body) != _BODY.size or not hmac.compare_digest(tag, self._tag(purpose, body)):
            raise NotFound
        tenant, about, until = _BODY.unpack(body)
        if until and now >= datetime.fromtimestamp(until, UTC):
            raise NotFound("This link is not good any more.")
        return Link(UUID(bytes=tenant), UUID(bytes=about))

    def url(self, path: str, token: str) -> str:
        """The whole address of a page with a token."""
        return f"{self._address}/{path}/{token}"

    def _tag(self, purpose: str, body: bytes) -> bytes:
        key = hmac.digest(self._secret, f"link:{purpose}".encode(), hashlib.sha256)
        return hmac.digest(key, body, hashlib.sha256)[:_TAG]
