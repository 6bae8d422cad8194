"""People over HTTP: who sees whom, who may make whom what."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from serai.access.identity import service as identity
from serai.kernel.ids import encode
from tests.access.making import PASSWORD, Company, signed, tokens

NEW: dict[str, Any] = {"name": "Rosa", "login": "Rosa@Example.com", "password": PASSWORD}


def held(role: str, place: Any = None) -> dict[str, Any]:
    """A role in a body."""
    return {"role": role, "property_id": None if place is None else str(place)}


async def admin(client: httpx.AsyncClient, company: Company, place: Any = None) -> dict[str, str]:
    """The header of an administrator of a hotel, or of all."""
    staff = await company.person("venue_admin" if place else "executive_admin", place)
    return await signed(client, staff.login)


async def test_a_person_taken_on_signs_in_with_his_login_and_his_address(
    client: httpx.AsyncClient, sun: Company
) -> None:
    headers = await admin(client, sun, sun.here)
    made = await client.post("/staff", headers=headers, json={**NEW, "roles": [held("housekeeper", sun.here)]})
    assert made.status_code == 201, made.text
    shown = made.json()
    assert (shown["login"], shown["state"], shown["version"]) == ("rosa@example.com", "active", 1)
    assert shown["allowed_actions"] == ["update", "deactivate"]
    assert PASSWORD not in made.text
    await tokens(client, "rosa@example.com")
    again = await client.post("/staff", headers=headers, json={**NEW, "roles": [held("viewer", sun.here)]})
    assert again.status_code == 409


async def test_one_address_means_one_person_of_a_company(
    client: httpx.AsyncClient, sun: Company, moon: Company
) -> None:
    headers = await admin(client, sun)
    await sun.person("viewer", None, login="rosa@example.com")
    body = {"name": "R", "login": "other", "email": "rosa@example.com", "roles": []}
    assert (await client.post("/staff", headers=headers, json=body)).status_code == 409
    assert (await client.post("/staff", headers=await admin(client, moon), json=body)).status_code == 201


async def test_nobody_grants_above_himself(client: httpx.AsyncClient, sun: Company) -> None:
    headers = await admin(client, sun, sun.here)
    for number, (role, place, status) in enumerate(
        [
            ("housekeeper", sun.here, 201),
            ("venue_admin", sun.here, 201),
            ("housekeeper", sun.there, 422),
            ("housekeeper", None, 403),
            ("executive_admin", None, 403),
            ("executive_admin", sun.here, 422),
            ("super_admin", None, 422),
            ("bellboy", sun.here, 422),
        ]
    ):
        body = {**NEW, "login": f"rosa{number}", "roles": [held(role, place)]}
        made = await client.post("/staff", headers=headers, json=body)
        assert made.status_code == status, made.text
        mixed = [held("housekeeper", sun.here), held(role, place)]
        staff = await sun.person("viewer", sun.here)
        changed = await client.patch(f"/staff/{staff.id}", headers=headers, json={"version": 1, "roles": mixed})
        assert changed.status_code == (200 if status == 201 else status), changed.text


async def test_a_property_of_another_company_is_no_place_for_a_role(
    client: httpx.AsyncClient, sun: Company, moon: Company
) -> None:
    headers = await admin(client, sun)
    answers = [
        await client.post("/staff", headers=headers, json={**NEW, "roles": [held("housekeeper", place)]})
        for place in (moon.here, sun.tenant_id)
    ]
    assert [one.status_code for one in answers] == [422, 422]
    assert len({one.text.replace(one.json()["trace_id"], "") for one in answers}) == 1


async def test_who_may_not_manage_people_changes_nobody_not_even_himself(
    client: httpx.AsyncClient, sun: Company
) -> None:
    for role in ("housekeeper", "housekeeping_supervisor", "front_desk", "viewer", "integration"):
        staff = await sun.person(role, sun.here)
        headers = await signed(client, staff.login)
        body = {"version": 1, "roles": [held("venue_admin", sun.here)]}
        assert (await client.patch(f"/staff/{staff.id}", headers=headers, json=body)).status_code == 403
        assert (await client.post("/staff", headers=headers, json={**NEW, "roles": []})).status_code == 403
        assert (await client.post(f"/staff/{staff.id}/deactivate", headers=headers)).status_code == 403


async def test_a_field_that_is_nobodys_to_set_is_refused(client: httpx.AsyncClient, sun: Company) -> None:
    headers = await admin(client, sun)
    staff = await sun.person("viewer", sun.here)
    for more in (
        {"permissions": ["tenant.manage"]},
        {"tenant_id": "ten_x"},
        {"id": "stf_x"},
        {"state": "active"},
        {"password_hash": "x"},
        {"is_admin": True},
        {"created_by": "x"},
        {"propertyId": "x"},
    ):
        made = await client.post("/staff", headers=headers, json={**NEW, "roles": [], **more})
        assert made.status_code == 422, more
        changed = await client.patch(f"/staff/{staff.id}", headers=headers, json={"version": 1, "name": "Eve", **more})
        assert changed.status_code == 422, more
    assert (await client.post("/staff", headers=headers, json={**NEW, "roles": [], "version": 1})).status_code == 422
    unchanged = (await client.get(f"/staff/{staff.id}", headers=headers)).json()
    assert (unchanged["name"], unchanged["version"]) == (staff.name, 1)


async def test_another_companys_or_hotels_people_are_not_there(
    client: httpx.AsyncClient, sun: Company, moon: Company
) -> None:
    headers = await admin(client, sun, sun.here)
    away, foreign = await sun.person("viewer", sun.there), await moon.person("viewer", moon.here)
    for one in (away.id, foreign.id, sun.tenant_id):
        calls = [
            client.get(f"/staff/{one}", headers=headers),
            client.patch(f"/staff/{one}", headers=headers, json={"version": 1, "name": "Eve"}),
            client.post(f"/staff/{one}/deactivate", headers=headers),
            client.post(f"/staff/{one}/activate", headers=headers),
        ]
        assert [(await call).status_code for call in calls] == [404] * 4
    listed = (await client.get("/staff", headers=headers)).json()["items"]
    assert encode("stf", away.id) not in {one["id"] for one in listed}


async def test_everybody_knows_those_of_his_hotel_by_name_and_nothing_else(
    client: httpx.AsyncClient, sun: Company, moon: Company
) -> None:
    boss, gone = await sun.person("executive_admin", None), await sun.person("technician", sun.here)
    away = await sun.person("viewer", sun.there)
    left = await client.post(f"/staff/{gone.id}/deactivate", headers=await signed(client, boss.login))
    assert left.status_code == 200
    for role in ("housekeeper", "technician", "front_desk"):
        staff = await sun.person(role, sun.here)
        headers = await signed(client, staff.login)
        read = await client.get("/people", headers=headers, params={"property_id": str(sun.here), "limit": 200})
        items = read.json()["items"]
        assert {"id": encode("stf", staff.id), "name": staff.name} in items
        assert {encode("stf", one.id) for one in (boss, gone)} <= {one["id"] for one in items}
        assert encode("stf", away.id) not in {one["id"] for one in items}
        elsewhere = [
            await client.get("/people", headers=headers, params={"property_id": str(one)})
            for one in (sun.there, moon.here)
        ]
        assert [one.status_code for one in elsewhere] == [404, 404]
    assert (await client.get("/people", headers=headers)).status_code == 422


async def test_a_change_takes_the_version_that_was_read(client: httpx.AsyncClient, sun: Company) -> None:
    headers = await admin(client, sun)
    staff = await sun.person("viewer", sun.here)
    path = f"/staff/{encode('stf', staff.id)}"
    read = await client.get(path, headers=headers)
    assert (await client.get(path, headers={**headers, "if-none-match": read.headers["etag"]})).status_code == 304
    assert (await client.patch(path, headers=headers, json={"name": "Eve"})).status_code == 428
    match = {**headers, "if-match": read.headers["etag"]}
    changed = await client.patch(path, headers=match, json={"name": "Eve", "email": "eve@example.com"})
    assert (changed.status_code, changed.json()["version"]) == (200, 2)
    assert (await client.patch(path, headers=match, json={"name": "Eva"})).status_code == 412
    same = await client.patch(path, headers=headers, json={"version": 2, "name": "Eve"})
    assert same.json()["version"] == 2


async def test_a_password_set_by_an_administrator_ends_all_sessions(client: httpx.AsyncClient, sun: Company) -> None:
    headers = await admin(client, sun)
    staff = await sun.person("viewer", sun.here, login="rosa")
    rosa = await signed(client, "rosa")
    body = {"version": 1, "password": "another horse battery"}
    assert (await client.patch(f"/staff/{staff.id}", headers=headers, json=body)).status_code == 200
    assert (await client.get("/me", headers=rosa)).status_code == 401
    await tokens(client, "rosa", "another horse battery")


async def test_a_person_is_let_go_and_taken_back(client: httpx.AsyncClient, sun: Company) -> None:
    headers = await admin(client, sun)
    me = (await client.get("/me", headers=headers)).json()["id"]
    staff = await sun.person("viewer", sun.here, login="rosa")
    gone = await client.post(f"/staff/{staff.id}/deactivate", headers=headers)
    assert (gone.json()["state"], gone.json()["allowed_actions"]) == ("deactivated", ["update", "activate"])
    again = await client.post(f"/staff/{staff.id}/deactivate", headers=headers)
    assert again.json()["version"] == gone.json()["version"] == 2
    left = await client.get("/staff", headers=headers, params={"state": "deactivated"})
    assert [one["id"] for one in left.json()["items"]] == [gone.json()["id"]]
    await client.post(f"/staff/{staff.id}/activate", headers=headers)
    await tokens(client, "rosa")
    assert (await client.post(f"/staff/{me}/deactivate", headers=headers)).status_code == 409


async def test_the_staff_is_listed_by_name_page_by_page(client: httpx.AsyncClient, sun: Company) -> None:
    headers = await admin(client, sun)
    for login in ("ana", "bea", "cloe"):
        await sun.person("housekeeper", sun.here, login=login)
    await sun.person("housekeeper", sun.there, login="dora")
    query: dict[str, Any] = {"role": "housekeeper", "propertyId": str(sun.here), "limit": 2, "count": "true"}
    first = (await client.get("/staff", headers=headers, params=query)).json()
    assert ([one["login"] for one in first["items"]], first["total"]) == (["ana", "bea"], 3)
    rest = (await client.get("/staff", headers=headers, params={**query, "cursor": first["next_cursor"]})).json()
    assert ([one["login"] for one in rest["items"]], rest["next_cursor"]) == (["cloe"], None)
    assert (await client.get("/staff", headers=headers, params={"sort": "password"})).status_code == 422
    absent = await client.get(
        "/staff", headers=await admin(client, sun, sun.here), params={"propertyId": str(sun.there)}
    )
    assert absent.status_code == 404


async def test_other_areas_ask_for_the_active_people_of_a_hotel(sun: Company) -> None:
    rosa = await sun.person("housekeeper", sun.here)
    boss = await sun.person("executive_admin", None)
    await sun.person("housekeeper", sun.there)
    async with sun.house.db.read(sun.tenant_id) as tx:
        found = await identity.list_staff(tx, sun.tenant_id, sun.here, None)
        keepers = await identity.list_staff(tx, sun.tenant_id, sun.here, "housekeeper")
        assert await identity.get_staff(tx, sun.tenant_id, rosa.id) == rosa
    assert {one.id for one in found} == {rosa.id, boss.id}
    assert keepers == [rosa]


@pytest.mark.parametrize(
    "password",
    ["password1234", "qwertyuiop123", "1234567890123", "iloveyouforever", "aaaaaaaaaaaaaa", "rosarosarosa", "x" * 128],
)
async def test_a_password_that_is_easy_to_guess_is_refused(
    client: httpx.AsyncClient, sun: Company, password: str
) -> None:
    await sun.person("executive_admin", None, login="boss")
    roles = [{"role": "viewer", "property_id": encode("prp", sun.here)}]
    body: dict[str, Any] = {"name": "Rosa", "login": "rosa", "password": password, "roles": roles}
    answer = await client.post("/staff", json=body, headers=await signed(client, "boss"))
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/password"), answer.text
    assert "guess" in answer.json()["errors"][0]["message"]
    good = await client.post(
        "/staff", json={**body, "password": "tea at the seventh gate"}, headers=await signed(client, "boss")
    )
    assert good.status_code == 201
