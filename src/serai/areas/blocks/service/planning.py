"""Closing spaces: planned by people, or held by work orders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from serai.access.tenancy.service import get_property
from serai.areas.blocks import model, store
from serai.areas.blocks.model import ChangeWindow, Hold, Lane, Place, Schedule, Window, WindowState
from serai.areas.blocks.service.settling import close, look, settle
from serai.areas.spaces import service as spaces
from serai.areas.spaces.model import Kind, Room, Space
from serai.kernel.clock import shown
from serai.kernel.decision import Decision
from serai.kernel.errors import Conflict, NotFound
from serai.kernel.ids import encode
from serai.kernel.text import text
from serai.runtime.work import Work

_HOLDS_ROOMS = (Kind.BUILDING, Kind.FLOOR, Kind.SECTION)


class Closed(Conflict):
    """The space is closed by another window then."""

    code = "closed_already"


async def schedule(work: Work, cmd: Schedule) -> list[Window]:
    """Close a space by plan: a room, another space, or each room of a floor, a section, a building, under one group."""
    space, _ = await spaces.view_space(work.tx, work.actor, cmd.space_id)
    work.actor.need("window.manage", space.property_id)
    places = await _places(work, space)
    return [await _schedule(work, replace(cmd, space_id=one.space_id), one) for one in places]


async def hold(work: Work, cmd: Hold) -> Window:
    """A fault closes its room: with what closes it already, or anew. A consequence; permissions were asked before."""
    live = await store.lock_live(work.tx, work.tenant_id, cmd.room_id)
    there = next((one for one in live if one.lane is Lane.FAULT), None)
    if there is not None:
        window = await close(work, there, model.join(there, cmd, work.now))
    else:
        room = await spaces.get_room(work.tx, work.tenant_id, cmd.room_id)
        hotel = await get_property(work.tx, work.tenant_id, room.property_id)
        until = cmd.until or work.now + timedelta(hours=hotel.policies.closed_hours)
        place = Place(room.property_id, room.id, room.number)
        window = await _make(work, model.hold(_new(work), cmd, place, until, work.actor, work.now))
    window = await look(work, window)
    if cmd.force is not None and window.state is not WindowState.ACTIVE:
        return await close(work, window, model.force(window, cmd.force, work.now))
    return await settle(work, window)


async def change(work: Work, window_id: UUID, cmd: ChangeWindow) -> Window:
    """Change what is described, its kind, or when it begins and ends."""
    window = await locked(work, window_id, "window.manage")
    decision = model.change(window, cmd, work.now)
    if decision.changed:
        await _free(work, decision.record)
    return await settle(work, await look(work, await close(work, window, decision)))


async def locked(work: Work, window_id: UUID, permission: str) -> Window:
    """The window, locked, for who may do this to it; to others who may not see it, it is absent."""
    window = await store.get(work.tx, work.tenant_id, window_id, lock=True)
    work.actor.need(permission, window.property_id)
    return window


async def _schedule(work: Work, cmd: Schedule, place: Place) -> Window:
    decision = model.schedule(_new(work), cmd, place, work.actor, work.now)
    await _free(work, decision.record)
    return await settle(work, await look(work, await _make(work, decision)))


async def _make(work: Work, decision: Decision[Window]) -> Window:
    await store.insert(work, decision.record)
    work.record(decision.events)
    return decision.record


async def _free(work: Work, window: Window) -> None:
    """Say which window stands there already; the database refuses it where two come at once."""
    found = await store.closing(work.tx, work.tenant_id, window.space_id, (window.starts_at, window.ends_at))
    other = next((one for one in found if one.lane is window.lane and one.id != window.id), None)
    if other is not None:
        zone = ZoneInfo((await get_property(work.tx, work.tenant_id, window.property_id)).zone)
        start, end = shown(other.starts_at, zone), shown(other.ends_at, zone)
        raise Closed(
            text("It is closed from {start} to {end} already.", start=start, end=end), window_id=encode("win", other.id)
        )


async def _places(work: Work, space: Space) -> Sequence[Place]:
    if space.archived_at is not None:
        raise Conflict("The space is archived.")
    if space.kind not in _HOLDS_ROOMS:
        return [Place(space.property_id, space.id, space.number if isinstance(space, Room) else None)]
    rooms = await spaces.rooms_inside(work.tx, work.tenant_id, space.id)
    if not rooms:
        raise NotFound("There is no room in it.")
    group = _new(work)
    return [Place(one.property_id, one.id, one.number, group) for one in rooms]


def _new(work: Work) -> UUID:
    return work.new_id()
