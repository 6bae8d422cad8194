"""The commands and questions about staff and keys; the authenticator of the house."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from serai.access import directory
from serai.access.identity import model, passwords, sessions, signin, store, tokens
from serai.access.identity.gate import Authenticator, authenticator, bearer, gate
from serai.access.identity.model import (
    ApiKey,
    ChangeStaff,
    CreateKey,
    CreateStaff,
    EndReason,
    Session,
    Staff,
    StaffState,
)
from serai.access.identity.passwords import generated
from serai.access.identity.roles import NOBODY, Role, RoleBook, RoleGrant, book
from serai.access.tenancy import service as tenancy
from serai.kernel.actor import Actor, ActorKind
from serai.kernel.errors import Fault, Invalid, NotFound
from serai.kernel.ids import new_id
from serai.runtime.db.tx import ReadTx
from serai.runtime.http import ListQuery, Page, page
from serai.runtime.work import House, Work

__all__ = [
    "Authenticator",
    "ChangeStaff",
    "CreateKey",
    "CreateStaff",
    "Role",
    "RoleGrant",
    "authenticator",
    "bearer",
    "book",
    "gate",
    "generated",
]


async def list_staff(tx: ReadTx, tenant_id: UUID, property_id: UUID, role: str | None) -> list[Staff]:
    """The active people of a property by name, those of the whole company included; of one role if asked."""
    return await store.in_property(tx, tenant_id, property_id, role)


async def get_staff(tx: ReadTx, tenant_id: UUID, staff_id: UUID) -> Staff:
    """A person of the tenant, or NotFound."""
    return await store.get(tx, tenant_id, staff_id)


async def get_worker(tx: ReadTx, tenant_id: UUID, staff_id: UUID, property_id: UUID) -> Staff:
    """Somebody who works in the property now, or NotFound."""
    staff = await store.get(tx, tenant_id, staff_id)
    if staff.state is not StaffState.ACTIVE or not any(one.property_id in {None, property_id} for one in staff.roles):
        raise NotFound("Nobody of this id works in the property.")
    return staff


async def seen_staff(tx: ReadTx, actor: Actor, staff_id: UUID) -> Staff:
    """A person whom the actor may see, or NotFound."""
    staff = await store.get(tx, actor.tenant_id, staff_id)
    if not model.visible(staff, actor):
        raise NotFound
    return staff


async def find_self(tx: ReadTx, actor: Actor) -> Staff | None:
    """The actor as a person of this tenant; a program or a visitor of the platform is none."""
    return await store.find_one(tx, actor.tenant_id, actor.id) if actor.id else None


async def find_staff(
    tx: ReadTx, actor: Actor, query: ListQuery, *, state: str | None, role: str | None, property_id: UUID | None
) -> Page[Staff]:
    """The people whom the actor sees, by name; of one property, role or state if asked."""
    query.sorted_by(("name",))
    seen = actor.properties()
    if property_id is not None:
        actor.need("staff.read", property_id)
        seen = (property_id,)
    who = (None if seen is None else list(seen), actor.id if property_id is None else None)
    after = query.after(str, UUID)
    key = (after[0], after[1]) if after else None
    found = await store.find(tx, actor.tenant_id, who, (state, role), key, query.limit + 1)
    total = await store.count(tx, actor.tenant_id, who, (state, role)) if query.count else None
    return page(found, query, lambda one: (one.name, one.id), total)


async def find_names(tx: ReadTx, actor: Actor, query: ListQuery, property_id: UUID) -> Page[Staff]:
    """Who works in a property or did, by name."""
    query.sorted_by(("name",))
    actor.need("people.read", property_id)
    after = query.after(str, UUID)
    who, key = ([property_id], None), (after[0], after[1]) if after else None
    found = await store.find(tx, actor.tenant_id, who, (None, None), key, query.limit + 1)
    total = await store.count(tx, actor.tenant_id, who, (None, None)) if query.count else None
    return page(found, query, lambda one: (one.name, one.id), total)


async def create_staff(work: Work, cmd: CreateStaff, roles: RoleBook = NOBODY) -> Staff:
    """Take a person on; a login or e-mail address that the tenant has already is refused.

    `roles` is the gate's book; the house itself (command line, demo, tests) needs none.
    """
    password_hash = await _hashed(cmd.password, cmd.login, cmd.name)
    cmd = replace(cmd, login=signin.small(cmd.login), email=None if cmd.email is None else signin.small(cmd.email))
    platform = (await tenancy.get_tenant(work.tx, work.tenant_id)).platform
    decision = model.create_staff(new_id(), cmd, work.actor, roles, platform=platform)
    await store.insert(work, decision.record)
    await _keep_signin(work, decision.record, password_hash)
    work.record(decision.events)
    return decision.record


async def change_staff(work: Work, staff_id: UUID, cmd: ChangeStaff, roles: RoleBook = NOBODY) -> Staff:
    """Change a person's name, sign-in or roles; a new password ends all of his sessions."""
    password_hash = await _hashed(cmd.password)
    before = await _locked(work, staff_id)
    platform = (await tenancy.get_tenant(work.tx, work.tenant_id)).platform
    small = {name: signin.small(one) if name in {"login", "email"} and one else one for name, one in cmd.fields.items()}
    decision = model.change_staff(before, replace(cmd, fields=small), work.actor, roles, platform=platform)
    if not decision.changed:
        return before
    await _keep_signin(work, decision.record, password_hash)
    if password_hash is not None:
        await signin.end_all(work, before, EndReason.PASSWORD)
    await store.save(work, before, decision.record)
    work.record(decision.events)
    return decision.record


async def set_state(work: Work, staff_id: UUID, state: StaffState, roles: RoleBook = NOBODY) -> Staff:
    """Let a person go, which ends his sessions, or take him back."""
    before = await _locked(work, staff_id)
    decision = model.set_state(before, state, work.actor, roles)
    if not decision.changed:
        return before
    if state is StaffState.DEACTIVATED:
        await signin.end_all(work, before, EndReason.DEACTIVATED)
    await store.save(work, before, decision.record)
    work.record(decision.events)
    return decision.record


async def check_password(house: House, actor: Actor, password: str, address: str) -> None:
    """Refuse unless it is the actor's own password; tries are counted as those of a sign-in are."""
    if actor.kind is not ActorKind.STAFF or actor.id is None:
        raise Invalid("A program has no password.")
    async with house.db.read(actor.tenant_id) as tx:
        staff = await store.get(tx, actor.tenant_id, actor.id)
        stored = await store.password_hash(tx, actor.tenant_id, actor.id)
    async with house.db.directory() as tx:
        if await directory.attempt(tx, staff.login, address, house.clock.now()) is not None:
            raise signin.TooManyTries(retry_after=int(directory.WINDOW.total_seconds()))
    if not await passwords.matches(stored, password):
        raise Invalid(faults=[Fault("/current_password", "is wrong")])
    async with house.db.directory() as tx:
        await directory.succeed(tx, staff.login, address)


async def change_own_password(work: Work, password: str, session_id: UUID) -> Staff:
    """Another password for the actor; his other sessions end."""
    password_hash = await _hashed(password)
    before = await store.lock(work.tx, work.tenant_id, work.actor.id or work.tenant_id)
    decision = model.change_secret(before, "password")
    await _keep_signin(work, before, password_hash)
    await signin.end_all(work, before, EndReason.PASSWORD, but=session_id)
    await store.save(work, before, decision.record)
    work.record(decision.events)
    return decision.record


async def own_sessions(tx: ReadTx, actor: Actor, now: datetime) -> list[Session]:
    """Where the actor is signed in, newest first."""
    if actor.id is None:
        return []
    return [one for one in await sessions.of_staff(tx, actor.tenant_id, actor.id, now) if one.alive(now)]


async def create_key(work: Work, cmd: CreateKey, roles: RoleBook = NOBODY) -> tuple[ApiKey, str]:
    """Make a key; its secret is returned here and nowhere again."""
    if cmd.properties:
        there = {one.id for one in await tenancy.all_properties(work.tx, work.tenant_id, tuple(cmd.properties))}
        if cmd.properties - there:
            raise Invalid(faults=[Fault("/properties", "refers to a property that is not here")])
    prefix, secret = tokens.new_key()
    decision = model.create_key(new_id(), prefix, cmd, work.actor, roles, work.now)
    secret_hash = tokens.digest(secret)
    await directory.add_key(work.tx, secret_hash)
    await sessions.insert_key(work, decision.record, secret_hash)
    work.record(decision.events)
    return decision.record, secret


async def seen_key(tx: ReadTx, actor: Actor, key_id: UUID) -> ApiKey:
    """A key whose reach lies where the actor looks, or NotFound."""
    key = await sessions.get_key(tx, actor.tenant_id, key_id)
    if not model.key_visible(key, actor):
        raise NotFound
    return key


async def find_keys(tx: ReadTx, actor: Actor, query: ListQuery) -> Page[ApiKey]:
    """The keys that reach no further than the actor sees, oldest first."""
    query.sorted_by(("created_at",))
    places = actor.properties()
    seen = None if places is None else list(places)
    after = query.after(datetime.fromisoformat, UUID)
    key = (after[0], after[1]) if after else None
    found = await sessions.find_keys(tx, actor.tenant_id, seen, key, query.limit + 1)
    total = await sessions.count_keys(tx, actor.tenant_id, seen) if query.count else None
    return page(found, query, lambda one: (one.created_at, one.id), total)


async def revoke_key(work: Work, key_id: UUID, roles: RoleBook = NOBODY) -> ApiKey:
    """The key opens nothing any more."""
    key = await sessions.lock_key(work.tx, work.tenant_id, key_id)
    if not model.key_visible(key, work.actor):
        raise NotFound
    decision = model.revoke_key(key, work.actor, roles, work.now)
    if decision.changed:
        await directory.drop_key(work.tx, await sessions.key_hash(work.tx, work.tenant_id, key_id))
        await sessions.save_revoked(work, decision.record)
        work.record(decision.events)
    return decision.record


async def _hashed(password: str | None, *own: str) -> str | None:
    """The hash of a new password, made before anything is locked; a bad one is refused."""
    if password is None:
        return None
    model.refuse_password(password)
    await passwords.refuse_guessable(password, *own)
    return await passwords.digest(password)


async def _locked(work: Work, staff_id: UUID) -> Staff:
    staff = await store.lock(work.tx, work.tenant_id, staff_id)
    if not model.visible(staff, work.actor):
        raise NotFound
    return staff


async def _keep_signin(work: Work, staff: Staff, password_hash: str | None) -> None:
    if password_hash is not None:
        await store.set_password(work.tx, work.tenant_id, staff.id, password_hash, work.now)
    await directory.set_logins(work.tx, staff.id, sorted({staff.login, *([staff.email] if staff.email else [])}))
