"""The commands and questions about connections."""

from __future__ import annotations

from uuid import UUID

from serai.access import directory
from serai.access.connections import model, store
from serai.access.connections.model import AddConnection, ChangeConnection, Connection, Via
from serai.access.tenancy.service import get_property
from serai.kernel.actor import Actor, system
from serai.kernel.errors import Conflict, NotFound, Stale
from serai.kernel.ids import new_id
from serai.kernel.text import text
from serai.runtime.db.tx import ReadTx
from serai.runtime.http import ListQuery, Page, page
from serai.runtime.work import House, Work

__all__ = ["AddConnection", "ChangeConnection", "Connection", "Via"]
SORTS = ("name",)


async def add_connection(work: Work, cmd: AddConnection) -> Connection:
    """Bind a way in; one address speaks for one company."""
    if cmd.property_id is not None:
        await get_property(work.tx, work.tenant_id, cmd.property_id)
    decision = model.add(new_id(), work.tenant_id, cmd)
    made = decision.record
    if not await directory.add_connection(work.tx, made.via.value, made.address, made.id):
        raise Conflict(text("{address} speaks for somebody already.", address=made.address))
    await store.insert(work, made, work.now)
    work.record(decision.events)
    return made


async def change_connection(work: Work, connection_id: UUID, cmd: ChangeConnection) -> Connection:
    """Change, pause or resume a way in."""
    before = await store.get(work.tx, work.tenant_id, connection_id, lock=True)
    if before.version != cmd.version:
        raise Stale
    if hotel := cmd.fields.get("property_id"):
        await get_property(work.tx, work.tenant_id, hotel)
    decision = model.change(before, cmd)
    if decision.events:
        await store.save(work, decision.record)
        work.record(decision.events)
    return decision.record


async def remove_connection(work: Work, connection_id: UUID) -> Connection:
    """Cut a way in; a queue at the broker stays there with what is in it."""
    before = await store.get(work.tx, work.tenant_id, connection_id, lock=True)
    decision = model.remove(before)
    await directory.drop_connection(work.tx, before.via.value, before.address)
    await store.delete(work, before)
    work.record(decision.events)
    return decision.record


async def get_connection(tx: ReadTx, actor: Actor, connection_id: UUID) -> Connection:
    """A connection that the actor may see, or NotFound."""
    found, seen = await store.get(tx, actor.tenant_id, connection_id), actor.where("connection.read")
    if seen is not None and found.property_id not in seen:
        raise NotFound
    return found


async def list_connections(tx: ReadTx, actor: Actor, query: ListQuery) -> Page[Connection]:
    """The connections of the actor's properties, or of the whole company, by name."""
    query.sorted_by(SORTS)
    after = query.after(str, UUID)
    places = actor.where("connection.read")
    seen = None if places is None else list(places)
    found = await store.find(tx, actor.tenant_id, seen, (after[0], after[1]) if after else None, query.limit + 1)
    total = await store.count(tx, actor.tenant_id, seen) if query.count else None
    return page(found, query, lambda one: (one.name, one.id), total)


async def open_connections(house: House, via: Via, address: str | None = None) -> list[Connection]:
    """Every company's connections of a kind that are not paused, or the one at an address."""
    async with house.db.directory() as tx:
        entries = await directory.connections(tx, via.value, address)
    found: list[Connection] = []
    for one in entries:
        actor = system(one.tenant_id, "connections")
        try:
            connection = await house.read(actor, lambda tx, one=one: store.get(tx, one.tenant_id, one.connection_id))
        except NotFound:
            continue  # cut meanwhile
        if not connection.paused:
            found.append(connection)
    return found
