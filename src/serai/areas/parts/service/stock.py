"""The commands and questions about parts."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from serai.access.tenancy.service import get_property
from serai.areas.parts import model, store
from serai.areas.parts.model import AddPart, ChangePart, Moved, MoveKind, Part, PartUsage, Said, StockMove
from serai.areas.parts.store import Asked
from serai.kernel.actor import Actor
from serai.kernel.decision import Decision
from serai.kernel.errors import NotFound
from serai.runtime.db.tx import ReadTx
from serai.runtime.http import ListQuery, Page, page
from serai.runtime.work import Work

_PLAIN = {MoveKind.RECEIVE: model.receive, MoveKind.ADJUST: model.adjust}
_NOTHING = Decimal(0)


async def add(work: Work, cmd: AddPart) -> Part:
    """Put a part on a property's list."""
    work.actor.need("part.manage", cmd.property_id)
    hotel = await get_property(work.tx, work.tenant_id, cmd.property_id)
    decision = model.add(_new(work), work.tenant_id, cmd, hotel.currency, work.now)
    await store.insert(work, decision.record)
    work.record(decision.events)
    return decision.record


async def change(work: Work, part_id: UUID, cmd: ChangePart) -> Part:
    """Change what is said of a part, or let it rest."""
    part = await _locked(work, part_id, "part.manage")
    return await _keep(work, part, model.change(part, cmd, work.now))


async def move(work: Work, part_id: UUID, kind: MoveKind, cmd: Moved) -> Part:
    """Receive or count."""
    part = await _locked(work, part_id, "part.manage")
    made, decision = _PLAIN[kind](part, cmd, _said(work))
    await store.insert_move(work, made)
    return await _keep(work, part, decision)


async def hold(work: Work, property_id: UUID, part_id: UUID, order_id: UUID, quantity: Decimal) -> Part:
    """Keep so much for an order of this property, 0 lets it go. The caller has asked for the permission."""
    part = (await store.lock(work.tx, work.tenant_id, [part_id]))[part_id]
    if part.property_id != property_id:
        raise NotFound
    found = model.hold(part, order_id, quantity, _said(work), await _held(work, order_id, part_id))
    if found is None:
        return part
    await store.insert_move(work, found[0])
    return await _keep(work, part, found[1])


async def release_all(work: Work, order_id: UUID) -> None:
    """An order is over: what is still reserved for it is for others. The caller has asked for the permission."""
    held = await store.held(work.tx, work.tenant_id, order_id)
    parts = await store.lock(work.tx, work.tenant_id, list(held)) if held else {}
    for part_id, part in parts.items():
        found = model.hold(part, order_id, _NOTHING, _said(work), held[part_id])
        if found is not None:
            await store.insert_move(work, found[0])
            await _keep(work, part, found[1])


async def send(work: Work, part_id: UUID, to_part_id: UUID, cmd: Moved) -> Part:
    """To the store of another property."""
    both = await store.lock(work.tx, work.tenant_id, [part_id, to_part_id])
    part, to = both[part_id], both[to_part_id]
    work.actor.need("part.manage", part.property_id)
    work.actor.need("part.manage", to.property_id)
    sent, came = model.send(part, to, cmd, _said(work), _said(work))
    for before, (made, decision) in ((part, sent), (to, came)):
        await store.insert_move(work, made)
        await _keep(work, before, decision)
    return sent[1].record


async def use(work: Work, property_id: UUID | None, part_id: UUID, cmd: Moved) -> PartUsage:
    """Use a part: for an order of this property, or (None) for none. Who uses it for an order was asked there."""
    part = (await store.lock(work.tx, work.tenant_id, [part_id]))[part_id]
    if property_id is None:
        work.actor.need("part.use", part.property_id)
    elif part.property_id != property_id:
        raise NotFound
    held = await _held(work, cmd.order_id, part_id)
    made, decision, usage = model.use(part, cmd, _said(work), _new(work), held)
    await store.insert_move(work, made)
    await store.insert_usage(work, usage)
    await _keep(work, part, decision)
    return usage


async def strike(work: Work, usage_id: UUID, order_id: UUID) -> PartUsage:
    """A part was not used for this order after all. The caller has asked for the permission."""
    there = await store.usage(work.tx, work.tenant_id, usage_id)
    if there.order_id != order_id:
        raise NotFound
    part = (await store.lock(work.tx, work.tenant_id, [there.part_id]))[there.part_id]
    there = await store.usage(work.tx, work.tenant_id, usage_id)
    made, decision, struck = model.strike(part, there, _said(work))
    await store.insert_move(work, made)
    await store.strike(work, struck)
    await _keep(work, part, decision)
    return struck


async def get(tx: ReadTx, actor: Actor, part_id: UUID) -> Part:
    """A part that this caller may see."""
    part = await store.get(tx, actor.tenant_id, part_id)
    actor.need("part.read", part.property_id)
    return part


async def find(
    tx: ReadTx, actor: Actor, query: ListQuery, *,
    property_id: UUID | None = None, active: bool | None = None, low: bool | None = None, number: str | None = None,
) -> Page[Part]:  # fmt: skip
    """The parts that this caller may see, by name."""
    query.sorted_by(("name",))
    asked: Asked = (actor.places("part.read", property_id), active, low, number)
    after = query.after(str, UUID)
    found = await store.find(tx, actor.tenant_id, asked, (after[0], after[1]) if after else None, query.limit + 1)
    total = await store.count(tx, actor.tenant_id, asked) if query.count else None
    return page(found, query, lambda one: (one.name, one.id), total)


async def history(tx: ReadTx, actor: Actor, part_id: UUID, query: ListQuery) -> Page[StockMove]:
    """The movements of a part, the newest first."""
    await get(tx, actor, part_id)
    query.sorted_by(("-at",))
    after = query.after(UUID)
    found = await store.moves(tx, actor.tenant_id, part_id, after[0] if after else None, query.limit + 1)
    total = await store.count_moves(tx, actor.tenant_id, part_id) if query.count else None
    return page(found, query, lambda one: (one.id,), total)


async def used(tx: ReadTx, tenant_id: UUID, order_id: UUID) -> list[PartUsage]:
    """The parts that an order used; whoever may read the order was asked there."""
    return await store.used(tx, tenant_id, order_id)


async def _locked(work: Work, part_id: UUID, permission: str) -> Part:
    part = (await store.lock(work.tx, work.tenant_id, [part_id]))[part_id]
    work.actor.need(permission, part.property_id)
    return part


async def _held(work: Work, order_id: UUID | None, part_id: UUID) -> Decimal:
    return (await store.held(work.tx, work.tenant_id, order_id)).get(part_id, _NOTHING) if order_id else _NOTHING


async def _keep(work: Work, before: Part, decision: Decision[Part]) -> Part:
    if decision.changed:
        await store.save(work, before, decision.record)
        work.record(decision.events)
    return decision.record


def _said(work: Work) -> Said:
    return Said(_new(work), work.now, work.actor.name)


def _new(work: Work) -> UUID:
    return work.new_id()
