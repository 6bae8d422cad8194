"""The facts about people, sessions and keys."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from serai.kernel.event import EventType


@dataclass(frozen=True, slots=True)
class RoleData:
    """A role and the property it is held in; None: in all of them."""

    role: str
    property_id: str | None


@dataclass(frozen=True, slots=True)
class StaffData:
    """A person who works here."""

    id: str
    name: str
    login: str
    email: str | None
    state: str
    roles: tuple[RoleData, ...]


@dataclass(frozen=True, slots=True)
class SessionData:
    """A sign-in of one person on one device."""

    id: str
    staff_id: str
    device: str
    started_at: datetime
    expires_at: datetime
    ended_at: datetime | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class ExchangeData:
    """The platform's staff entered a tenant for a quarter of an hour."""

    id: str
    staff_id: str
    name: str
    platform: str
    tenant: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class KeyData:
    """A key with which a program works here."""

    id: str
    name: str
    prefix: str
    roles: tuple[str, ...]
    properties: tuple[str, ...] | None
    state: str
    expires_at: datetime | None


_staff = partial(EventType, subject="stf", payload=StaffData, permission="staff.read")
STAFF_CREATED = _staff("staff.member.created.v1", "A person joined.")
STAFF_UPDATED = _staff("staff.member.updated.v1", "A person's name, sign-in or roles changed.", narrows=True)
STAFF_DEACTIVATED = _staff("staff.member.deactivated.v1", "A person may no longer sign in.", narrows=True)
SESSION_STARTED = EventType("access.session.started.v1", "A person signed in.", "ses", SessionData)
SESSION_ENDED = EventType("access.session.ended.v1", "A sign-in ended.", "ses", SessionData, narrows=True)
EXCHANGED = EventType("access.session.exchanged.v1", "The platform's staff entered a tenant.", "ses", ExchangeData)
KEY_CREATED = EventType("access.key.created.v1", "A key was made.", "key", KeyData)
KEY_REVOKED = EventType("access.key.revoked.v1", "A key was revoked.", "key", KeyData, narrows=True)

ALL = (
    STAFF_CREATED,
    STAFF_UPDATED,
    STAFF_DEACTIVATED,
    SESSION_STARTED,
    SESSION_ENDED,
    EXCHANGED,
    KEY_CREATED,
    KEY_REVOKED,
)
