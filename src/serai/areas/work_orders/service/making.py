"""Reporting, judging and describing a fault."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from serai.areas.assets import service as assets
from serai.areas.categories import service as categories
from serai.areas.files import service as files
from serai.areas.sla import service as sla
from serai.areas.spaces import service as spaces
from serai.areas.spaces.model import Room
from serai.areas.work_orders import model, store
from serai.areas.work_orders.model import ChangeOrder, CreateOrder, ReportAgain, Triage, WorkOrder
from serai.areas.work_orders.service.hinting import choose
from serai.kernel.decision import Decision
from serai.kernel.ids import encode
from serai.runtime.work import Work


async def create(work: Work, cmd: CreateOrder) -> WorkOrder:
    """Report a fault in a room, another space, or the property at large."""
    work.actor.need("workorder.create", cmd.property_id)
    return await make(work, cmd)


async def make(work: Work, cmd: CreateOrder) -> WorkOrder:
    """Make an order as a consequence of another act, whose permission was asked there."""
    cmd = await _placed(work, cmd)
    await categories.named(work.tx, work.tenant_id, cmd.category)
    terms = await sla.terms_for(work.tx, work.tenant_id, cmd.property_id, cmd.category, cmd.severity)
    space = await spaces.usable_space(work, cmd.property_id, cmd.space_id)
    number = await store.next_number(work.tx, work.tenant_id, cmd.property_id)
    born = work.new_id()
    room_number = space.number if isinstance(space, Room) else None
    decision = model.create(born, number, cmd, room_number, terms, work.actor, work.now)
    await store.insert(work, decision.record)
    work.record(decision.events)
    await files.attach(work, cmd.property_id, cmd.file_ids, encode("mnt", born))
    chosen = await choose(work, decision.record)
    if chosen is None:
        return decision.record
    return await keep(work, decision.record, model.assign(decision.record, chosen, work.actor, work.now))


async def _placed(work: Work, cmd: CreateOrder) -> CreateOrder:
    """A fault of an asset is where the asset is, unless somebody says another place."""
    if cmd.asset_id is None:
        return cmd
    asset = await assets.of_property(work.tx, work.tenant_id, cmd.property_id, cmd.asset_id)
    return replace(cmd, space_id=cmd.space_id or asset.space_id)


async def take_in(work: Work, cmd: CreateOrder) -> WorkOrder:
    """A report that came by itself: added to the live order of the same place and symptom, else a new one.

    An order becomes as bad as the worst of its reports. A consequence of another act, whose permission was asked there.
    """
    await store.hold_numbers(work.tx, work.tenant_id, cmd.property_id)  # one at a time, so that none comes twice
    same = await store.lock_same(work.tx, work.tenant_id, cmd)
    if same is None:
        return await make(work, cmd)
    told = ReportAgain(cmd.description or cmd.title, cmd.origin, cmd.booking_reference)
    after = await keep(work, same, model.report(same, told, work.actor, work.now))
    worst = model.worse(after, cmd.severity, danger=cmd.safety_concern)
    judged = Triage(worst.severity, None, worst.safety_concern)
    if (worst.severity, worst.safety_concern) == (after.severity, after.safety_concern):
        return after
    return await keep(work, after, model.triage(after, judged, work.now))


async def of_symptom(work: Work, property_id: UUID, space_id: UUID, symptom: str) -> WorkOrder | None:
    """The live order of a symptom in a space, locked, if there is one."""
    return await store.lock_same(
        work.tx, work.tenant_id, CreateOrder(property_id, "", space_id=space_id, symptom=symptom)
    )


async def report(work: Work, order_id: UUID, cmd: ReportAgain) -> WorkOrder:
    """Add a report of the same fault."""
    order = await locked(work, order_id, "workorder.create")
    kept = await keep(work, order, model.report(order, cmd, work.actor, work.now))
    await files.attach(work, order.property_id, cmd.file_ids, encode("mnt", order_id))
    return kept


async def triage(work: Work, order_id: UUID, cmd: Triage) -> WorkOrder:
    """Judge how bad it is and whose trade."""
    order = await locked(work, order_id, "workorder.assign")
    return await keep(work, order, model.triage(order, cmd, work.now))


async def update(work: Work, order_id: UUID, cmd: ChangeOrder) -> WorkOrder:
    """Change what is described."""
    order = await locked(work, order_id, "workorder.update")
    return await keep(work, order, model.update(order, cmd, work.now))


async def escalate(work: Work, order_id: UUID, reason: str) -> WorkOrder:
    """Bring it to somebody higher, by hand."""
    order = await locked(work, order_id, "workorder.update")
    return await keep(work, order, model.escalate(order, reason, work.now))


async def locked(work: Work, order_id: UUID, permission: str) -> WorkOrder:
    """The order, locked, for who may do this to it; to others who may not see it, it is absent."""
    order = await store.lock(work.tx, work.tenant_id, order_id)
    work.actor.need(permission, order.property_id)
    return order


async def keep(work: Work, before: WorkOrder, decision: Decision[WorkOrder]) -> WorkOrder:
    """Save and record what was decided, if anything changed; another trade or severity is under other terms."""
    after = decision.record
    if after.category != before.category:
        await categories.named(work.tx, work.tenant_id, after.category)
    if (after.category, after.severity) != (before.category, before.severity):
        terms = await sla.terms_for(work.tx, work.tenant_id, after.property_id, after.category, after.severity)
        decision = model.under(before, decision, terms)
    if decision.changed:
        await store.save(work, before, decision.record)
        work.record(decision.events)
    return decision.record
