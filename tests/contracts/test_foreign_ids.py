"""All routes: what is another's is as absent as what was never there."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from serai.access.connections import service as connections
from serai.access.connections.service import AddConnection, Via
from serai.access.identity.roles import OPERATORS
from serai.access.providers import service as providers
from serai.access.providers import store as provider_store
from serai.access.providers.model import Link
from serai.access.providers.service import AddProvider
from serai.access.tenancy import service as tenancy
from serai.cli.gen.source import Source
from serai.kernel.actor import system
from serai.kernel.ids import decode, encode, new_id
from serai.runtime.events import journal, parked
from serai.runtime.http import etag
from serai.runtime.http.problems import MEDIA
from serai.runtime.work import House, Work
from tests.conftest import Hotel, SignIn, make_hotel
from tests.contracts.routes import Door
from tests.contracts.routes import doors as all_doors

READ = {"if-match": etag.tag(1, b"")}
Furnish = Callable[[Hotel], Awaitable[dict[str, UUID]]]

PICTURE = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR42mP4z8AAAAMBAQD3A0FDAAAAAElFTkSuQmCC"
)
PHONE_KEY = (
    "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEb1Q9Gn2mRIMlCNFGD7VsFWsmgoNxaKLX6WmSdvsh92m2"
    "4riiuxg2sgnV/bClcxDYTV01RVzQJ3+jCMyLyOxmlw=="
)


@pytest.fixture(scope="session")
def doors(told: Source) -> list[Door]:
    """All routes that need a permission."""
    return [one for one in all_doors(told) if one.route.permission]


@pytest.fixture
def furnish(client: httpx.AsyncClient, house: House, sign: SignIn) -> Furnish:
    """One of everything in a hotel, made over HTTP: the ids by prefix."""

    async def furnish(hotel: Hotel) -> dict[str, UUID]:
        headers = await sign("executive_admin", at=hotel, everywhere=True)
        place = encode("prp", hotel.property_id)

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
        await make("/events", {**event, "time": "2026-03-02T08:00:00Z", "propertyid": place},
                   **{"content-type": "application/cloudevents+json"})  # fmt: skip
        phone = await make("/phones", {"property_id": place, "name": "Floor 1", "public_key": PHONE_KEY})
        seen = await make(f"/rooms/{room['id']}/observations", {"occupancy": "occupied"})
        shift = await make("/shifts", {"property_id": place, "staff_id": staff["id"],
                                       "starts_at": "2026-03-02T04:00:00Z", "ends_at": "2026-03-02T12:00:00Z"})  # fmt: skip
        document = await client.post("/files", params={"property_id": place, "name": "bath.png"}, content=PICTURE,
                                     headers={**headers, "content-type": "image/png"})  # fmt: skip
        bound = AddConnection("PMS", Via.REDIS, f"{place}.*", property_id=hotel.property_id)
        connection = await hotel.do(lambda work: connections.add_connection(work, bound))
        letter = await hotel.do(lambda work: dead_letter(work, hotel))
        vouched = await hotel.do(lambda work: vouch(house, work, decode("stf", staff["id"])))
        made = (room, task, staff, key, template, shift, seen["discrepancy"], phone, document.json())
        found = [encode("con", connection.id), letter, place, *vouched, *(one["id"] for one in made)]
        found += [await first(path) for path in ("/stays", "/events", "/me/sessions")]
        return {text.partition("_")[0]: decode(text.partition("_")[0], text) for text in found}

    return furnish


async def vouch(house: House, work: Work, staff_id: UUID) -> list[str]:
    """An identity provider, and an account of it that is this person."""
    named = uuid4().hex
    cmd = AddProvider("Accounts", f"https://{named}.example", "x", "y", ("https://hotel.example/",))
    made = await providers.add_provider(house, work, cmd)
    link = Link(new_id(), work.tenant_id, staff_id, made.issuer, "7", work.now)
    await provider_store.add_link(work, link)
    return [encode("idp", made.id), encode("idl", link.id)]


async def dead_letter(work: Work, hotel: Hotel) -> str:
    """The hotel's first fact, as if a reaction had failed at it."""
    [fact] = await journal.read(work.tx, hotel.tenant_id, hotel.property_id, 0, 1)
    await parked.park(work.tx, "turnover", fact, "It failed.", work.now)
    [letter] = await parked.find(work.tx, hotel.tenant_id, [hotel.property_id], None, None, 1)
    return encode("dlq", letter.id)


@pytest.fixture
async def neighbour(house: House, hotel: Hotel) -> Hotel:
    """Another property of the same tenant."""
    made = tenancy.CreateProperty(code="annex", name="Annex", zone="Asia/Kabul", currency="AFN", locale="fa-AF")
    property_ = await house.do(system(hotel.tenant_id, "test"), lambda work: tenancy.create_property(work, made))
    return Hotel(house, hotel.tenant_id, property_.id, "annex")


async def opened(
    client: httpx.AsyncClient, doors: list[Door], headers: dict[str, str], ids: dict[str, UUID]
) -> list[str]:
    """The routes that do not answer 404 to these ids in their path."""
    found: list[str] = []
    for one in (one for one in doors if one.prefixes):
        assert set(one.prefixes.values()) <= ids.keys(), f"make one for {one.route.name}"
        answer = await client.request(one.route.method, one.url(ids), headers={**headers, **READ}, json=one.body())
        if answer.status_code == 403 and one.route.permission in OPERATORS:
            continue
        if answer.status_code != 404 or answer.headers["content-type"] != MEDIA:
            found.append(f"{one.route.name}: {answer.status_code} {answer.text[:160]}")
    return found


async def taken(
    client: httpx.AsyncClient, doors: list[Door], headers: dict[str, str], ids: dict[str, UUID]
) -> list[str]:
    """The routes without ids in their path that act on these ids in body or query, or show what they mean."""
    found: list[str] = []
    asked = [one for one in doors if not one.prefixes and (one.body(ids), one.url(ids)) != (one.body(), one.url())]
    assert len(asked) > 5
    for one in asked:
        answer = await client.request(one.route.method, one.url(ids), headers=headers, json=one.body(ids))
        if answer.status_code not in {403, 404, 422} and not (answer.is_success and _tells_nothing(answer.json(), ids)):
            found.append(f"{one.route.name}: {answer.status_code} {answer.text[:160]}")
    return found


def _tells_nothing(body: dict[str, Any], ids: dict[str, UUID]) -> bool:
    """Whether an answer speaks of none of the ids; a bulk may repeat one only to say that it is not there."""
    items = [one for one in body.get("items", ()) if (one.get("error") or {}).get("status") != 404]
    shown = str({**body, "items": items})
    return not any(encode(prefix, value) in shown for prefix, value in ids.items())


async def test_the_furnished_hotel_opens_to_its_own_admin(
    client: httpx.AsyncClient, sign: SignIn, hotel: Hotel, furnish: Furnish, doors: list[Door]
) -> None:
    ids = await furnish(hotel)
    headers = await sign("executive_admin", everywhere=True)
    reads = [one for one in doors if one.route.method == "GET" and one.prefixes and "ses" not in one.prefixes.values()]
    answers = [(one, await client.get(one.url(ids), headers=headers)) for one in reads]
    assert len(answers) > 5
    assert [f"{one.route.name}: {answer.text}" for one, answer in answers if not answer.is_success] == []


async def test_another_tenants_ids_are_absent_on_every_route(
    client: httpx.AsyncClient, house: House, sign: SignIn, furnish: Furnish, doors: list[Door]
) -> None:
    theirs = await furnish(await make_hotel(house, "rival"))
    headers = await sign("executive_admin", everywhere=True)
    found = [*await opened(client, doors, headers, theirs), *await taken(client, doors, headers, theirs)]
    assert not found, "\n".join(found)


async def test_another_propertys_ids_are_absent_on_every_route(
    client: httpx.AsyncClient, sign: SignIn, neighbour: Hotel, furnish: Furnish, doors: list[Door]
) -> None:
    theirs = await furnish(neighbour)
    headers = await sign("venue_admin")
    found = [*await opened(client, doors, headers, theirs), *await taken(client, doors, headers, theirs)]
    assert not found, "\n".join(found)
