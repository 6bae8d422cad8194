"""Assets over HTTP: the registry, the tree, health and meters."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from serai.kernel.ids import encode
from tests.areas.housekeeping.people import Caller, journal, rooms, spc
from tests.conftest import Hotel, SignIn, make_hotel

pytestmark = pytest.mark.integration
URL = "/maintenance/assets"


async def added(chief: Caller, hotel: Hotel, name: str = "G1", expect: int = 201, **more: Any) -> dict[str, Any]:
    body = {"property_id": encode("prp", hotel.property_id), "kind": "generator", "name": name, **more}
    return await chief.post(URL, body, expect)


async def test_an_asset_has_its_place_its_papers_and_a_life(hotel: Hotel, chief: Caller, tom: Caller) -> None:
    [room] = await rooms(hotel, "101")
    papers = {"make": "Perkins", "serial": "P-1", "warranty_until": "2028-01-01", "replacement_cost": "450000.50"}
    made = await added(chief, hotel, space_id=spc(room), code="G-1", attributes={"capacity_kva": "60"}, **papers)
    assert (made["replacement_cost"], made["health_index"], made["version"]) == ("450000.50", None, 1)
    await added(chief, hotel, code="G-1", expect=409)
    await added(chief, hotel, attributes={"capacity_kva": "much"}, expect=422)
    await added(tom, hotel, expect=403)
    one = f"{URL}/{made['id']}"
    changed = await chief.ask("PATCH", one, {"note": "Loud", "version": 1})
    assert (changed["note"], changed["version"], changed["allowed_actions"]) == ("Loud", 2, ["update", "health"])
    await chief.ask("PATCH", one, {"name": None, "version": 2}, 422)
    await chief.ask("PATCH", one, {"name": "G", "version": 1}, 412)
    assert (await tom.get(f"{URL}?code=G-1&kind=generator&count=true"))["total"] == 1
    assert (await tom.get(f"{URL}?space_id={spc(room)}"))["items"][0]["id"] == made["id"]
    await chief.ask("PATCH", one, {"active": False, "version": 2})
    assert (await tom.get(f"{URL}?active=true"))["items"] == []
    assert len(await journal(hotel, "maintenance.asset.retired.v1")) == 1


async def test_assets_stand_under_one_another_in_one_hotel(
    hotel: Hotel, chief: Caller, client: httpx.AsyncClient, sign: SignIn
) -> None:
    plant = await added(chief, hotel, "Plant")
    engine = await added(chief, hotel, "Engine", parent_id=plant["id"])
    assert [one["name"] for one in (await chief.get(f"{URL}?parent_id={plant['id']}"))["items"]] == ["Engine"]
    await chief.ask("PATCH", f"{URL}/{plant['id']}", {"parent_id": engine["id"], "version": 1}, 409)
    far = await make_hotel(hotel.house, "far")
    stranger = Caller(client, await sign("maintenance_supervisor", at=far))
    await added(stranger, far, parent_id=plant["id"], expect=404)
    await stranger.ask("GET", f"{URL}/{plant['id']}", None, 404)


async def test_how_an_asset_is_is_told_with_its_reasons(hotel: Hotel, chief: Caller, tom: Caller, ana: Caller) -> None:
    made = await added(chief, hotel)
    one = f"{URL}/{made['id']}"
    felt = await tom.post(f"{one}/health-update", {"health_index": 60, "reason": "It smokes"})
    assert (felt["health_index"], felt["health_reason"]) == (60, "It smokes")
    late = {"health_index": 100, "source": "sensor", "at": "2026-01-01T00:00:00Z"}
    assert (await tom.post(f"{one}/health-update", late))["health_index"] == 60
    await tom.ask("POST", f"{one}/health-update", {"health_index": 101}, 422)
    await tom.ask("POST", f"{one}/health-update", {"health_index": 1, "at": "2031-01-01T00:00:00Z"}, 422)
    await ana.ask("POST", f"{one}/health-update", {"health_index": 1}, 403)
    page = await tom.get(f"{one}/health?count=true")
    assert [(point["health_index"], point["source"]) for point in page["items"]] == [(60, "manual"), (100, "sensor")]
    assert page["total"] == 2
    assert (await tom.get(f"{URL}?health_below=61"))["items"][0]["id"] == made["id"]
    assert (await tom.get(f"{URL}?health_below=60"))["items"] == []
    [told] = await journal(hotel, "maintenance.asset.health_changed.v1")
    assert told["health_index"] == 60


async def test_a_meter_is_read_late_reset_and_put_away(hotel: Hotel, chief: Caller, tom: Caller) -> None:
    made = await added(chief, hotel)
    meter = await chief.post(f"{URL}/{made['id']}/meters", {"kind": "run_hours"}, 201)
    assert (meter["name"], meter["unit"], meter["counts"], meter["total"]) == ("run hours", "h", True, "0")
    one = f"/maintenance/meters/{meter['id']}"

    async def read(day: int, value: str, expect: int = 201, **more: Any) -> Any:
        body = {"value": value, "at": f"2026-02-{day:02}T08:00:00Z", **more}
        return await tom.post(f"{one}/readings", body, expect)

    await read(1, "100")
    assert (await read(9, "180.5"))["total"] == "80.5"
    assert (await read(5, "140"))["total"] == "80.5"
    await read(6, "139", 422)
    await read(5, "140", 409)
    after = await read(10, "2", kind="reset", before="181")
    assert (after["value"], after["total"]) == ("2", "81")
    page = await tom.get(f"{one}/readings?limit=3")
    assert [(point["value"], point["total"]) for point in page["items"]] == [
        ("2", "81"),
        ("180.5", "80.5"),
        ("140", "40"),
    ]
    assert [point["value"] for point in (await tom.get(f"{one}/readings?cursor={page['next_cursor']}"))["items"]] == [
        "100"
    ]
    assert (await tom.get(f"{URL}/{made['id']}/meters"))["items"] == [await tom.get(one)]
    await tom.ask("DELETE", one, None, 403)
    assert (await chief.ask("DELETE", one))["active"] is False
    await read(11, "5", 409)
