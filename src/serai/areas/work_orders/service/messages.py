"""What vendors write by SMS or WhatsApp: understood, or given to a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from serai.access.identity import service as identity
from serai.access.tenancy.service import get_property
from serai.areas.notifications import service as notifications
from serai.areas.notifications.model import Tell, Topic
from serai.areas.vendors import service as vendors
from serai.areas.vendors.model import Acknowledgement, Channel, Dispatch, Reply, Word, understand
from serai.areas.work_orders.model import Resolution
from serai.areas.work_orders.service.costing import FinalLines
from serai.areas.work_orders.service.diary import note
from serai.areas.work_orders.service.working import finish, vendor_said
from serai.kernel.ids import encode
from serai.runtime.work import Work

MESSAGES_LINK: Final = "messages"
"""What the hook of a company's gateway is good for."""


@dataclass(frozen=True, slots=True)
class Message:
    """What came in: from which number, by which channel, and what was written."""

    phone: str
    text: str
    channel: Channel


async def vendor_wrote(work: Work, cmd: Message) -> Word | None:
    """The vendor's order is acknowledged, declined or done; None: not understood, and a person is told.

    The phone names the vendor, the order is the one that it has, or, of several, the one whose number it writes.
    A phone that no vendor with an open order has changes nothing.
    """
    given = await vendors.of_phone(work.tx, work.tenant_id, cmd.phone)
    if not given:
        return None
    hotel = await get_property(work.tx, work.tenant_id, given[0].property_id)
    reply = understand(cmd.text, work.now, ZoneInfo(hotel.zone))
    meant = _meant(given, reply)
    if meant is None or reply.word is None:
        await _ask_somebody(work, given, cmd)
        return None
    said = Acknowledgement(reply.promised_at, cmd.channel, cmd.text[:200])
    if reply.word is Word.DONE:
        await finish(work, meant.order_id, Resolution(f"Done, writes {meant.vendor_name}: {cmd.text}"), FinalLines())
    else:
        await vendor_said(work, meant.order_id, said, comes=reply.word is Word.ACCEPT)
    return reply.word


def _meant(given: list[Dispatch], reply: Reply) -> Dispatch | None:
    if reply.number is not None:
        given = [one for one in given if one.order_number == reply.number]
    return given[0] if len(given) == 1 else None


async def _ask_somebody(work: Work, given: list[Dispatch], cmd: Message) -> None:
    words = {"name": given[0].vendor_name, "reason": cmd.text}
    for order_id in sorted({one.order_id for one in given}):
        await note(work, order_id, f"{given[0].vendor_name} writes: {cmd.text}")
    for place in sorted({one.property_id for one in given}):
        people: list[UUID] = [
            one.id for one in await identity.list_staff(work.tx, work.tenant_id, place, "maintenance_supervisor")
        ]
        await notifications.tell(
            work, people, Tell(place, Topic.VENDOR_UNCLEAR, words, encode("mnt", given[0].order_id))
        )
