"""Staff, sessions and keys: what they are, how they change, what is refused."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from serai.access.identity import events
from serai.access.identity.roles import Role, RoleBook, RoleGrant, outside, refuse_above, refuse_shape
from serai.kernel.actor import Actor
from serai.kernel.decision import Decision
from serai.kernel.errors import Conflict, Fault, Forbidden, Invalid, Stale
from serai.kernel.event import Event, EventType, changes
from serai.kernel.ids import encode, encode_some
from serai.kernel.text import text

ACCESS_TIME = timedelta(minutes=15)
"""How long an access token is good."""
SESSION_TIME = timedelta(days=30)
"""How long a sign-in lasts at the most."""
IDLE_TIME = timedelta(days=7)
"""How long a sign-in lasts without being used."""
SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 128
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._+-]{1,63}")
_EMAIL = re.compile(r"[a-z0-9][a-z0-9._+-]{0,63}@[a-z0-9-]+(\.[a-z0-9-]+)+")
LONGEST_NAME, LONGEST_EMAIL = 200, 254
_HIDDEN = ("hidden", "hidden")


class StaffState(StrEnum):
    """Whether a person may sign in."""

    ACTIVE = "active"
    DEACTIVATED = "deactivated"


class EndReason(StrEnum):
    """Why a session ended."""

    LOGOUT = "logout"
    REUSE = "refresh_token_reused"
    DEACTIVATED = "deactivated"
    PHONE = "phone_revoked"
    PASSWORD = "password_changed"  # noqa: S105  # a reason, no secret


@dataclass(frozen=True, slots=True)
class Staff:
    """A person who works here."""

    id: UUID
    tenant_id: UUID
    name: str
    login: str
    email: str | None
    state: StaffState
    roles: frozenset[RoleGrant]
    version: int

    def holds(self, role: str, property_id: UUID) -> bool:
        """Whether he holds the role in this property."""
        return any(one.role == role and one.property_id in {None, property_id} for one in self.roles)


@dataclass(frozen=True, slots=True)
class Session:
    """A sign-in of one person on one device: the family of its refresh tokens."""

    id: UUID
    tenant_id: UUID
    staff_id: UUID
    device: str
    started_at: datetime
    used_at: datetime
    expires_at: datetime
    ended_at: datetime | None
    reason: EndReason | None
    version: int

    def alive(self, now: datetime) -> bool:
        """Whether it can still be renewed: not ended, not too old, not idle for too long."""
        return self.ended_at is None and now < self.expires_at and now < self.used_at + IDLE_TIME


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key with which a program works here; its secret is known to nobody but its holder."""

    id: UUID
    tenant_id: UUID
    name: str
    prefix: str
    roles: frozenset[Role]
    properties: frozenset[UUID] | None
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    version: int

    @property
    def grants(self) -> frozenset[RoleGrant]:
        """Its roles, in each of its properties or in all."""
        places = (None,) if self.properties is None else self.properties
        return frozenset(RoleGrant(role, place) for role in self.roles for place in places)

    @property
    def state(self) -> str:
        """`live` or `revoked`; expiry is told by its instant."""
        return "live" if self.revoked_at is None else "revoked"

    def alive(self, now: datetime) -> bool:
        """Whether it opens."""
        return self.revoked_at is None and (self.expires_at is None or now < self.expires_at)


@dataclass(frozen=True, slots=True)
class CreateStaff:
    """Take a person on."""

    name: str
    login: str
    email: str | None = None
    roles: Collection[RoleGrant] = ()
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class ChangeStaff:
    """The fields to change, the roles they shall hold where the actor sees, and a new password."""

    version: int
    fields: Mapping[str, Any] = field(default_factory=dict[str, Any])
    roles: Collection[RoleGrant] | None = None
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class CreateKey:
    """Make a key for a program."""

    name: str
    roles: frozenset[Role]
    properties: frozenset[UUID] | None = None
    expires_at: datetime | None = None


def create_staff(staff_id: UUID, cmd: CreateStaff, actor: Actor, roles: RoleBook, *, platform: bool) -> Decision[Staff]:
    """A new person. Without a role, outside the whole company, or with a role above the actor's it is refused."""
    held = frozenset(cmd.roles)
    staff = Staff(staff_id, actor.tenant_id, cmd.name, cmd.login, cmd.email, StaffState.ACTIVE, held, 1)
    _refuse_values(staff)
    refuse_shape(held, platform=platform)
    refuse_above(actor, held, roles)
    if not held and actor.properties() is not None:
        raise Invalid(faults=[Fault("/roles", "name at least one role in a property of yours")])
    return Decision(staff, (_staff_event(events.STAFF_CREATED, staff, _staff_changes(None, staff)),))


def change_staff(staff: Staff, cmd: ChangeStaff, actor: Actor, roles: RoleBook, *, platform: bool) -> Decision[Staff]:
    """The person as changed; roles in properties that the actor does not see stay as they are."""
    if staff.version != cmd.version:
        raise Stale
    held = staff.roles if cmd.roles is None else _unseen(staff.roles, actor).union(cmd.roles)
    refuse_shape(held - staff.roles, platform=platform)
    refuse_above(actor, held ^ staff.roles, roles)
    if cmd.fields or cmd.password is not None:
        _refuse_beyond(staff, actor, roles)
    after = replace(staff, **cmd.fields, roles=held)
    _refuse_values(after)
    differences = _staff_changes(staff, after)
    if cmd.password is not None:
        differences["password"] = _HIDDEN
    return _staff_decision(events.STAFF_UPDATED, after, differences)


def set_state(staff: Staff, state: StaffState, actor: Actor, roles: RoleBook) -> Decision[Staff]:
    """The person let go or taken back; oneself, or somebody above oneself, is refused."""
    if staff.id == actor.id:
        raise Conflict("Nobody deactivates himself; ask another administrator.")
    _refuse_beyond(staff, actor, roles)
    after = replace(staff, state=state)
    kind = events.STAFF_DEACTIVATED if state is StaffState.DEACTIVATED else events.STAFF_UPDATED
    return _staff_decision(kind, after, _staff_changes(staff, after))


def change_secret(staff: Staff, what: str) -> Decision[Staff]:
    """The person with another password or second factor, which is told to nobody."""
    return _staff_decision(events.STAFF_UPDATED, staff, {what: _HIDDEN})


def refuse_beyond(staff: Staff, actor: Actor, roles: RoleBook) -> None:
    """Refuse who would open the way of somebody who may do more than himself."""
    _refuse_beyond(staff, actor, roles)


def refuse_password(password: str, where: str = "/password") -> None:
    """Refuse a password that is too short or too long, counted in characters as typed; nothing else is asked."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise Invalid(
            faults=[Fault(where, text("{least} to {most} characters", least=SHORTEST_PASSWORD, most=LONGEST_PASSWORD))]
        )


def visible(staff: Staff, actor: Actor) -> bool:
    """Whether the person is there for this actor: himself, or anybody with a role where the actor looks."""
    seen = actor.properties()
    return seen is None or staff.id == actor.id or any(one.property_id in {None, *seen} for one in staff.roles)


def shown_roles(staff: Staff, actor: Actor) -> list[RoleGrant]:
    """The roles that this actor may know of."""
    return sorted(staff.roles - _unseen(staff.roles, actor), key=str)


def start_session(
    session_id: UUID, staff: Staff, device: str, now: datetime, lasts: timedelta = SESSION_TIME
) -> Decision[Session]:
    """A new sign-in."""
    session = Session(session_id, staff.tenant_id, staff.id, device, now, now, now + lasts, None, None, 1)
    data = session_data(session)
    event = Event(events.SESSION_STARTED, staff.tenant_id, session_id, 1, data, changes(None, session))
    return Decision(session, (event,))


def end_session(session: Session, reason: EndReason, now: datetime) -> Decision[Session]:
    """The sign-in ended; one that has ended stays as it is."""
    if session.ended_at is not None:
        return Decision(session)
    after = replace(session, ended_at=now, reason=reason, version=session.version + 1)
    differences = changes(session, after)
    event = Event(events.SESSION_ENDED, after.tenant_id, after.id, after.version, session_data(after), differences)
    return Decision(after, (event,))


def exchanged(exchange_id: UUID, actor: Actor, tenant_id: UUID, expires_at: datetime) -> events.ExchangeData:
    """What both journals say when the platform's staff enters a tenant."""
    if actor.id is None:
        raise Forbidden("Only a person of the platform enters a tenant.")
    return events.ExchangeData(
        encode("ses", exchange_id), encode("stf", actor.id), actor.name,
        encode("ten", actor.tenant_id), encode("ten", tenant_id), expires_at,
    )  # fmt: skip


def create_key(
    key_id: UUID, prefix: str, cmd: CreateKey, actor: Actor, roles: RoleBook, now: datetime
) -> Decision[ApiKey]:
    """A new key; without a role, with one above the actor's, or expired from the start it is refused."""
    _refuse_name(cmd.name)
    if not cmd.roles or (cmd.properties is not None and not cmd.properties):
        raise Invalid(faults=[Fault("/roles", "name at least one role, and one property or none for all")])
    if cmd.expires_at is not None and cmd.expires_at <= now:
        raise Invalid(faults=[Fault("/expires_at", "lies in the past")])
    key = ApiKey(key_id, actor.tenant_id, cmd.name, prefix, cmd.roles, cmd.properties, now, cmd.expires_at, None, 1)
    if key.roles & {Role.SUPER_ADMIN, Role.EXECUTIVE_ADMIN, Role.VENUE_ADMIN}:
        raise Invalid(faults=[Fault("/roles", "a program is no administrator")])
    refuse_above(actor, key.grants, roles, "key.manage")
    return Decision(key, (Event(events.KEY_CREATED, key.tenant_id, key.id, 1, key_data(key), _key_changes(None, key)),))


def revoke_key(key: ApiKey, actor: Actor, roles: RoleBook, now: datetime) -> Decision[ApiKey]:
    """The key opens nothing any more; one that is revoked stays as it is."""
    if outside(actor, key.grants, roles, "key.manage"):
        raise Forbidden("This key reaches further than you do.", permission="key.manage")
    if key.revoked_at is not None:
        return Decision(key)
    after = replace(key, revoked_at=now, version=key.version + 1)
    data, differences = key_data(after), _key_changes(key, after)
    return Decision(after, (Event(events.KEY_REVOKED, key.tenant_id, key.id, after.version, data, differences),))


def key_visible(key: ApiKey, actor: Actor) -> bool:
    """Whether the key is there for this actor: all of its reach lies where he looks."""
    seen = actor.properties()
    return seen is None or (key.properties is not None and key.properties <= set(seen))


def staff_data(staff: Staff) -> events.StaffData:
    """The public record of a person."""
    held = tuple(events.RoleData(one.role, encode_some("prp", one.property_id)) for one in sorted(staff.roles, key=str))
    return events.StaffData(encode("stf", staff.id), staff.name, staff.login, staff.email, staff.state, held)


def session_data(session: Session) -> events.SessionData:
    """The public record of a session."""
    return events.SessionData(
        encode("ses", session.id), encode("stf", session.staff_id), session.device, session.started_at,
        session.expires_at, session.ended_at, session.reason,
    )  # fmt: skip


def key_data(key: ApiKey) -> events.KeyData:
    """The public record of a key: never its secret."""
    places = None if key.properties is None else tuple(encode("prp", one) for one in sorted(key.properties))
    return events.KeyData(
        encode("key", key.id), key.name, key.prefix, tuple(sorted(key.roles)), places, key.state, key.expires_at
    )


def _unseen(held: frozenset[RoleGrant], actor: Actor) -> frozenset[RoleGrant]:
    return frozenset(one for one in held if one.property_id is not None and not actor.sees(one.property_id))


def _refuse_beyond(staff: Staff, actor: Actor, roles: RoleBook) -> None:
    if staff.id != actor.id and outside(actor, staff.roles, roles):
        raise Forbidden("This person may do more than you, or elsewhere.", permission="staff.manage")


def _refuse_values(staff: Staff) -> None:
    _refuse_name(staff.name)
    if not _LOGIN.fullmatch(staff.login) and not _EMAIL.fullmatch(staff.login):
        raise Invalid(faults=[Fault("/login", "2 to 64 of a-z, 0-9, dot, hyphen, plus, underscore; or an e-mail")])
    if staff.email is not None and not (_EMAIL.fullmatch(staff.email) and len(staff.email) <= LONGEST_EMAIL):
        raise Invalid(faults=[Fault("/email", "is not an e-mail address in small letters")])


def _refuse_name(name: str) -> None:
    if not (1 <= len(name) <= LONGEST_NAME and name.isprintable() and name == name.strip()):
        raise Invalid(faults=[Fault("/name", "1 to 200 printable characters")])


def _staff_changes(before: Staff | None, after: Staff) -> dict[str, tuple[Any, Any]]:
    found = changes(before, after)
    if "roles" in found:
        found["roles"] = (None if before is None else staff_data(before).roles, staff_data(after).roles)
    return found


def _key_changes(before: ApiKey | None, after: ApiKey) -> dict[str, tuple[Any, Any]]:
    return {name: pair for name, pair in changes(before, after).items() if name not in {"roles", "properties"}}


def _staff_decision(kind: EventType, after: Staff, differences: dict[str, tuple[Any, Any]]) -> Decision[Staff]:
    if not differences:
        return Decision(after)
    after = replace(after, version=after.version + 1)
    return Decision(after, (_staff_event(kind, after, differences),))


def _staff_event(kind: EventType, staff: Staff, differences: dict[str, tuple[Any, Any]]) -> Event:
    return Event(kind, staff.tenant_id, staff.id, staff.version, staff_data(staff), differences)
