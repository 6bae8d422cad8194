"""Every page fits every window, and everybody can use it."""

from __future__ import annotations

import os

import pytest
from playwright.async_api import Page

from serai.cli.demo import PASSWORD
from serai.runtime.work import House
from tests.web.conftest import Open, sign_in
from tests.web.pages import PAGES, faults, lively, overflows, settled

pytestmark = [pytest.mark.integration, pytest.mark.slow]
WHOLE = pytest.mark.skipif("SERAI_FULL" not in os.environ, reason="make test-full looks at all languages and themes")


async def judge(page: Page, path: str) -> list[str]:
    """What is wrong with a page: at four widths, and to those who cannot see."""
    await page.set_viewport_size({"width": 1440, "height": 900})
    await page.goto(path)
    await settled(page)
    if path not in page.url:
        return [f"{path} led to {page.url}"]
    wrong = [f"{path}: {one}" for one in await faults(page)]
    return wrong + [f"{path} is wider than {one}" for one in await overflows(page)]


@pytest.mark.parametrize(
    ("language", "theme"),
    [("en", "light"), ("fa", "dark"), *[pytest.param(*one, marks=WHOLE) for one in (("fa", "light"), ("en", "dark"))]],
)
async def test_every_page_fits_and_is_for_everybody(house: House, look: Open, language: str, theme: str) -> None:
    await lively(house)
    async with look(language=language, theme=theme, bypass_csp=True, refused="none") as page:
        await sign_in(page, "manager", PASSWORD)
        wrong = [one for path in PAGES for one in await judge(page, path)]
        assert wrong == []


@WHOLE
@pytest.mark.parametrize("language", ["ps", "ur", "ar"])
async def test_other_languages_fit_too(house: House, look: Open, language: str) -> None:
    await lively(house)
    async with look(language=language, bypass_csp=True, refused="none") as page:
        await sign_in(page, "manager", PASSWORD)
        wrong: list[str] = []
        for path in PAGES:
            await page.goto(path)
            await settled(page)
            wrong += [f"{path} led to {page.url}"] * (path not in page.url)
            wrong += [f"{path} is wider than {one}" for one in await overflows(page)]
        assert wrong == []


async def test_what_stands_over_a_page_is_for_everybody_too(house: House, look: Open) -> None:
    """A room, a report of a fault, the palette, one order, one task."""
    await lively(house)
    async with look(width=390, height=844, language="fa", bypass_csp=True, refused="none") as page:
        await sign_in(page, "manager", PASSWORD)
        await page.locator(".tile").first.click()
        await page.get_by_role("dialog").locator("h3").first.wait_for()
        await settled(page)
        assert await faults(page) == []
        await page.goto("/tasks")
        await settled(page)
        await page.locator("main li button").first.click()
        await page.get_by_role("dialog").locator("dl").first.wait_for()
        assert await faults(page) == []
        await page.goto("/work-orders")
        await settled(page)
        await page.locator("main li button").first.click()
        await page.wait_for_url("**/work-orders/mnt_*")
        await settled(page)
        assert (await faults(page), await overflows(page)) == ([], [])
        await page.goto("/board")
        await settled(page)
        await page.set_viewport_size({"width": 1440, "height": 900})
        await page.keyboard.press("Control+k")
        await page.get_by_role("listbox").get_by_role("option").first.wait_for()
        assert await faults(page) == []
