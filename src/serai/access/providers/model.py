"""An identity provider as a record, and whom it vouches for."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from serai.access.providers import events
from serai.kernel.decision import Decision
from serai.kernel.errors import Fault, Invalid
from serai.kernel.event import Event, EventType, changes
from serai.kernel.ids import encode
from serai.kernel.text import text

MOST_ADDRESSES: Final = 10
_SAFE: Final = re.compile(r"(?:https://[^\s/?#@]+|http://(?:127\.0\.0\.1|localhost)(?::\d+)?)(?:/[^\s?#]*)?")


@dataclass(frozen=True, slots=True)
class Provider:
    """An OpenID Connect issuer with our client there; `client_secret` is sealed."""

    id: UUID
    tenant_id: UUID
    version: int
    name: str
    issuer: str
    client_id: str
    client_secret: str
    redirect_uris: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """An account of an issuer that is a person here: matched by issuer and subject, never by a name or an address."""

    id: UUID
    tenant_id: UUID
    staff_id: UUID
    issuer: str
    subject: str
    linked_at: datetime


def is_safe(address: str) -> bool:
    """Whether it is an HTTPS address without query and fragment; this machine's own may be plain HTTP."""
    return len(address) <= 500 and _SAFE.fullmatch(address) is not None  # noqa: PLR2004  # characters


def add(made: Provider) -> Decision[Provider]:
    """A new provider; what nobody could be sent to is refused."""
    found = [] if is_safe(made.issuer) else [Fault("/issuer", "must be an https:// address")]
    wrong = [n for n, one in enumerate(made.redirect_uris) if not is_safe(one)]
    found += [Fault(f"/redirect_uris/{n}", "must be an https:// address") for n in wrong]
    if not 1 <= len(made.redirect_uris) <= MOST_ADDRESSES:
        found.append(Fault("/redirect_uris", text("1 to {most}", most=MOST_ADDRESSES)))
    if found:
        raise Invalid(faults=found)
    return Decision(made, (_event(events.ADDED, made),))


def remove(provider: Provider) -> Decision[Provider]:
    """The last that is heard of it."""
    after = replace(provider, version=provider.version + 1)
    return Decision(after, (_event(events.REMOVED, after),))


def data(provider: Provider) -> events.ProviderData:
    """The public record."""
    return events.ProviderData(
        encode("idp", provider.id), provider.name, provider.issuer, provider.client_id, provider.redirect_uris
    )


def _event(kind: EventType, provider: Provider) -> Event:
    told = data(provider)
    return Event(kind, provider.tenant_id, provider.id, provider.version, told, changes(None, told))
