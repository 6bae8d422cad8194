"""What people do who have no account: by a vendor's link, by a code on the wall."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from serai.access.tenancy.service import get_property
from serai.areas.assets import service as assets
from serai.areas.categories import service as categories
from serai.areas.categories.model import Category
from serai.areas.spaces import service as spaces
from serai.areas.spaces.model import Room
from serai.areas.vendors import service as vendors
from serai.areas.vendors.model import Acknowledgement, Dispatch, DispatchState
from serai.areas.work_orders import store
from serai.areas.work_orders.model import Resolution, WorkOrder
from serai.areas.work_orders.service.costing import FinalLines
from serai.areas.work_orders.service.working import finish, vendor_said
from serai.kernel.errors import Conflict, NotFound
from serai.runtime.db.tx import ReadTx
from serai.runtime.work import Work

VENDORS_LINK: Final = "dispatch"
PLACES_LINK: Final = "place"
ASSETS_LINK: Final = "asset"
STATUS_LINK: Final = "status"
"""What links are good for: a vendor's answer, a report in a space or of an asset, and what became of a report."""
_OPEN: Final = frozenset({DispatchState.SENT, DispatchState.ACKNOWLEDGED})


@dataclass(frozen=True, slots=True)
class Asked:
    """What a vendor sees of the order that it was given."""

    hotel: str
    dispatch: Dispatch
    order: WorkOrder


@dataclass(frozen=True, slots=True)
class Reportable:
    """Where, or of what, somebody reports a fault, and the trades to choose from."""

    property_id: UUID
    hotel: str
    locale: str
    place: str
    space_id: UUID | None
    asset_id: UUID | None
    categories: tuple[Category, ...]


async def asked(tx: ReadTx, tenant_id: UUID, dispatch_id: UUID) -> Asked:
    """What a vendor was given. Refused when it is the vendor's no more."""
    dispatch = await vendors.get_dispatch(tx, tenant_id, dispatch_id)
    if dispatch.state not in _OPEN:
        raise Conflict("This order is not yours any more.", state=dispatch.state.value)
    hotel = await get_property(tx, tenant_id, dispatch.property_id)
    return Asked(hotel.name, dispatch, await store.get(tx, tenant_id, dispatch.order_id))


async def answer(work: Work, dispatch_id: UUID, cmd: Acknowledgement, *, comes: bool) -> Asked:
    """The vendor comes, and when; or it does not."""
    given = await asked(work.tx, work.tenant_id, dispatch_id)
    order = await vendor_said(work, given.order.id, cmd, comes=comes)
    return Asked(given.hotel, await vendors.get_dispatch(work.tx, work.tenant_id, dispatch_id), order)


async def done(work: Work, dispatch_id: UUID, text: str | None) -> Asked:
    """The vendor says that it is mended; somebody of the hotel still has to find it good."""
    given = await asked(work.tx, work.tenant_id, dispatch_id)
    if given.dispatch.state is DispatchState.SENT:
        await vendors.acknowledge(work, given.order.id, Acknowledgement(None, None, text))
    remedy = text or f"Done, says {given.dispatch.vendor_name}."
    order = await finish(work, given.order.id, Resolution(remedy), FinalLines())
    return Asked(given.hotel, await vendors.get_dispatch(work.tx, work.tenant_id, dispatch_id), order)


async def reportable(tx: ReadTx, tenant_id: UUID, *, space_id: UUID | None, asset_id: UUID | None) -> Reportable:
    """What a report at this space, or of this asset, is about. What is not there any more is absent."""
    name = None
    if asset_id is not None:
        asset = await assets.any_of(tx, tenant_id, asset_id)
        if not asset.active:
            raise NotFound
        name, space_id, property_id = asset.name, asset.space_id, asset.property_id
    else:
        property_id = None
    if space_id is not None:
        space = await spaces.any_of(tx, tenant_id, space_id)
        if space.archived_at is not None:
            raise NotFound
        where = space.number if isinstance(space, Room) else space.name
        name, property_id = f"{name} ({where})" if name else where, space.property_id
    if property_id is None or name is None:
        raise NotFound
    hotel = await get_property(tx, tenant_id, property_id)
    known = tuple(one for one in await categories.everything(tx, tenant_id) if one.active)
    return Reportable(property_id, hotel.name, hotel.locale, name, space_id, asset_id, known)


async def reported(tx: ReadTx, tenant_id: UUID, order_id: UUID) -> WorkOrder:
    """What became of a report."""
    return await store.get(tx, tenant_id, order_id)
