"""All routes: what is another's is as absent as what was never there."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import httpx
import pytest

from serai.access.identity.roles import OPERATORS
from serai.access.tenancy import service as tenancy
from serai.cli.gen.source import Source
from serai.kernel.actor import system
from serai.kernel.ids import encode
from serai.runtime.http import etag
from serai.runtime.http.problems import MEDIA
from serai.runtime.work import House
from tests.conftest import Hotel, SignIn, make_hotel
from tests.contracts import furnishing
from tests.contracts.routes import Door
from tests.contracts.routes import doors as all_doors

READ = {"if-match": etag.tag(1, b"")}
COMPANYS = {"mcat"}
"""What all hotels of a company have in common, and see."""
Furnish = Callable[[Hotel], Awaitable[dict[str, UUID]]]

@pytest.fixture(scope="session")
def doors(told: Source) -> list[Door]:
    """All routes that need a permission."""
    return [one for one in all_doors(told) if one.route.permission]


@pytest.fixture
def furnish(client: httpx.AsyncClient, house: House, sign: SignIn) -> Furnish:
    """One of everything in a hotel: the ids by prefix."""

    async def furnish(hotel: Hotel) -> dict[str, UUID]:
        headers = await sign("executive_admin", at=hotel, everywhere=True)
        return await furnishing.furnish(client, house, hotel.tenant_id, hotel.property_id, headers)

    return furnish


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
    doors = [one for one in doors if not COMPANYS & set(one.prefixes.values())]
    found = [*await opened(client, doors, headers, theirs), *await taken(client, doors, headers, theirs)]
    assert not found, "\n".join(found)
