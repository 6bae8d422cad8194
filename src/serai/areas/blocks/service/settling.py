"""Which windows of a space wait or are active, and what the room is.

Locks are taken in one order: the windows of a space, by id, then its room.
"""

from __future__ import annotations

from uuid import UUID
from zoneinfo import ZoneInfo

from serai.access.tenancy.service import get_property
from serai.areas.blocks import model, store
from serai.areas.blocks.model import SERVICE, ReturnStatus, Touched, Window, WindowState
from serai.areas.spaces import service as spaces
from serai.areas.spaces.model import Condition, Occupancy, Service
from serai.areas.stays import service as stays
from serai.kernel.clock import business_date
from serai.kernel.decision import Decision
from serai.kernel.ids import encode
from serai.runtime.work import Work


async def meet(work: Work, space_id: UUID) -> list[Window]:
    """The live windows of a space, locked, with the stays that they touch by now; what is new is told as a conflict."""
    return [await look(work, one) for one in await store.lock_live(work.tx, work.tenant_id, space_id)]


async def settle(work: Work, window: Window) -> Window:
    """Begin a locked window if its time has come: at once in an empty room, else when its guest has left."""
    if window.state is WindowState.ACTIVE or window.starts_at > work.now:
        return window
    if not await _taken(work, window):
        return await close(work, window, model.start(window, work.now))
    return window if window.state is WindowState.PENDING else await keep(work, window, model.wait(window, work.now))


async def look(work: Work, window: Window) -> Window:
    """The window with the stays that it touches by now."""
    if window.room_number is None:
        return window
    span = (max(window.starts_at, work.now), window.ends_at)
    found = await stays.stays_in(work.tx, work.tenant_id, window.space_id, span, work.now)
    touched = [Touched(encode("sty", one.id), one.booking_reference) for one in found]
    return await keep(work, window, model.meet(window, touched, work.now))


async def close(work: Work, before: Window, decision: Decision[Window]) -> Window:
    """Keep what was decided, and the room as its windows say by now.

    It comes back dirty where the window says so; a cleaning that is under way just then goes on, and is enough.
    """
    after = await keep(work, before, decision)
    if after.room_number is None or after == before:
        return after
    live = await store.lock_live(work.tx, work.tenant_id, after.space_id)
    active = [one.kind for one in live if one.state is WindowState.ACTIVE]
    service = SERVICE[model.strictest(active)] if active else Service.IN_SERVICE
    back = service is Service.IN_SERVICE and before.state is WindowState.ACTIVE
    dirty = back and after.return_status is ReturnStatus.DIRTY and not await _being_cleaned(work, after.space_id)
    condition = Condition.DIRTY if dirty else None
    await spaces.set_service(work, after.space_id, service, after.reason_code, condition=condition)
    return after


async def keep(work: Work, before: Window, decision: Decision[Window]) -> Window:
    """Save and record what was decided, if anything changed."""
    if decision.changed:
        await store.save(work, before, decision.record)
        work.record(decision.events)
    return decision.record


async def _being_cleaned(work: Work, space_id: UUID) -> bool:
    return (await spaces.lock_room(work, space_id)).condition is Condition.CLEANING


async def _taken(work: Work, window: Window) -> bool:
    """Whether somebody is in the room, or a guest who comes on this business date has it."""
    if window.room_number is None:
        return False
    room = await spaces.lock_room(work, window.space_id)
    if room.occupancy is Occupancy.OCCUPIED:
        return True
    coming = await stays.next_arrival(work.tx, work.tenant_id, room.id, work.now)
    if coming is None:
        return False
    hotel = await get_property(work.tx, work.tenant_id, window.property_id)
    zone = ZoneInfo(hotel.zone)
    today = business_date(work.now, zone, hotel.rollover)
    return business_date(coming.arrival, zone, hotel.rollover) <= today
