"""A phone: Chromium on its own profile, and a wire that can be cut."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import subprocess
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psutil
from playwright.async_api import Browser, Error, Page, Playwright

from campaigns.ground import until

CHROMIUM = os.environ.get("CHROMIUM_PATH") or next(filter(None, map(shutil.which, ("chromium", "google-chrome"))), None)
NO_CHROMIUM = "there is no Chromium (apt install chromium, or set CHROMIUM_PATH)"
PATIENCE = 60
"""Seconds for a browser to start, a page to stand, a command to be kept."""
LISTENING = """localStorage['serai.language'] = 'en'; window.said = 0
new MutationObserver(all => { for (const one of all) for (const node of one.addedNodes)
  if (node.textContent?.includes('Saved on this phone')) window.said++
}).observe(document, { childList: true, subtree: true })"""
"""Counts how often the screen said that something is saved."""


class Phone:
    """One profile; what its pages say is wrong is kept over all its lives."""

    def __init__(self, tools: Playwright, folder: Path) -> None:
        """It is off."""
        self._tools, self._folder = tools, folder
        self._process: subprocess.Popen[bytes] | None = None
        self._browser: Browser | None = None
        self.wrong: list[str] = []

    @property
    def page(self) -> Page:
        """What it shows."""
        assert self._browser
        return self._browser.contexts[0].pages[0]

    async def start(self) -> Page:
        """Switch it on: an empty page."""
        await self.kill()
        assert CHROMIUM, NO_CHROMIUM
        told = self._folder / "DevToolsActivePort"
        told.unlink(missing_ok=True)
        self._process = subprocess.Popen(
            [
                CHROMIUM, "--headless=new", "--no-sandbox", "--no-first-run", "--disable-gpu", "--window-size=390,844",
                "--disable-background-networking", "--remote-debugging-port=0", f"--user-data-dir={self._folder}",
                "about:blank",
            ],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        await until(lambda: told.exists() and told.read_text("utf-8").count("\n") > 0, PATIENCE)
        port = told.read_text("utf-8").split()[0]
        self._browser = await self._tools.chromium.connect_over_cdp(f"http://127.0.0.1:{port}")
        context = self._browser.contexts[0]
        context.set_default_timeout(PATIENCE * 1000)
        await context.add_init_script(LISTENING)
        if not context.pages:
            await context.new_page()
        page = self.page
        page.on("console", lambda said: self.wrong.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        return page

    async def stop(self) -> None:
        """Switch it off as a person does: it writes down all that it has."""
        assert self._browser
        assert self._process
        tool = await self._browser.new_browser_cdp_session()
        with suppress(Error):
            await tool.send("Browser.close")
        await asyncio.to_thread(self._process.wait, PATIENCE)
        self._process = self._browser = None

    async def kill(self) -> None:
        """SIGKILL to its whole process group."""
        if self._process is None:
            return
        group = psutil.Process(self._process.pid).children(recursive=True)
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._process = None
        await until(lambda: not any(map(_lives, group)), PATIENCE)
        if self._browser:
            with suppress(Error):
                await self._browser.close()
            self._browser = None


def _lives(one: psutil.Process) -> bool:
    with suppress(psutil.NoSuchProcess):
        return one.status() != psutil.STATUS_ZOMBIE
    return False


class Wire:
    """What lies between the phone and the server: its address stays, and it can be cut in the midst of an answer."""

    def __init__(self, there: int) -> None:
        """`there` is the server's port."""
        self._there = there
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()
        self.is_up = True
        self.url = ""

    async def begin(self) -> None:
        """Listen on a port of its own."""
        self._server = await asyncio.start_server(self._join, "127.0.0.1")
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    def put(self, *, up: bool) -> None:
        """Mend it or cut it: what is under way ends at once."""
        self.is_up = up
        if not up:
            for one in self._open:
                one.transport.abort()

    async def close(self) -> None:
        """Take it away."""
        self.put(up=False)
        if self._server:
            self._server.close()

    async def _join(self, here: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        if not self.is_up:
            return back.transport.abort()
        try:
            there, forth = await asyncio.open_connection("127.0.0.1", self._there)
        except OSError:
            return back.transport.abort()
        pair = {back, forth}
        self._open |= pair
        try:
            await asyncio.gather(_pour(here, forth, lambda: self.is_up), _pour(there, back, lambda: self.is_up))
        finally:
            self._open -= pair
            for one in pair:
                one.close()
        return None


async def _pour(source: asyncio.StreamReader, to: asyncio.StreamWriter, is_up: Callable[[], bool]) -> None:
    with suppress(OSError):
        while is_up() and (some := await source.read(65_536)):
            to.write(some)
            await to.drain()
    to.close()
