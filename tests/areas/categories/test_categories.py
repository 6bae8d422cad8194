"""Whose trade a fault is: the usual ones, renamed, put away, and a company's own."""

from __future__ import annotations

from uuid import UUID

import httpx
import pytest

from serai.areas.categories import model
from serai.areas.categories.model import AddCategory, ChangeCategory
from serai.kernel.errors import Conflict, Invalid, Stale
from serai.kernel.ids import encode
from tests.areas.housekeeping.people import Caller
from tests.conftest import Hotel, SignIn

URL = "/maintenance/categories"


def test_every_company_has_the_usual_ones_under_ids_of_its_own() -> None:
    mine, others = model.complete(UUID(int=1), []), model.complete(UUID(int=2), [])
    assert [one.code for one in mine][-1] == "other"
    assert len(mine) == 12
    assert not {one.id for one in mine} & {one.id for one in others}
    assert [one.id for one in mine] == [one.id for one in model.complete(UUID(int=1), [])]


def test_changes_are_refused_that_would_break_it() -> None:
    *_, lock, other = sorted(model.standard(UUID(int=1)), key=lambda one: (one.code == "other", one.code == "lock"))
    with pytest.raises(Stale):
        model.change(lock, ChangeCategory(1, {}))
    assert not model.change(lock, ChangeCategory(0, {"skill": "lock"})).changed
    with pytest.raises(Conflict):
        model.change(other, ChangeCategory(0, {"active": False}))
    with pytest.raises(Invalid):
        model.add(UUID(int=5), UUID(int=1), AddCategory("lifts", {}), [])
    with pytest.raises(Conflict):
        model.add(UUID(int=5), UUID(int=1), AddCategory("lock", {"en": "Locks"}), [lock])
    renamed = model.change(lock, ChangeCategory(0, {"names": {"en": "Doors"}}))
    assert model.change(renamed.record, ChangeCategory(1, {"active": False})).record.version == 2


@pytest.mark.integration
async def test_a_company_renames_adds_and_puts_away_trades(
    client: httpx.AsyncClient, hotel: Hotel, sign: SignIn, chief: Caller
) -> None:
    head = Caller(client, await sign("executive_admin", everywhere=True))
    usual = (await chief.get(URL))["items"]
    assert [one["allowed_actions"] for one in usual] == [[]] * 12
    lifts = await head.post(URL, {"code": "lifts", "names": {"en": "Lifts", "ps": "لفټ"}}, 201)
    assert (lifts["skill"], lifts["version"]) == ("lifts", 1)
    await head.ask("POST", URL, {"code": "lifts", "names": {"en": "Lifts"}}, 409)
    await chief.ask("POST", URL, {"code": "spa", "names": {"en": "Spa"}}, 403)
    pipes = next(one for one in usual if one["code"] == "plumbing")
    await head.ask("PATCH", f"{URL}/{pipes['id']}", {"names": {"en": "Pipes"}}, 428)
    renamed = await head.ask("PATCH", f"{URL}/{pipes['id']}", {"names": {"en": "Pipes"}, "version": 0})
    assert (renamed["names"], renamed["version"], renamed["id"]) == ({"en": "Pipes"}, 1, pipes["id"])
    await head.ask("PATCH", f"{URL}/{pipes['id']}", {"active": False, "version": 1})
    await head.ask("PATCH", f"{URL}/{encode('mcat', UUID(int=1))}", {"active": False, "version": 1}, 404)
    await head.ask("PATCH", f"{URL}/{pipes['id']}", {"skill": None, "version": 2}, 422)
    found = {one["code"]: one for one in (await chief.get(URL))["items"]}
    assert (len(found), found["plumbing"]["active"]) == (13, False)
    order = {"property_id": encode("prp", hotel.property_id), "title": "It drips"}
    made = await chief.post("/maintenance/work-orders", {**order, "category": "lifts"}, 201)
    assert made["category"] == "lifts"
    for away in ("plumbing", "spa"):
        refused = await chief.ask("POST", "/maintenance/work-orders", {**order, "category": away}, 422)
        assert [one["pointer"] for one in refused["errors"]] == ["/category"]
    one = f"/maintenance/work-orders/{made['id']}"
    await chief.ask("PATCH", one, {"category": "plumbing", "version": 1}, 422)
    assert (await chief.ask("PATCH", one, {"title": "It jams", "version": 1}))["category"] == "lifts"
