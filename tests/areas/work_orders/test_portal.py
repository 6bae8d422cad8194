"""What anybody may report who stands before a code on the wall."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image

from serai.kernel.clock import ManualClock
from serai.kernel.ids import encode, new_id
from tests.areas.files.test_files import photo
from tests.areas.housekeeping.people import Caller, in_house, rooms, spc
from tests.conftest import Hotel, make_hotel
from tests.uploads import OTHER, damaged, picture, zipped

pytestmark = pytest.mark.integration


async def code(chief: Caller, **about: str) -> str:
    made = await chief.post("/maintenance/report-links", about)
    assert made["url"].endswith(f"/p/{made['token']}")
    return made["token"]


async def test_a_guest_reports_with_a_picture_and_sees_what_becomes_of_it(
    hotel: Hotel, chief: Caller, tom: Caller, client: httpx.AsyncClient, clock: ManualClock
) -> None:
    [room] = await rooms(hotel, "101")
    await in_house(hotel, "B-1", room)
    token = await code(chief, space_id=spc(room))
    place = (await client.get(f"/portal/places/{token}")).json()
    assert (place["hotel"], place["place"], len(place["categories"])) == ("Main", "101", 12)
    assert "B-1" not in str(place)
    picture = await client.post(
        "/portal/photos", params={"token": token}, content=photo(), headers={"content-type": "image/jpeg"}
    )
    assert picture.status_code == 201, picture.text
    body = {"text": "The tap\ndrips", "category": "plumbing", "photo_ids": [picture.json()["id"]]}
    made = await client.post(f"/portal/places/{token}", json=body)
    assert made.status_code == 201, made.text
    told = made.json()
    [order] = (await chief.get("/maintenance/work-orders"))["items"]
    assert (order["number"], order["title"], order["space_id"]) == (told["number"], "The tap drips", spc(room))
    assert [(one["origin"], one["by"]) for one in order["reports"]] == [("portal", "Somebody at the wall")]
    attached = await chief.get(f"/files?attached_to={order['id']}")
    assert len(attached["items"]) == 1
    status = f"/portal/reports/{told['status_token']}"
    assert (await client.get(status)).json()["status"] in {"reported", "scheduled"}
    again = await client.post(f"/portal/places/{token}", json={"text": "Still drips", "category": "plumbing"})
    assert again.json()["number"] == told["number"], "one fault is one order"
    clock.set(clock.now() + timedelta(days=31))
    assert (await client.get(status)).status_code == 404
    assert (await client.get(f"/portal/places/{token}")).status_code == 200, "a code on the wall stays good"


async def test_what_is_no_picture_is_refused(hotel: Hotel, chief: Caller, client: httpx.AsyncClient) -> None:
    [room] = await rooms(hotel, "101")
    token = await code(chief, space_id=spc(room))

    async def send(body: bytes, kind: str) -> int:
        answer = await client.post(
            "/portal/photos", params={"token": token}, content=body, headers={"content-type": kind}
        )
        return answer.status_code

    assert await send(b"<script>alert(1)</script>", "image/jpeg") == 415
    assert await send(photo(), "text/html") == 415
    assert await send(b"x" * (11 * 2**20), "image/jpeg") == 413
    stranger = encode("fil", new_id())
    body = {"text": "It drips", "photo_ids": [stranger]}
    assert (await client.post(f"/portal/places/{token}", json=body)).status_code == 422
    assert (await chief.get("/maintenance/work-orders"))["items"] == []


@pytest.mark.slow
async def test_three_hundred_hostile_uploads_are_pictures_or_nothing(
    hotel: Hotel, chief: Caller, client: httpx.AsyncClient, tmp_path: Path
) -> None:
    walls = await rooms(hotel, *(str(n) for n in range(101, 117)))
    tokens = [await code(chief, space_id=spc(room)) for room in walls]
    corpus = [*OTHER, zipped(), *(picture("JPEG") + tail for tail in (zipped(), b"<script>")), *damaged(280)]
    answers: Counter[int] = Counter()
    for n, body in enumerate(corpus):
        token = tokens[n // 19]  # twenty a minute with one code
        headers = {"content-type": ("image/jpeg", "image/png", "image/webp")[n % 3]}
        answer = await client.post("/portal/photos", params={"token": token}, content=body, headers=headers)
        answers[answer.status_code] += 1
    assert set(answers) == {201, 415, 422}, answers
    kept = [one for one in (tmp_path / "files").rglob("*") if one.is_file()]
    assert len(kept) == answers[201] * 2, "each with its thumbnail, and nothing of what was refused"
    for one in kept:
        Image.open(one).load()


async def test_a_code_is_of_one_place_one_company_and_one_purpose(
    hotel: Hotel, chief: Caller, ana: Caller, client: httpx.AsyncClient, sign: Any
) -> None:
    [room] = await rooms(hotel, "101")
    await chief.ask("POST", "/maintenance/report-links", {}, 422)
    await ana.ask("POST", "/maintenance/report-links", {"space_id": spc(room)}, 403)
    far = await make_hotel(hotel.house, "far")
    stranger = Caller(client, await sign("maintenance_supervisor", at=far))
    await stranger.ask("POST", "/maintenance/report-links", {"space_id": spc(room)}, 404)
    boiler = {
        "property_id": encode("prp", hotel.property_id),
        "kind": "boiler",
        "name": "Boiler",
        "space_id": spc(room),
    }
    asset = await chief.post("/maintenance/assets", boiler, 201)
    token = await code(chief, asset_id=asset["id"])
    assert (await client.get(f"/portal/places/{token}")).json()["place"] == "Boiler (101)"
    await client.post(f"/portal/places/{token}", json={"text": "It smokes", "safety_concern": True})
    [order] = (await chief.get("/maintenance/work-orders"))["items"]
    assert (order["asset_id"], order["space_id"], order["severity"]) == (asset["id"], spc(room), "high")
    assert (await client.get(f"/portal/orders/{token}")).status_code == 404
    await chief.ask("PATCH", f"/maintenance/assets/{asset['id']}", {"active": False, "version": 1})
    assert (await client.get(f"/portal/places/{token}")).status_code == 404


async def test_one_person_does_not_flood_the_house(hotel: Hotel, chief: Caller, client: httpx.AsyncClient) -> None:
    [room] = await rooms(hotel, "101")
    token = await code(chief, space_id=spc(room))
    answers = [(await client.get(f"/portal/places/{token}")).status_code for _ in range(25)]
    assert (answers.count(200), answers.count(429)) == (20, 5)
