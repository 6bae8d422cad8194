"""Vendors: reachable, changed, resting."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import httpx
import pytest

from serai.areas.vendors import model
from serai.areas.vendors.model import AddVendor, ChangeVendor, Channel
from serai.kernel.actor import system
from serai.kernel.errors import Invalid, Stale
from serai.kernel.hours import Hours
from serai.kernel.ids import encode, new_id
from tests.areas.housekeeping.people import Caller
from tests.conftest import Hotel, SignIn

URL = "/maintenance/vendors"
OMAR: dict[str, Any] = {"name": "Omar", "channel": "whatsapp", "phone": "+93700123456"}
HOUSE = system(new_id(), "test")


@pytest.fixture
async def chief(client: httpx.AsyncClient, sign: SignIn) -> Caller:
    """Who keeps the book."""
    return Caller(client, await sign("maintenance_supervisor", everywhere=True))


@pytest.mark.integration
async def test_a_vendor_with_a_phone_is_added_changed_and_rests(client: httpx.AsyncClient, chief: Caller) -> None:
    hours = [{"days": [7, 1, 1], "begins": "08:00", "ends": "17:30"}]
    more = {"windows": hours, "categories": ["plumbing"], "hourly_rate": "450.50", "currency": "AFN"}
    omar = await chief.post(URL, {**OMAR, **more}, 201)
    assert (omar["windows"], omar["hourly_rate"]) == ([{**hours[0], "days": [1, 7]}], "450.50")
    url = f"{URL}/{omar['id']}"
    changed = await chief.ask("PATCH", url, {"categories": [], "windows": [], "note": "Ask for tea", "version": 1})
    assert (changed["categories"], changed["note"], changed["version"]) == ([], "Ask for tea", 2)
    tag = (await client.get(url, headers=chief.headers)).headers["etag"]
    rests = await chief.ask("DELETE", url, None, **{"if-match": tag})
    assert (rests["active"], rests["version"]) == (False, 3)
    assert (await chief.get(f"{URL}?active=true"))["items"] == []
    assert [one["id"] for one in (await chief.get(f"{URL}?active=false"))["items"]] == [omar["id"]]


@pytest.mark.integration
async def test_the_book_is_sorted_by_name_and_asked_by_trade(
    client: httpx.AsyncClient, chief: Caller, sign: SignIn
) -> None:
    for name, trades in (("Zia", ["hvac"]), ("Omar", []), ("Ahmad", ["lock", "it"])):
        await chief.post(URL, {**OMAR, "name": name, "categories": trades}, 201)
    first = await chief.get(f"{URL}?limit=2&count=true")
    rest = await chief.get(f"{URL}?limit=2&cursor={first['next_cursor']}")
    assert [one["name"] for one in (*first["items"], *rest["items"])] == ["Ahmad", "Omar", "Zia"]
    assert first["total"] == 3
    assert [one["name"] for one in (await chief.get(f"{URL}?category=it"))["items"]] == ["Ahmad", "Omar"]
    tom = await sign("technician")
    assert (await client.get(URL, headers=tom)).json()["items"][0]["allowed_actions"] == []
    assert (await client.post(URL, json=OMAR, headers=tom)).status_code == 403


@pytest.mark.integration
@pytest.mark.parametrize(
    ("said", "pointer"),
    [
        ({"channel": "email"}, "/email"),
        ({"phone": None}, "/phone"),
        ({"phone": "0700123456"}, "/phone"),
        ({"hourly_rate": "5"}, "/hourly_rate"),
        ({"windows": [{"days": [1], "begins": "09:00", "ends": "08:00"}]}, "/windows/0"),
        ({"windows": [{"days": [8], "begins": "09:00", "ends": "10:00"}]}, "/windows/0/days/0"),
    ],
)
async def test_what_cannot_be_is_refused(
    client: httpx.AsyncClient, chief: Caller, said: dict[str, Any], pointer: str
) -> None:
    refused = await client.post(URL, json={**OMAR, **said}, headers=chief.headers)
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, pointer)


@pytest.mark.integration
async def test_a_hotels_own_vendors_are_its_own_and_the_companys_are_changed_by_who_works_everywhere(
    client: httpx.AsyncClient, hotel: Hotel, chief: Caller, sign: SignIn
) -> None:
    here = Caller(client, await sign("maintenance_supervisor"))
    assert (await client.post(URL, json=OMAR, headers=here.headers)).status_code == 403
    mine = await here.post(URL, {**OMAR, "property_id": encode("prp", hotel.property_id)}, 201)
    shared = await chief.post(URL, {**OMAR, "name": "Zia"}, 201)
    listed = (await here.get(URL))["items"]
    assert [(one["id"], one["allowed_actions"]) for one in listed] == [(mine["id"], ["update"]), (shared["id"], [])]
    assert (await here.get(f"{URL}/{shared['id']}"))["name"] == "Zia"
    changed = await client.patch(f"{URL}/{shared['id']}", json={"note": "x", "version": 1}, headers=here.headers)
    assert changed.status_code == 403
    nowhere = {**OMAR, "property_id": encode("prp", hotel.tenant_id)}
    assert (await client.post(URL, json=nowhere, headers=here.headers)).status_code == 404


@pytest.mark.integration
async def test_what_must_be_there_cannot_be_taken_away(client: httpx.AsyncClient, chief: Caller) -> None:
    omar = await chief.post(URL, OMAR, 201)
    url = f"{URL}/{omar['id']}"
    refused = await client.patch(url, json={"name": None, "version": 1}, headers=chief.headers)
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/name")
    assert (await client.patch(url, json={"phone": None, "version": 1}, headers=chief.headers)).status_code == 422


def test_a_change_that_changes_nothing_is_none_and_a_late_one_is_refused() -> None:
    made = model.add(new_id(), AddVendor("Omar", Channel.CALL_ONLY, phone="+93700123456"), HOUSE).record
    assert not model.change(made, ChangeVendor(1, {"name": "Omar"})).changed
    with pytest.raises(Stale):
        model.change(made, ChangeVendor(2, {}))


def test_every_fault_is_told_at_once() -> None:
    made = model.add(new_id(), AddVendor("Omar", Channel.EMAIL, email="o@example.org"), HOUSE).record
    wrong = replace(made, email=None, hourly_rate=Decimal(5), windows=(Hours((1,), "10:00", "09:00"),))
    with pytest.raises(Invalid) as refused:
        model.change(made, ChangeVendor(1, {"email": None, "hourly_rate": wrong.hourly_rate, "windows": wrong.windows}))
    assert [one.pointer for one in refused.value.faults] == ["/email", "/hourly_rate", "/windows/0"]
