"""The commands and questions about who works when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from serai.access.identity import service as identity
from serai.access.identity.model import Staff, StaffState
from serai.access.tenancy.service import get_property
from serai.areas.staffing import model, store
from serai.areas.staffing.model import Available, Change, PlanShift, Profile, Rate, Shift
from serai.areas.staffing.store import Filters
from serai.kernel.actor import Actor, ActorKind
from serai.kernel.decision import Decision
from serai.kernel.errors import Fault, IllegalMove, Invalid, NotFound, lacking
from serai.runtime.db.tx import ReadTx
from serai.runtime.http import ListQuery, Page, page
from serai.runtime.work import Work

SORTS = ("starts_at",)
EARLY = timedelta(hours=1)
"""Who begins this long before a planned shift begins that shift."""
DAY = timedelta(hours=12)
"""A property that has a shift this near keeps a roster."""


@dataclass(frozen=True, slots=True)
class SetRate:
    """What an hour of somebody costs from an instant on (None: now)."""

    amount: Decimal
    currency: str
    valid_from: datetime | None = None


async def plan_shift(work: Work, cmd: PlanShift) -> Shift:
    """Put somebody on the roster; nobody is in two shifts at once."""
    work.actor.need("roster.manage", cmd.property_id)
    await get_property(work.tx, work.tenant_id, cmd.property_id)
    await _works_there(work.tx, work.tenant_id, cmd.staff_id, cmd.property_id)
    if abs(cmd.starts_at - work.now) > model.FARTHEST:
        raise Invalid(faults=[Fault("/starts_at", "within a year")])
    decision = model.plan(_new(work), work.tenant_id, cmd)
    await store.insert(work, decision.record)
    work.record(decision.events)
    return decision.record


async def change_shift(work: Work, shift_id: UUID, cmd: Change) -> Shift:
    """Move a shift."""
    shift = await store.get(work.tx, work.tenant_id, shift_id, lock=True)
    work.actor.need("roster.manage", shift.property_id)
    decision = model.change(shift, cmd)
    if decision.changed:
        await store.save(work, decision.record, shift.version)
        work.record(decision.events)
    return decision.record


async def start(work: Work, shift_id: UUID, reason: str | None = None) -> Shift:
    """Begin one's own shift, or anybody's where one keeps the roster."""
    return await _take(work, shift_id, "shift.work", lambda shift: model.start(shift, work.now, reason))


async def end(work: Work, shift_id: UUID, reason: str | None = None) -> Shift:
    """End one's own shift, or anybody's where one keeps the roster."""
    return await _take(work, shift_id, "shift.work", lambda shift: model.end(shift, work.now, reason))


async def cancel(work: Work, shift_id: UUID, reason: str | None = None) -> Shift:
    """Call a shift off."""
    return await _take(work, shift_id, "roster.manage", lambda shift: model.cancel(shift, work.now, reason))


async def miss(work: Work, shift_id: UUID, reason: str | None = None) -> Shift:
    """Somebody does not come."""
    return await _take(work, shift_id, "roster.manage", lambda shift: model.miss(shift, work.now, reason))


async def _take(work: Work, shift_id: UUID, permission: str, decide: Callable[[Shift], Decision[Shift]]) -> Shift:
    shift = await store.get(work.tx, work.tenant_id, shift_id, lock=True)
    own = work.actor.kind is ActorKind.STAFF and work.actor.id == shift.staff_id
    work.actor.need(permission if own else "roster.manage", shift.property_id)
    decision = decide(shift)
    if decision.changed:
        await store.save(work, decision.record, shift.version)
        work.record(decision.events)
    return decision.record


async def get_shift(tx: ReadTx, actor: Actor, shift_id: UUID) -> Shift:
    """A shift as this caller may read it."""
    shift = await store.get(tx, actor.tenant_id, shift_id)
    actor.need("roster.read", shift.property_id)
    return shift


async def find(tx: ReadTx, actor: Actor, wanted: Filters, query: ListQuery) -> Page[Shift]:
    """The shifts that this caller may read, by their start."""
    query.sorted_by(SORTS)
    for one in wanted.properties or ():
        actor.need("roster.read", one)
    if wanted.properties is None:
        wanted = replace(wanted, properties=actor.places("roster.read"))
    after = query.after(datetime.fromisoformat, UUID)
    key = (after[0], after[1]) if after else None
    found = await store.find(tx, actor.tenant_id, wanted, key, query.limit + 1)
    total = await store.count(tx, actor.tenant_id, wanted) if query.count else None
    return page(found, query, lambda one: (one.starts_at, one.id), total)


async def on_shift(
    tx: ReadTx,
    tenant_id: UUID,
    property_id: UUID,
    at: datetime,
    skill: str | None = None,
    *,
    ahead: timedelta = timedelta(0),
) -> list[Available]:
    """Who is on shift at an instant, or will be within `ahead`.

    With `skill` those who have it, and those of whom no skill is known.
    """
    shifts = await store.between(tx, tenant_id, property_id, at, at + ahead)
    known = await store.profiles(tx, tenant_id, [one.staff_id for one in shifts])
    found = [model.available(one, known.get(one.staff_id), at) for one in shifts]
    return [one for one in found if one and (skill is None or not one.skills or skill in one.skills)]


async def keeps_roster(tx: ReadTx, tenant_id: UUID, property_id: UUID, at: datetime) -> bool:
    """Whether anybody has planned shifts around an instant: without them nothing follows from their absence."""
    return await store.any_between(tx, tenant_id, property_id, at - DAY, at + DAY)


async def view_available(
    tx: ReadTx, actor: Actor, property_id: UUID, at: datetime, skill: str | None
) -> list[Available]:
    """As `on_shift`, for who may read the roster."""
    actor.need("roster.read", property_id)
    return await on_shift(tx, actor.tenant_id, property_id, at, skill)


async def view_profile(tx: ReadTx, actor: Actor, staff_id: UUID) -> Profile:
    """What somebody can do."""
    _need_somewhere(actor, "roster.read", await identity.seen_staff(tx, actor, staff_id))
    return await store.profile(tx, actor.tenant_id, staff_id) or Profile(staff_id, actor.tenant_id, staff_id)


async def edit_profile(work: Work, staff_id: UUID, cmd: Change) -> Profile:
    """Say what somebody can do."""
    person = await identity.seen_staff(work.tx, work.actor, staff_id)
    _need_somewhere(work.actor, "roster.manage", person)
    known = await store.profile(work.tx, work.tenant_id, staff_id)
    before = known or Profile(_new(work), work.tenant_id, staff_id)
    decision = model.edit_profile(before, _stream(person, work.tenant_id), cmd)
    if decision.changed:
        await store.keep_profile(work, decision.record)
        work.record(decision.events)
    return decision.record


async def view_rates(tx: ReadTx, actor: Actor, staff_id: UUID) -> list[Rate]:
    """What an hour of somebody has cost and costs."""
    _need_somewhere(actor, "rate.read", await identity.seen_staff(tx, actor, staff_id))
    return await store.rates(tx, actor.tenant_id, staff_id)


async def rate_at(tx: ReadTx, tenant_id: UUID, staff_id: UUID, at: datetime) -> Rate | None:
    """What an hour of somebody cost at an instant; who may ask was asked before."""
    return model.rate_at(await store.rates(tx, tenant_id, staff_id), at)


async def set_rate(work: Work, staff_id: UUID, cmd: SetRate) -> Rate:
    """What an hour costs from now on, or from a later instant; what was is not changed."""
    person = await identity.seen_staff(work.tx, work.actor, staff_id)
    _need_somewhere(work.actor, "rate.manage", person)
    rate = Rate(_new(work), work.tenant_id, staff_id, cmd.valid_from or work.now, cmd.amount, cmd.currency)
    earlier = await store.rates(work.tx, work.tenant_id, staff_id)
    decision = model.set_rate(rate, earlier, _stream(person, work.tenant_id))
    await store.insert_rate(work, decision.record)
    work.record(decision.events)
    return decision.record


async def tell_started(work: Work, cmd: PlanShift) -> Shift:
    """Another system says that somebody began: the planned shift starts, or one is made."""
    known = cmd.external_code and await store.of_code(work.tx, work.tenant_id, cmd.property_id, cmd.external_code)
    begins = cmd.starts_at
    planned = await store.between(work.tx, work.tenant_id, cmd.property_id, begins, begins + EARLY, cmd.staff_id)
    if known or planned:
        return await _tell(work, model.start, known or planned[0].id, cmd.starts_at)
    decision = model.plan(_new(work), work.tenant_id, cmd)
    await store.insert(work, decision.record)
    work.record(decision.events)
    return decision.record


async def tell_ended(work: Work, property_id: UUID, staff_id: UUID, code: str | None, at: datetime) -> Shift | None:
    """Another system says that somebody's work is over; None where no shift of theirs has begun."""
    known = code and await store.of_code(work.tx, work.tenant_id, property_id, code)
    if not known:
        wanted = Filters([property_id], staff_id, model.ShiftState.STARTED.value)
        begun = await store.find(work.tx, work.tenant_id, wanted, None, 1)
        known = begun[0].id if begun else None
    return await _tell(work, model.end, known, at) if known else None


async def find_person(tx: ReadTx, tenant_id: UUID, code: str) -> UUID | None:
    """Whom another system calls so."""
    return await store.of_person_code(tx, tenant_id, code)


async def _tell(
    work: Work, decide: Callable[[Shift, datetime], Decision[Shift]], shift_id: UUID, at: datetime
) -> Shift:
    """A step that was told; one that the shift no longer takes came too late and changes nothing."""
    shift = await store.get(work.tx, work.tenant_id, shift_id, lock=True)
    try:
        decision = decide(shift, at)
    except IllegalMove:
        return shift
    if not decision.changed:
        return shift
    await store.save(work, decision.record, shift.version)
    work.record(decision.events)
    return decision.record


async def _works_there(tx: ReadTx, tenant_id: UUID, staff_id: UUID, property_id: UUID) -> None:
    person = await identity.get_staff(tx, tenant_id, staff_id)
    if person.state is not StaffState.ACTIVE or not any(one.property_id in {None, property_id} for one in person.roles):
        raise NotFound("Nobody of this id works in the property.")


def _need_somewhere(actor: Actor, permission: str, person: Staff) -> None:
    """The permission in a property where the person works; for people of the whole company, in all of it."""
    where = actor.where(permission)
    if where is not None and not any(one.property_id in where for one in person.roles):
        raise lacking(permission)


def _stream(person: Staff, tenant_id: UUID) -> UUID:
    return next((one.property_id for one in person.roles if one.property_id is not None), tenant_id)


def _new(work: Work) -> UUID:
    return work.new_id()
