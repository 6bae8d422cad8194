"""Making, editing, archiving and finding spaces."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from serai.access.tenancy.service import get_property
from serai.areas.spaces import model, store
from serai.areas.spaces.model import Draft, Kind, Policies, Room, Space
from serai.areas.spaces.service.rooms import RoomView
from serai.kernel.actor import Actor
from serai.kernel.errors import Conflict, Fault, Invalid, NotFound
from serai.kernel.ids import BadId, decode
from serai.kernel.text import text
from serai.runtime.db.tx import ReadTx
from serai.runtime.http import ListQuery, Page, page
from serai.runtime.work import Work

SORTS = ("sort_key",)
MOST_AT_ONCE = 500


async def create_space(
    work: Work, property_id: UUID, draft: Draft, *, space_id: UUID | None = None
) -> tuple[Space, Policies]:
    """Make a space in a property; a room number or code that is in use there is refused."""
    work.actor.need("space.manage", property_id)
    policies = (await get_property(work.tx, work.tenant_id, property_id)).policies
    above = await _above(work, property_id, draft.parent_id)
    decision = model.create(space_id or _new(work), work.tenant_id, property_id, draft, above, policies)
    await store.insert(work, decision.record)
    work.record(decision.events)
    return decision.record, policies


async def create_rooms(work: Work, property_id: UUID, drafts: Sequence[Draft]) -> list[RoomView]:
    """Make up to 500 rooms at once, all or none."""
    work.actor.need("space.manage", property_id)
    if len(drafts) > MOST_AT_ONCE:
        raise Invalid(faults=[Fault("/rooms", text("at most {most} rooms at once", most=MOST_AT_ONCE))])
    policies = (await get_property(work.tx, work.tenant_id, property_id)).policies
    parents = {one: await _above(work, property_id, one) for one in {draft.parent_id for draft in drafts}}
    made: list[RoomView] = []
    for draft in drafts:
        above = parents[draft.parent_id]
        decision = model.create(_new(work), work.tenant_id, property_id, draft, above, policies)
        room = decision.record
        if not isinstance(room, Room):
            raise Invalid(faults=[Fault("/rooms", "only rooms are made here")])
        made.append(RoomView(room, policies))
        work.record(decision.events)
    await store.insert_many(work, [one.room for one in made])
    return made


async def view_space(tx: ReadTx, actor: Actor, space_id: UUID) -> tuple[Space, Policies]:
    """A space as this caller may read it."""
    space = await store.get(tx, actor.tenant_id, space_id)
    actor.need("space.read", space.property_id)
    return space, (await get_property(tx, actor.tenant_id, space.property_id)).policies


async def any_of(tx: ReadTx, tenant_id: UUID, space_id: UUID) -> Space:
    """A space of the company; who may ask was asked before."""
    return await store.get(tx, tenant_id, space_id)


async def usable_space(work: Work, property_id: UUID, space_id: UUID | None) -> Space | None:
    """The space of this property that something is to be done in, if one is named; an archived one is refused."""
    if space_id is None:
        return None
    space, _ = await view_space(work.tx, work.actor, space_id)
    if space.property_id != property_id:
        raise NotFound
    if space.archived_at is not None:
        raise Conflict("The space is archived.")
    return space


async def rooms_inside(tx: ReadTx, tenant_id: UUID, space_id: UUID) -> list[Room]:
    """The living rooms in a space, at any depth, in the order of their ids; a suite's own room is not among them."""
    return await store.rooms_inside(tx, tenant_id, space_id)


async def edit_space(
    work: Work, space_id: UUID, given: Mapping[str, Any], version: int | None, *, kind: Kind | None = None
) -> tuple[Space, Policies]:
    """Change the described fields of a space; `kind` refuses as absent what is of another kind."""
    wanted = given.get("parent_id")
    locked = await store.lock(work.tx, work.tenant_id, [space_id, *([wanted] if wanted else [])])
    space = locked.get(space_id)
    if space is None or (kind and space.kind is not kind):
        raise NotFound
    work.actor.need("space.manage", space.property_id)
    policies = (await get_property(work.tx, work.tenant_id, space.property_id)).policies
    above = await _above(work, space.property_id, wanted)
    decision = model.edit(space, given, above, policies, version)
    if decision.changed:
        await store.save(work, decision.record)
        work.record(decision.events)
    return decision.record, policies


async def archive_space(work: Work, space_id: UUID, version: int | None) -> tuple[Space, Policies]:
    """Take a space out of use; refused while something lies in it or a guest is there."""
    locked = await store.lock(work.tx, work.tenant_id, [space_id])
    space = locked.get(space_id)
    if space is None:
        raise NotFound
    work.actor.need("space.manage", space.property_id)
    policies = (await get_property(work.tx, work.tenant_id, space.property_id)).policies
    inside = await store.inside(work.tx, work.tenant_id, space_id)
    decision = model.archive(space, inside, policies, version, work.now)
    if decision.changed:
        await store.save(work, decision.record)
        work.record(decision.events)
    return decision.record, policies


async def list_spaces(
    tx: ReadTx, actor: Actor, query: ListQuery, *, property_id: UUID | None, kind: Kind | None, parent_id: UUID | None
) -> Page[tuple[Space, Policies]]:
    """Living spaces in natural order, with the policies of their properties."""
    query.sorted_by(SORTS)
    after = query.after(str, UUID)
    seen = actor.properties()
    where = store.Where(
        actor.tenant_id, None if seen is None else list(seen), property_id, kind and kind.value, parent_id
    )
    found = await store.spaces(tx, where, (after[0], after[1]) if after else None, query.limit + 1)
    total = await store.count_spaces(tx, where) if query.count else None
    properties = {one.property_id for one in found}
    policies = {one: (await get_property(tx, actor.tenant_id, one)).policies for one in properties}
    shown = [(one, policies[one.property_id]) for one in found]
    return page(shown, query, lambda one: (store.sort_key(one[0]), one[0].id), total)


async def find_room(tx: ReadTx, tenant_id: UUID, property_id: UUID, text: str) -> UUID | None:
    """The room that `text` names in this property: by its id, the code of the PMS, or its number."""
    try:
        space = await store.get(tx, tenant_id, decode("spc", text))
    except (BadId, NotFound):
        return await store.find_room(tx, tenant_id, property_id, text)
    return space.id if isinstance(space, Room) and space.property_id == property_id else None


async def _above(work: Work, property_id: UUID, parent_id: UUID | None) -> list[Space]:
    if parent_id is None:
        return []
    above = await store.above(work.tx, work.tenant_id, parent_id)
    if not above or above[0].property_id != property_id:
        raise Invalid(faults=[Fault("/parent_id", "no space of this property")])
    return above


def _new(work: Work) -> UUID:
    return work.new_id()
