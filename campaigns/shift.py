"""A shift on a phone: what is given, what is said, what comes of it."""

from __future__ import annotations

import asyncio
import io
import random
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import asyncpg
from PIL import Image
from playwright.async_api import Locator, Page, expect

from serai.access.identity import service as identity
from serai.access.tenancy import service as tenancy
from serai.areas.checklists import service as checklists
from serai.areas.checklists.model import CreateTemplate, Item, Kind
from serai.areas.housekeeping import service as tasks
from serai.areas.housekeeping.model import CreateTask, TaskType
from serai.areas.spaces import service as spaces
from serai.areas.spaces.model import Draft
from serai.areas.spaces.model import Kind as Place
from serai.kernel.actor import system
from serai.runtime.work import House, Work

LOGIN, PASSWORD = "laila", "correct horse battery"
KEYS = {"Start": "started", "Pause": "paused", "Resume": "resumed", "Done": "completed"}
WEIGHTS = {"Start": 6, "Pause": 3, "Resume": 6, "Done": 4, "answer": 5, "fault": 2}
LINES = ("The bath shines", "The minibar is full", "The lights work")
KEPT = """new Promise(done => { const asked = indexedDB.open('serai'); asked.onsuccess = () => {
  const all = asked.result.transaction(['outbox', 'read', 'marks']), found = { waits: [], epoch: 0, read: '' }
  all.objectStore('outbox').getAll().onsuccess = ({ target }) => { found.waits = target.result
    .filter(one => one.state !== 'done').map(one => `${one.label} ${one.state} ${one.trouble ?? ''}`) }
  all.objectStore('marks').getAll().onsuccess = ({ target }) => { found.epoch = Math.max(0, ...target.result) }
  all.objectStore('read').get('pages').onsuccess = ({ target }) => { found.read = target.result ?? '' }
  all.oncomplete = () => { asked.result.close(); done(found) } } })"""
"""What lies on the phone: what waits for the server, which epoch of it is known, what was read."""
Key = tuple[str, str]
"""What was done, and to what: a room's number, or the words of a fault."""


class Gone(Exception):
    """What the screen offered was gone before it was pressed, as after a restore: nothing was given."""


@dataclass(frozen=True)
class Hotel:
    """Where the shift is; the tasks by their rooms' numbers."""

    tenant_id: UUID
    tasks: dict[str, UUID]


async def furnish(here: House, rooms: int) -> Hotel:
    """A hotel, and a housekeeper who has every room of it to clean."""
    tenant = await tenancy.create_tenant(here, tenancy.CreateTenant("p11", "P11"))
    actor = system(tenant.id, "p11")
    place = tenancy.CreateProperty("main", "Main", "Asia/Kabul", "AFN", "fa-AF")
    hotel = await here.do(actor, lambda work: tenancy.create_property(work, place))
    grant = identity.RoleGrant(identity.Role.HOUSEKEEPER, hotel.id)
    person = identity.CreateStaff("Laila", LOGIN, roles=(grant,), password=PASSWORD)
    items = tuple(Item(f"line{n}", label, Kind.YES_NO, required=n == 0) for n, label in enumerate(LINES))
    lines = CreateTemplate(hotel.id, "Departure", TaskType.CHECKOUT_CLEANING, items)
    drafts = [Draft(Place.ROOM, number=str(101 + n), room_type="DBL", floor="1") for n in range(rooms)]

    async def open_(work: Work) -> dict[str, UUID]:
        await checklists.create(work, lines)
        laila = await identity.create_staff(work, person)
        found: dict[str, UUID] = {}
        for one in await spaces.create_rooms(work, hotel.id, drafts):
            made = await tasks.create_task(work, CreateTask(hotel.id, TaskType.CHECKOUT_CLEANING, one.room.id))
            await tasks.assign(work, made.id, laila.id)
            found[one.room.number or ""] = made.id
        return found

    return Hotel(tenant.id, await here.do(actor, open_))


@dataclass
class Shift:
    """What was given, and what of it the screen called saved."""

    dice: random.Random
    given: Counter[Key] = field(default_factory=Counter[Key])
    said: Counter[Key] = field(default_factory=Counter[Key])
    faults: int = 0
    signed_in: int = 0

    async def is_asked(self, page: Page) -> bool:
        """Whether the phone asks who one is."""
        asked, tasks_ = page.locator("input[type=password]"), page.get_by_role("heading", name="My tasks")
        await expect(asked.or_(tasks_).first).to_be_visible(timeout=60_000)
        return await asked.count() > 0

    async def prove(self, page: Page) -> None:
        """Sign in, if that is asked."""
        if not await self.is_asked(page):
            return
        asked, card = page.locator("input[type=password]"), page.get_by_role("heading", name="My tasks")
        self.signed_in += 1
        if await page.locator("input[name=login]").count():
            await page.fill("input[name=login]", LOGIN)
        await asked.fill(PASSWORD)
        await page.get_by_role("button", name="Sign in", exact=True).click()
        await asked.wait_for(state="detached")
        await card.wait_for()

    async def work(self, page: Page, touched: asyncio.Event | None = None) -> None:
        """One command that the screen offers, until it says that this is saved; `touched`: its key is being pressed."""
        await self.prove(page)
        card = page.get_by_role("region", name=re.compile(r"Room \d+")).first
        await card.wait_for()
        number = str(await card.get_attribute("aria-label")).removeprefix("Room ")
        names = [one for one in KEYS if await card.get_by_role("button", name=one, exact=True).count()]
        answers = card.get_by_role("button", name=re.compile("^Checklist"))
        if "Start" not in names and await self._open(card, answers):
            names = [one for one in names if one != "Done" or "(" not in await answers.inner_text()]
            if await self._unanswered(card).count():
                names.append("answer")
        names.append("fault")
        [what] = self.dice.choices(names, [WEIGHTS[one] for one in names])
        if what == "answer":
            return await self._answer(card, number, touched)
        key = (KEYS.get(what, what), number)
        pressed = card.get_by_role("button", name=what, exact=True)
        if what == "fault":
            self.faults += 1
            key = (what, f"Fault {self.faults} in {number}")
            pressed = await self._fault(page, card, key[1])
        before = await page.evaluate("window.said")
        await self._press(pressed, key, touched)
        await page.wait_for_function("before => window.said > before", arg=before)
        self.said[key] += 1
        return None

    async def _open(self, card: Locator, answers: Locator) -> bool:
        if not await answers.count():
            return False
        if await answers.get_attribute("aria-expanded") != "true":
            await answers.click()
        await card.get_by_role("group").first.wait_for()
        return True

    def _unanswered(self, card: Locator) -> Locator:
        return card.get_by_role("group").filter(has_not=card.page.locator("[aria-pressed=true]"))

    async def _answer(self, card: Locator, number: str, touched: asyncio.Event | None) -> None:
        line = self._unanswered(card).first
        label = str(await line.get_attribute("aria-labelledby"))
        key = ("updated", number)
        group = card.locator(f'[aria-labelledby="{label}"]')
        pressed = group.get_by_role("button", name=self.dice.choice(["Yes", "No"]), exact=True)
        await self._press(pressed, key, touched)
        await group.locator("[aria-pressed=true]").wait_for()
        self.said[key] += 1

    async def _fault(self, page: Page, card: Locator, title: str) -> Locator:
        await card.get_by_role("button", name="Report a fault").click()
        form = page.get_by_role("dialog")
        await form.get_by_label("What is wrong?").fill(title)
        await form.locator("input[type=file]").set_input_files(
            {"name": "fault.jpg", "mimeType": "image/jpeg", "buffer": photo(self.dice)}
        )
        await form.get_by_role("button", name="Remove the photo").wait_for()
        return form.get_by_role("button", name="Send", exact=True)

    async def _press(self, button: Locator, key: Key, touched: asyncio.Event | None) -> None:
        try:
            await expect(button).to_be_enabled()
        except AssertionError as error:
            raise Gone from error
        self.given[key] += 1
        if touched:
            touched.set()
        await button.click()


async def done(url: str, hotel: Hotel) -> Counter[Key]:
    """What took effect, as the server's journal tells it; a fault counts with its one photo."""
    server: Any = await asyncpg.connect(url)
    rooms = {task: number for number, task in hotel.tasks.items()}
    rows = await server.fetch(
        "select type, subject from app.journal where tenant_id = $1 and type = any($2)",
        hotel.tenant_id, [f"housekeeping.task.{one}.v1" for one in (*KEYS.values(), "updated")],
    )  # fmt: skip
    found = Counter((str(row["type"]).split(".")[2], rooms[row["subject"]]) for row in rows)
    faults = await server.fetch("select id, title from app.work_order where tenant_id = $1", hotel.tenant_id)
    found.update(("fault", str(row["title"])) for row in faults)
    await server.close()
    return found


async def epoch(url: str, hotel: Hotel) -> int:
    """Of which epoch the server's streams are."""
    server: Any = await asyncpg.connect(url)
    found: int = await server.fetchval("select max(epoch) from app.stream where tenant_id = $1", hotel.tenant_id)
    await server.close()
    return found


async def photos(url: str, hotel: Hotel) -> int:
    """How many photos hang at faults."""
    server: Any = await asyncpg.connect(url)
    many: int = await server.fetchval(
        "select count(*) from app.file where tenant_id = $1 and attached_to is not null", hotel.tenant_id
    )
    await server.close()
    return many


def photo(dice: random.Random) -> bytes:
    """A small JPEG that no other is like."""
    out = io.BytesIO()
    Image.frombytes("RGB", (64, 48), dice.randbytes(64 * 48 * 3)).resize((640, 480)).save(out, "JPEG")
    return out.getvalue()
