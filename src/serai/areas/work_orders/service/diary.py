"""What is written down while a work order goes on, and its links."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from serai.areas.files import service as files
from serai.areas.files.model import File
from serai.areas.parts import service as parts
from serai.areas.vendors import service as vendors
from serai.areas.work_orders import model, store
from serai.areas.work_orders.model import (
    ChangeStep,
    Link,
    LinkKind,
    WorkOrder,
)
from serai.areas.work_orders.model.decide import MOST_REPORTS
from serai.areas.work_orders.service.making import keep, locked
from serai.kernel.actor import ActorKind
from serai.kernel.errors import Fault, Forbidden, Invalid, NotFound
from serai.kernel.ids import encode
from serai.runtime.work import Work


async def note(work: Work, order_id: UUID, text: str) -> WorkOrder:
    """Say how it goes."""
    order = await locked(work, order_id, "workorder.create")
    made, decision = model.note(order, _new(work), text, work.actor, work.now)
    await store.insert_note(work, made)
    return await keep(work, order, decision)


async def add_steps(work: Work, order_id: UUID, titles: Sequence[str]) -> WorkOrder:
    """Say what is to be done, step by step."""
    order = await locked(work, order_id, "workorder.update")
    return await keep(work, order, model.add_steps(order, [(_new(work), one) for one in titles], work.now))


async def change_step(work: Work, order_id: UUID, step_id: UUID, cmd: ChangeStep) -> WorkOrder:
    """Do a step, or change it."""
    order = await locked(work, order_id, "workorder.work")
    return await keep(work, order, model.change_step(order, encode("mtk", step_id), cmd, work.actor, work.now))


async def drop_step(work: Work, order_id: UUID, step_id: UUID) -> WorkOrder:
    """Take away a step that is not needed."""
    order = await locked(work, order_id, "workorder.update")
    return await keep(work, order, model.drop_step(order, encode("mtk", step_id), work.now))


async def link(work: Work, order_id: UUID, kind: LinkKind, other_id: UUID) -> WorkOrder:
    """Say what it has to do with another order of the property.

    A duplicate is called off, its reports and severity go to the other, which is what is worked on. Two orders are
    locked in the order of their ids.
    """
    if order_id == other_id:
        raise Invalid(faults=[Fault("/order_id", "is another order")])
    pair = {one: await locked(work, one, "workorder.update") for one in sorted((order_id, other_id))}
    order, other = pair[order_id], pair[other_id]
    if order.property_id != other.property_id:
        raise NotFound
    linked = await keep(work, order, model.link(order, Link(kind, encode("mnt", other_id)), work.now))
    if kind is LinkKind.DUPLICATE and linked is not order:
        work.actor.need("workorder.cancel", order.property_id)
        await keep(work, other, model.absorb(other, order, MOST_REPORTS, work.now))
        reason = f"The same fault as no. {other.number}."
        await vendors.release(work, order_id)
        await parts.release_all(work, order_id)
        return await keep(work, linked, model.cancel(linked, reason, work.actor, work.now))
    return linked


async def unlink(work: Work, order_id: UUID, other_id: UUID) -> WorkOrder:
    """It has nothing to do with the other after all."""
    order = await locked(work, order_id, "workorder.update")
    return await keep(work, order, model.unlink(order, encode("mnt", other_id), work.now))


async def watch(work: Work, order_id: UUID, *, stop: bool = False) -> WorkOrder:
    """Hear of it, or no more."""
    order = await locked(work, order_id, "workorder.read")
    if work.actor.kind is not ActorKind.STAFF or work.actor.id is None:
        raise Forbidden("People watch orders; programs listen to events.")
    return await keep(work, order, model.watch(order, encode("stf", work.actor.id), work.now, stop=stop))


async def attach(work: Work, order_id: UUID, file_ids: Sequence[UUID]) -> list[File]:
    """Uploaded pictures and documents become part of it."""
    order = await locked(work, order_id, "workorder.create")
    return await files.attach(work, order.property_id, file_ids, encode("mnt", order.id))


def _new(work: Work) -> UUID:
    return work.new_id()
