"""A vendor that is given an order is told, with a link by which it answers."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from serai.access.identity import service as identity
from serai.access.tenancy.service import get_property
from serai.areas.notifications import service as notifications
from serai.areas.notifications.model import LinkTo, Outlet, Outsider, Tell, Topic
from serai.areas.vendors import events
from serai.areas.vendors import service as vendors
from serai.areas.vendors.model import Channel
from serai.areas.work_orders import service as work_orders
from serai.flows.notify import SUPERVISOR
from serai.kernel.ids import decode
from serai.runtime.events.catalog import Incoming
from serai.runtime.slice import Reaction
from serai.runtime.work import Work

GOOD_FOR: Final = timedelta(days=7)
"""How long a vendor's link is good."""
_OUTLETS: Final = {Channel.WHATSAPP: Outlet.WHATSAPP, Channel.SMS: Outlet.SMS, Channel.EMAIL: Outlet.EMAIL}


async def vendor_given(work: Work, fact: Incoming) -> None:
    """A message by the vendor's own channel, in its callback hours; who is called alone is called by somebody."""
    given = fact.data
    place = decode("prp", given["property_id"])
    hotel = await get_property(work.tx, work.tenant_id, place)
    vendor = await vendors.get(work.tx, work.actor, decode("vnd", given["vendor_id"]))
    order = await work_orders.lock(work, decode("mnt", given["order_id"]))
    words = {
        "hotel": hotel.name, "number": str(given["order_number"]), "title": given["title"], "name": vendor.name,
        "place": given["room_number"] or hotel.name,
    }  # fmt: skip
    link = LinkTo("v", work_orders.VENDORS_LINK, fact.subject, fact.at + GOOD_FOR)
    to = vendor.email if vendor.channel is Channel.EMAIL else vendor.phone
    outlet = _OUTLETS.get(vendor.channel)
    if outlet is not None and to is not None:
        who = Outsider(vendor.name, outlet, to, vendor.language or hotel.locale, vendor.windows)
        cmd = Tell(place, Topic.VENDOR_ORDER, words, given["order_id"], order.safety_concern, link)
        await notifications.tell_outside(work, who, cmd)
        return
    people = await identity.list_staff(work.tx, work.tenant_id, place, SUPERVISOR)
    cmd = Tell(place, Topic.VENDOR_CALL, {**words, "phone": vendor.phone or "-"}, given["order_id"])
    await notifications.tell(work, [one.id for one in people], cmd)


REACTIONS = (Reaction("tell.vendor", (events.ASSIGNED,), vendor_given),)
