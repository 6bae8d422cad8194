"""Files: uploaded, attached, seen by who may, gone when nobody needs them."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image

from serai.areas.files import model, service, store
from serai.areas.files.jobs import SCAN
from serai.areas.files.service import SCANNER
from serai.kernel.clock import ManualClock
from serai.kernel.errors import NotFound
from serai.kernel.ids import decode, encode
from serai.runtime.files.look import LARGEST
from serai.runtime.jobs.background import Background
from serai.runtime.work import House, Work
from tests.areas.housekeeping.people import Caller, in_house, journal, rooms, spc
from tests.conftest import Hotel, SignIn, make_hotel
from tests.queues import until, working

pytestmark = pytest.mark.integration


def photo(colour: str = "red") -> bytes:
    """A small JPEG."""
    out = io.BytesIO()
    Image.new("RGB", (400, 300), colour).save(out, "JPEG")
    return out.getvalue()


async def send(
    client: httpx.AsyncClient, headers: dict[str, str], at: Hotel, body: bytes, **more: Any
) -> httpx.Response:
    """Upload it."""
    said = {"name": "bath.jpg", "property_id": encode("prp", at.property_id), **more.pop("params", {})}
    return await client.post(
        "/files", params=said, content=body, headers={"content-type": "image/jpeg", **headers, **more}
    )


def kept(tmp_path: Path) -> list[Path]:
    """What lies on the disk."""
    return [one for one in (tmp_path / "files").rglob("*") if one.is_file()]


async def test_a_picture_goes_in_and_comes_out_safely(client: httpx.AsyncClient, hotel: Hotel, ana: Caller) -> None:
    answer = await send(client, ana.headers, hotel, photo(), params={"name": "../عکس\u202e.jpg"})
    assert answer.status_code == 201, answer.text
    file = answer.json()
    assert (file["name"], file["media_type"], file["width"], file["scan"]) == (
        "عکس.jpg",
        "image/jpeg",
        400,
        "not_scanned",
    )
    assert (file["attached_to"], file["allowed_actions"], file["version"]) == (None, ["remove"], 1)
    assert (await ana.get(f"/files/{file['id']}")) == file
    whole = await client.get(f"/files/{file['id']}/content", headers=ana.headers)
    assert (whole.headers["content-type"], len(whole.content)) == ("image/jpeg", file["size"])
    assert whole.headers["content-disposition"].startswith("attachment; ")
    assert "sandbox" in whole.headers.get_list("content-security-policy")
    assert whole.headers["x-content-type-options"] == "nosniff"
    small = await client.get(f"/files/{file['id']}/thumbnail", headers=ana.headers)
    assert (small.headers["content-type"], Image.open(io.BytesIO(small.content)).size) == ("image/webp", (320, 240))


async def test_a_repeat_is_the_same_file_and_leaves_nothing_behind(
    client: httpx.AsyncClient, hotel: Hotel, ana: Caller, tmp_path: Path
) -> None:
    key = {"idempotency-key": "photo-1"}
    first, again = [await send(client, {**ana.headers, **key}, hotel, photo()) for _ in range(2)]
    assert (first.status_code, again.content) == (201, first.content)
    assert len(kept(tmp_path)) == 2
    other = await send(client, {**ana.headers, **key}, hotel, photo("blue"))
    assert (other.status_code, other.json()["code"], len(kept(tmp_path))) == (422, "idempotency_key_reused", 2)


async def test_what_cannot_be_taken_is_refused_and_leaves_nothing_behind(
    client: httpx.AsyncClient, hotel: Hotel, ana: Caller, sign: SignIn, tmp_path: Path
) -> None:
    other = await make_hotel(hotel.house, "other")
    viewer = await sign("viewer")

    async def status(body: bytes, headers: dict[str, str] = ana.headers, at: Hotel = hotel, **params: Any) -> int:
        return (await send(client, headers, at, body, params=params)).status_code

    assert await status(b"") == 422
    assert await status(b"<svg/>") == 415
    assert await status(photo()[:200]) == 422
    assert await status(bytes(LARGEST + 1)) == 413
    assert await status(photo(), viewer) == 403
    assert await status(photo(), at=other) == 404
    assert await status(photo(), {}) == 401
    assert await status(photo(), name="..") == 422
    assert await status(photo(), size="1") == 422
    assert (tmp_path / "files").exists() is False


async def test_a_body_without_a_length_is_stopped_at_the_limit(
    client: httpx.AsyncClient, hotel: Hotel, ana: Caller
) -> None:
    sent = 0

    async def endless() -> Any:
        nonlocal sent
        for _ in range(40):
            sent += 1
            yield bytes(1_048_576)

    said = {"name": "a.jpg", "property_id": encode("prp", hotel.property_id)}
    answer = await client.post(
        "/files", params=said, content=endless(), headers={**ana.headers, "content-type": "image/png"}
    )
    assert answer.status_code == 413


async def test_files_become_part_of_what_was_seen_and_are_everybodys_there(
    client: httpx.AsyncClient,
    hotel: Hotel,
    ana: Caller,
    desk: Caller,
    sign: SignIn,
    clock: ManualClock,
    background: Background,
) -> None:  # fmt: skip
    [room] = await rooms(hotel, "101")
    await in_house(hotel, "B", room)
    ids = [(await send(client, ana.headers, hotel, photo(one))).json()["id"] for one in ("red", "blue")]
    seen = await ana.post(f"/rooms/{spc(room)}/observations", {"occupancy": "vacant", "file_ids": ids})
    subject = seen["discrepancy"]["id"]
    listed = (await desk.get(f"/files?attached_to={subject}"))["items"]
    assert [(one["id"], one["attached_to"], one["allowed_actions"]) for one in listed] == [
        (one, subject, []) for one in ids
    ]
    assert (await client.delete(f"/files/{ids[0]}", headers=ana.headers)).status_code == 403
    await background.settle()
    clock.set(clock.now() + timedelta(days=3))
    await background.settle()
    assert (await client.get(f"/files/{ids[0]}/content", headers=await sign("viewer"))).status_code == 200
    again = await client.post(
        f"/rooms/{spc(room)}/observations",
        json={"occupancy": "vacant", "file_ids": ids},
        headers=await sign("housekeeper"),
    )
    assert again.status_code == 200
    assert [one["attached_to"] for one in await journal(hotel, "property.file.attached.v1")] == [subject] * 2


async def test_a_file_of_elsewhere_or_of_something_else_is_not_taken_and_neither_is_the_rest(
    client: httpx.AsyncClient, hotel: Hotel, ana: Caller, sign: SignIn
) -> None:
    other = await make_hotel(hotel.house, "other")
    theirs = (await send(client, await sign("housekeeper", at=other), other, photo())).json()["id"]
    mine = (await send(client, ana.headers, hotel, photo())).json()["id"]
    first, second = await rooms(hotel, "101", "102")
    for n, room in enumerate((first, second)):
        await in_house(hotel, f"B{n}", room)
    url = f"/rooms/{spc(first)}/observations"
    mixed = await client.post(url, json={"occupancy": "vacant", "file_ids": [mine, theirs]}, headers=ana.headers)
    assert (mixed.status_code, mixed.json()["errors"][0]["pointer"]) == (422, "/file_ids/1")
    assert (await ana.get(f"/files/{mine}"))["attached_to"] is None
    await ana.post(url, {"occupancy": "vacant", "file_ids": [mine]})
    taken = await client.post(
        f"/rooms/{spc(second)}/observations", json={"occupancy": "vacant", "file_ids": [mine]}, headers=ana.headers
    )
    assert taken.status_code == 409
    for path in ("", "/content", "/thumbnail"):
        assert (await client.get(f"/files/{theirs}{path}", headers=ana.headers)).status_code == 404


async def test_what_nothing_takes_goes_after_a_day_and_what_is_removed_at_once(
    client: httpx.AsyncClient, hotel: Hotel, ana: Caller, ben: Caller, sign: SignIn, house: House, clock: ManualClock,
    background: Background, tmp_path: Path,
) -> None:  # fmt: skip
    loose, removed = [(await send(client, ana.headers, hotel, photo(one))).json()["id"] for one in ("red", "blue")]
    assert (await client.delete(f"/files/{removed}", headers=ben.headers)).status_code == 403
    gone = await client.delete(f"/files/{removed}", headers=ana.headers)
    assert (gone.status_code, gone.json()["allowed_actions"]) == (200, [])
    assert (await client.get(f"/files/{removed}/content", headers=ana.headers)).status_code == 404
    await background.settle()
    assert len(kept(tmp_path)) == 2
    clock.set(clock.now() + timedelta(hours=24))
    await background.settle()
    assert kept(tmp_path) == []
    assert (await client.get(f"/files/{loose}", headers=await sign("viewer"))).status_code == 404
    with pytest.raises(NotFound):
        await house.files.get(f"{hotel.tenant_id}/{decode('fil', loose)}")


async def test_a_document_has_no_thumbnail_and_a_manager_may_remove_it(
    client: httpx.AsyncClient, hotel: Hotel, ana: Caller, boss: Caller
) -> None:
    pdf = (await send(client, ana.headers, hotel, b"%PDF-1.7 bill")).json()
    assert (pdf["media_type"], pdf["width"]) == ("application/pdf", None)
    assert (await client.get(f"/files/{pdf['id']}/thumbnail", headers=ana.headers)).status_code == 404
    assert (await client.delete(f"/files/{pdf['id']}", headers=boss.headers)).status_code == 200


@asynccontextmanager
async def scanner(house: House, answers: list[bytes]) -> AsyncGenerator[None]:
    """What speaks as clamd does, at the address of the settings: hangs up while it has no answers left."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readexactly(10)
        while length := int.from_bytes(await reader.readexactly(4)):
            await reader.readexactly(length)
        if answers:
            writer.write(answers.pop(0))
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    house.shelf[SCANNER] = server.sockets[0].getsockname()[:2]
    async with server:
        yield


async def test_a_file_that_the_scanner_could_not_look_at_waits_for_it_and_nobody_gets_it_before(
    client: httpx.AsyncClient, hotel: Hotel, ana: Caller, house: House, background: Background
) -> None:
    eager = replace(SCAN, first_pause=timedelta(milliseconds=50))
    answers: list[bytes] = []
    async with scanner(house, answers):
        clean, bad = [(await send(client, ana.headers, hotel, photo(one))).json() for one in ("red", "blue")]
        assert (clean["scan"], bad["scan"]) == ("pending", "pending")
        waits = await client.get(f"/files/{clean['id']}/content", headers=ana.headers)
        assert (waits.status_code, waits.json()["code"]) == (409, "not_scanned_yet")
        await background.settle()
        answers += [b"stream: OK\0", b"stream: Eicar-Test-Signature FOUND\0"]
        async with working(house, eager):

            async def looked_at() -> bool:
                return len(await journal(hotel, "property.file.scanned.v1")) == 2

            await until(looked_at)
    found = {one["id"]: one["scan"] for one in await journal(hotel, "property.file.scanned.v1")}
    assert sorted(found.values()) == ["clean", "infected"]
    for file, scan in found.items():
        status = (await client.get(f"/files/{file}/content", headers=ana.headers)).status_code
        assert status == (200 if scan == "clean" else 404)
    assert [one["id"] for one in await journal(hotel, "property.file.removed.v1")] == [
        file for file, scan in found.items() if scan == "infected"
    ]


async def test_what_is_gone_or_was_looked_at_is_not_scanned_again(
    client: httpx.AsyncClient, hotel: Hotel, ana: Caller, house: House
) -> None:
    answers = [b"stream: OK\0"]
    async with scanner(house, answers):
        looked_at = (await send(client, ana.headers, hotel, photo())).json()
        assert looked_at["scan"] == "clean"
        gone = (await send(client, ana.headers, hotel, photo("blue"))).json()
        await client.delete(f"/files/{gone['id']}", headers=ana.headers)
        for file in (looked_at, gone):
            await service.rescan(house, hotel.tenant_id, decode("fil", file["id"]))
    assert await journal(hotel, "property.file.scanned.v1") == []


async def test_bytes_that_are_lost_are_said_to_be_lost(
    client: httpx.AsyncClient, hotel: Hotel, ana: Caller, house: House
) -> None:
    file = (await send(client, ana.headers, hotel, photo())).json()
    await house.files.remove(f"{hotel.tenant_id}/{decode('fil', file['id'])}")
    assert (await client.get(f"/files/{file['id']}/content", headers=ana.headers)).status_code == 404


async def test_a_file_that_was_looked_at_is_not_looked_at_again(
    client: httpx.AsyncClient, hotel: Hotel, ana: Caller, house: House
) -> None:
    file = (await send(client, ana.headers, hotel, photo())).json()

    async def act(work: Work) -> bool:
        known = await store.get(work.tx, hotel.tenant_id, decode("fil", file["id"]))
        return model.scanned(known, model.Scan.CLEAN).changed

    assert await hotel.do(act) is False
