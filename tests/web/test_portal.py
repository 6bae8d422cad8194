"""Pages without a session: the code on the wall, the vendor, the report."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import httpx
import pytest
from playwright.async_api import Page

from serai.areas.work_orders.service import VENDORS_LINK
from serai.kernel.clock import ManualClock
from serai.kernel.ids import decode, encode
from serai.runtime.links import LINKS, Link, Links
from tests.areas.files.test_files import photo
from tests.areas.housekeeping.people import Caller, rooms, spc
from tests.conftest import Hotel, SignIn
from tests.web.conftest import Open
from tests.web.pages import faults, overflows
from tests.web.test_board import SCRIPTS

pytestmark = [pytest.mark.integration, pytest.mark.slow]
PHONE: dict[str, Any] = {"width": 390, "height": 844}
LOOKS = [("en", "light"), ("en", "dark"), ("fa", "light"), ("fa", "dark")]
ORDERS = "/maintenance/work-orders"
MOST = 22_000
"""Bytes of JavaScript as they come; web/build.py refuses 60 000."""


@pytest.fixture
async def chief(client: httpx.AsyncClient, sign: SignIn) -> Caller:
    """The supervisor of maintenance."""
    return Caller(client, await sign("maintenance_supervisor"))


async def wall(hotel: Hotel, chief: Caller, number: str = "101") -> str:
    """The code on the wall of a new room."""
    [room] = await rooms(hotel, number)
    return (await chief.post("/maintenance/report-links", {"space_id": spc(room)}))["token"]


async def given(hotel: Hotel, chief: Caller, clock: ManualClock) -> str:
    """The link of a vendor that was given an order."""
    place = encode("prp", hotel.property_id)
    omar = {"property_id": place, "name": "Omar", "channel": "whatsapp", "phone": "+93700123456"}
    vendor = await chief.post("/maintenance/vendors", omar, 201)
    body = {"property_id": place, "title": "The boiler leaks", "category": "plumbing", "severity": "critical"}
    order = await chief.post(ORDERS, {**body, "safety_concern": True}, 201)
    await chief.post(f"{ORDERS}/{order['id']}/assign", {"vendor_id": vendor["id"]})
    [sent] = (await chief.get("/maintenance/dispatches"))["items"]
    links: Links = hotel.house.shelf[LINKS]
    about = Link(hotel.tenant_id, decode("dsp", sent["id"]))
    return links.sign(VENDORS_LINK, about, clock.now() + timedelta(days=7))


async def told(client: httpx.AsyncClient, token: str) -> str:
    """The link of who reported something."""
    made = await client.post(f"/portal/places/{token}", json={"text": "The tap drips"})
    return made.json()["status_token"]


async def attach(page: Page, *names: str) -> None:
    files: list[Any] = [{"name": name, "mimeType": "image/jpeg", "buffer": photo()} for name in names]
    await page.set_input_files("input[type=file]", files)


async def test_a_guest_reports_with_a_photo_in_the_language_of_the_place_and_sees_what_happens(
    hotel: Hotel, chief: Caller, look: Open
) -> None:
    token = await wall(hotel, chief)
    async with look(**PHONE, language="") as page:
        await page.goto(f"/p/{token}")
        await page.get_by_role("heading", name="چه مشکلی هست؟").wait_for()
        assert await page.evaluate("document.documentElement.dir + document.documentElement.lang") == "rtlfa"
        await page.click("button[type=submit]")
        await page.get_by_text("لطفاً بنویسید").wait_for()
        await page.fill("textarea", "شیردهن چکه می‌کند")
        await page.get_by_role("button", name="نل‌دوانی").click()
        await page.get_by_role("checkbox").check()
        await attach(page, "a.jpg")
        await page.locator(".photo img").wait_for()
        await page.reload()
        assert await page.input_value("textarea") == "شیردهن چکه می‌کند", "kept until it is sent"
        assert await page.get_by_role("checkbox").is_checked()
        await page.locator(".photo img").wait_for()
        await attach(page, "b.jpg")
        await page.locator(".photo img").nth(1).wait_for()
        await page.click("button[type=submit]")
        await page.get_by_role("heading", name="تشکر!").wait_for()
        await page.reload()
        await page.get_by_role("heading", name="تشکر!").wait_for()
        await page.get_by_role("link").click()
        await page.get_by_text("گزارش شما به هتل رسید.").wait_for()
        assert await page.locator("li[aria-current=step]").count() == 1
        assert await page.evaluate(SCRIPTS) < MOST
    [order] = (await chief.get(ORDERS))["items"]
    assert (order["title"], order["category"], order["severity"]) == ("شیردهن چکه می‌کند", "plumbing", "high")
    assert len((await chief.get(f"/files?attached_to={order['id']}"))["items"]) == 2


async def test_what_was_written_without_a_network_is_sent_once_when_it_is_back(
    hotel: Hotel, chief: Caller, look: Open
) -> None:
    token = await wall(hotel, chief)
    keys: list[str] = []
    async with look(**PHONE) as page:
        await page.goto(f"/p/{token}")
        await page.fill("textarea", "The tap drips")
        page.on("request", lambda one: keys.append(one.headers["idempotency-key"]) if one.method == "POST" else None)
        # The server takes it, but its answer is lost on the way.
        await page.evaluate(
            "() => { const real = fetch; window.fetch = async (...of) => { await real(...of); window.fetch = real;"
            " throw new TypeError('lost') } }"
        )
        await page.get_by_role("button", name="Send to the hotel").click()
        await page.get_by_role("alert").get_by_text("No network").wait_for()
        await page.get_by_role("button", name="Send again").click()
        await page.get_by_role("heading", name="Thank you!").wait_for()
    assert len(keys) == 2
    assert len(set(keys)) == 1, "the same send has the same key"
    [order] = (await chief.get(ORDERS))["items"]
    assert len(order["reports"]) == 1


async def test_a_vendor_accepts_says_when_and_is_done(
    hotel: Hotel, chief: Caller, clock: ManualClock, look: Open
) -> None:
    token = await given(hotel, chief, clock)
    async with look(**PHONE) as page:
        await page.goto(f"/v/{token}")
        await page.get_by_role("heading", name="The boiler leaks").wait_for()
        assert await page.get_by_text("Very urgent").is_visible()
        await page.get_by_role("button", name="I will come").click()
        await page.get_by_role("status").get_by_text("You said that you will come.").wait_for()
        await page.fill("input[type=datetime-local]", "2020-01-01T10:00")
        await page.get_by_role("button", name="Say this time").click()
        await page.get_by_text("This time is over").wait_for()
        later = await page.evaluate("new Date(Date.now() + 864e5).toISOString()")
        await page.fill("input[type=datetime-local]", later[:16])
        await page.get_by_role("button", name="Say this time").click()
        await page.get_by_role("status").get_by_text("You will come:").wait_for()
        [sent] = (await chief.get("/maintenance/dispatches"))["items"]
        assert (sent["state"], sent["promised_at"][:16]) == ("acknowledged", later[:16])
        await page.get_by_role("button", name="It is done").click()
        await page.fill("textarea", "New washer")
        await page.get_by_role("button", name="Yes, it is done").click()
        await page.get_by_text("You said that it is done").wait_for()
        assert await page.get_by_role("button").count() == 0
        assert await page.evaluate(SCRIPTS) < MOST
    [order] = (await chief.get(ORDERS))["items"]
    assert (order["state"], order["remedy"]) == ("resolved", "New washer")


async def test_a_vendor_declines_after_a_second_look(
    hotel: Hotel, chief: Caller, clock: ManualClock, look: Open
) -> None:
    token = await given(hotel, chief, clock)
    async with look(**PHONE, language="fa") as page:
        await page.goto(f"/v/{token}")
        await page.get_by_role("button", name="نمی‌توانم").click()
        await page.get_by_role("button", name="برگشت").click()
        await page.get_by_role("button", name="نمی‌توانم").click()
        await page.get_by_role("button", name="بلی، نمی‌توانم").click()
        await page.get_by_role("status").get_by_text("گفتید که نمی‌توانید بیایید").wait_for()
        assert await page.get_by_role("button").count() == 0
    [sent] = (await chief.get("/maintenance/dispatches"))["items"]
    assert sent["state"] == "declined"


async def test_a_link_that_is_none_says_so_in_any_language(hotel: Hotel, look: Open) -> None:
    async with look(**PHONE) as page:
        await page.goto("/v/a/b")
        await page.get_by_role("heading", name="This link is not good").wait_for()
        await page.get_by_role("combobox").select_option("ps")
        await page.get_by_role("heading", name="دا لینک سم نه دی").wait_for()
        assert await page.evaluate("document.documentElement.dir") == "rtl"


@pytest.mark.parametrize(("language", "theme"), LOOKS)
async def test_everybody_can_use_it_on_any_phone(
    hotel: Hotel, chief: Caller, client: httpx.AsyncClient, clock: ManualClock, look: Open, language: str, theme: str
) -> None:
    place, order = await wall(hotel, chief), await given(hotel, chief, clock)
    report = await told(client, place)
    async with look(**PHONE, language=language, theme=theme, bypass_csp=True) as page:
        for path, ready in ((f"/v/{order}", "input"), (f"/p/{place}", "textarea"), (f"/r/{report}", "ol")):
            await page.goto(path)
            await page.locator(ready).first.wait_for()
            assert (path[:3], await faults(page), await overflows(page)) == (path[:3], [], [])
            small = "[...document.querySelectorAll('button, select, a')].filter(one => one.offsetHeight < 48).length"
            assert await page.evaluate(small) == 0
