"""The room board, as a supervisor, an attendant and the desk see it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from serai.kernel.clock import ManualClock
from tests.areas.housekeeping.people import put, ready, rooms
from tests.conftest import Hotel
from tests.web.conftest import Open, employ, sign_in
from tests.web.pages import faults, overflows

pytestmark = [pytest.mark.integration, pytest.mark.slow]
SCRIPTS = (
    "performance.getEntriesByType('resource').filter(one => one.name.endsWith('.js'))"
    ".reduce((sum, one) => sum + one.encodedBodySize, 0)"
)
"""Bytes of JavaScript that came for all that was opened, as they were sent."""


async def test_a_room_goes_from_dirty_to_ready_before_the_eyes_of_the_desk(hotel: Hotel, look: Open) -> None:
    await rooms(hotel, "101", "102")
    async with look() as boss, look(width=390, height=844) as desk:
        await sign_in(boss, await employ(hotel, "housekeeping_supervisor"))
        await sign_in(desk, await employ(hotel, "front_desk"))
        seen = desk.locator(".tile", has_text="101")
        await seen.wait_for()
        assert await seen.get_attribute("data-look") == "dirty"
        assert await desk.evaluate(SCRIPTS) < 180_000
        await boss.locator(".tile", has_text="101").click()
        for move, look_ in (("Start cleaning", "cleaning"), ("Mark clean", "clean"), ("Mark inspected", "inspected")):
            await boss.get_by_role("dialog").get_by_role("button", name=move).click()
            await desk.locator(f".tile[data-look={look_}]", has_text="101").wait_for()
        assert await desk.locator(".tile", has_text="102").get_attribute("data-look") == "dirty"


async def test_a_wrong_password_is_said_and_a_session_that_ended_leads_back(
    hotel: Hotel, look: Open, clock: ManualClock
) -> None:
    await rooms(hotel, "101")
    login = await employ(hotel, "housekeeping_supervisor")
    async with look() as page:
        await page.goto("/board?look=dirty")
        await page.fill("input[name=login]", login)
        await page.fill("input[name=password]", "not this one, surely")
        await page.click("button[type=submit]")
        await page.get_by_role("alert").get_by_text("Wrong login or password").wait_for()
        await sign_in(page, login)
        await page.locator(".tile").wait_for()
        clock.set(clock.now() + timedelta(days=400))
        await page.reload()
        await page.wait_for_selector("input[name=login]")
        assert "/sign-in" in page.url


async def test_the_board_is_filtered_by_its_address_and_walked_by_the_keyboard(hotel: Hotel, look: Open) -> None:
    [first, *_] = await rooms(hotel, "101", "102", "103")
    await ready(hotel, first)
    async with look() as page:
        await sign_in(page, await employ(hotel, "housekeeping_supervisor"))
        await page.locator(".tile").nth(2).wait_for()
        await page.locator("button.card[data-look=dirty]").click()
        await page.wait_for_url("**/board?look=dirty")
        assert await page.locator(".tile").count() == 2
        await page.get_by_role("searchbox", name="Find a room").fill("9")
        await page.get_by_text("No rooms match").wait_for()
        await page.get_by_role("button", name="Show all rooms").click()
        await page.locator(".tile").first.focus()
        await page.keyboard.press("ArrowRight")
        await page.keyboard.press("Enter")
        await page.get_by_role("dialog").get_by_role("heading", name="102").wait_for()
        await page.keyboard.press("Escape")
        await page.get_by_role("dialog").wait_for(state="detached")


@pytest.mark.parametrize(("language", "theme"), [("en", "light"), ("en", "dark"), ("fa", "light"), ("fa", "dark")])
async def test_everybody_can_use_it_at_every_width(hotel: Hotel, look: Open, language: str, theme: str) -> None:
    made = await rooms(hotel, "101", "102")
    await put(hotel, made[0], occupancy="occupied")
    async with look(language=language, theme=theme, bypass_csp=True) as page:
        await page.goto("/")
        await page.wait_for_selector("input[name=login]")
        assert (await faults(page), await overflows(page)) == ([], [])
        await sign_in(page, await employ(hotel, "housekeeping_supervisor"))
        await page.locator(".tile").first.wait_for()
        assert (await faults(page), await overflows(page)) == ([], [])
        await page.locator(".tile").first.click()
        await page.get_by_role("dialog").locator("h3").first.wait_for()
        assert (await faults(page), await overflows(page)) == ([], [])
