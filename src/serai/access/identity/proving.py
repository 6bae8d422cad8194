"""Proving who one is: the second factor, invitations, a forgotten password."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from serai.access import directory
from serai.access.identity import factor, factor_store, model, passwords, signin, store, tokens
from serai.access.identity.factor import Factor, SecondFactorWrong
from serai.access.identity.gate import gate
from serai.access.identity.model import EndReason, Staff, StaffState
from serai.access.identity.roles import RoleBook
from serai.access.tenancy import service as tenancy
from serai.kernel.actor import Actor, ActorKind, system
from serai.kernel.errors import Conflict, Fault, Invalid, NotFound, Unauthenticated
from serai.kernel.text import text
from serai.runtime.db.tx import ReadTx
from serai.runtime.work import House, Work

INVITED: Final = timedelta(hours=24)
"""How long an invitation is good. It sets a password and signs nobody in."""
GONE = text("This invitation was used, is too old, or was replaced by a newer one.")


@dataclass(frozen=True, slots=True)
class Offer:
    """A second factor to be confirmed: its secret, and the address that an app reads from a QR code."""

    secret: str
    uri: str


@dataclass(frozen=True, slots=True)
class Invitation:
    """What opens the way to a first or a new password, once."""

    staff_id: UUID
    token: str
    expires_at: datetime


async def view_factor(tx: ReadTx, actor: Actor) -> Factor | None:
    """One's own second factor, if it is in use."""
    found = await factor_store.get(tx, actor.tenant_id, actor.id) if actor.id else None
    return found if found and found.confirmed_at else None


async def offer_factor(house: House, work: Work) -> Offer:
    """A new secret, in use once it is confirmed; one that is in use is removed first."""
    me = await _self(work)
    known = await factor_store.get(work.tx, work.tenant_id, me.id, lock=True)
    if known is not None and known.confirmed_at is not None:
        raise Conflict("A second factor is in use; remove it first.")
    secret = factor.new_secret()
    sealed = gate(house).seal.close(secret)
    await factor_store.keep(work.tx, Factor(work.tenant_id, me.id, sealed, None, 0, ()))
    company = await tenancy.get_tenant(work.tx, work.tenant_id)
    return Offer(secret, factor.uri(secret, me.login, f"Serai {company.name}"))


async def confirm_factor(house: House, work: Work, code: str) -> list[str]:
    """The app shows the right code: from now on a sign-in asks for it. Returns the codes to keep on paper, once."""
    me = await _self(work)
    known = await factor_store.get(work.tx, work.tenant_id, me.id, lock=True)
    if known is None or known.confirmed_at is not None:
        raise Conflict("There is no second factor to confirm.")
    try:
        taken = factor.accept(known, gate(house).seal.open(known.secret), code, work.now)
    except SecondFactorWrong as wrong:
        raise Invalid(faults=[Fault("/code", "is not what the app shows now")]) from wrong
    codes, paper = factor.new_paper()
    await factor_store.keep(work.tx, replace(taken, confirmed_at=work.now, paper=paper))
    await tell(work, me, "second_factor")
    return codes


async def remove_factor(work: Work) -> Staff:
    """One's own second factor is in use no more; the password was asked for at the door."""
    me = await _self(work)
    return await _drop(work, me)


async def reset_factor(work: Work, staff_id: UUID, roles: RoleBook) -> Staff:
    """Somebody lost the phone and the paper: his second factor goes, and he is signed out everywhere."""
    staff = await _seen(work, staff_id, roles)
    kept = await _drop(work, staff)
    await signin.end_all(work, kept, EndReason.PASSWORD)
    return kept


async def invite(work: Work, staff_id: UUID, roles: RoleBook) -> Invitation:
    """A token with which somebody sets a first or a new password; an earlier one is good no more."""
    staff = await _seen(work, staff_id, roles)
    if staff.state is not StaffState.ACTIVE:
        raise Conflict("This person may not sign in.")
    token, expires_at = tokens.new_refresh(work.tenant_id), work.now + INVITED
    await factor_store.invite(work.tx, work.tenant_id, staff.id, tokens.digest(token), expires_at)
    await tell(work, staff, "invitation")
    return Invitation(staff.id, token, expires_at)


async def accept_invitation(house: House, token: str, password: str, source: str) -> None:
    """Set the password; the token is used up, and what was signed in before ends."""
    model.refuse_password(password)
    await passwords.refuse_guessable(password)
    tenant_id = tokens.tenant_of(token)
    password_hash = await passwords.digest(password)

    async def act(work: Work) -> Staff | None:
        staff_id = await factor_store.use_invitation(work.tx, tenant_id, tokens.digest(token), work.now)
        if staff_id is None:
            return None
        staff = await store.lock(work.tx, tenant_id, staff_id)
        if staff.state is not StaffState.ACTIVE:
            return None
        await store.set_password(work.tx, tenant_id, staff.id, password_hash, work.now)
        await directory.set_logins(work.tx, staff.id, sorted({staff.login, *([staff.email] if staff.email else [])}))
        await signin.end_all(work, staff, EndReason.PASSWORD)
        return await tell(work, staff, "password")

    if await house.do(system(tenant_id, "invitation"), act, source=source) is None:
        raise Unauthenticated(GONE)
    gate(house).forget()


async def _self(work: Work) -> Staff:
    if work.actor.kind is not ActorKind.STAFF or work.actor.id is None:
        raise Invalid("A program has no second factor.")
    return await store.lock(work.tx, work.tenant_id, work.actor.id)


async def _seen(work: Work, staff_id: UUID, roles: RoleBook) -> Staff:
    staff = await store.lock(work.tx, work.tenant_id, staff_id)
    if not model.visible(staff, work.actor):
        raise NotFound
    model.refuse_beyond(staff, work.actor, roles)
    return staff


async def _drop(work: Work, staff: Staff) -> Staff:
    if await factor_store.get(work.tx, work.tenant_id, staff.id, lock=True) is None:
        return staff
    await factor_store.drop(work.tx, work.tenant_id, staff.id)
    return await tell(work, staff, "second_factor")


async def tell(work: Work, staff: Staff, what: str) -> Staff:
    """Note in the journal that a secret of somebody changed, and in his version."""
    decision = model.change_secret(staff, what)
    await store.save(work, staff, decision.record)
    work.record(decision.events)
    return decision.record
