"""The commands and questions about notifications."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from serai.access.identity import service as identity
from serai.access.tenancy.service import get_property
from serai.areas.notifications import model, store
from serai.areas.notifications.model import Delivery, Notice, NoticeSettings, Outsider, Said, Tell
from serai.kernel.actor import Actor, ActorKind, system
from serai.kernel.decision import Decision
from serai.kernel.errors import Forbidden, Unavailable
from serai.runtime.db.tx import ReadTx
from serai.runtime.gateways import Gateways
from serai.runtime.http import ListQuery, Page, page
from serai.runtime.links import LINKS, Link, Links
from serai.runtime.work import House, Work

GATEWAYS: Final = "notifications.gateways"
"""Where a house keeps its ways outside."""
ATTEMPTS: Final = 8


async def tell(work: Work, staff_ids: Sequence[UUID], cmd: Tell) -> int:
    """Tell people something, each in their language and by their channels; how many.

    A consequence of another act. Those who let themselves be told only on shift are asked of by the caller.
    """
    zone = await _zone(work, cmd.property_id)
    for one in await store.settings_of(work.tx, work.tenant_id, staff_ids):
        person = await identity.get_staff(work.tx, work.tenant_id, one.staff_id)
        ids = [_new(work) for _ in range(1 + len(one.channels))]
        await _keep(work, model.tell(ids, cmd, one, person.name, zone, work.now))
    return len(staff_ids)


async def tell_outside(work: Work, who: Outsider, cmd: Tell) -> None:
    """Tell somebody outside something, within the hours in which they may be called. A consequence of another act."""
    zone = await _zone(work, cmd.property_id)
    await _keep(work, model.tell_outside([_new(work), _new(work)], work.tenant_id, cmd, who, zone, work.now))


async def on_shift_only(tx: ReadTx, tenant_id: UUID, staff_ids: Sequence[UUID]) -> set[UUID]:
    """Which of these people are told only while they are on shift."""
    return {one.staff_id for one in await store.settings_of(tx, tenant_id, staff_ids) if one.on_shift_only}


async def wake(work: Work, ids: list[UUID]) -> None:
    """Quiet hours are over: what waited goes on its way."""
    for one in await store.lock_many(work.tx, work.tenant_id, ids):
        await _change(work, one, model.go(one, work.now))


async def send(house: House, tenant_id: UUID, delivery_id: UUID) -> None:
    """Hand a delivery to its gateway. One that is out, given up or old is left; a gateway that fails is asked again."""
    actor = system(tenant_id, "notifications")
    delivery = await house.do(actor, partial(_current, delivery_id=delivery_id))
    if delivery is None:
        return
    gateways: Gateways = house.shelf.get(GATEWAYS) or Gateways({})
    if not gateways.has(delivery.channel):
        unset = partial(model.failed, error=f"No gateway for {delivery.channel.value} is set up.")
        await house.do(actor, partial(_end, delivery_id=delivery_id, how=unset))
        return
    try:
        await gateways.send(delivery.channel, delivery.address, delivery.subject, _with_link(house, delivery))
    except Unavailable as error:
        if model.given_up(delivery, house.clock.now()):
            given_up = partial(model.failed, error=str(error))
            await house.do(actor, partial(_end, delivery_id=delivery_id, how=given_up))
            return
        await house.do(actor, partial(_note, delivery_id=delivery_id, error=str(error)))
        raise
    await house.do(actor, partial(_end, delivery_id=delivery_id, how=model.sent))


async def again(work: Work, delivery_id: UUID) -> Delivery:
    """Send what did not get out once more."""
    delivery = await store.lock(work.tx, work.tenant_id, delivery_id)
    work.actor.need("notification.manage", delivery.property_id)
    return await _change(work, delivery, model.again(delivery, work.now))


async def mine(tx: ReadTx, actor: Actor, query: ListQuery, *, unread: bool | None) -> Page[Notice]:
    """What the caller was told, the newest first."""
    who = _person(actor)
    query.sorted_by(("-created_at",))
    after = query.after(datetime.fromisoformat, UUID)
    key = (after[0], after[1]) if after else None
    found = await store.mine(tx, actor.tenant_id, who, key, query.limit + 1, unread=unread)
    total = await store.count_mine(tx, actor.tenant_id, who, unread=unread) if query.count else None
    return page(found, query, lambda one: (one.created_at, one.id), total)


async def read(work: Work, ids: Sequence[UUID] | None) -> int:
    """The caller has read these (None: all); how many were new."""
    return await store.read(work.tx, work.tenant_id, _person(work.actor), None if ids is None else list(ids), work.now)


async def settings(tx: ReadTx, actor: Actor) -> NoticeSettings:
    """How the caller wants to be told."""
    who = _person(actor)
    [found] = await store.settings_of(tx, actor.tenant_id, [who])
    return found


async def change(work: Work, fields: Mapping[str, Any], version: int) -> NoticeSettings:
    """Say how one wants to be told: all of it."""
    [before] = await store.settings_of(work.tx, work.tenant_id, [_person(work.actor)], lock=True)
    decision = model.change(before, replace(before, **fields), version, work.tenant_id)
    if decision.changed:
        await store.save_settings(work, before, decision.record)
        work.record(decision.events)
    return decision.record


async def deliveries(
    tx: ReadTx, actor: Actor, query: ListQuery, *,
    property_id: UUID | None = None, state: str | None = None, about: str | None = None,
) -> Page[Delivery]:  # fmt: skip
    """What went outside, as far as this caller may see, the newest first."""
    query.sorted_by(("-created_at",))
    asked = (actor.places("notification.read", property_id), state, about)
    after = query.after(datetime.fromisoformat, UUID)
    key = (after[0], after[1]) if after else None
    found = await store.log(tx, actor.tenant_id, asked, key, query.limit + 1)
    total = await store.count_log(tx, actor.tenant_id, asked) if query.count else None
    return page(found, query, lambda one: (one.created_at, one.id), total)


async def _current(work: Work, delivery_id: UUID) -> Delivery | None:
    """The delivery, if it is on its way and worth sending; what has become old is ended."""
    delivery = await store.lock(work.tx, work.tenant_id, delivery_id)
    if delivery.state is not model.DeliveryState.QUEUED:
        return None
    if model.too_old(delivery, work.now):
        await _change(work, delivery, model.expire(delivery, work.now))
        return None
    return delivery


async def _end(work: Work, delivery_id: UUID, how: Callable[..., Decision[Delivery]]) -> None:
    delivery = await store.lock(work.tx, work.tenant_id, delivery_id)
    await _change(work, delivery, how(delivery, now=work.now))


def _with_link(house: House, delivery: Delivery) -> str:
    """The text with its link signed."""
    to = delivery.link
    if to is None:
        return delivery.body
    links: Links = house.shelf[LINKS]
    token = links.sign(to.purpose, Link(delivery.tenant_id, to.id), to.until)
    return delivery.body.replace(model.HERE, links.url(to.page, token))


async def _note(work: Work, delivery_id: UUID, error: str) -> None:
    await store.note_error(work.tx, work.tenant_id, delivery_id, error)


async def _keep(work: Work, said: Said) -> None:
    await store.insert(work, said.notice)
    for one, told in zip(said.deliveries, said.events, strict=True):
        await store.insert_delivery(work, one)
        work.record((told,))


async def _change(work: Work, before: Delivery, decision: Decision[Delivery]) -> Delivery:
    if decision.changed:
        await store.save_delivery(work, before, decision.record)
        work.record(decision.events)
    return decision.record


async def _zone(work: Work, property_id: UUID) -> ZoneInfo:
    return ZoneInfo((await get_property(work.tx, work.tenant_id, property_id)).zone)


def _person(actor: Actor) -> UUID:
    if actor.kind is not ActorKind.STAFF or actor.id is None:
        raise Forbidden("People are told things; programs listen to events.")
    return actor.id


def _new(work: Work) -> UUID:
    return work.new_id()
