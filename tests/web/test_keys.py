"""By the keyboard alone; and a session that ends in the middle of a form."""

from __future__ import annotations

from datetime import timedelta

import pytest

from serai.kernel.clock import ManualClock
from tests.areas.housekeeping.people import rooms
from tests.conftest import PASSWORD, Hotel
from tests.web.conftest import Open, employ, sign_in

pytestmark = [pytest.mark.integration, pytest.mark.slow]


async def test_a_day_by_the_keyboard_alone(hotel: Hotel, look: Open) -> None:
    await rooms(hotel, "101", "102", "103")
    login = await employ(hotel, "housekeeping_supervisor")
    async with look() as page:
        await page.goto("/")
        await page.locator("input[name=login]").focus()
        await page.keyboard.type(login)
        await page.keyboard.press("Tab")
        await page.keyboard.type(PASSWORD)
        await page.keyboard.press("Enter")
        await page.locator(".tile").nth(2).wait_for()

        await page.keyboard.press("Control+k")
        await page.get_by_role("listbox").get_by_role("option").first.wait_for()
        await page.keyboard.type("inspec")
        await page.locator("[role=option][data-focused]", has_text="Inspections").wait_for()
        await page.keyboard.press("Enter")
        await page.wait_for_url("**/inspections")
        await page.keyboard.press("g")
        await page.keyboard.press("b")
        await page.locator(".tile").first.focus()
        await page.keyboard.press("ArrowRight")
        await page.keyboard.press("s")
        await page.locator(".tile[data-look=cleaning]", has_text="102").wait_for()

        await page.keyboard.press("x")
        await page.keyboard.press("ArrowRight")
        await page.keyboard.press("Shift+X")
        bar = page.get_by_role("toolbar")
        await bar.get_by_text("2 selected").wait_for()
        await bar.get_by_role("button", name="Clean", exact=True).focus()
        await page.keyboard.press("Enter")
        sure = page.get_by_role("dialog")
        await sure.get_by_role("button", name="Clean", exact=True).focus()
        await page.keyboard.press("Enter")
        for number in ("102", "103"):
            await page.locator(".tile[data-look=clean]", has_text=number).wait_for()
        await page.keyboard.press("Shift+?")
        await page.get_by_role("heading", name="Keyboard shortcuts").wait_for()
        await page.keyboard.press("Escape")
        await page.get_by_role("dialog").wait_for(state="detached")


async def test_what_was_refused_of_many_says_why(hotel: Hotel, look: Open) -> None:
    await rooms(hotel, "101", "102")
    async with look() as page:
        await sign_in(page, await employ(hotel, "housekeeping_supervisor"))
        await page.locator(".tile").first.click(modifiers=["Control"])
        await page.locator(".tile").nth(1).click()
        await page.get_by_role("toolbar").get_by_role("button", name="Inspected").click()
        await page.get_by_role("dialog").get_by_role("button", name="Inspected").click()
        await page.get_by_role("dialog").get_by_text("2 rooms were refused").wait_for()
        assert await page.get_by_role("dialog").locator("li").count() == 2


async def test_the_back_of_a_phone_asks_for_what_was_written(hotel: Hotel, look: Open) -> None:
    await rooms(hotel, "101")
    async with look(width=390, height=844) as page:
        await sign_in(page, await employ(hotel, "housekeeping_supervisor"))
        board = page.url
        await page.get_by_role("link", name="Tasks").first.click()
        await page.get_by_role("button", name="New task").first.click()
        form = page.get_by_role("dialog")
        await form.get_by_label("Note").fill("Behind the bed too")
        await page.evaluate("history.back()")
        await form.get_by_role("button", name="Keep editing").click()
        assert await form.get_by_label("Note").input_value() == "Behind the bed too"
        await page.wait_for_url("**/tasks**")
        await page.evaluate("history.back()")
        await form.get_by_role("button", name="Discard").click()
        await form.wait_for(state="detached")
        await page.wait_for_url(board)


async def test_a_session_that_ends_in_the_middle_of_a_form_loses_nothing(
    hotel: Hotel, look: Open, clock: ManualClock
) -> None:
    await rooms(hotel, "101")
    login = await employ(hotel, "housekeeping_supervisor")
    async with look() as page:
        await sign_in(page, login)
        await page.goto("/tasks")
        await page.get_by_role("button", name="New task").first.click()
        form = page.get_by_role("dialog")
        await form.get_by_label("Task type").select_option(label="Deep cleaning")
        await form.get_by_label("Room").select_option(label="101")
        await form.get_by_label("Note").fill("Behind the bed too")
        clock.set(clock.now() + timedelta(days=400))
        await form.get_by_role("button", name="New task").click()
        again = page.get_by_role("dialog", name="Please sign in again")
        await again.get_by_label("Password").fill(PASSWORD)
        await again.get_by_role("button", name="Sign in", exact=True).click()
        await page.get_by_text("Saved", exact=True).wait_for()
        await page.get_by_role("button", name="101").click()
        await page.get_by_role("dialog").get_by_text("Behind the bed too").wait_for()
