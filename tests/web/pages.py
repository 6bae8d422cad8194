"""What tests of pages look for: overflow, faults of accessibility."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.async_api import Page

from serai.cli.demo import fill
from serai.runtime.work import House
from tests.web.conftest import AXE

SAMPLE = Path(__file__).parents[2] / "data/sample_bookings.csv"
WIDTHS = (360, 390, 768, 1440)
PAGES = (
    "/board", "/my-tasks", "/tasks", "/assignments", "/inspections", "/sheets", "/discrepancies", "/work-orders",
    "/work-orders?as=wall", "/triage", "/assets", "/parts", "/vendors", "/dashboard", "/notifications", "/staff",
    "/rooms", "/checklists", "/sla", "/phones", "/settings", "/account",
)  # fmt: skip


async def overflows(page: Page) -> list[int]:
    """The widths at which the page is wider than its window."""
    found: list[int] = []
    for width in WIDTHS:
        await page.set_viewport_size({"width": width, "height": 844})
        if await page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(width)
    return found


async def faults(page: Page) -> list[tuple[str, Any]]:
    """What axe finds against WCAG 2.2 AA and good practice."""
    await page.add_script_tag(path=AXE)
    found = await page.evaluate(
        "axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
    )
    return [(one["id"], [node["html"][:200] for node in one["nodes"][:3]]) for one in found["violations"]]


async def lively(house: House) -> None:
    """The demo hotel, in the middle of its day."""
    await fill(house, SAMPLE)


async def settled(page: Page) -> None:
    """All that the page asked for is there."""
    await page.wait_for_selector("#main h1")
    await page.wait_for_function("document.querySelectorAll('.skeleton').length === 0")
