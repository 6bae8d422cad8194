"""A turn-over by three people, who see each other at work."""

from __future__ import annotations

import pytest
from playwright.async_api import Page

from tests.areas.housekeeping.people import in_house, rooms
from tests.conftest import Hotel
from tests.web.conftest import Open, employ, sign_in

pytestmark = [pytest.mark.integration, pytest.mark.slow]


async def press(page: Page, name: str) -> None:
    """The button of that name, wherever it stands."""
    await page.get_by_role("button", name=name, exact=True).first.click()


async def test_three_people_turn_a_room_over(hotel: Hotel, look: Open) -> None:
    [room, _] = await rooms(hotel, "101", "102")
    await in_house(hotel, "B-1", room)
    people = [
        await employ(hotel, role, name)
        for role, name in (("front_desk", "Farid"), ("housekeeping_supervisor", "Omid"), ("housekeeper", "Laila"))
    ]
    async with look() as desk, look() as boss, look(width=390, height=844) as phone:
        for page, login in zip((desk, boss, phone), people, strict=True):
            await sign_in(page, login)
        assert "/my-tasks" in phone.url
        await phone.get_by_text("No tasks right now").wait_for()

        await desk.locator(".tile", has_text="101").click()
        await desk.get_by_role("dialog").get_by_role("button", name="Check out").click()
        await desk.get_by_role("dialog", name="Check out").get_by_role("button", name="Check out", exact=True).click()
        await desk.locator(".tile[data-look=dirty]", has_text="101").wait_for(state="attached")
        await desk.keyboard.press("Escape")

        await boss.goto("/assignments")
        card = boss.locator("li", has_text="101").first
        await card.locator("select").select_option(label="Laila")
        await boss.get_by_role("region", name="Laila").or_(boss.locator("section[aria-label=Laila]")).first.wait_for()
        await boss.locator("section[aria-label=Laila]").get_by_text("101").wait_for()

        await phone.get_by_text("Checkout cleaning").first.wait_for()
        await press(phone, "Start")
        await desk.locator(".tile[data-look=cleaning]", has_text="101").wait_for()
        await press(phone, "Done")
        await phone.get_by_text("All done").wait_for()
        await desk.locator(".tile[data-look=clean]", has_text="101").wait_for()

        await boss.goto("/inspections")
        await boss.locator("li", has_text="101").first.wait_for()
        await press(boss, "Pass")
        await boss.get_by_text("No rooms to inspect").wait_for()
        await desk.locator(".tile[data-look=inspected]", has_text="101").wait_for()


async def test_what_was_not_good_is_cleaned_again_with_the_reason(hotel: Hotel, look: Open) -> None:
    [room] = await rooms(hotel, "101")
    await in_house(hotel, "B-1", room)
    async with look() as boss, look(width=390, height=844) as phone:
        await sign_in(boss, await employ(hotel, "venue_admin", "Zahra"))
        await sign_in(phone, await employ(hotel, "housekeeper", "Laila"))
        await boss.locator(".tile", has_text="101").click()
        await boss.get_by_role("dialog").get_by_role("button", name="Check out").click()
        await boss.get_by_role("dialog", name="Check out").get_by_role("button", name="Check out", exact=True).click()
        await phone.get_by_text("Unassigned").wait_for()
        await phone.get_by_role("button", name="101").click()
        await press(phone, "Start")
        await press(phone, "Done")
        await boss.goto("/inspections")
        await press(boss, "Fail")
        sheet = boss.get_by_role("dialog")
        await sheet.get_by_label("Reason").fill("Hair in the bath")
        await sheet.get_by_role("button", name="Fail").click()
        await boss.goto("/tasks")
        await boss.get_by_role("button", name="101").click()
        await boss.get_by_role("dialog").get_by_text("Hair in the bath").wait_for()
