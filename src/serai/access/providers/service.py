"""The commands and questions about identity providers, and signing in with one."""

from __future__ import annotations

import json
import math
import secrets
from dataclasses import astuple, dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from serai.access import directory
from serai.access.identity import proving, signin
from serai.access.identity import store as identities
from serai.access.identity.factor import SecondFactorWrong
from serai.access.identity.gate import gate
from serai.access.identity.model import SESSION_TIME, Staff
from serai.access.identity.signin import Caller, Tokens, TooManyTries
from serai.access.providers import model, oidc, store
from serai.access.providers.model import Link, Provider
from serai.access.providers.oidc import Issuers, Return
from serai.kernel.actor import Actor, ActorKind
from serai.kernel.errors import Fault, Forbidden, Invalid, NotFound, Unauthenticated
from serai.kernel.ids import new_id
from serai.kernel.text import text
from serai.runtime.db.tx import ReadTx
from serai.runtime.work import House, Work

LASTS: Final = timedelta(minutes=10)
"""From the start of a sign-in to its return."""
AGAIN: Final = text("This sign-in is too old or not ours; begin again.")
_SHELF: Final = "access.issuers"
_KIND: Final = "oidc"


class NotLinked(Forbidden):
    """Nobody here is linked to this account: sign in with your password once, then link it."""

    code = "not_linked"


@dataclass(frozen=True, slots=True)
class AddProvider:
    """An issuer, our client there, and where browsers may return to."""

    name: str
    issuer: str
    client_id: str
    client_secret: str
    redirect_uris: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Start:
    """A browser leaves for a provider; `challenge` is the S256 of a secret that it keeps."""

    tenant: str
    provider_id: UUID
    redirect_uri: str
    challenge: str


@dataclass(frozen=True, slots=True)
class Finish:
    """It came back."""

    state: str
    code: str
    verifier: str


@dataclass(frozen=True, slots=True)
class _Left:
    """What the state says, sealed: who left for whom, and until when he may come back."""

    tenant_id: str
    provider_id: str
    nonce: str
    redirect_uri: str
    challenge: str
    until: str


@dataclass(frozen=True, slots=True)
class _Proven:
    tenant_id: UUID
    issuer: str
    subject: str


async def add_provider(house: House, work: Work, cmd: AddProvider) -> Provider:
    """Let a company's people sign in with accounts of an issuer."""
    secret = gate(house).seal.close(cmd.client_secret)
    made = Provider(new_id(), work.tenant_id, 1, cmd.name, cmd.issuer, cmd.client_id, secret, cmd.redirect_uris)
    decision = model.add(made)
    await store.insert(work, decision.record, work.now)
    work.record(decision.events)
    return decision.record


async def remove_provider(work: Work, provider_id: UUID) -> Provider:
    """Nobody signs in with it any more; who is signed in stays, and links wait for its return."""
    decision = model.remove(await store.get(work.tx, work.tenant_id, provider_id))
    await store.delete(work, decision.record)
    work.record(decision.events)
    return decision.record


async def providers_of(house: House, code: str) -> list[Provider]:
    """The providers of the company with this code; an unknown one has none."""
    async with house.db.directory() as tx:
        entry = await directory.tenant_by_code(tx, code.lower())
    if entry is None:
        return []
    async with house.db.read(entry.tenant_id) as tx:
        return await store.every(tx, entry.tenant_id)


async def start(house: House, cmd: Start) -> tuple[str, str]:
    """The provider's page for this sign-in, and the state that it will bring back."""
    found = next((one for one in await providers_of(house, cmd.tenant) if one.id == cmd.provider_id), None)
    if found is None:
        raise NotFound
    if cmd.redirect_uri not in found.redirect_uris:
        raise Invalid(faults=[Fault("/redirect_uri", "is not among those of the provider")])
    at = await _issuers(house).of(found.issuer)
    nonce = secrets.token_urlsafe(24)
    until = (house.clock.now() + LASTS).isoformat()
    left = _Left(str(found.tenant_id), str(found.id), nonce, cmd.redirect_uri, cmd.challenge, until)
    state = gate(house).seal.close(json.dumps([_KIND, *astuple(left)]))
    return oidc.where_to(at, found, cmd.redirect_uri, cmd.challenge, (state, nonce)), state


async def sign_in(house: House, cmd: Finish, caller: Caller) -> Tokens:
    """Tokens for whom the provider vouches for; the provider's own second factor is the second factor."""
    async with house.db.directory() as tx:
        wait = await directory.attempt(tx, None, caller.address, house.clock.now())
    if wait is not None:
        raise TooManyTries(retry_after=max(1, math.ceil(wait.total_seconds())))
    proven = await _prove(house, cmd)
    async with house.db.read(proven.tenant_id) as tx:
        link = await store.link_of(tx, proven.tenant_id, proven.issuer, proven.subject)
        if link is None:
            raise NotLinked
        staff = await identities.get(tx, proven.tenant_id, link.staff_id)

    async def still(work: Work, _: UUID) -> None:
        if await store.link_of(work.tx, work.tenant_id, proven.issuer, proven.subject) != link:
            raise NotLinked

    begun = await signin.begin(house, staff, caller, SESSION_TIME, still)
    async with house.db.directory() as tx:
        await directory.succeed(tx, None, caller.address)
    return begun


async def link(house: House, actor: Actor, cmd: Finish, source: str) -> Link:
    """From now on the actor may sign in with this account."""
    if actor.kind is not ActorKind.STAFF or actor.id is None:
        raise Invalid("A program has no account.")
    proven = await _prove(house, cmd)
    if proven.tenant_id != actor.tenant_id:
        raise Invalid("This sign-in was begun for another company.")
    made = Link(new_id(), actor.tenant_id, actor.id, proven.issuer, proven.subject, house.clock.now())

    async def act(work: Work) -> Link:
        me = await identities.lock(work.tx, work.tenant_id, made.staff_id)
        await store.add_link(work, made)
        await proving.tell(work, me, "identity")
        return made

    return await house.do(actor, act, source=source)


async def unlink(work: Work, link_id: UUID) -> Staff:
    """The actor signs in with this account no more."""
    me = await identities.lock(work.tx, work.tenant_id, work.actor.id or work.tenant_id)
    if not await store.drop_link(work, work.tenant_id, me.id, link_id):
        raise NotFound
    return await proving.tell(work, me, "identity")


async def own_links(tx: ReadTx, actor: Actor) -> list[Link]:
    """The actor's own accounts."""
    return await store.links(tx, actor.tenant_id, actor.id) if actor.id else []


async def _prove(house: House, cmd: Finish) -> _Proven:
    left = _opened(house, cmd.state)
    tenant_id = UUID(left.tenant_id)
    if not secrets.compare_digest(oidc.challenge_of(cmd.verifier), left.challenge):
        raise Unauthenticated(AGAIN)
    try:
        async with house.db.read(tenant_id) as tx:
            provider = await store.get(tx, tenant_id, UUID(left.provider_id))
    except NotFound:
        raise Unauthenticated(AGAIN) from None
    at = await _issuers(house).of(provider.issuer)
    back = Return(cmd.code, cmd.verifier, left.redirect_uri, left.nonce)
    subject = await oidc.subject_of(at, provider, gate(house).seal.open(provider.client_secret), back)
    return _Proven(tenant_id, provider.issuer, subject)


def _opened(house: House, state: str) -> _Left:
    try:
        kind, *said = json.loads(gate(house).seal.open(state))
        left = _Left(*said)
    except (SecondFactorWrong, ValueError, TypeError):
        raise Unauthenticated(AGAIN) from None
    if kind != _KIND or datetime.fromisoformat(left.until) <= house.clock.now():
        raise Unauthenticated(AGAIN)
    return left


def _issuers(house: House) -> Issuers:
    return house.shelf.setdefault(_SHELF, Issuers())
