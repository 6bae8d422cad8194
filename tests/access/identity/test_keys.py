"""Keys for programs: shown once, kept hashed, reaching no further than said."""

from __future__ import annotations

from typing import Any

import httpx

from serai.kernel.clock import ManualClock
from serai.kernel.ids import encode
from tests.access.making import Company, bearer, signed


async def admin(client: httpx.AsyncClient, company: Company, place: Any = None) -> dict[str, str]:
    """The header of an administrator of a hotel, or of all."""
    staff = await company.person("venue_admin" if place else "executive_admin", place)
    return await signed(client, staff.login)


async def test_a_key_opens_what_its_roles_do_where_they_hold(client: httpx.AsyncClient, sun: Company) -> None:
    headers = await admin(client, sun)
    body = {"name": "PMS", "properties": [encode("prp", sun.here)], "roles": ["integration", "viewer"]}
    made = await client.post("/keys", headers=headers, json=body)
    assert made.status_code == 201, made.text
    key = made.json()
    assert key["secret"].startswith(key["prefix"] + "_")
    program = bearer(key["secret"])
    me = (await client.get("/me", headers=program)).json()
    assert (me["kind"], me["id"], me["login"], me["roles"]) == ("api_key", key["id"], None, [])
    assert [one["code"] for one in me["properties"]] == ["here"]
    assert (await client.get("/staff", headers=program)).status_code == 403
    assert (await client.get(f"/properties/{sun.there}", headers=program)).status_code == 404
    wrong = {"current_password": "x", "password": "another horse battery"}
    assert (await client.post("/me/password", headers=program, json=wrong)).status_code == 401
    assert (await client.get("/me/sessions", headers=program)).json()["items"] == []


async def test_a_secret_is_shown_once_and_kept_nowhere(client: httpx.AsyncClient, sun: Company) -> None:
    headers = {**await admin(client, sun), "idempotency-key": "one"}
    made = await client.post("/keys", headers=headers, json={"name": "PMS"})
    secret = made.json()["secret"]
    again = await client.post("/keys", headers=headers, json={"name": "PMS"})
    assert (again.status_code, again.json()["id"], again.json()["secret"]) == (201, made.json()["id"], None)
    path = f"/keys/{made.json()['id']}"
    shown = [(await client.get(one, headers=headers)).text for one in (path, "/keys", "/audit")]
    assert not any(secret in one or secret[20:] in one for one in shown)
    async with sun.house.db.read(sun.tenant_id) as tx:
        for table in ("api_key", "journal", "idempotency"):
            rows = await tx.fetch(f"select t::text row from app.{table} t where tenant_id = $1", sun.tenant_id)
            assert not any(secret[20:] in row["row"] or secret[20:].encode().hex() in row["row"] for row in rows)


async def test_a_revoked_key_opens_nothing(client: httpx.AsyncClient, sun: Company) -> None:
    headers = await admin(client, sun)
    key = (await client.post("/keys", headers=headers, json={"name": "PMS"})).json()
    program = bearer(key["secret"])
    assert (await client.get("/me", headers=program)).status_code == 200
    revoked = await client.post(f"/keys/{key['id']}/revoke", headers=headers)
    assert (revoked.json()["state"], revoked.json()["allowed_actions"]) == ("revoked", [])
    assert (await client.get("/me", headers=program)).status_code == 401
    again = await client.post(f"/keys/{key['id']}/revoke", headers=headers)
    assert (again.status_code, again.json()["version"]) == (200, 2)


async def test_a_key_without_sense_is_refused(
    client: httpx.AsyncClient, sun: Company, moon: Company, clock: ManualClock
) -> None:
    headers = await admin(client, sun)
    for more in (
        {"roles": []},
        {"roles": ["venue_admin"]},
        {"roles": ["super_admin"]},
        {"properties": []},
        {"properties": [str(moon.here)]},
        {"properties": [str(sun.here), str(moon.here)]},
        {"expires_at": "2020-01-01T00:00:00Z"},
        {"expires_at": "2030-01-01T00:00:00"},
        {"secret": "mine"},
    ):
        assert (await client.post("/keys", headers=headers, json={"name": "PMS", **more})).status_code == 422, more


async def test_keys_that_reach_elsewhere_are_not_there(client: httpx.AsyncClient, sun: Company, moon: Company) -> None:
    boss, mine = await admin(client, sun), await admin(client, sun, sun.here)
    bodies = [
        {"name": "a", "properties": [str(sun.here)]},
        {"name": "b", "properties": [str(sun.there)]},
        {"name": "c"},
    ]
    made = [(await client.post("/keys", headers=boss, json=one)).json()["id"] for one in bodies]
    listed = (await client.get("/keys", headers=mine, params={"count": "true"})).json()
    assert ([one["id"] for one in listed["items"]], listed["total"]) == (made[:1], 1)
    for headers in (mine, await admin(client, moon)):
        for one in made[1:]:
            assert (await client.get(f"/keys/{one}", headers=headers)).status_code == 404
            assert (await client.post(f"/keys/{one}/revoke", headers=headers)).status_code == 404
    assert (await client.post("/keys", headers=mine, json={"name": "all"})).status_code == 403
    first = (await client.get("/keys", headers=boss, params={"limit": 2})).json()
    rest = (await client.get("/keys", headers=boss, params={"cursor": first["next_cursor"]})).json()
    assert [one["id"] for one in first["items"] + rest["items"]] == made
