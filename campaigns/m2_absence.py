"""M2: ids of others on every route; as absent as what never was, and as fast."""

from __future__ import annotations

import argparse
import asyncio
import math
import random
import re
import statistics
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import httpx

from campaigns.ground import database, house
from serai.access.identity import service as identity
from serai.access.tenancy import service as tenancy
from serai.asgi import create_app
from serai.cli.gen import source
from serai.kernel.actor import system
from serai.kernel.ids import new_id
from serai.runtime.http import etag
from serai.runtime.work import House
from tests.contracts.furnishing import furnish
from tests.contracts.routes import Door, doors

ROLES = (
    "venue_admin", "housekeeping_supervisor", "housekeeper", "front_desk", "maintenance_supervisor", "technician",
    "viewer",
)  # fmt: skip
PASSWORD = "correct horse battery"
IF_MATCH = {"if-match": etag.tag(1, b"")}
UNLIKELY = 3.5
"""Standard deviations of the rank sum: once in 4,000 routes by chance."""
NOTICEABLE = 0.02
"""Of the median time; what is less drowns in any network."""
SHOWN = 20
_ID = re.compile(r"[a-z]{3,4}_[0-7][0-9a-hjkmnp-tv-z]{25}|\d{4}-\d\d-\d\dT[0-9:.]+Z|\b[0-9a-f]{32}\b")


def options(parser: argparse.ArgumentParser) -> None:
    """How many pairs are timed, on how many routes."""
    parser.add_argument("--pairs", type=int, default=200)
    parser.add_argument("--routes", type=int, default=20)


@dataclass
class Look:
    """What was asked, and what should not have been answered."""

    http: httpx.AsyncClient
    cells: Counter[str] = field(default_factory=Counter[str])
    wrong: list[str] = field(default_factory=list[str])

    async def ask(self, door: Door, headers: dict[str, str], ids: dict[str, UUID]) -> tuple[int, str]:
        """Status and body, the ids in it left out."""
        answer = await self.http.request(
            door.route.method, door.url(ids), headers={**headers, **IF_MATCH}, json=door.body(ids)
        )
        return answer.status_code, _ID.sub("…", answer.text)

    async def compare(self, door: Door, role: str, headers: dict[str, str], ids: dict[str, dict[str, UUID]]) -> None:
        """Ids of others answer as made-up ones do."""
        made_up = await self.ask(door, headers, {prefix: new_id() for prefix in ids["other company"]})
        self.cells["made up"] += 1
        for whose, theirs in ids.items():
            self.cells[whose] += 1
            answer = await self.ask(door, headers, theirs)
            if answer != made_up:
                self.wrong.append(f"{role} {door.route.name} {whose}: {answer[0]} {answer[1][:200]}, not {made_up}")
        if door.prefixes:
            self.cells["malformed"] += 1
            path = re.sub(r"[a-z]{3}_[0-9a-z]{26}", "tsk_0'--", door.url())
            answer = await self.http.request(door.route.method, path, headers=headers)
            if answer.status_code not in {401, 403, 404, 405, 422}:
                self.wrong.append(f"{role} {door.route.name} malformed: {answer.status_code}")


async def run(given: argparse.Namespace) -> dict[str, Any]:
    """Furnish three hotels, ask with the ids of two of them in the third, and time."""
    dice = random.Random(given.seed)
    every = [one for one in doors(source.read()) if one.route.permission and not one.is_upload]
    async with database() as urls, house(urls) as home:
        transport = httpx.ASGITransport(create_app(home, per_minute=0))
        async with httpx.AsyncClient(transport=transport, base_url="http://test/api/v1") as http:
            look = Look(http)
            mine, beside = await _company(home, "sun", 2)
            [other] = await _company(home, "moon", 1)
            boss = await _sign(home, http, mine, "executive_admin", everywhere=True)
            abroad = await _sign(home, http, other, "executive_admin", everywhere=True)
            ids = {
                "other property": await furnish(http, home, *beside, boss),
                "other company": await furnish(http, home, *other, abroad),
            }
            theirs = ids["other company"]
            with_ids = [one for one in every if (one.url(theirs), one.body(theirs)) != (one.url(), one.body())]
            for role in ROLES:
                headers = await _sign(home, http, mine, role)
                for door in with_ids:
                    await look.compare(door, role, headers, ids)
            headers = await _sign(home, http, mine, "executive_admin", everywhere=True)
            for door in with_ids:
                await look.compare(door, "executive_admin", headers, {"other company": theirs})
            timed = dice.sample([one for one in with_ids if one.prefixes], given.routes)
            times = [await _time(look, one, headers, theirs, given.pairs, dice) for one in timed]
    slow = [one for one in times if abs(one["z"]) > UNLIKELY and abs(one["difference"]) > NOTICEABLE]
    look.wrong += [f"{one['route']} takes another time: {one}" for one in slow]
    return {
        "cells": dict(look.cells), "routes": len(with_ids), "roles": len(ROLES) + 1, "timed": len(times),
        "furthest": max(times, key=lambda one: abs(one["z"]), default=None),
        "broken": len(look.wrong), "shown": look.wrong[:SHOWN],
    }  # fmt: skip


async def _company(home: House, code: str, hotels: int) -> list[tuple[UUID, UUID]]:
    """(tenant, property) of each of its hotels."""
    tenant = await tenancy.create_tenant(home, tenancy.CreateTenant(code, code.title()))
    made: list[tuple[UUID, UUID]] = []
    for number in range(hotels):
        cmd = tenancy.CreateProperty(f"h{number}", f"House {number}", "Asia/Kabul", "AFN", "fa-AF")
        place = await home.do(system(tenant.id, "m2"), lambda work, cmd=cmd: tenancy.create_property(work, cmd))
        made.append((tenant.id, place.id))
    return made


async def _sign(
    home: House, http: httpx.AsyncClient, at: tuple[UUID, UUID], role: str, *, everywhere: bool = False
) -> dict[str, str]:
    grant = identity.RoleGrant(identity.Role(role), None if everywhere else at[1])
    cmd = identity.CreateStaff(role, f"{role}.{uuid4().hex}", roles=(grant,), password=PASSWORD)
    await home.do(system(at[0], "m2"), lambda work: identity.create_staff(work, cmd))
    answer = await http.post("/auth/token", json={"login": cmd.login, "password": PASSWORD})
    return {"authorization": f"Bearer {answer.json()['access_token']}"}


async def _time(
    look: Look, door: Door, headers: dict[str, str], theirs: dict[str, UUID], pairs: int, dice: random.Random
) -> dict[str, Any]:
    """Seconds for theirs and for what never was, in turns, the first of each turn by chance."""
    took: dict[str, list[float]] = {"theirs": [], "made up": []}
    asked = {"theirs": theirs, "made up": {prefix: new_id() for prefix in theirs}}
    for turn in range(pairs + 10):
        order = ["theirs", "made up"]
        dice.shuffle(order)
        for which in order:
            began = time.perf_counter()
            await look.ask(door, headers, asked[which])
            if turn >= 10:  # plans and caches are warm
                took[which].append(time.perf_counter() - began)
        await asyncio.sleep(0)
    middle = statistics.median(took["made up"])
    return {
        "route": f"{door.route.method} {door.route.path}", "z": round(rank_sum(took["theirs"], took["made up"]), 2),
        "difference": round((statistics.median(took["theirs"]) - middle) / middle, 4), "ms": round(middle * 1000, 3),
    }  # fmt: skip


def rank_sum(first: Sequence[float], second: Sequence[float]) -> float:
    """How far the ranks of `first` are from chance, in standard deviations (Mann and Whitney 1947, normal for n > 20).

    Times do not tie; nothing is corrected for that.
    """
    ranked = sorted((value, where) for where, values in enumerate((first, second)) for value in values)
    ranks = sum(rank for rank, (_, where) in enumerate(ranked, 1) if where == 0)
    n, m = len(first), len(second)
    u = ranks - n * (n + 1) / 2
    return (u - n * m / 2) / math.sqrt(n * m * (n + m + 1) / 12)
