"""The audit log: who, when, from where, before, after; only where one looks."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import httpx

from serai.kernel.clock import ManualClock
from serai.kernel.ids import encode
from tests.access.making import Company, signed


async def admin(client: httpx.AsyncClient, company: Company, place: Any = None) -> dict[str, str]:
    """The header of an administrator of a hotel, or of all."""
    staff = await company.person("venue_admin" if place else "executive_admin", place)
    return await signed(client, staff.login)


async def test_a_change_is_told_with_who_when_from_where_before_and_after(
    client: httpx.AsyncClient, sun: Company, clock: ManualClock
) -> None:
    headers = await admin(client, sun)
    me = (await client.get("/me", headers=headers)).json()
    staff = await sun.person("viewer", sun.here, login="rosa")
    clock.set(clock.now() + timedelta(minutes=1))
    body = {"version": 1, "name": "Rosa Dias", "roles": [{"role": "housekeeper", "property_id": str(sun.here)}]}
    await client.patch(
        f"/staff/{staff.id}",
        headers={**headers, "x-correlation-id": "the-change"},
        json={**body, "password": "tea at the seventh gate"},
    )
    query = {"subject": encode("stf", staff.id), "actor": me["id"], "limit": 1}
    (line,) = (await client.get("/audit", headers=headers, params=query)).json()["items"]
    assert (line["type"], line["subject"]) == ("staff.member.updated.v1", encode("stf", staff.id))
    assert (line["actor"], line["actor_id"], line["actor_kind"]) == (me["name"], me["id"], "staff")
    assert line["at"] == "2026-03-02T08:01:00+00:00"
    assert line["source"] == f"PATCH /api/v1/staff/{staff.id} from 127.0.0.1"
    assert (line["correlation_id"], line["property_id"]) == ("the-change", None)
    assert line["changes"]["name"] == {"before": "Rosa", "after": "Rosa Dias"}
    assert line["changes"]["roles"]["before"][0]["role"] == "viewer"
    assert line["changes"]["roles"]["after"][0]["role"] == "housekeeper"
    assert line["changes"]["password"] == {"before": "hidden", "after": "hidden"}


async def test_an_auditor_of_one_hotel_reads_that_hotel(client: httpx.AsyncClient, sun: Company, moon: Company) -> None:
    mine = await admin(client, sun, sun.here)
    lines = (await client.get("/audit", headers=mine)).json()["items"]
    assert {one["property_id"] for one in lines} == {encode("prp", sun.here)}
    for one in (sun.there, moon.here):
        assert (await client.get("/audit", headers=mine, params={"property_id": str(one)})).status_code == 404
    boss = await admin(client, sun)
    there = (await client.get("/audit", headers=boss, params={"propertyId": str(sun.there)})).json()["items"]
    assert [one["type"] for one in there] == ["property.created.v1"]
    foreign = await client.get("/audit", headers=boss, params={"subject": str(moon.here)})
    assert foreign.json()["items"] == []
    keeper = await sun.person("housekeeper", sun.here)
    assert (await client.get("/audit", headers=await signed(client, keeper.login))).status_code == 403


async def test_the_log_is_read_page_by_page_between_two_instants(
    client: httpx.AsyncClient, sun: Company, clock: ManualClock
) -> None:
    headers = await admin(client, sun)
    start = clock.now()
    for minute in (1, 2, 3):
        clock.set(start + timedelta(minutes=minute))
        await sun.person("viewer", sun.here)
    query: dict[str, Any] = {
        "from": (start + timedelta(minutes=1)).isoformat(),
        "to": (start + timedelta(minutes=3)).isoformat(),
        "count": "true",
        "limit": 1,
    }
    first = (await client.get("/audit", headers=headers, params=query)).json()
    rest = (await client.get("/audit", headers=headers, params={**query, "cursor": first["next_cursor"]})).json()
    seen = [one["at"][14:16] for one in first["items"] + rest["items"]]
    assert (seen, first["total"], rest["next_cursor"]) == (["02", "01"], 2, None)


async def test_a_question_of_the_wrong_form_is_refused(client: httpx.AsyncClient, sun: Company) -> None:
    headers = await admin(client, sun)
    for query in (
        {"subject": "x"},
        {"actor": "stf_x"},
        {"from": "2026-01-01T00:00:00"},
        {"to": "yesterday"},
        {"sort": "actor"},
        {"cursor": "AAAA"},
        {"payload": "x"},
        {"subject__startswith": "x"},
    ):
        assert (await client.get("/audit", headers=headers, params=query)).status_code == 422, query
