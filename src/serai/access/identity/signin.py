"""Signing in, renewing, signing out, and the platform's way into a tenant.

These are all the ways to a token; `POST /auth/token`, `/auth/pin` and `/auth/exchange` alone use them.
"""

from __future__ import annotations

import math
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import structlog

from serai.access import directory
from serai.access.directory import LoginEntry
from serai.access.identity import events, factor_store, model, passwords, sessions, store, tokens
from serai.access.identity.factor import SecondFactorNeeded, accept
from serai.access.identity.gate import Authenticator, gate
from serai.access.identity.model import IDLE_TIME, EndReason, Session, Staff, StaffState
from serai.kernel.actor import Actor, ActorKind, system
from serai.kernel.errors import Conflict, Forbidden, NotFound, TooMany, Unauthenticated
from serai.kernel.event import Event
from serai.kernel.ids import new_id
from serai.kernel.text import text
from serai.runtime.work import House, Work

log = structlog.get_logger()
WRONG = text("The login or the password is wrong.")
ENDED = text("This sign-in has ended; sign in again.")


class WhichHotel(Conflict):
    """You work for several companies under this login: say which, with `tenant`."""

    code = "which_hotel"


class TooManyTries(TooMany):
    """Too many failed sign-ins; wait a little."""

    code = "too_many_sign_ins"


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a sign-in gives. `refresh_token` is None for a token that cannot be renewed."""

    access_token: str
    expires_at: datetime
    tenant_id: UUID
    issued_at: datetime
    refresh_token: str | None = None
    refresh_expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Caller:
    """From where somebody signs in: his device as it names itself, the request for the journal, his address."""

    device: str = ""
    source: str = ""
    address: str = ""


async def sign_in(
    house: House, login: str, password: str, tenant: str | None, caller: Caller, code: str | None = None
) -> Tokens:
    """Tokens for a login (or e-mail) and a password, and the code of the second factor where there is one.

    A wrong password and an unknown login get the same answer after the same work. Ten failed tries in 15 minutes make
    the account wait where they came from; a hundred make it wait everywhere, and their address for every account. Who
    works under the login for several companies is asked which, and only after the password matched.
    """
    login = small(login)
    now = house.clock.now()
    async with house.db.directory() as tx:
        if (wait := await directory.attempt(tx, login, caller.address, now)) is not None:
            raise TooManyTries(retry_after=max(1, math.ceil(wait.total_seconds())))
        found = [one for one in await directory.logins(tx, login) if tenant is None or one.code == tenant.lower()]
    right = await _matching(house, found, password)
    if not right:
        log.info("access.sign_in.refused", known=bool(found))
        raise Unauthenticated(WRONG)
    if len(right) > 1:
        raise WhichHotel(tenants=[{"code": one.code, "name": one.name} for one, _ in right])
    entry, stored = right[0]
    renewed = await passwords.digest(password) if passwords.outdated(stored) else None
    begun = await _begin(house, entry, (stored, renewed, code), caller)
    async with house.db.directory() as tx:
        await directory.succeed(tx, login, caller.address)
    return begun


async def _matching(house: House, found: list[LoginEntry], password: str) -> list[tuple[LoginEntry, str]]:
    """Those of the people whose password it is; without anybody, the time of one try passes."""
    if not found:
        await passwords.matches(None, password)
    right: list[tuple[LoginEntry, str]] = []
    for one in found:
        async with house.db.read(one.tenant_id) as tx:
            stored = await store.password_hash(tx, one.tenant_id, one.staff_id)
        if await passwords.matches(stored, password) and stored is not None:
            right.append((one, stored))
    return right


async def _begin(house: House, entry: LoginEntry, proof: tuple[str, str | None, str | None], caller: Caller) -> Tokens:
    """`proof`: the hash that the password matched, its renewal if that is due, and the second factor's code."""
    stored, renewed, code = proof

    async def prove(work: Work, _: UUID) -> None:
        if await store.password_hash(work.tx, work.tenant_id, entry.staff_id) != stored:
            raise Unauthenticated(WRONG)
        await _check_factor(work, gate(house), entry.staff_id, code)
        if renewed:
            await store.set_password(work.tx, work.tenant_id, entry.staff_id, renewed, work.now)
        await store.forget_pin_tries(work.tx, work.tenant_id, entry.staff_id)

    async with house.db.read(entry.tenant_id) as tx:
        staff = await store.get(tx, entry.tenant_id, entry.staff_id)
    return await begin(house, staff, caller, model.SESSION_TIME, prove)


async def begin(
    house: House, staff: Staff, caller: Caller, lasts: timedelta, prove: Callable[[Work, UUID], Awaitable[None]]
) -> Tokens:
    """Tokens of a new session. `prove` gets its id in the same transaction, the person locked; what it raises undoes
    all.
    """
    door, refresh = gate(house), tokens.new_refresh(staff.tenant_id)

    async def act(work: Work) -> Session:
        person = await store.lock(work.tx, work.tenant_id, staff.id)
        if person.state is not StaffState.ACTIVE:
            raise Unauthenticated(WRONG)
        decision = model.start_session(new_id(), person, caller.device, work.now, lasts)
        await sessions.insert(work, decision.record)
        await sessions.add_token(work.tx, decision.record, tokens.digest(refresh), work.now)
        await prove(work, decision.record.id)
        work.record(decision.events)
        return decision.record

    actor = door.actor(staff.tenant_id, ActorKind.STAFF, staff.id, staff.name, staff.roles)
    session = await house.do(actor, act, source=caller.source)
    return _tokens(door, session, refresh, session.started_at)


async def _check_factor(work: Work, door: Authenticator, staff_id: UUID, code: str | None) -> None:
    factor = await factor_store.get(work.tx, work.tenant_id, staff_id, lock=True)
    if factor is None or factor.confirmed_at is None:
        return
    if code is None:
        raise SecondFactorNeeded
    await factor_store.keep(work.tx, accept(factor, door.seal.open(factor.secret), code, work.now))


async def renew(house: House, refresh: str, caller: Caller) -> Tokens:
    """New tokens for a refresh token, which thereby is used up.

    One that was used before ends the whole session: somebody else has it. Only the newest may come again for a day,
    as long as nothing has come of it: on a bad network its answer was lost.
    """
    door = gate(house)
    tenant_id = tokens.tenant_of(refresh)
    fresh = tokens.new_refresh(tenant_id)

    async def act(work: Work) -> Session | None:
        found = await sessions.use_token(work.tx, tenant_id, tokens.digest(refresh), work.now)
        if found is None:
            return None
        session, is_good = found
        if not is_good:
            await end(work, session, EndReason.REUSE)
            return None
        staff = await store.get(work.tx, tenant_id, session.staff_id)
        if staff.state is not StaffState.ACTIVE or not session.alive(work.now):
            return None
        await sessions.touch(work.tx, session, work.now)
        await sessions.add_token(work.tx, session, tokens.digest(fresh), work.now)
        return session

    session = await house.do(system(tenant_id, "sign-in"), act, source=caller.source)
    if session is None:
        door.forget()
        raise Unauthenticated(ENDED)
    return _tokens(door, session, fresh, house.clock.now())


async def sign_out(work: Work, session_id: UUID) -> Session:
    """End a session of the actor's own; another's is absent."""
    session = await sessions.lock(work.tx, work.tenant_id, session_id)
    if session.staff_id != work.actor.id:
        raise NotFound
    return await end(work, session, EndReason.LOGOUT)


async def end_by_id(work: Work, session_id: UUID, reason: EndReason) -> Session:
    """End somebody's session."""
    return await end(work, await sessions.lock(work.tx, work.tenant_id, session_id), reason)


async def end(work: Work, session: Session, reason: EndReason) -> Session:
    """End a session; one that has ended stays as it is."""
    decision = model.end_session(session, reason, work.now)
    if decision.changed:
        await sessions.save_end(work, decision.record)
        work.record(decision.events)
    return decision.record


async def end_all(work: Work, staff: Staff, reason: EndReason, but: UUID | None = None) -> None:
    """End all sessions of a person, one excepted if it is named."""
    for one in await sessions.of_staff(work.tx, work.tenant_id, staff.id, work.now):
        if one.id != but:
            await end(work, await sessions.lock(work.tx, work.tenant_id, one.id), reason)


async def exchange(house: House, actor: Actor, headers_claims: tokens.Claims, tenant: str, caller: Caller) -> Tokens:
    """A token of a named tenant, for a quarter of an hour, told in both tenants' journals.

    Only a session of the platform's own tenant is taken; a token that is itself exchanged is not.
    """
    door, now = gate(house), house.clock.now()
    async with house.db.directory() as tx:
        entry = await directory.tenant_by_code(tx, tenant.lower())
    if headers_claims.kind != tokens.ACCESS or "tenant.manage" not in actor.grants.get(None, ()):
        raise Forbidden("Only the platform's own staff enters a tenant.", permission="tenant.manage")
    if entry is None or entry.tenant_id == actor.tenant_id:
        raise NotFound("There is no other tenant with this code.")
    expires_at = now + model.ACCESS_TIME
    exchange_id = new_id()
    data = model.exchanged(exchange_id, actor, entry.tenant_id, expires_at)
    visitor = Actor(entry.tenant_id, ActorKind.STAFF, actor.id, f"{actor.name} (platform)")
    for one in (visitor, actor):
        fact = Event(events.EXCHANGED, one.tenant_id, exchange_id, 1, data)

        async def act(work: Work, fact: Event = fact) -> None:
            work.record((fact,))

        await house.do(one, act, source=caller.source)
    token = door.exchange_token(headers_claims, entry.tenant_id, now, expires_at)
    return Tokens(token, expires_at, entry.tenant_id, now)


def small(login: str) -> str:
    """A login or e-mail address as it is kept: ASCII in small letters; other letters are never folded into it."""
    login = login.strip()
    return login.lower() if login.isascii() else login


def _tokens(door: Authenticator, session: Session, refresh: str, now: datetime) -> Tokens:
    token, expires_at = door.access_token(session, now)
    return Tokens(token, expires_at, session.tenant_id, now, refresh, min(session.expires_at, now + IDLE_TIME))
