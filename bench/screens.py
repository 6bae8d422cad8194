"""`python -m bench.screens [URL]`: a picture of every page, for docs/screens.

At a desk in English and light, on a phone in Dari and dark. `--all FOLDER` puts every page in all eight ways there.
"""

from __future__ import annotations

import argparse
import io
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

PASSWORD = "caravanserai"  # noqa: S105  # the demo's, known to all
SCREENS = Path(__file__).parents[1] / "docs" / "screens"
PAGES = {
    "manager": (
        "dashboard", "board", "tasks", "assignments", "sheets", "discrepancies", "work-orders", "assets", "parts",
        "vendors", "notifications", "staff", "rooms", "checklists", "sla", "phones", "settings", "account",
    ),
    "supervisor": ("inspections",),
    "chief": ("triage", "work-orders?as=wall"),
    "laila": ("my-tasks",),
}  # fmt: skip
WIDE, NARROW = (1440, 900), (390, 844)
WAYS = {WIDE: ("en", "light"), NARROW: ("fa", "dark")}
SMALL, QUALITY = {WIDE: 960, NARROW: 390}, 72


def main() -> None:
    """All of them; the sizes are of the window."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("url", nargs="?", default="http://localhost:8007")
    asked.add_argument("--all", type=Path, help="every page, size, language and theme, unshrunk, into this folder")
    said = asked.parse_args()
    chromium = os.environ.get("CHROMIUM_PATH") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as tools:
        browser = tools.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        if said.all:
            said.all.mkdir(parents=True, exist_ok=True)
            for size, language, theme in product((WIDE, NARROW), ("en", "fa"), ("light", "dark")):
                for name, picture in _shot(browser, said.url, size, language, theme):
                    (said.all / f"{name}-{size[0]}-{language}-{theme}.png").write_bytes(picture)
        else:
            for size, (language, theme) in WAYS.items():
                for name, picture in _shot(browser, said.url, size, language, theme):
                    _keep(f"{name}-phone" if size == NARROW else name, picture, SMALL[size])


def _shot(browser: Browser, url: str, size: tuple[int, int], language: str, theme: str) -> Iterator[tuple[str, bytes]]:
    with _window(browser, url, size, language, theme) as page:
        yield "sign-in", page.screenshot()
        page.goto(f"{url}/p/{_code(page, url)}")
        page.wait_for_selector("textarea, input")
        yield "report", page.screenshot()
    for login, names in PAGES.items():
        with _window(browser, url, size, language, theme) as page:
            page.fill("input[name=login]", login)
            page.fill("input[name=password]", PASSWORD)
            page.click("button[type=submit]")
            page.wait_for_selector("#main h1")
            for name in names:
                page.goto(f"{url}/{name}")
                _settle(page)
                yield name.replace("?as=", "-"), page.screenshot()
                if name == "work-orders":
                    page.locator("main tbody tr, main li button").first.click()
                    page.wait_for_url("**/work-orders/mnt_*")
                    _settle(page)
                    yield "work-order", page.screenshot()
                if name == "board":
                    page.locator(".tile").first.click()
                    page.get_by_role("dialog").locator("h3").first.wait_for()
                    _settle(page)
                    yield "room", page.screenshot()


def _code(page: Page, url: str) -> str:
    """What a code on the wall of room 101 says."""
    api = f"{url}/api/v1"
    token = page.request.post(f"{api}/auth/token", data={"login": "chief", "password": PASSWORD}).json()["access_token"]
    own = {"authorization": f"Bearer {token}"}
    house = page.request.get(f"{api}/me", headers=own).json()["properties"][0]["id"]
    board = page.request.get(f"{api}/rooms?property_id={house}", headers=own).json()
    asked = {"space_id": board["items"][0]["id"]}
    return page.request.post(f"{api}/maintenance/report-links", headers=own, data=asked).json()["token"]


@contextmanager
def _window(browser: Browser, url: str, size: tuple[int, int], language: str, theme: str) -> Iterator[Page]:
    width, height = size
    context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
    context.add_init_script(f"localStorage['serai.language'] = '{language}'; localStorage['serai.theme'] = '{theme}'")
    page = context.new_page()
    page.goto(url)
    page.wait_for_selector("input[name=login]")
    yield page
    context.close()


def _settle(page: Page) -> None:
    page.wait_for_selector("#main h1")
    while page.locator(".skeleton").count():
        page.wait_for_timeout(100)
    page.wait_for_timeout(400)


def _keep(name: str, picture: bytes, width: int) -> None:
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    image.thumbnail((width, width * 3))
    image.save(SCREENS / f"{name}.webp", quality=QUALITY, method=6)


if __name__ == "__main__":
    main()
