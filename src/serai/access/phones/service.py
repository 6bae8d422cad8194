"""Enrolling phones, and signing in on them by PIN."""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from serai.access.identity import passwords, signin
from serai.access.identity import service as identity
from serai.access.identity import store as people
from serai.access.identity.model import EndReason, Staff
from serai.access.identity.roles import Role
from serai.access.identity.signin import Caller, Tokens
from serai.access.phones import model, store
from serai.access.phones.model import EnrolPhone, NotByPin, PasswordNeeded, Phone, WrongPin
from serai.access.tenancy.service import get_property
from serai.kernel.actor import Actor, ActorKind, system
from serai.kernel.errors import Invalid
from serai.runtime.db.tx import ReadTx
from serai.runtime.http import ListQuery, Page, page
from serai.runtime.work import House, Work

_MANAGERS = frozenset({Role.SUPER_ADMIN, Role.EXECUTIVE_ADMIN, Role.VENUE_ADMIN})


@dataclass(frozen=True, slots=True)
class Challenge:
    """What the phone signs, until when."""

    challenge: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Proof:
    """Who signs in on which phone, with what."""

    phone: str
    login: str
    pin: str
    signature: str


async def enrol(work: Work, cmd: EnrolPhone) -> Phone:
    """Enrol the device that one holds, in a property."""
    work.actor.need("phone.manage", cmd.property_id)
    await get_property(work.tx, work.tenant_id, cmd.property_id)
    decision = model.enrol(work.new_id(), work.tenant_id, cmd, work.now)
    await store.insert(work, decision.record)
    work.record(decision.events)
    return decision.record


async def revoke(work: Work, phone_id: UUID) -> Phone:
    """The phone is lost, or given away: whoever is signed in on it is signed out."""
    phone = await store.get(work.tx, work.tenant_id, phone_id, lock=True)
    work.actor.need("phone.manage", phone.property_id)
    decision = model.revoke(phone, work.now)
    if decision.changed:
        for session_id in await store.sessions_on(work.tx, phone):
            await signin.end_by_id(work, session_id, EndReason.PHONE)
        await store.save_revoked(work, decision.record)
        work.record(decision.events)
    return decision.record


async def get_phone(tx: ReadTx, actor: Actor, phone_id: UUID) -> Phone:
    """A phone, as this caller may see it."""
    phone = await store.get(tx, actor.tenant_id, phone_id)
    actor.need("phone.read", phone.property_id)
    return phone


async def find(tx: ReadTx, actor: Actor, query: ListQuery) -> Page[Phone]:
    """The phones in use that this caller may see, by name."""
    query.sorted_by(("name",))
    where = actor.where("phone.read")
    seen = None if where is None else list(where)
    after = query.after(str, UUID)
    key = (after[0], after[1]) if after else None
    found = await store.find(tx, actor.tenant_id, seen, key, query.limit + 1)
    total = await store.count(tx, actor.tenant_id, seen) if query.count else None
    return page(found, query, lambda one: (one.name, one.id), total)


async def set_pin(house: House, actor: Actor, pin: str, source: str) -> None:
    """One's own PIN; the password was asked for at the door. It is hashed before anything is held."""
    if actor.kind is not ActorKind.STAFF or actor.id is None:
        raise Invalid("A program has no PIN.")
    model.refuse_pin(pin)
    staff_id, pin_hash = actor.id, await passwords.digest(pin)

    async def act(work: Work) -> None:
        _refuse_managers(await identity.get_staff(work.tx, work.tenant_id, staff_id))
        await store.set_pin(work.tx, work.tenant_id, staff_id, pin_hash, work.now)
        await people.forget_pin_tries(work.tx, work.tenant_id, staff_id)

    await house.do(actor, act, source=source)


async def challenge(house: House, handle: str) -> Challenge:
    """What the phone is to sign. One that is not enrolled gets a challenge too, and nothing comes of it."""
    tenant_id, phone_id = model.read_handle(handle)
    chance, until = secrets.token_bytes(32), house.clock.now() + model.CHALLENGE

    async def act(work: Work) -> None:
        phone = await store.find_one(work.tx, tenant_id, phone_id)
        if phone is not None and phone.revoked_at is None:
            await store.challenge(work.tx, phone, chance, until)

    await house.do(system(tenant_id, "sign-in"), act)
    return Challenge(base64.b64encode(chance).decode(), until)


async def sign_in(house: House, proof: Proof, caller: Caller) -> Tokens:
    """Tokens for a PIN on an enrolled phone that signed its challenge; five wrong PINs ask for the password.

    The try is counted before the PIN is looked at, in a transaction of its own, so that no crash forgives it.
    """
    tenant_id, phone_id = model.read_handle(proof.phone)

    async def begin(work: Work) -> tuple[Phone, Staff | None, str | None, int]:
        phone = await store.find_one(work.tx, tenant_id, phone_id)
        if phone is None or phone.revoked_at is not None:
            raise WrongPin
        signed = await store.take_challenge(work.tx, phone, work.now)
        if signed is None:
            return phone, None, None, 0
        model.prove(phone, signed, proof.signature)
        here = await identity.list_staff(work.tx, tenant_id, phone.property_id, None)
        person = next((one for one in here if one.login == signin.small(proof.login)), None)
        if person is None:
            return phone, None, None, 0
        tries = await store.count_try(work.tx, phone, person.id)
        return phone, person, await store.pin_hash(work.tx, tenant_id, person.id), tries

    actor = system(tenant_id, "sign-in")
    phone, person, stored, tries = await house.do(actor, begin, source=caller.source)
    if tries > model.WRONG_PINS:
        raise PasswordNeeded
    if not await passwords.matches(stored, proof.pin) or person is None:
        raise WrongPin
    _refuse_managers(person)
    device = Caller(phone.name, caller.source)

    async def bind(work: Work, session_id: UUID) -> None:
        await people.forget_pin_tries(work.tx, tenant_id, person.id)
        await store.bind_session(work.tx, phone, session_id)

    return await signin.begin(house, person, device, model.SHIFT, bind)


def _refuse_managers(person: Staff) -> None:
    if any(one.role in _MANAGERS for one in person.roles):
        raise NotByPin
