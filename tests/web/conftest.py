"""The web app in a real browser, against the real server."""

from __future__ import annotations

import os
import re
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.async_api import Browser, ConsoleMessage, Page, async_playwright

from campaigns.phone import CHROMIUM, NO_CHROMIUM
from serai.access.identity import service as identity
from serai.kernel.clock import ManualClock
from serai.runtime.http.ui import FOLDER
from serai.runtime.work import House
from tests.conftest import PASSWORD, Hotel
from tests.realtime.server import served

AXE = Path(__file__).parents[2] / "web/node_modules/axe-core/axe.min.js"
PATIENCE = 30_000
"""Milliseconds."""
AWAY = re.compile(r"net::ERR_|WebSocket connection to")
Open = Callable[..., AbstractAsyncContextManager[Page]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Say why, where they cannot run; under `SERAI_REQUIRE_WEB` that is a failure."""
    why = NO_CHROMIUM if CHROMIUM is None else ""
    if not (FOLDER / "index.html").exists():
        why = "the web app is not built (make ui)"
    if why and os.environ.get("SERAI_REQUIRE_WEB"):
        raise pytest.UsageError(why)
    for one in items:
        if why and Path(__file__).parent in one.path.parents:
            one.add_marker(pytest.mark.skip(reason=why))


@pytest.fixture
async def url(house: House) -> AsyncGenerator[str]:
    """Where the house answers."""
    async with served(house) as live:
        yield live.url


@pytest.fixture
async def browser() -> AsyncGenerator[Browser]:
    async with async_playwright() as all_of_them:
        one = await all_of_them.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield one
        await one.close()


def _ours(said: ConsoleMessage) -> bool:
    """Beside a file that is no page the browser asks for an icon of its own."""
    return not said.location["url"].endswith("/favicon.ico")


@pytest.fixture
def look(browser: Browser, url: str, clock: ManualClock) -> Open:
    """A window of somebody's own, at the hour of the house; an error on its console is a failure.

    `installed` keeps the app on the device, as a phone does. A network that is away is none of the page's errors, nor
    are the statuses `refused`: what a test of people may be told.
    """

    @asynccontextmanager
    async def look(
        *,
        width: int = 1440,
        height: int = 900,
        language: str = "en",
        theme: str = "light",
        bypass_csp: bool = False,
        installed: bool = False,
        refused: str = "401|409|412|422",
    ) -> AsyncGenerator[Page]:
        context = await browser.new_context(
            base_url=url,
            viewport={"width": width, "height": height},
            bypass_csp=bypass_csp,
            reduced_motion="reduce",
            service_workers="allow" if installed else "block",
        )
        await context.clock.install(time=clock.now())
        context.set_default_timeout(PATIENCE)
        chosen = f"localStorage['serai.language'] = '{language}'; localStorage['serai.theme'] = '{theme}'"
        await context.add_init_script(chosen)
        page, wrong = await context.new_page(), list[str]()
        page.on("console", lambda said: wrong.append(said.text) if said.type == "error" and _ours(said) else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        yield page
        await context.close()
        meant = re.compile(f"status of ({refused})")
        assert [one for one in wrong if not (AWAY.search(one) or meant.search(one))] == []

    return look


async def employ(hotel: Hotel, role: str, name: str | None = None) -> str:
    """Somebody of a role; their login."""
    login = f"{role}-{uuid4().hex[:8]}"
    grant = identity.RoleGrant(identity.Role(role), hotel.property_id)
    cmd = identity.CreateStaff(name or role.title(), login, roles=(grant,), password=PASSWORD)
    await hotel.do(lambda work: identity.create_staff(work, cmd))
    return login


async def sign_in(page: Page, login: str, password: str = PASSWORD) -> None:
    """As a person does."""
    await page.goto("/")
    await page.fill("input[name=login]", login)
    await page.fill("input[name=password]", password)
    await page.click("button[type=submit]")
    await page.wait_for_selector("#main h1")
