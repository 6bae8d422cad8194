"""Signing in with a company's own accounts, at a provider on a loopback port."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator
from datetime import timedelta

import pytest
from playwright.async_api import Page

from serai.access.identity import service as identity
from serai.access.providers import service as providers
from serai.access.providers import store
from serai.access.providers.model import Link
from serai.kernel.clock import ManualClock
from serai.kernel.ids import new_id
from tests.access.providers.issuer import CLIENT, SECRET, LocalIssuer
from tests.areas.housekeeping.people import rooms
from tests.conftest import PASSWORD, Hotel
from tests.web.conftest import Open, sign_in
from tests.web.pages import faults, overflows

pytestmark = [pytest.mark.integration, pytest.mark.slow]
BUTTON = "With Silk Road accounts"


@pytest.fixture
async def issuer(hotel: Hotel, url: str) -> AsyncGenerator[LocalIssuer]:
    """It vouches for the hotel's people."""
    made = LocalIssuer()
    cmd = providers.AddProvider("Silk Road accounts", made.url, CLIENT, SECRET, (f"{url}/sign-in",))
    await hotel.do(lambda work: providers.add_provider(hotel.house, work, cmd))
    yield made
    made.close()


async def employ(hotel: Hotel, issuer: LocalIssuer | None = None, subject: str = "") -> None:
    """Rosa, a supervisor; her account is linked where it is named."""
    grant = identity.RoleGrant(identity.Role("housekeeping_supervisor"), hotel.property_id)
    cmd = identity.CreateStaff("Rosa", "rosa", roles=(grant,), password=PASSWORD)
    rosa = await hotel.do(lambda work: identity.create_staff(work, cmd))
    if issuer:
        made = Link(new_id(), hotel.tenant_id, rosa.id, issuer.url, subject, hotel.house.clock.now())
        await hotel.do(lambda work: store.add_link(work, made))


async def answer(page: Page, subject: str = "77", button: str = "Allow") -> None:
    """At the provider's page."""
    await page.get_by_label("Account").fill(subject)
    await page.get_by_role("button", name=button).click()


async def go(page: Page, subject: str = "77", button: str = "Allow") -> None:
    """From the sign-in page to the provider's, and back."""
    await page.get_by_role("button", name=BUTTON).click()
    await answer(page, subject, button)


async def said(page: Page, words: str) -> None:
    """The sign-in page says why not, and nothing of it stands in the address."""
    await page.get_by_role("alert").get_by_text(words).wait_for()
    await page.wait_for_selector("input[name=login]")
    assert not re.search("(state|code|error)=", page.url)


async def is_rosa(page: Page, path: str) -> None:
    """She is in, where she wanted to go."""
    await page.wait_for_url(f"**{path}")
    await page.wait_for_selector("#main h1")
    await page.get_by_role("link", name="Rosa").wait_for()


async def test_an_account_is_linked_and_the_device_offers_it_from_then_on(
    hotel: Hotel, look: Open, issuer: LocalIssuer
) -> None:
    await rooms(hotel, "101")
    await employ(hotel)
    async with look(refused="401|403|422") as page:
        await sign_in(page, "rosa")
        await page.goto("/account")
        await page.get_by_role("button", name="Link Silk Road accounts").click()
        await answer(page)
        await page.get_by_text("Type your password to link").wait_for()
        card = page.locator("section", has_text="Type your password to link")
        await card.get_by_label("Current password").fill("not this one, surely")
        await card.get_by_role("button", name="Save").click()
        await card.locator("[aria-invalid=true]").wait_for()
        await card.get_by_label("Current password").fill(PASSWORD)
        await card.get_by_role("button", name="Save").click()
        await page.get_by_text("Linked on").wait_for()
        assert page.url.endswith("/account")

        await page.get_by_role("button", name="Sign out", exact=True).first.click()
        await go(page)
        await is_rosa(page, "/board")
        await page.locator(".tile").wait_for()

        await page.goto("/account")
        await page.get_by_role("button", name="Unlink").click()
        await page.get_by_text("Linked on").wait_for(state="detached")
        await page.get_by_role("button", name="Sign out", exact=True).first.click()
        await go(page)
        await said(page, "Nobody here uses this account yet")


async def test_a_new_device_asks_for_the_company_and_a_refusal_loses_nothing(
    hotel: Hotel, look: Open, issuer: LocalIssuer
) -> None:
    await rooms(hotel, "101")
    await employ(hotel, issuer, "77")
    async with look(refused="401|403|422") as page:
        await page.goto("/tasks?find=101")
        await page.get_by_role("button", name="Company account").click()
        for unknown in ("nobody", "inn2"):
            await page.get_by_label("Company code").fill(unknown)
            await page.get_by_role("button", name="Continue").click()
            await page.get_by_role("alert").get_by_text("No company account was found").wait_for()
        await page.get_by_label("Company code").fill(f" {hotel.code.upper()} ")
        await page.get_by_role("button", name="Continue").click()
        for button, words in (("Deny", "stopped on your company's page"), ("Break", "could not sign you in")):
            await go(page, button=button)
            await said(page, words)
            assert "No!" not in await page.inner_text("body")
        await go(page, "78")
        await said(page, "Nobody here uses this account yet")
        await go(page)
        await is_rosa(page, "/tasks?find=101")


async def test_a_code_that_was_used_opens_nothing_and_breaks_nothing(
    hotel: Hotel, look: Open, issuer: LocalIssuer
) -> None:
    await rooms(hotel, "101")
    await employ(hotel, issuer, "77")
    async with look() as page:
        went: list[str] = []
        page.on("framenavigated", lambda frame: went.append(frame.url))
        await page.goto(f"/sign-in?tenant={hotel.code}&next=%2Finspections")
        await go(page)
        await is_rosa(page, "/inspections")
        [used] = {one for one in went if "state=" in one and "/sign-in" in one}
        await page.reload()
        await is_rosa(page, "/inspections")
        await page.goto(used)
        await is_rosa(page, "/board")
        await page.get_by_role("button", name="Sign out").click()
        await page.wait_for_selector("input[name=login]")
        await page.goto(used)
        await said(page, "took too long or was used before")
        await page.reload()
        await page.get_by_role("button", name=BUTTON).wait_for()
        await page.get_by_role("alert").get_by_text("took too long").wait_for(state="detached")
        await sign_in(page, "rosa")


async def test_what_takes_too_long_and_whose_state_is_lost_begins_again(
    hotel: Hotel, look: Open, issuer: LocalIssuer, clock: ManualClock
) -> None:
    await rooms(hotel, "101")
    await employ(hotel, issuer, "77")
    async with look() as page:
        await page.goto(f"/sign-in?tenant={hotel.code}&next=%2Finspections")
        await page.get_by_role("button", name=BUTTON).click()
        await page.get_by_label("Account").wait_for()
        clock.set(clock.now() + timedelta(minutes=11))
        await answer(page)
        await said(page, "took too long or was used before")
        await page.get_by_role("button", name=BUTTON).click()
        await page.get_by_label("Account").wait_for()
        await page.go_back()
        await go(page)
        await is_rosa(page, "/inspections")
    async with look() as other:
        await other.goto("/sign-in?state=of-somebody-else&code=theirs")
        await said(other, "took too long or was used before")


async def test_a_company_that_is_gone_stands_in_nobodys_way(hotel: Hotel, look: Open, issuer: LocalIssuer) -> None:
    await rooms(hotel, "101")
    await employ(hotel, issuer, "77")
    async with look(refused="401|503") as page:
        await page.goto("/icon.svg")
        await page.evaluate("localStorage['serai.company'] = 'gone'")
        await page.goto("/sign-in?tenant=nobody")
        await page.get_by_role("button", name="Company account").wait_for()
        assert await page.evaluate("localStorage['serai.company']") == "gone"
        await page.route("**/assets/company-*.js", lambda asked: asked.abort())  # its piece does not come
        await page.reload()
        await page.get_by_role("button", name="Company account").click()
        await page.get_by_role("alert").get_by_text("There is no network").wait_for()
        await page.unroute("**/assets/company-*.js")
        await sign_in(page, "rosa")
        assert await page.evaluate("localStorage['serai.company']") == hotel.code
        await page.get_by_role("button", name="Sign out").click()
        await page.get_by_role("button", name=BUTTON).wait_for()
        issuer.described = {"issuer": "https://evil.example"}
        await page.get_by_role("button", name=BUTTON).click()
        await said(page, "does not answer")


@pytest.mark.usefixtures("issuer")
@pytest.mark.parametrize(("language", "theme"), [("en", "light"), ("fa", "dark")])
async def test_the_way_in_is_for_everybody(hotel: Hotel, look: Open, language: str, theme: str) -> None:
    async with look(language=language, theme=theme, bypass_csp=True) as page:
        await page.goto(f"/sign-in?tenant={hotel.code}&error=access_denied")
        await page.locator("form + p[role=alert]").wait_for()
        await page.locator("button:has(bdi)").wait_for()
        await page.locator("button.btn-ghost.text-brand-text").click()
        await page.locator("input[name=code]").wait_for()
        assert (await faults(page), await overflows(page)) == ([], [])
