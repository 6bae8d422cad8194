"""`python -m bench.screens [URL]`: a picture of every page, for docs/screens.

At a desk in English and light, on a phone in Dari and dark. `--all FOLDER` puts every page in all eight ways there.
"""

from __future__ import annotations

import argparse
import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import product
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from campaigns.phone import CHROMIUM, NO_CHROMIUM
from serai.areas.work_orders.service import VENDORS_LINK
from serai.cli.demo import PASSWORD
from serai.cli.place import secret
from serai.flows.vendor_dispatch import GOOD_FOR
from serai.kernel.ids import decode
from serai.runtime.links import Link, Links
from serai.runtime.settings import Settings

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
    if CHROMIUM is None:
        raise SystemExit(NO_CHROMIUM)
    with sync_playwright() as tools:
        browser = tools.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
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
        for name, path in _links(page, url).items():
            page.goto(url + path)
            page.wait_for_selector("textarea, dl")
            yield name, page.screenshot()
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


def _links(page: Page, url: str) -> dict[str, str]:
    """What a code on the wall says, and what a vendor is sent: that is signed here, as SERAI_DATA_DIR is the demo's."""
    api, said = f"{url}/api/v1", {"login": "chief", "password": PASSWORD}
    token = page.request.post(f"{api}/auth/token", data=said).json()["access_token"]
    own = {"authorization": f"Bearer {token}"}
    self = page.request.get(f"{api}/me", headers=own).json()
    board = page.request.get(f"{api}/rooms?property_id={self['properties'][0]['id']}", headers=own).json()
    asked = {"space_id": board["items"][0]["id"]}
    wall = page.request.post(f"{api}/maintenance/report-links", headers=own, data=asked).json()["token"]
    sent = page.request.get(f"{api}/maintenance/dispatches", headers=own).json()["items"]
    live = next(one["id"] for one in sent if one["ended_at"] is None)
    about = Link(decode("ten", self["tenant"]["id"]), decode("dsp", live))
    order = Links(secret(Settings()), url).sign(VENDORS_LINK, about, datetime.now(UTC) + GOOD_FOR)
    return {"report": f"/p/{wall}", "vendor": f"/v/{order}"}


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
