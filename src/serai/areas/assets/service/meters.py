"""Meters and their readings."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from serai.areas.assets import model, store
from serai.areas.assets.model import AddMeter, Meter, Read, Reading
from serai.areas.assets.service.registry import get
from serai.kernel.actor import Actor
from serai.kernel.decision import Decision
from serai.runtime.db.tx import ReadTx
from serai.runtime.http import ListQuery, Page, page
from serai.runtime.work import Work


async def add_meter(work: Work, asset_id: UUID, cmd: AddMeter) -> Meter:
    """Give an asset a meter."""
    asset = await store.get(work.tx, work.tenant_id, asset_id)
    work.actor.need("asset.manage", asset.property_id)
    decision = model.add_meter(_new(work), work.tenant_id, asset.property_id, asset_id, cmd)
    await store.insert_meter(work, decision.record)
    work.record(decision.events)
    return decision.record


async def rest_meter(work: Work, meter_id: UUID) -> Meter:
    """A meter is not read any more; what it showed stays."""
    meter = await store.lock_meter(work.tx, work.tenant_id, meter_id)
    work.actor.need("asset.manage", meter.property_id)
    return await _keep(work, meter, model.rest_meter(meter))


async def read(work: Work, meter_id: UUID, cmd: Read) -> Meter:
    """Write down what a meter shows."""
    meter = await store.lock_meter(work.tx, work.tenant_id, meter_id)
    work.actor.need("asset.read_meter", meter.property_id)
    around = await store.around(work.tx, work.tenant_id, meter_id, cmd.at or work.now)
    reading, decision = model.read(meter, _new(work), cmd, around, work.actor.name, work.now)
    await store.insert_reading(work, reading)
    return await _keep(work, meter, decision)


async def meters(tx: ReadTx, actor: Actor, asset_id: UUID) -> list[Meter]:
    """The meters of an asset."""
    await get(tx, actor, asset_id)
    return await store.meters(tx, actor.tenant_id, asset_id)


async def get_meter(tx: ReadTx, actor: Actor, meter_id: UUID) -> Meter:
    """A meter that this caller may see."""
    meter = await store.get_meter(tx, actor.tenant_id, meter_id)
    actor.need("asset.read", meter.property_id)
    return meter


async def readings(tx: ReadTx, actor: Actor, meter_id: UUID, query: ListQuery) -> Page[Reading]:
    """What a meter showed, the newest first."""
    await get_meter(tx, actor, meter_id)
    query.sorted_by(("-at",))
    after = query.after(datetime.fromisoformat)
    found = await store.readings(tx, actor.tenant_id, meter_id, after[0] if after else None, query.limit + 1)
    total = await store.count_readings(tx, actor.tenant_id, meter_id) if query.count else None
    return page(found, query, lambda one: (one.at,), total)


async def _keep(work: Work, before: Meter, decision: Decision[Meter]) -> Meter:
    if decision.changed:
        await store.save_meter(work, before, decision.record)
        work.record(decision.events)
    return decision.record


def _new(work: Work) -> UUID:
    return work.new_id()
