"""One of everything in a hotel."""

from __future__ import annotations

from base64 import b64decode
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx

from serai.access.connections import service as connections
from serai.access.connections.service import AddConnection, Via
from serai.access.providers import service as providers
from serai.access.providers import store as provider_store
from serai.access.providers.model import Link
from serai.access.providers.service import AddProvider
from serai.areas.notifications import service as notifications
from serai.areas.notifications.model import Outlet, Outsider, Tell, Topic
from serai.kernel.actor import system
from serai.kernel.ids import decode, encode, new_id
from serai.runtime.events import journal, parked
from serai.runtime.work import House, Work

PICTURE = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR42mP4z8AAAAMBAQD3A0FDAAAAAElFTkSuQmCC"
)
PHONE_KEY = (
    "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEb1Q9Gn2mRIMlCNFGD7VsFWsmgoNxaKLX6WmSdvsh92m2"
    "4riiuxg2sgnV/bClcxDYTV01RVzQJ3+jCMyLyOxmlw=="
)


async def furnish(
    client: httpx.AsyncClient, house: House, tenant_id: UUID, property_id: UUID, headers: dict[str, str]
) -> dict[str, UUID]:
    """One of everything, made over HTTP by somebody who may do all: the ids by prefix."""
    place = encode("prp", property_id)

    async def make(path: str, body: dict[str, Any], **more: str) -> dict[str, Any]:
        answer = await client.post(path, json=body, headers={**headers, **more})
        assert answer.is_success, answer.text
        return answer.json()

    async def first(path: str) -> str:
        answer = await client.get(path, headers=headers)
        return answer.json()["items"][0]["id"]

    room = await make("/rooms", {"property_id": place, "number": "101", "room_type": "K"})
    task = await make("/tasks", {"property_id": place, "type": "checkout_cleaning", "room_id": room["id"]})
    person = {"name": "Ana", "login": f"ana-{place}", "roles": [{"role": "housekeeper", "property_id": place}]}
    staff = await make("/staff", person)
    key = await make("/keys", {"name": "PMS", "properties": [place]})
    template = await make("/checklists", {
        "property_id": place, "name": "Room", "task_type": "deep_cleaning",
        "items": [{"key": "bed", "label": "Bed", "kind": "yes_no"}],
    })  # fmt: skip
    booked = {"booking_reference": "R1", "room_number": "101", "arrival": "2026-03-02", "departure": "2026-03-04"}
    event = {"specversion": "1.0", "id": "1", "source": "/pms", "type": "booking.created", "data": booked}
    await make("/events", {**event, "time": f"{house.clock.now():%Y-%m-%dT%H:%M:%SZ}", "propertyid": place},
               **{"content-type": "application/cloudevents+json"})  # fmt: skip
    phone = await make("/phones", {"property_id": place, "name": "Floor 1", "public_key": PHONE_KEY})
    seen = await make(f"/rooms/{room['id']}/observations", {"occupancy": "occupied"})
    order = await make("/maintenance/work-orders", {"property_id": place, "title": "It drips", "room_id": room["id"]})
    diary = f"/maintenance/work-orders/{order['id']}"
    [step] = (await make(f"{diary}/steps", {"titles": ["Drain"]}))["steps"]
    await make(f"{diary}/time-entries", {"minutes": 5, "staff_id": staff["id"]})
    vendor = await make("/maintenance/vendors", {"name": "Omar", "property_id": place, "channel": "sms", "phone": "+93700123456"})
    part = await make("/maintenance/parts", {"property_id": place, "part_number": "F-1", "name": "Filter", "below_zero": True})
    await make(f"{diary}/parts-usage", {"part_id": part["id"], "quantity": "1"})
    await make(f"{diary}/vendor-invoice", {"amount": "1", "vendor_id": vendor["id"]})
    asset = await make("/maintenance/assets", {"property_id": place, "kind": "boiler", "name": "Boiler"})
    meter = await make(f"/maintenance/assets/{asset['id']}/meters", {"kind": "cycles"})
    ends = f"{house.clock.now() + timedelta(days=400):%Y-%m-%dT%H:%M:%SZ}"
    begins = f"{house.clock.now() + timedelta(days=300):%Y-%m-%dT%H:%M:%SZ}"
    closed = await make("/windows", {"room_id": room["id"], "kind": "out_of_order", "starts_at": begins, "ends_at": ends})
    promise = await make("/sla/config", {"property_id": place, "respond_minutes": 5})
    shift = await make("/shifts", {"property_id": place, "staff_id": staff["id"],
                                   "starts_at": "2026-03-02T04:00:00Z", "ends_at": "2026-03-02T12:00:00Z"})  # fmt: skip
    document = await client.post("/files", params={"property_id": place, "name": "bath.png"}, content=PICTURE,
                                 headers={**headers, "content-type": "image/png"})  # fmt: skip
    bound = AddConnection("PMS", Via.REDIS, f"{place}.*", property_id=property_id)
    connection = await house.do(system(tenant_id, "test"), lambda work: connections.add_connection(work, bound))
    told = Tell(property_id, Topic.ORDER_CHANGED, {})
    outside = Outsider("Omar", Outlet.SMS, "+93700123456")
    await house.do(system(tenant_id, "test"), lambda work: notifications.tell_outside(work, outside, told))
    letter = await house.do(system(tenant_id, "test"), lambda work: _dead_letter(work, property_id))
    vouched = await house.do(system(tenant_id, "test"), lambda work: _vouch(house, work, decode("stf", staff["id"])))
    made = (part, asset, meter, room, task, order, step, vendor, promise, closed["items"][0], staff, key, template, shift, seen["discrepancy"], phone, document.json())
    found = [encode("con", connection.id), letter, place, *vouched, *(one["id"] for one in made)]
    found += [await first(path) for path in ("/stays", "/events", "/me/sessions", f"{diary}/time-entries", f"{diary}/parts-usage",
                                           "/maintenance/vendor-invoices", "/maintenance/categories", "/notifications/deliveries")]
    return {text.partition("_")[0]: decode(text.partition("_")[0], text) for text in found}


async def _vouch(house: House, work: Work, staff_id: UUID) -> list[str]:
    """An identity provider, and an account of it that is this person."""
    named = uuid4().hex
    cmd = AddProvider("Accounts", f"https://{named}.example", "x", "y", ("https://hotel.example/",))
    made = await providers.add_provider(house, work, cmd)
    link = Link(new_id(), work.tenant_id, staff_id, made.issuer, "7", work.now)
    await provider_store.add_link(work, link)
    return [encode("idp", made.id), encode("idl", link.id)]


async def _dead_letter(work: Work, property_id: UUID) -> str:
    """The hotel's first fact, as if a reaction had failed at it."""
    [fact] = await journal.read(work.tx, work.tenant_id, property_id, 0, 1)
    await parked.park(work.tx, "turnover", fact, "It failed.", work.now)
    [letter] = await parked.find(work.tx, work.tenant_id, [property_id], None, None, 1)
    return encode("dlq", letter.id)
