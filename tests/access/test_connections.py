"""The platform binds connections; one address speaks for one company."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from serai.access.identity import service as identity
from serai.access.tenancy import service as tenancy
from serai.kernel.actor import system
from serai.runtime.work import House
from tests.conftest import PASSWORD, Hotel, SignIn, make_hotel

pytestmark = pytest.mark.integration
QUEUE = {"name": "PMS", "via": "rabbitmq", "address": "inn.in", "bindings": ["booking.*"]}


@pytest.fixture
async def operator(house: House, client: httpx.AsyncClient) -> Any:
    """The platform's own staff, who enter a company: what is called with a hotel gives the headers."""
    platform = await tenancy.create_tenant(house, tenancy.CreateTenant("platform", "Platform", platform=True))
    grant = identity.RoleGrant(identity.Role.SUPER_ADMIN)
    cmd = identity.CreateStaff("Root", "root", roles=(grant,), password=PASSWORD)
    await house.do(system(platform.id, "test"), lambda work: identity.create_staff(work, cmd))
    own = (await client.post("/auth/token", json={"login": "root", "password": PASSWORD})).json()["access_token"]

    async def enter(hotel: Hotel) -> dict[str, str]:
        answer = await client.post(
            "/auth/exchange",
            json={"tenant": hotel.code},
            headers={"authorization": f"Bearer {own}"},
        )
        assert answer.status_code == 200, answer.text
        return {"authorization": f"Bearer {answer.json()['access_token']}"}

    return enter


async def test_a_companys_admin_sees_connections_and_binds_none(
    client: httpx.AsyncClient, sign: SignIn, operator: Any, hotel: Hotel
) -> None:
    admin = await sign("executive_admin", everywhere=True)
    refused = await client.post("/connections", json=QUEUE, headers=admin)
    assert (refused.status_code, refused.json()["permission"]) == (403, "connection.manage")

    inside = await operator(hotel)
    made = await client.post("/connections", json=QUEUE, headers=inside)
    assert made.status_code == 201, made.text
    [shown] = (await client.get("/connections", headers=admin)).json()["items"]
    assert (shown["id"], shown["bindings"], shown["allowed_actions"]) == (made.json()["id"], ["booking.*"], [])
    assert made.json()["allowed_actions"] == ["update", "remove"]
    for method, way in (("PATCH", ""), ("DELETE", "")):
        answer = await client.request(method, f"/connections/{shown['id']}{way}", headers=admin)
        assert answer.status_code in {403, 422}


async def test_one_address_speaks_for_one_company_until_it_is_cut(
    client: httpx.AsyncClient, house: House, operator: Any, hotel: Hotel
) -> None:
    inside, other = await operator(hotel), await operator(await make_hotel(house, "other"))
    made = (await client.post("/connections", json=QUEUE, headers=inside)).json()
    taken = await client.post("/connections", json=QUEUE, headers=other)
    assert taken.status_code == 409
    assert (await client.get(f"/connections/{made['id']}", headers=other)).status_code == 404

    path = f"/connections/{made['id']}"
    assert (await client.patch(path, json={"paused": True}, headers=inside)).status_code == 428
    paused = await client.patch(path, json={"paused": True}, headers={**inside, "if-match": '"1-0"'})
    assert (paused.json()["paused"], paused.json()["version"]) == (True, 2), paused.text
    same = await client.patch(path, json={"paused": True, "version": 2}, headers=inside)
    assert (same.status_code, same.json()["version"]) == (200, 2), same.text
    stale = await client.patch(path, json={"paused": False, "version": 1}, headers=inside)
    assert stale.status_code == 412
    nameless = await client.patch(path, json={"name": None, "version": 2}, headers=inside)
    assert (nameless.status_code, nameless.json()["errors"][0]["pointer"]) == (422, "/name"), nameless.text
    assert (await client.delete(path, headers=inside)).status_code == 200
    assert (await client.get(path, headers=inside)).status_code == 404
    assert (await client.post("/connections", json=QUEUE, headers=other)).status_code == 201


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"name": "a\u0007"}, "/name"),
        ({"address": "a b"}, "/address"),
        ({"bindings": ["a b"]}, "/bindings"),
        ({"via": "redis"}, "/bindings"),
        ({"audience": "https://x"}, "/audience"),
        ({"via": "pubsub", "bindings": []}, "/service_account"),
        ({"via": "pubsub", "bindings": [], "address": "projects/p/subscriptions/s", "audience": "x",
          "service_account": "nobody"}, "/service_account"),
        ({"property_id": "prp_00000000000000000000000000"}, None),
    ],
)  # fmt: skip
async def test_what_cannot_be_listened_to_is_refused(
    client: httpx.AsyncClient, operator: Any, hotel: Hotel, change: dict[str, Any], where: str | None
) -> None:
    answer = await client.post("/connections", json={**QUEUE, **change}, headers=await operator(hotel))
    assert answer.status_code == (422 if where else 404), answer.text
    if where:
        assert where in [one["pointer"] for one in answer.json()["errors"]]
