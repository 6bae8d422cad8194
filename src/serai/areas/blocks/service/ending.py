"""Windows end: done, called off, let go by work orders, or by the clock."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from serai.access.tenancy.service import get_property
from serai.areas.blocks import model, store
from serai.areas.blocks.model import Window, WindowState
from serai.areas.blocks.service.planning import locked
from serai.areas.blocks.service.settling import close, keep, look, settle
from serai.runtime.work import Work


async def force(work: Work, window_id: UUID, reason: str) -> Window:
    """Close the room now, whoever is in it."""
    window = await locked(work, window_id, "window.force")
    return await close(work, window, model.force(window, reason, work.now))


async def complete(work: Work, window_id: UUID) -> Window:
    """The space is back, earlier than was planned."""
    window = await locked(work, window_id, "window.manage")
    return await close(work, window, model.complete(window, work.now))


async def cancel(work: Work, window_id: UUID, reason: str) -> Window:
    """It is not closed after all."""
    window = await locked(work, window_id, "window.manage")
    return await keep(work, window, model.cancel(window, reason, work.now))


async def release(work: Work, property_id: UUID, order_id: str) -> None:
    """An order (its public id) holds nothing any more. A consequence; permissions were asked before."""
    for window in await store.lock_held(work.tx, work.tenant_id, property_id, order_id):
        await close(work, window, model.leave(window, order_id, work.now))


async def fall_due(work: Work, ids: list[UUID]) -> None:
    """The clock: windows begin and end; one that work orders still hold goes on; one that never began never was."""
    for window in await store.lock_many(work.tx, work.tenant_id, ids):
        if window.state is WindowState.SCHEDULED:
            await settle(work, await look(work, window))
        elif window.holders:
            hotel = await get_property(work.tx, work.tenant_id, window.property_id)
            until = work.now + timedelta(hours=hotel.policies.closed_hours)
            await look(work, await keep(work, window, model.extend(window, until, work.now)))
        elif window.state is WindowState.ACTIVE:
            await close(work, window, model.complete(window, work.now))
        else:
            late = "Its time has passed; the guest was there all the while."
            await keep(work, window, model.cancel(window, late, work.now))
