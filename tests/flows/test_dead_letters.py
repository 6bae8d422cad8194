"""A reaction that failed for good is seen, mended, and tried again in order."""

from __future__ import annotations

import httpx
import pytest

from serai.areas.housekeeping import events
from serai.kernel.ids import encode
from serai.runtime.events.catalog import Incoming
from serai.runtime.jobs.background import Background
from serai.runtime.jobs.reactions import REACTIONS
from serai.runtime.slice import Reaction
from serai.runtime.work import House, Work
from tests.conftest import Hotel, SignIn, make_hotel

pytestmark = pytest.mark.integration


async def test_dead_letters_are_listed_and_tried_again_in_order(
    house: House, hotel: Hotel, client: httpx.AsyncClient, sign: SignIn
) -> None:
    broken, done = True, list[int]()

    async def act(_: Work, fact: Incoming) -> None:
        if broken:
            raise RuntimeError("the printer is on fire")
        done.append(fact.version)

    reaction = Reaction("print", (events.CREATED,), act)
    house.shelf[REACTIONS]["print"] = reaction
    admin = await sign("venue_admin")
    body = {"property_id": encode("prp", hotel.property_id), "type": "custom"}
    for _ in range(2):
        assert (await client.post("/tasks", json=body, headers=admin)).status_code == 201
    work = Background(house, reactions=[reaction])
    await work.settle()
    letters = (await client.get("/dead-letters", params={"waiting": "true"}, headers=admin)).json()["items"]
    assert [(one["reader"], one["type"]) for one in letters] == [("print", events.CREATED.name)] * 2
    assert letters[0]["error"] == "RuntimeError: the printer is on fire"

    path = f"/dead-letters/{letters[0]['id']}/replay"
    again = await client.post(path, headers=admin)
    assert (again.status_code, "printer is on fire" in again.json()["detail"]) == (409, True)
    broken = False
    mended = await client.post(path, headers=admin)
    assert (mended.status_code, mended.json()["allowed_actions"], done) == (200, [], [1])
    assert (await client.post(path, headers=admin)).status_code == 200
    assert done == [1]
    left = (await client.get("/dead-letters", params={"waiting": "true"}, headers=admin)).json()["items"]
    assert [one["id"] for one in left] == [letters[1]["id"]]

    other = await make_hotel(house, "other")
    stranger = await sign("venue_admin", at=other)
    assert (await client.get(f"/dead-letters/{letters[1]['id']}", headers=stranger)).status_code == 404
    assert (await client.get("/dead-letters", headers=stranger)).json()["items"] == []
    keeper = await sign("housekeeper")
    assert (await client.get("/dead-letters", headers=keeper)).status_code == 403
