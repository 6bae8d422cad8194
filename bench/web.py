"""`python -m bench.web`: how fast the web app is, in a real Chromium.

Chromium is the system's (CHROMIUM_PATH, chromium or google-chrome). Lighthouse comes by npm if there is a way to it.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import statistics
import subprocess
import tempfile
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
from playwright.async_api import BrowserContext, Page, Playwright, ViewportSize, async_playwright

from bench import place, rosa
from campaigns.phone import CHROMIUM, NO_CHROMIUM
from serai.areas.spaces.model import Draft, Kind

FLOORS, DOORS, RUNS = 6, 50, 5
RATE, SECONDS, SLOWER, REST = 100, 8, 6, 3
LIGHTHOUSE = "lighthouse@13.5.0"
DESK, PHONE = ViewportSize(width=1440, height=900), ViewportSize(width=390, height=844)
DRAFTS = [
    Draft(Kind.ROOM, number=f"{floor}{door:02}", room_type="DBL", floor=str(floor))
    for floor in range(1, FLOORS + 1)
    for door in range(1, DOORS + 1)
]
PAINTED = """tiles => new Promise((done, fail) => { const look = () =>
  document.querySelectorAll('.tile').length >= tiles
    ? requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now())))
    : performance.now() > 60000 ? fail(new Error('the board did not come')) : requestAnimationFrame(look); look() })"""
"""Milliseconds from the begin of the navigation until so many tiles have been drawn."""
SCREEN, SMALL, ALL = DOORS, 24, FLOORS * DOORS
"""Tiles: of a desk's screen, of a phone's, all."""
FIRST = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
BYTES = """performance.getEntriesByType('resource').filter(one => one.name.endsWith('.js'))
  .reduce((sum, one) => sum + one.encodedBodySize, 0)"""
FRAMES = """async seconds => { const times = []; let last = performance.now(), long = 0
  new PerformanceObserver(list => { long += list.getEntries().length }).observe({ entryTypes: ['longtask'] })
  await new Promise(done => { const end = last + seconds * 1000
    const tick = now => { times.push(now - last); last = now; now < end ? requestAnimationFrame(tick) : done() }
    requestAnimationFrame(tick) })
  times.sort((one, other) => one - other)
  return { fps: times.length / seconds, p95: times[Math.floor(times.length * .95)], long } }"""


async def main() -> None:
    """All figures, one line each."""
    if CHROMIUM is None:
        raise SystemExit(NO_CHROMIUM)
    async with place.database() as at, place.server(at) as server, async_playwright() as tools:
        _, rooms = await rosa.hotel(at, DRAFTS)
        with tempfile.TemporaryDirectory() as profile:
            async with _browser(tools, server.url, DESK, profile) as desk:
                await _sign_in(desk)
                await _cold(desk, server.url)
                await _live(desk, server.url, rooms)
                await desk.pages[0].goto("/board")  # the app is on the device again
                await desk.pages[0].wait_for_timeout(5_000)
                await desk.pages[0].goto("about:blank")
                await _warm(desk)
            _lighthouse(server.url, profile)


@asynccontextmanager
async def _browser(tools: Playwright, url: str, size: ViewportSize, profile: str) -> AsyncGenerator[BrowserContext]:
    context = await tools.chromium.launch_persistent_context(
        profile, executable_path=CHROMIUM, args=["--no-sandbox"], base_url=url, viewport=size
    )
    yield context
    await context.close()


async def _sign_in(context: BrowserContext) -> None:
    page = context.pages[0]
    await page.goto("/")
    await page.fill("input[name=login]", rosa.LOGIN)
    await page.fill("input[name=password]", rosa.PASSWORD)
    await page.click("button[type=submit]")
    await page.evaluate(PAINTED, ALL)
    await page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    await page.wait_for_timeout(4_000)
    await page.goto("about:blank")


async def _tool(page: Page) -> Any:
    return await page.context.new_cdp_session(page)


async def _cold(context: BrowserContext, url: str) -> None:
    """Nothing kept: no cache, no service worker, no answers of before."""
    screen, whole, first, size = list[float](), list[float](), list[float](), 0
    for _ in range(RUNS):
        page = await context.new_page()
        tool = await _tool(page)
        await tool.send("Network.setBypassServiceWorker", {"bypass": True})
        await tool.send("Network.setCacheDisabled", {"cacheDisabled": True})
        emptied = {"origin": url, "storageTypes": "indexeddb,cache_storage,service_workers"}
        await tool.send("Storage.clearDataForOrigin", emptied)
        await page.goto("/board")
        screen.append(await page.evaluate(PAINTED, SCREEN))
        whole.append(await page.evaluate(PAINTED, ALL))
        first.append(await page.evaluate(FIRST))
        size = await page.evaluate(BYTES)
        await page.close()
        await asyncio.sleep(REST)
    _say("board of 300 rooms, desk, cold: first paint", statistics.median(first), "ms")
    _say("board of 300 rooms, desk, cold: a screen of tiles painted", statistics.median(screen), "ms")
    _say("board of 300 rooms, desk, cold: all tiles painted", statistics.median(whole), "ms")
    _say("JavaScript of the board as it came", size / 1000, "kB")


async def _warm(context: BrowserContext) -> None:
    screen, whole = list[float](), list[float]()
    for _ in range(RUNS):
        page = await context.new_page()
        await page.set_viewport_size(PHONE)
        await (await _tool(page)).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        await page.goto("/board")
        screen.append(await page.evaluate(PAINTED, SMALL))
        whole.append(await page.evaluate(PAINTED, ALL))
        await page.close()
        await asyncio.sleep(REST)
    slower = f"board of 300 rooms, phone {SLOWER} times slower, warm:"
    _say(f"{slower} a screen painted", statistics.median(screen), "ms")
    _say(f"{slower} all painted", statistics.median(whole), "ms")


async def _live(context: BrowserContext, url: str, rooms: list[str]) -> None:
    page = await context.new_page()
    await page.goto("/board")
    await page.evaluate(PAINTED, ALL)
    await page.get_by_text("Live", exact=True).first.wait_for()
    async with httpx.AsyncClient(base_url=f"{url}/api/v1", timeout=30) as http:
        http.headers["authorization"] = f"Bearer {await rosa.token(http)}"
        changing = asyncio.create_task(_change(http, rooms))
        await asyncio.sleep(1)
        seen = await page.evaluate(FRAMES, SECONDS)
        made = await changing
    await page.close()
    _say(f"changes made in {SECONDS + 2} s", made, "")
    _say("frames a second meanwhile", seen["fps"], "fps")
    _say("95 % of frames within", seen["p95"], "ms")
    _say("long tasks meanwhile", seen["long"], "")


async def _change(http: httpx.AsyncClient, rooms: list[str]) -> int:
    """Rooms go from dirty to clean and back, at an even pace; how many of them did."""
    loop = asyncio.get_running_loop()
    began, done = loop.time(), 0
    waiting: list[asyncio.Task[httpx.Response]] = []
    for n in range(RATE * (SECONDS + 2)):
        await asyncio.sleep(max(0.0, began + n / RATE - loop.time()))
        room, turn = rooms[n % len(rooms)], (n // len(rooms)) % 2
        path = f"/rooms/{room}/" + ("mark-cleaned" if turn == 0 else "status")
        body = {} if turn == 0 else {"condition": "dirty"}
        waiting.append(asyncio.create_task(http.post(path, json=body)))
    for one in await asyncio.gather(*waiting):
        done += one.is_success
    return done


def _lighthouse(url: str, profile: str) -> None:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        print("Lighthouse: no node and npm on the PATH")
        return
    with tempfile.TemporaryDirectory() as folder:
        got = subprocess.run(
            [npm, "install", "--silent", "--no-audit", "--no-fund", "--prefix", folder, LIGHTHOUSE], check=False
        )
        if got.returncode:
            print("Lighthouse: it could not be had by npm")
            return
        for path, who in (("/sign-in", f"{folder}/nobody"), ("/board", profile)):
            report = Path(folder) / "report.json"
            words = [
                "--quiet",
                "--output=json",
                f"--output-path={report}",
                "--only-categories=accessibility,best-practices",
                "--disable-storage-reset",
            ]
            flags = f"--chrome-flags=--headless=new --no-sandbox --user-data-dir={who}"
            env = {**os.environ, "CHROME_PATH": CHROMIUM or ""}
            subprocess.run(
                [node, f"{folder}/node_modules/lighthouse/cli/index.js", url + path, *words, flags],
                env=env,
                check=True,
            )
            found = json.loads(report.read_text("utf-8"))
            if urlsplit(ended := found["finalDisplayedUrl"]).path != path:
                raise SystemExit(f"Lighthouse was to look at {path} and ended at {ended}")
            scores = {name: round(one["score"] * 100) for name, one in found["categories"].items()}
            print(f"Lighthouse of {path}: {scores}")


def _say(what: str, value: float, unit: str) -> None:
    print(f"{what:<62} {value:>9.1f} {unit}")


if __name__ == "__main__":
    asyncio.run(main())
