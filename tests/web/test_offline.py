"""A shift without a network: nothing is lost, a conflict is shown."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from playwright.async_api import Page

from serai.kernel.ids import encode
from tests.areas.files.test_files import photo
from tests.areas.housekeeping.people import Caller, rooms, spc
from tests.conftest import Hotel, SignIn
from tests.web.conftest import Open, employ, sign_in

pytestmark = [pytest.mark.integration, pytest.mark.slow]
PHONE: dict[str, Any] = {"width": 390, "height": 844}
WORKER = "navigator.serviceWorker.ready.then(() => Boolean(navigator.serviceWorker.controller))"
"""Whether the app is on the phone."""
KEPT = (
    "words => new Promise(done => { const asked = indexedDB.open('serai'); asked.onsuccess = () => {"
    " const all = asked.result.transaction('read').objectStore('read').get('pages');"
    ' all.onsuccess = () => { done(String(all.result ?? "").includes(words)); asked.result.close() } } })'
)
"""Whether what was read is on the phone, these words with it."""
LAST = '"room_number":"103"'
"""Of the last of the tasks."""
FORGOTTEN = (
    "new Promise(done => { const asked = indexedDB.open('serai'); asked.onsuccess = () => {"
    " const all = asked.result.transaction('read', 'readwrite'); all.objectStore('read').clear();"
    " all.oncomplete = () => { asked.result.close(); done(null) } } })"
)
"""What was read is a day old, or of another build."""


@pytest.fixture
async def boss(client: Any, sign: SignIn) -> Caller:
    """The supervisor, over HTTP."""
    return Caller(client, await sign("housekeeping_supervisor"))


async def kept(page: Page, words: str = LAST) -> None:
    """Once the app and what was read are on the phone."""
    async with asyncio.timeout(30):
        while not (await page.evaluate(WORKER) and await page.evaluate(KEPT, words)):
            await page.wait_for_timeout(200)


async def give(hotel: Hotel, boss: Caller, login: str) -> dict[str, str]:
    """Three rooms with a cleaning each, given to somebody; the tasks' ids by room."""
    await boss.post(
        "/checklists",
        {"property_id": encode("prp", hotel.property_id), "name": "Departure", "task_type": "checkout_cleaning",
         "items": [{"key": "bath", "label": "The bath shines", "kind": "yes_no", "required": True}]},
        201,
    )  # fmt: skip
    staff = next(one for one in (await boss.get("/staff"))["items"] if one["login"] == login)
    found: dict[str, str] = {}
    for room in await rooms(hotel, "101", "102", "103"):
        body = {"type": "checkout_cleaning", "property_id": encode("prp", hotel.property_id), "room_id": spc(room)}
        task = await boss.post("/tasks", body, 201)
        await boss.post(f"/tasks/{task['id']}/assign", {"staff_id": staff["id"]})
        found[room.name] = task["id"]
    return found


@asynccontextmanager
async def shift(hotel: Hotel, look: Open, boss: Caller) -> AsyncGenerator[tuple[Page, str, dict[str, str]]]:
    """Laila's phone with what she has to do and without a network; her login, the tasks' ids by room."""
    login = await employ(hotel, "housekeeper", "Laila")
    tasks = await give(hotel, boss, login)
    async with look(**PHONE, installed=True) as page:
        await sign_in(page, login)
        await page.get_by_role("button", name="103").wait_for()
        await kept(page)
        await page.context.set_offline(True)
        yield page, login, tasks


async def unsent(page: Page, many: int) -> None:
    """The pill says how much waits."""
    await page.get_by_role("button", name=f"{many} not sent").wait_for()


async def test_a_shift_without_a_network_loses_nothing(hotel: Hotel, look: Open, boss: Caller) -> None:
    async with shift(hotel, look, boss) as (page, _, tasks):
        await page.get_by_role("button", name="Start", exact=True).click()
        await page.get_by_text("Saved on this phone").first.wait_for()
        await page.get_by_role("button", name="Pause", exact=True).click()
        await page.get_by_role("button", name="Resume", exact=True).click()
        await unsent(page, 3)
        await page.get_by_role("button", name="Checklist").click()
        await page.get_by_role("button", name="Yes", exact=True).click()
        await unsent(page, 4)
        await page.get_by_role("button", name="Done", exact=True).click()
        await page.get_by_role("region", name="Room 101").wait_for(state="detached")

        await page.get_by_role("button", name="Report a fault").first.click()
        form = page.get_by_role("dialog")
        await form.get_by_label("What is wrong?").fill("The lamp is dead")
        await form.locator("input[type=file]").set_input_files(
            {"name": "lamp.jpg", "mimeType": "image/jpeg", "buffer": photo()}
        )
        await form.get_by_role("button", name="Remove the photo").wait_for()
        await form.get_by_role("button", name="Send", exact=True).click()
        await form.wait_for(state="detached")

        await page.reload()
        await page.get_by_text("Done today").wait_for()
        await page.get_by_role("button", name="Start", exact=True).click()  # room 102, which somebody calls off now
        await boss.post(f"/tasks/{tasks['102']}/cancel", {"reason": "The guest stays"})

        await page.context.set_offline(False)
        await unsent(page, 1)
        await page.get_by_role("button", name="1 not sent").click()
        sheet = page.get_by_role("dialog")
        await sheet.get_by_text("Changed on the server meanwhile").wait_for()
        await sheet.get_by_text("Cancelled", exact=True).wait_for()
        await sheet.get_by_role("button", name="Keep theirs").click()
        await sheet.get_by_text("Everything is sent").wait_for()

    done = await boss.get(f"/tasks/{tasks['101']}")
    assert (done["state"], done["paused_seconds"]) == ("completed", 0)
    [order] = (await boss.get("/maintenance/work-orders"))["items"]
    assert (order["title"], order["room_number"]) == ("The lamp is dead", "102")
    [file] = (await boss.get(f"/files?attached_to={order['id']}"))["items"]
    assert file["media_type"] == "image/webp"
    assert (await boss.get(f"/tasks/{tasks['102']}"))["state"] == "cancelled"


async def test_a_session_that_ended_takes_nothing_along(hotel: Hotel, look: Open, boss: Caller, client: Any) -> None:
    async with shift(hotel, look, boss) as (page, login, tasks):
        await page.get_by_role("button", name="Start", exact=True).click()
        await unsent(page, 1)
        used = await page.evaluate("JSON.parse(localStorage['serai.session']).refresh")
        for _ in range(2):  # somebody else has it, and went on with what was given for it
            used = (await client.post("/auth/token", json={"refresh_token": used})).json()["refresh_token"]
        await page.evaluate(FORGOTTEN)
        await page.goto("/icon.svg")
        await page.context.set_offline(False)
        await page.goto("/my-tasks")
        await page.wait_for_selector("input[name=login]")
        await sign_in(page, login)
        async with asyncio.timeout(30):
            while (await boss.get(f"/tasks/{tasks['101']}"))["state"] != "in_progress":
                await page.wait_for_timeout(200)


async def test_who_signs_out_leaves_nothing_on_the_phone(hotel: Hotel, look: Open, boss: Caller) -> None:
    async with shift(hotel, look, boss) as (page, *_):
        await page.get_by_role("button", name="Start", exact=True).click()
        await unsent(page, 1)
        await page.goto("/account")
        await page.get_by_role("button", name="Sign out").first.click()
        await page.get_by_text("Not everything is sent yet").wait_for()
        await page.get_by_role("button", name="Sign out and lose it").click()
        await page.wait_for_selector("input[name=login]")
        assert not await page.evaluate(KEPT, LAST)
        assert await page.evaluate("localStorage.getItem('serai.session')") is None
