"""Who is calling: the bearer token or key of a request becomes an actor."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from serai.access import directory
from serai.access.identity import sessions, store, tokens
from serai.access.identity.factor import Seal
from serai.access.identity.model import ACCESS_TIME, Session
from serai.access.identity.roles import INSIDE, MANAGERS, ONESELF, PLATFORM, Declared, Role, RoleBook, RoleGrant, book
from serai.access.identity.tokens import Claims, Signer
from serai.kernel.actor import Actor, ActorKind
from serai.kernel.clock import Clock
from serai.kernel.errors import Unauthenticated
from serai.runtime.db.pool import Database
from serai.runtime.work import House

BELIEVED = 3.0
"""Seconds for which an answer of the database is believed: ended access ends within five."""
LONGEST_TOKEN = 4096
"""Characters; what is longer is no token of ours."""
MOST = 10_000
"""Callers remembered at a time."""


@dataclass(frozen=True, slots=True)
class _Known:
    actor: Actor
    expires_at: datetime | None
    asked: float


class Authenticator:
    """Turns request headers into an actor, and signs the tokens that it reads."""

    def __init__(
        self,
        db: Database,
        clock: Clock,
        secret: str,
        permissions: Iterable[Declared],
        *,
        previous: str | None = None,
        timer: Callable[[], float] = time.monotonic,
    ) -> None:
        """`previous` is the secret before a rotation; `timer` counts the seconds of belief."""
        self.roles: RoleBook = book(permissions)
        self._db = db
        self._clock = clock
        self._signer = Signer(secret, previous)
        self.seal = Seal(secret, previous)
        self._timer = timer
        self._known: dict[str, _Known] = {}

    async def __call__(self, headers: Mapping[str, str], *, anew: bool = False) -> Actor:
        """The caller; without a token or key that is good now it is refused. `anew` believes no earlier answer."""
        token = bearer(headers)
        known = self._known.get(token)
        now = self._clock.now()
        if known is None or anew or self._timer() - known.asked > BELIEVED:
            asked = self._timer()
            self._known.pop(token, None)
            actor, expires_at = await self._ask(token, now)
            known = _Known(actor, expires_at, asked)
            if len(self._known) >= MOST:
                self._known.clear()
            self._known[token] = known
        if known.expires_at is not None and now >= known.expires_at:
            raise Unauthenticated
        return known.actor

    def claims(self, headers: Mapping[str, str]) -> Claims:
        """What the caller's access token says; a key is refused."""
        return self._signer.read(bearer(headers), self._clock.now())

    def forget(self) -> None:
        """Believe nothing any longer: what was just changed in this process holds at once."""
        self._known.clear()

    def access_token(self, session: Session, now: datetime) -> tuple[str, datetime]:
        """A token for a session, and when it expires."""
        expires_at = min(now + ACCESS_TIME, session.expires_at)
        home = session.tenant_id
        claims = Claims(tokens.ACCESS, home, home, session.staff_id, session.id, expires_at)
        return self._signer.sign(claims, now), expires_at

    def exchange_token(self, claims: Claims, tenant_id: UUID, now: datetime, expires_at: datetime) -> str:
        """A token of another tenant for the session in these claims."""
        other = Claims(tokens.EXCHANGE, tenant_id, claims.home, claims.staff_id, claims.session_id, expires_at)
        return self._signer.sign(other, now)

    async def _ask(self, token: str, now: datetime) -> tuple[Actor, datetime | None]:
        if token.startswith(tokens.KEY_PREFIX):
            return await self._program(token, now)
        claims = self._signer.read(token, now)
        async with self._db.read(claims.home) as tx:
            row = await sessions.holder(tx, claims.home, claims.session_id, claims.staff_id)
        if row is None:
            raise Unauthenticated
        held = store.grants(row["roles"])
        if claims.kind == tokens.EXCHANGE:
            if PLATFORM not in self.roles.grants(held).get(None, ()):
                raise Unauthenticated
            held = frozenset((RoleGrant(Role.EXECUTIVE_ADMIN),))
            name = f"{row['name']} (platform)"
        else:
            name = row["name"]
        actor = self.actor(claims.tenant_id, ActorKind.STAFF, claims.staff_id, name, held)
        if claims.kind == tokens.EXCHANGE:
            actor = replace(actor, grants={None: actor.grants[None] | set(INSIDE)})
        if row["unproven"] and any(one.role in MANAGERS for one in held):
            actor = replace(actor, grants=dict.fromkeys(actor.grants, ONESELF))
        return actor, claims.expires_at

    async def _program(self, secret: str, now: datetime) -> tuple[Actor, datetime | None]:
        secret_hash = tokens.digest(secret)
        async with self._db.directory() as tx:
            tenant_id = await directory.tenant_of_key(tx, secret_hash)
        if tenant_id is None:
            raise Unauthenticated
        async with self._db.read(tenant_id) as tx:
            key = await sessions.key_by_hash(tx, tenant_id, secret_hash)
        if key is None or not key.alive(now):
            raise Unauthenticated
        return self.actor(tenant_id, ActorKind.API_KEY, key.id, key.name, key.grants), key.expires_at

    def actor(self, tenant_id: UUID, kind: ActorKind, id_: UUID, name: str, held: frozenset[RoleGrant]) -> Actor:
        """The actor with these roles."""
        return Actor(tenant_id, kind, id_, name, frozenset(one.role.value for one in held), self.roles.grants(held))


def bearer(headers: Mapping[str, str]) -> str:
    """The token of an Authorization header; no header, or another scheme, is refused."""
    scheme, _, token = headers.get("authorization", "").partition(" ")
    token = token.strip()
    if scheme.lower() != "bearer" or not token or not token.isascii() or len(token) > LONGEST_TOKEN:
        raise Unauthenticated
    return token


def authenticator(
    db: Database, clock: Clock, secret: str, permissions: Iterable[Declared], *, previous: str | None = None
) -> Authenticator:
    """The authenticator of a house, over the permissions that all slices declare."""
    return Authenticator(db, clock, secret, permissions, previous=previous)


def gate(house: House) -> Authenticator:
    """The authenticator that the house was built with."""
    if not isinstance(house.authenticate, Authenticator):
        raise TypeError("the house was built without the authenticator of access")
    return house.authenticate
