"""The facts about identity providers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from serai.kernel.event import EventType


@dataclass(frozen=True, slots=True)
class ProviderData:
    """Who vouches for people, and where the browser may return to. Its secret is never told."""

    id: str
    name: str
    issuer: str
    client_id: str
    redirect_uris: tuple[str, ...]


_provider = partial(EventType, subject="idp", payload=ProviderData)
ADDED = _provider("tenant.identity_provider.added.v1", "People may sign in with accounts of this provider.")
REMOVED = _provider("tenant.identity_provider.removed.v1", "Nobody signs in with this provider any more.")

ALL = (ADDED, REMOVED)
