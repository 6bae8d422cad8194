"""M3: requests at random on every route; no 5xx, no answer outside the document."""

from __future__ import annotations

import argparse
import asyncio
import random
import re
from collections import Counter
from typing import Any
from urllib.parse import quote
from uuid import UUID, uuid4

import orjson
from jsonschema_rs import Draft202012Validator, validator_for
from rich.progress import Progress

from campaigns.ground import database, house
from campaigns.making import STRANGE, Maker
from serai import assembly
from serai.access.identity import service as identity
from serai.access.tenancy import service as tenancy
from serai.asgi import create_app
from serai.kernel.actor import Actor, system
from serai.kernel.ids import encode
from serai.runtime.http.problems import MEDIA
from serai.runtime.work import House

UNAUTHORIZED = 401
PASSWORD = "correct horse battery"
A_HOTEL = 4_000
"""Requests before the hotel is left for a new one."""
MOST = 60
"""Ids remembered of each kind."""
SHOWN = 20
"""Findings that are told."""
ROLES = ("venue_admin", "housekeeping_supervisor", "housekeeper", "front_desk", "integration", "viewer")
_ID = re.compile(rb'"([a-z]{3})_[0-7][0-9a-hjkmnp-tv-z]{25}"')
Answer = tuple[int, dict[str, str], bytes]
Door = tuple[str, str, dict[str, Any]]


def options(parser: argparse.ArgumentParser) -> None:
    """How many requests, by how many at a time."""
    parser.add_argument("--requests", type=int, default=20_000)
    parser.add_argument("--guests", type=int, default=4)


class Guest:
    """Somebody who knocks at random doors of one hotel and remembers the ids that he sees."""

    def __init__(self, app: Any, document: dict[str, Any], dice: random.Random) -> None:
        """Nobody is signed in yet."""
        self._app, self._document, self._dice = app, document, dice
        self._home: House
        self._actor: Actor
        self._hotel: UUID
        self._ids: dict[str, list[str]] = {}
        self._tokens: list[str] = []
        self._tags: dict[str, str] = {}
        self._maker = Maker(document, dice, self._known)
        self._validators: dict[tuple[str, str, int], Draft202012Validator | None] = {}
        self.doors = [
            (method.upper(), path, one) for path, item in document["paths"].items() for method, one in item.items()
        ]
        self.answers: Counter[str] = Counter()
        self.served: set[tuple[str, str]] = set()

    async def move_in(self, home: House) -> UUID:
        """A new hotel with its people; what was known is forgotten."""
        code = f"h{uuid4().hex[:10]}"
        tenant = await tenancy.create_tenant(home, tenancy.CreateTenant(code, code))
        self._actor = system(tenant.id, "campaign")
        place = tenancy.CreateProperty("main", "Main", "Asia/Kabul", "AFN", "fa-AF")
        hotel = await home.do(self._actor, lambda work: tenancy.create_property(work, place))
        self._ids = {"prp": [encode("prp", hotel.id)], "ten": [encode("ten", tenant.id)]}
        self._home, self._hotel = home, hotel.id
        self._tokens = [await self._employ(role) for role in ROLES]
        return tenant.id

    async def _employ(self, role: str) -> str:
        """Somebody new in this role, signed in."""
        grant = identity.RoleGrant(identity.Role(role), self._hotel)
        cmd = identity.CreateStaff(role, f"{role}.{uuid4().hex}", roles=(grant,), password=PASSWORD)
        await self._home.do(self._actor, lambda work: identity.create_staff(work, cmd))
        body = orjson.dumps({"login": cmd.login, "password": PASSWORD})
        status, _, answer = await self.ask("POST", "/api/v1/auth/token", {}, body)
        assert status == 200, answer
        return f"Bearer {orjson.loads(answer)['access_token']}"

    async def knock(self) -> tuple[str, list[str]]:
        """One request: what it was, and what of the answer should not be."""
        dice = self._dice
        method, path, operation = door = dice.choice(self.doors)
        who = 0 if dice.random() < 0.6 else dice.randrange(len(ROLES))  # the manager may do most
        self._maker.oddness = dice.choice((0.0, 0.0, 0.01, 0.06))
        headers = {"authorization": self._tokens[who]} if dice.random() < 0.98 else {}
        url = self._url(path, operation)
        body = None
        if "requestBody" in operation:
            media, content = dice.choice(list(operation["requestBody"]["content"].items()))
            headers["content-type"] = media if dice.random() < 0.99 else "text/plain"
            body = _written(self._body(content))
        if method in {"PATCH", "PUT"}:
            headers["if-match"] = self._tags.get(url) or dice.choice(('"1-0"', '"2-0"', "*", '"x"'))
        if method == "POST" and dice.random() < 0.2:
            headers["idempotency-key"] = dice.choice("abcdefgh")
        said = f"{method} {url} {headers.get('authorization', '')[-6:]} {(body or b'')[:600]!r}"
        try:
            status, told, answer = await self.ask(method, url, headers, body)
        except Exception as error:  # what the application raises is the finding
            return said, [f"raised {type(error).__name__}: {error}"]
        self.answers[str(status)] += 1
        if status == UNAUTHORIZED and headers.get("authorization"):
            self._tokens[who] = await self._employ(ROLES[who])  # signed out or dismissed by what was asked before
        if status < 300:
            self.served.add((method, path))
        if "etag" in told and method == "GET":
            self._tags[url] = told["etag"]
        for found in _ID.finditer(answer):
            self._remember(found[1].decode(), found[0][1:-1].decode())
        return said, self._wrong(door, status, told, answer)

    async def ask(self, method: str, url: str, headers: dict[str, str], body: bytes | None) -> Answer:
        """Straight into the application."""
        path, _, query = url.partition("?")
        given = [(name.encode(), value.encode()) for name, value in headers.items()]
        if body is not None:
            given.append((b"content-length", str(len(body)).encode()))
            if "content-type" not in headers:
                given.append((b"content-type", b"application/json"))
        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http",
            "path": path, "raw_path": path.encode(), "query_string": query.encode(), "root_path": "",
            "headers": [(b"host", b"test"), *given], "client": (self._address(), 1), "server": ("test", 80),
        }  # fmt: skip
        parts: list[dict[str, Any]] = []
        waiting = [{"type": "http.request", "body": body or b"", "more_body": False}]

        async def receive() -> dict[str, Any]:
            return waiting.pop() if waiting else await asyncio.Future()

        async def send(part: Any) -> None:
            parts.append(part)

        await self._app(scope, receive, send)
        told = {name.decode().lower(): value.decode() for name, value in parts[0]["headers"]}
        return parts[0]["status"], told, b"".join(one.get("body", b"") for one in parts[1:])

    def _address(self) -> str:
        """From somewhere else each time: failed sign-ins count by address."""
        return ".".join(("10", *(str(self._dice.randrange(256)) for _ in range(3))))

    def _wrong(self, door: Door, status: int, told: dict[str, str], answer: bytes) -> list[str]:
        if status >= 500:
            return [f"{status} {answer[:300]!r}"]
        if status == 304:
            return []
        if status >= 400:
            if told.get("content-type") != MEDIA:
                return [f"{status} is no problem but {told.get('content-type')}: {answer[:200]!r}"]
            return [] if orjson.loads(answer).get("status") == status else ["says another status than it has"]
        check = self._validator(door, status)
        if check is None:
            return [f"{status} is not documented"] if str(status) not in door[2]["responses"] else []
        return [f"{one.instance_path} {one.message[:200]}" for one in check.iter_errors(orjson.loads(answer))][:3]

    def _validator(self, door: Door, status: int) -> Draft202012Validator | None:
        key = (door[0], door[1], status)
        if key not in self._validators:
            content = door[2]["responses"].get(str(status), {}).get("content", {})
            schema = content.get("application/json", {}).get("schema")
            whole = schema and {**schema, "components": self._document["components"]}
            self._validators[key] = validator_for(whole) if whole else None
        return self._validators[key]

    def _url(self, path: str, operation: dict[str, Any]) -> str:
        query: list[str] = []
        for one in operation.get("parameters", ()):
            if one["in"] == "path":
                value = self._maker.value(one["schema"])
                path = path.replace(f"{{{one['name']}}}", quote(str(value)[:200] or "x", safe=""))
            elif one["in"] == "query" and (one.get("required") or self._dice.random() < 0.25):
                value = self._maker.value(one["schema"])
                query += [
                    f"{one['name']}={quote(str(part)[:300])}"
                    for part in (value if isinstance(value, list) else [value])
                ]
        return f"{path}?{'&'.join(query)}" if query else path

    def _body(self, content: dict[str, Any]) -> Any:
        if self._dice.random() < 0.01:
            return self._dice.choice(STRANGE)
        if "example" not in content:
            return self._maker.value(content["schema"])
        made = orjson.loads(orjson.dumps(content["example"]))
        for one in made if isinstance(made, list) else [made]:
            self._event(one)
        return made

    def _event(self, event: dict[str, Any]) -> None:
        dice = self._dice
        event["id"] = str(dice.randrange(500))
        event["type"] = dice.choice(
            ("booking.created", "booking.modified", "booking.cancelled", "booking.completed", "booking.no_show",
             "reservation.checked_in.v1", "guest.complaint_filed", "x")
        )  # fmt: skip
        event["propertyid"] = self._known("prp")
        event["time"] = f"2026-11-{dice.randint(1, 28):02}T08:00:00Z"
        event["data"]["booking_reference"] = f"R{dice.randrange(30)}"
        event["data"]["room_number"] = str(dice.randint(99, 110))
        if dice.random() < 0.2:
            place = dice.choice((event, event["data"]))
            place[dice.choice(list(place))] = dice.choice(STRANGE)

    def _known(self, prefix: str) -> str | None:
        found = self._ids.get(prefix)
        return self._dice.choice(found) if found else None

    def _remember(self, prefix: str, one: str) -> None:
        there = self._ids.setdefault(prefix, [])
        if one not in there:
            if len(there) >= MOST:
                there.pop(self._dice.randrange(1, MOST))
            there.append(one)


def _written(body: Any) -> bytes:
    try:
        return orjson.dumps(body)
    except (TypeError, orjson.JSONEncodeError):
        import json  # noqa: PLC0415  # numbers that orjson does not write

        return json.dumps(body).encode("utf-8", "surrogatepass")


async def run(options: argparse.Namespace) -> dict[str, Any]:
    """Knock so often, let the house react, and say what was found."""
    broken: list[str] = []
    hotels: list[UUID] = []
    async with database() as urls, house(urls) as home:
        app = create_app(home)
        background, turn = assembly.background(home), asyncio.Lock()
        guests = [Guest(app, app.openapi(), random.Random(options.seed * 1_000 + n)) for n in range(options.guests)]

        async def settle() -> None:
            async with turn:
                await background.settle()

        async def stay(guest: Guest, numbers: range) -> None:
            for count, number in enumerate(numbers):
                if count % A_HOTEL == 0:
                    await settle()
                    hotels.append(await guest.move_in(home))
                said, wrong = await guest.knock()
                broken.extend(f"#{number} {said}: {one}" for one in wrong)
                told.update(shown, advance=1)
                if count % 50 == 49:
                    await settle()

        with Progress(transient=True) as told:
            shown = told.add_task("requests", total=options.requests)
            each = [range(n, options.requests, options.guests) for n in range(options.guests)]
            await asyncio.gather(*map(stay, guests, each))
        await settle()
        for tenant in hotels:
            broken += await _afterwards(home, tenant)
    answers = sum((guest.answers for guest in guests), Counter[str]())
    served = set[tuple[str, str]]().union(*(guest.served for guest in guests))
    doors = guests[0].doors
    return {
        "requests": options.requests, "answers": dict(sorted(answers.items())), "routes": len(doors),
        "never_served": sorted(" ".join(door[:2]) for door in doors if door[:2] not in served),
        "hotels": len(hotels), "broken": len(broken), "shown": broken[:SHOWN],
    }  # fmt: skip


async def _afterwards(home: House, tenant_id: UUID) -> list[str]:
    """What must hold in a hotel whatever was asked of it."""
    found: list[str] = []
    checks: dict[str, str] = {
        "parked reactions": "select count(*) from app.dead_letter where tenant_id = $1",
        "a gap": """select count(*) from app.stream s where tenant_id = $1
            and head <> (select count(*) from app.journal j where j.tenant_id = $1 and j.stream = s.stream)""",
        "status changes without their event": """select abs(
            (select count(*) from app.room_status_event where tenant_id = $1)
            - (select count(*) from app.journal where tenant_id = $1 and type = 'property.room.status_changed.v1'))""",
    }

    async def look(sql: str) -> int:
        found: Any = await home.read(system(tenant_id, "campaign"), lambda tx: tx.fetchval(sql, tenant_id))
        return int(found)

    for what, sql in checks.items():
        if count := await look(sql):
            found.append(f"{what}: {count}")
    sql = "select distinct reader, type, error from app.dead_letter where tenant_id = $1"
    letters = await home.read(system(tenant_id, "campaign"), lambda tx: tx.fetch(sql, tenant_id))
    return [*found, *(" ".join(one) for one in letters)]
