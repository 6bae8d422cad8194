"""The registry of assets, and how they are."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from serai.access.tenancy.service import get_property
from serai.areas.assets import model, store
from serai.areas.assets.model import AddAsset, Asset, AssetKind, ChangeAsset, Health, HealthPoint
from serai.areas.assets.store import Asked
from serai.areas.spaces import service as spaces
from serai.kernel.actor import Actor
from serai.kernel.decision import Decision
from serai.kernel.errors import NotFound
from serai.runtime.db.tx import ReadTx
from serai.runtime.http import ListQuery, Page, page
from serai.runtime.work import Work


async def add(work: Work, cmd: AddAsset) -> Asset:
    """Take an asset into a property's registry."""
    work.actor.need("asset.manage", cmd.property_id)
    return await _add(work, cmd)


async def change(work: Work, asset_id: UUID, cmd: ChangeAsset) -> Asset:
    """Change what is said of an asset, retire it, or have it back."""
    asset = await store.lock(work.tx, work.tenant_id, asset_id)
    work.actor.need("asset.manage", asset.property_id)
    await spaces.usable_space(work, asset.property_id, cmd.fields.get("space_id"))
    await _fits(work, asset.property_id, asset_id, cmd.fields.get("parent_id"))
    return await _keep(work, asset, model.change(asset, cmd))


async def feel(work: Work, asset_id: UUID, cmd: Health) -> Asset:
    """Say how an asset is, and why."""
    asset = await store.lock(work.tx, work.tenant_id, asset_id)
    work.actor.need("asset.read_meter", asset.property_id)
    return await _feel(work, asset, cmd)


async def mirror(work: Work, cmd: AddAsset, how: Health | None) -> Asset:
    """The asset that another system calls `external_code`, made if there is none, and how it says that it is.

    A consequence of another act, whose permission was asked there.
    """
    there = await store.of_code(work.tx, work.tenant_id, cmd.property_id, cmd.external_code or "")
    asset = there or await _add(work, cmd)
    return asset if how is None else await _feel(work, asset, how)


async def get(tx: ReadTx, actor: Actor, asset_id: UUID) -> Asset:
    """An asset that this caller may see."""
    asset = await store.get(tx, actor.tenant_id, asset_id)
    actor.need("asset.read", asset.property_id)
    return asset


async def any_of(tx: ReadTx, tenant_id: UUID, asset_id: UUID) -> Asset:
    """An asset of the company; who may ask was asked before."""
    return await store.get(tx, tenant_id, asset_id)


async def of_property(tx: ReadTx, tenant_id: UUID, property_id: UUID, asset_id: UUID) -> Asset:
    """An asset of this very property, or NotFound; who may ask was asked before."""
    asset = await store.get(tx, tenant_id, asset_id)
    if asset.property_id != property_id:
        raise NotFound
    return asset


async def find(
    tx: ReadTx, actor: Actor, query: ListQuery, *,
    property_id: UUID | None = None, kind: AssetKind | None = None, space_id: UUID | None = None,
    parent_id: UUID | None = None, active: bool | None = None, health_below: int | None = None, code: str | None = None,
) -> Page[Asset]:  # fmt: skip
    """The assets that this caller may see, by name."""
    query.sorted_by(("name",))
    asked: Asked = (actor.places("asset.read", property_id), kind, space_id, parent_id, active, health_below, code)
    after = query.after(str, UUID)
    found = await store.find(tx, actor.tenant_id, asked, (after[0], after[1]) if after else None, query.limit + 1)
    total = await store.count(tx, actor.tenant_id, asked) if query.count else None
    return page(found, query, lambda one: (one.name, one.id), total)


async def health(tx: ReadTx, actor: Actor, asset_id: UUID, query: ListQuery) -> Page[HealthPoint]:
    """How an asset was, the newest first."""
    await get(tx, actor, asset_id)
    query.sorted_by(("-at",))
    after = query.after(datetime.fromisoformat, UUID)
    key = (after[0], after[1]) if after else None
    found = await store.points(tx, actor.tenant_id, asset_id, key, query.limit + 1)
    total = await store.count_points(tx, actor.tenant_id, asset_id) if query.count else None
    return page(found, query, lambda one: (one.at, one.id), total)


async def _add(work: Work, cmd: AddAsset) -> Asset:
    hotel = await get_property(work.tx, work.tenant_id, cmd.property_id)
    born = work.new_id()
    await spaces.usable_space(work, cmd.property_id, cmd.space_id)
    await _fits(work, cmd.property_id, born, cmd.parent_id)
    decision = model.add(born, work.tenant_id, cmd, hotel.currency)
    await store.insert(work, decision.record)
    work.record(decision.events)
    return decision.record


async def _fits(work: Work, property_id: UUID, asset_id: UUID, parent_id: UUID | None) -> None:
    if parent_id is None:
        return
    above = await store.above(work.tx, work.tenant_id, parent_id)
    if not above or above[0].property_id != property_id:
        raise NotFound
    model.under(asset_id, above)


async def _feel(work: Work, asset: Asset, cmd: Health) -> Asset:
    born = work.new_id()
    point, decision = model.feel(asset, born, cmd, work.actor.name, work.now)
    await store.insert_point(work, point)
    return await _keep(work, asset, decision)


async def _keep(work: Work, before: Asset, decision: Decision[Asset]) -> Asset:
    if decision.changed:
        await store.save(work, before, decision.record)
        work.record(decision.events)
    return decision.record
