"""All routes: a permission or a reason, a description, plain refusals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import httpx
import pytest

from serai import assembly
from serai.access.identity.roles import OPERATORS
from serai.access.identity.service import Role, book
from serai.asgi import create_app
from serai.cli.gen.source import Source
from serai.runtime.http import etag
from serai.runtime.http.problems import MEDIA
from serai.runtime.work import House
from tests.conftest import SignIn
from tests.contracts.routes import Door, declared
from tests.contracts.routes import doors as all_doors

HELD = book(assembly.permissions()).permissions
READ = etag.tag(1, b"")
"""As if an object had been read."""
STRANGE = UUID("01890a5d-ac96-774b-bcce-b302099a8057")


@pytest.fixture(scope="session")
def doors(told: Source) -> list[Door]:
    """All routes."""
    return all_doors(told)


def guarded(doors: list[Door]) -> list[Door]:
    return [one for one in doors if one.route.permission]


def wrong(door: Door, answer: httpx.Response, *allowed: int) -> Iterator[str]:
    """What is wrong with a refusal."""
    if answer.status_code not in allowed:
        yield f"{door.route.name}: {answer.status_code} {answer.text[:200]}"
    elif answer.headers["content-type"] != MEDIA or answer.json()["status"] != answer.status_code:
        yield f"{door.route.name}: {answer.status_code} as {answer.headers['content-type']}"


def test_every_route_of_every_slice_is_in_the_document(doors: list[Door]) -> None:
    assert len(declared()) + len([one for one in doors if not one.route.path.startswith("/api/v1")]) == len(doors)
    assert all(one.include_in_schema for one in declared())


def test_every_route_needs_a_known_permission_or_says_why_it_is_public(doors: list[Door]) -> None:
    known = {one.name for one in assembly.permissions()}
    found = [one.route.name for one in doors if (one.route.permission in known) == bool(one.route.public)]
    assert not found, "\n".join(found)


def test_every_permission_is_declared_once_and_asked_for_somewhere(doors: list[Door]) -> None:
    names = Counter(one.name for one in assembly.permissions())
    assert {name for name, times in names.items() if times > 1} == set()
    steps = {step.permission for slice_ in assembly.SLICES for machine in slice_.machines for step in machine.steps}
    inside = {"room.override", "file.manage"}  # asked of the caller: by the source, for what is not his own
    asked = {one.route.permission for one in doors} | steps | inside
    assert not set(names) - asked


def test_every_route_is_described_and_documents_its_answers(doors: list[Door]) -> None:
    bare: list[str] = []
    for one in doors:
        told, answers = one.operation, one.operation["responses"]
        wanted = {"401", "403", "404", "422"} if one.route.permission else {"422"}
        if not (told.get("summary") and told.get("description") and told.get("tags")) or wanted - answers.keys():
            bare.append(one.route.name)
        good = [answer for status, answer in answers.items() if status < "300"]
        if not all("content" in answer for answer in good) or not good:
            bare.append(f"{one.route.name} does not say what it answers")
    assert bare == []
    assert [name for name, times in Counter(one.operation["operationId"] for one in doors).items() if times > 1] == []


def test_every_documented_refusal_is_a_problem(doors: list[Door]) -> None:
    found = {
        f"{one.route.name} {status}: {sorted(answer.get('content', {}))}"
        for one in doors
        for status, answer in one.operation["responses"].items()
        if status >= "400" and list(answer.get("content", {})) != [MEDIA]
    }
    assert not found, "\n".join(sorted(found))


def test_every_id_in_a_path_is_documented_with_its_prefix(doors: list[Door]) -> None:
    found: list[str] = []
    for one in doors:
        in_path = {part["name"]: part["schema"] for part in one.operation.get("parameters", ()) if part["in"] == "path"}
        found += [
            f"{one.route.name}: {name}"
            for name, prefix in one.prefixes.items()
            if name != "token" and f"{prefix}_" not in in_path[name].get("pattern", "")
        ]
    assert not found, "\n".join(found)


async def test_every_path_leads_to_its_own_route(house: House, doors: list[Door]) -> None:
    app = create_app(house)
    reached: list[str] = []

    async def spy(scope: Any, receive: Any, send: Any) -> None:
        await app(scope, receive, send)
        reached.append(scope["route"].name)

    transport = httpx.ASGITransport(spy, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport) as client:
        for one in doors:
            await client.request(one.route.method, one.url())
    pairs = zip(doors, reached, strict=True)
    assert [one.route.name for one, name in pairs if not one.operation["operationId"].startswith(name)] == []


async def test_who_is_not_signed_in_is_told_so_everywhere(client: httpx.AsyncClient, doors: list[Door]) -> None:
    found: list[str] = []
    for one in guarded(doors):
        found += wrong(one, await client.request(one.route.method, one.url()), 401)
        forged = {"authorization": "Bearer x.y.z"}
        found += wrong(one, await client.request(one.route.method, one.url(), headers=forged), 401)
    assert not found, "\n".join(found)


async def test_who_lacks_the_permission_is_refused_everywhere(
    client: httpx.AsyncClient, sign: SignIn, doors: list[Door]
) -> None:
    signed = {role: await sign(role.value) for role in (Role.TECHNICIAN, Role.HOUSEKEEPER)}
    found: list[str] = []
    tried = 0
    for one in guarded(doors):
        for role, headers in signed.items():
            if one.route.permission not in HELD[role]:
                answer = await client.request(one.route.method, one.url(), headers=headers, json=one.body())
                found += wrong(one, answer, 403)
                tried += 1
    assert not found, "\n".join(found)
    assert tried > len(guarded(doors)) / 2


async def test_bad_input_of_every_kind_is_a_problem_and_never_a_crash(
    client: httpx.AsyncClient, sign: SignIn, doors: list[Door]
) -> None:
    headers = await sign("executive_admin", everywhere=True)
    found: list[str] = []
    for one in doors:
        if not one.route.path.startswith("/api/"):
            continue
        asked = {**headers, "if-match": READ, "content-type": "application/json"}
        for raw in BAD if one.has_body else ():
            answer = await client.request(one.route.method, one.url(), headers=asked, content=raw)
            found += wrong(one, answer, 400, 403, 404, 413, 422)
        if one.has_body:
            plain = {**asked, "content-type": "text/plain"}
            found += wrong(one, await client.request(one.route.method, one.url(), headers=plain, content=b"{}"),
                           404, 415, 422)  # fmt: skip
        if not one.route.public:
            mark = "&" if "?" in one.url() else "?"
            answer = await client.request(
                one.route.method, f"{one.url()}{mark}surprise=1", headers=asked, json=one.body()
            )
            found += wrong(one, answer, 403, 422)
        for bad, *statuses in (("nil", 404, 405), ("%00", 404, 422)) if one.prefixes else ():
            url = f"http://test{one.route.path.format(**dict.fromkeys(one.prefixes, bad))}"
            found += wrong(one, await client.request(one.route.method, url, headers=asked, json=one.body()), *statuses)
    assert not found, "\n".join(found)


BAD = (
    b"",
    b"{",
    b"[1]",
    b"null",
    b'"text"',
    b"\xff\xfe",
    b'{"surprise": 1}',
    b'{"a": 1, "a": 2}',
    b'{"note": "\\u0000"}',
    b'{"version": 1e400}',
    b'{"version": "one", "at": "2026-02-30T25:00:00Z", "type": "nothing"}',
    b"[" * 10_000,
    b'{"note": "' + b"x" * 3_000_000 + b'"}',
)


async def test_what_is_not_there_is_absent_on_every_route(
    client: httpx.AsyncClient, sign: SignIn, doors: list[Door]
) -> None:
    headers = {**await sign("executive_admin", everywhere=True), "if-match": READ}
    found: list[str] = []
    for one in (one for one in guarded(doors) if one.prefixes):
        url = one.url(dict.fromkeys(one.prefixes.values(), STRANGE))
        answer = await client.request(one.route.method, url, headers=headers, json=one.body())
        found += wrong(one, answer, 403 if one.route.permission in OPERATORS else 404)
    assert not found, "\n".join(found)
