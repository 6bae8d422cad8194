"""Properties and policies over HTTP."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from serai.access.tenancy import service as tenancy
from serai.kernel.errors import Conflict, NotFound
from serai.runtime.work import House
from tests.access.making import Company, company, signed

BODY: dict[str, Any] = {"code": "porto", "name": "Porto", "zone": "Europe/Lisbon", "currency": "EUR"}


async def admin(client: httpx.AsyncClient, company: Company, place: Any = None) -> dict[str, str]:
    """The header of an administrator of a hotel, or of all."""
    staff = await company.person("venue_admin" if place else "executive_admin", place)
    return await signed(client, staff.login)


async def test_a_hotel_is_opened_with_its_hours_and_policies(client: httpx.AsyncClient, sun: Company) -> None:
    headers = await admin(client, sun)
    made = await client.post(
        "/properties",
        headers=headers,
        json={**BODY, "checkIn": "16:00", "policies": {"inspects": False, "sla_minutes": {"checkout_cleaning": 45}}},
    )
    assert made.status_code == 201, made.text
    shown = made.json()
    assert (shown["check_in"], shown["check_out"], shown["rollover"]) == ("16:00:00", "11:00:00", "04:00:00")
    assert shown["policies"]["inspects"] is False
    assert shown["policies"]["sla_minutes"] == {"checkout_cleaning": 45}
    assert shown["allowed_actions"] == ["update", "set_policies"]
    read = await client.get(f"/properties/{shown['id']}", headers=headers)
    assert read.json() == shown
    assert (await client.post("/properties", headers=headers, json=BODY)).status_code == 409
    default = await client.post("/properties", headers=headers, json={**BODY, "code": "faro"})
    assert default.json()["policies"]["sla_minutes"] == {"checkout_cleaning": 60}
    sun.house.shelf[tenancy.SLA_SHELF] = {"checkout_cleaning": 50}
    usual = await client.post("/properties", headers=headers, json={**BODY, "code": "beja"})
    assert usual.json()["policies"]["sla_minutes"] == {"checkout_cleaning": 50}


async def test_values_that_no_hotel_can_have_are_refused(client: httpx.AsyncClient, sun: Company) -> None:
    headers = await admin(client, sun)
    cases: list[dict[str, Any]] = [
        {"zone": "Lisbon"},
        {"currency": "XXX"},
        {"policies": {"inspects": "perhaps"}},
        {"policies": {"of_tomorrow": True}},
        {"policies": {"sla_minutes": {"checkout_cleaning": -1}}},
        {"policies": {"sla_minutes": {"checkout_cleaning": 10**30}}},
        {"check_in": "25:00"},
        {"check_in": "16:00:00+01:00"},
        {"code": "Porto"},
        {"name": "a\u0007"},
        {"tenant_id": "x"},
        {"version": 3},
    ]
    for more in cases:
        answer = await client.post("/properties", headers=headers, json={**BODY, **more})
        assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json"), more


async def test_only_who_manages_the_whole_company_opens_a_hotel(client: httpx.AsyncClient, sun: Company) -> None:
    assert (await client.post("/properties", headers=await admin(client, sun, sun.here), json=BODY)).status_code == 403


async def test_hours_and_policies_are_changed_by_who_may(client: httpx.AsyncClient, sun: Company) -> None:
    headers = await admin(client, sun, sun.here)
    path = f"/properties/{sun.here}"
    etag = (await client.get(path, headers=headers)).headers["etag"]
    assert (await client.patch(path, headers=headers, json={"name": "X"})).status_code == 428
    both = await client.patch(
        path, headers={**headers, "if-match": etag}, json={"name": "Grand", "policies": {"pickup": True}}
    )
    assert (both.status_code, both.json()["version"]) == (200, 3)
    stale = await client.patch(path, headers={**headers, "if-match": etag}, json={"name": "Small"})
    assert stale.status_code == 412
    rules = await client.patch(f"/settings/{sun.here}", headers=headers, json={"version": 3, "guestNames": True})
    assert rules.json()["policies"]["guest_names"] is True
    same = await client.patch(f"/settings/{sun.here}", headers=headers, json={"version": 4, "guestNames": True})
    assert same.json() == rules.json()
    assert (await client.get(f"/settings/{sun.here}", headers=headers)).json() == rules.json()
    told = (await client.get("/audit", headers=headers, params={"subject": str(sun.here)})).json()["items"]
    assert [(one["type"], one["version"]) for one in told] == [
        ("tenant.settings.changed.v1", 4),
        ("tenant.settings.changed.v1", 3),
        ("property.updated.v1", 2),
        ("property.created.v1", 1),
    ]
    assert told[0]["changes"] == {"policies.guest_names": {"before": False, "after": True}}


async def test_who_only_sees_a_hotel_does_not_change_it(client: httpx.AsyncClient, sun: Company) -> None:
    staff = await sun.person("housekeeper", sun.here)
    headers = await signed(client, staff.login)
    for body in ({"name": "X"}, {"policies": {"inspects": False}}):
        answer = await client.patch(f"/properties/{sun.here}", headers=headers, json={"version": 1, **body})
        assert answer.status_code == 403
    assert (await client.patch(f"/settings/{sun.here}", headers=headers, json={"version": 1})).status_code == 403
    assert (await client.get(f"/properties/{sun.here}", headers=headers)).json()["allowed_actions"] == []


async def test_another_companys_or_hotels_property_is_not_there(
    client: httpx.AsyncClient, sun: Company, moon: Company
) -> None:
    headers = await admin(client, sun, sun.here)
    for one in (sun.there, moon.here, sun.tenant_id):
        for path in (f"/properties/{one}", f"/settings/{one}"):
            assert (await client.get(path, headers=headers)).status_code == 404
            changed = await client.patch(path, headers=headers, json={"version": 1, "inspects": False})
            assert changed.status_code == (404 if "settings" in path else 422)
        assert (await client.patch(f"/properties/{one}", headers=headers, json={"version": 1})).status_code == 404


async def test_hotels_are_listed_by_code_page_by_page(client: httpx.AsyncClient, sun: Company) -> None:
    headers = await admin(client, sun)
    await client.post("/properties", headers=headers, json=BODY)
    first = (await client.get("/properties", headers=headers, params={"limit": 2, "count": "true"})).json()
    assert ([one["code"] for one in first["items"]], first["total"]) == (["here", "porto"], 3)
    rest = (await client.get("/properties", headers=headers, params={"cursor": first["next_cursor"]})).json()
    assert [one["code"] for one in rest["items"]] == ["there"]
    mine = (
        await client.get("/properties", headers=await admin(client, sun, sun.there), params={"count": "true"})
    ).json()
    assert ([one["code"] for one in mine["items"]], mine["total"]) == (["there"], 1)


async def test_a_code_means_one_company(house: House, sun: Company) -> None:
    with pytest.raises(Conflict, match="sun"):
        await company(house, "sun")
    found = await tenancy.find_tenant(house, "sun")
    assert found is not None
    assert found.tenant_id == sun.tenant_id
    assert await tenancy.find_tenant(house, "mars") is None


async def test_a_hotel_is_found_by_its_code(sun: Company) -> None:
    async with sun.house.db.read(sun.tenant_id) as tx:
        assert (await tenancy.property_by_code(tx, sun.tenant_id, "here")).id == sun.here
        assert (await tenancy.get_property(tx, sun.tenant_id, sun.here)).policies.inspects
        with pytest.raises(NotFound):
            await tenancy.property_by_code(tx, sun.tenant_id, "nowhere")
        with pytest.raises(NotFound):
            await tenancy.get_tenant(tx, sun.here)
