"""Somebody new: from the manager's list of staff to a password of their own."""

from __future__ import annotations

import pytest
from playwright.async_api import Page

from tests.conftest import Hotel
from tests.web.conftest import Open, employ, sign_in
from tests.web.pages import faults, overflows

pytestmark = [pytest.mark.integration, pytest.mark.slow]
CHOSEN = "four saffron lamps burn"


async def choose(page: Page, password: str) -> None:
    """What the invited person types."""
    await page.get_by_label("New password").fill(password)
    await page.get_by_role("button", name="Save").click()


async def test_who_is_invited_chooses_a_password_and_an_invitation_is_good_once(hotel: Hotel, look: Open) -> None:
    async with look() as manager, look(width=390, height=844, bypass_csp=True) as invited:
        await sign_in(manager, await employ(hotel, "venue_admin", "Hassan"))
        await manager.goto("/staff")
        await manager.get_by_role("button", name="Add a person").first.click()
        form = manager.get_by_role("dialog")
        await form.get_by_label("Name").fill("Zarmina")
        await form.get_by_label("Login").fill("zarmina")
        await form.get_by_label("Role").select_option("housekeeper")
        await form.get_by_role("button", name="Save").click()
        await manager.get_by_role("button", name="Zarmina").click()
        await manager.get_by_role("dialog").get_by_role("button", name="Create an invitation").click()
        link = await manager.locator("code", has_text="/invitation#").inner_text()

        await invited.goto(link)
        await invited.get_by_role("heading", name="You are invited").wait_for()
        assert await faults(invited) == []
        assert await overflows(invited) == []
        await choose(invited, "short")
        field = invited.get_by_label("New password")
        assert await field.evaluate("field => field.validationMessage") == "At least 12 characters."
        await choose(invited, CHOSEN)
        await invited.get_by_role("link", name="Sign in").and_(invited.locator(".btn-primary")).wait_for()
        assert await invited.get_by_label("New password").count() == 0

        await manager.goto(link)
        await choose(manager, CHOSEN)
        await manager.get_by_role("alert").get_by_text("This invitation was used").wait_for()
        await manager.goto("/staff")
        await manager.get_by_role("button", name="Zarmina").first.wait_for()

        await sign_in(invited, "zarmina", CHOSEN)
        await invited.wait_for_url("**/my-tasks")
