"""Bad input of every kind on every route: refused as a problem, never a 500."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from typing import Any

import httpx
import orjson
import pytest
from jsonschema_rs import Draft202012Validator

from serai.access.identity.roles import OPERATORS
from serai.access.identity.service import Role
from serai.cli.gen import source
from serai.kernel.ids import decode, encode
from serai.runtime.http.middleware import LARGEST
from serai.runtime.http.problems import MEDIA
from tests.conftest import Hotel, SignIn
from tests.contracts.routes import Door
from tests.contracts.routes import doors as all_doors

JSON = {"content-type": "application/json"}
HUGE = 10**40
STRANGE: tuple[Any, ...] = (
    None, True, -1, 0, 2**31, 2**63, HUGE, 1e308, "", " ", "x" * 5000, "2026-02-30", "2026-13-01T25:61:00Z",
    "0000-00-00", "9999-12-31T23:59:59.999999-23:59", "0001-01-01T00:00:00+23:59",
    "0001-01-01", "9999-12-31", "no_such_value", "'; drop table", "\u202e\ufeff", [], [[]], [None] * 600, {},
    {"a": {"b": []}}, "tsk_00000000000000000000000000", "spc_zzzzzzzzzzzzzzzzzzzzzzzzzz",
)  # fmt: skip
QUERY = (
    "-1", "0", "99999999999999999999999", "1e9", "abc", "", "2026-02-30", "2026-13-01T00:00:00Z",
    "0001-01-01", "9999-12-31",
    "%F0%9F%92%A9",
    "0001-01-01T00:00:00%2B23:59", "9999-12-31T23:59:59-23:59", "x" * 4000, "NaN", "W10", "WzFd", "bnVsbA",
    "%ff", "%27",
)  # fmt: skip
BROKEN: dict[str, tuple[bytes, int]] = {
    "broken": (b'{"a":', 422),
    "text": (b"hello", 422),
    "not UTF-8": (b'{"a": "\xff"}', 422),
    "NUL": (b'{"a": "\\u0000"}', 422),
    "raw NUL": (b'{"a": "\x00"}', 422),
    "lone surrogate": (b'{"a": "\\ud800"}', 422),
    "not a number": (b'{"a": NaN}', 422),
    "deep": (b"[" * 50 + b"]" * 50, 422),
    "very deep": (b'{"a":' * 90_000 + b"1" + b"}" * 90_000, 422),
    "twice": (b'{"a": 1, "a": 2}', 422),
    "huge": (b'"' + b"x" * LARGEST + b'"', 413),
    "huge number": (b'{"a": ' + b"9" * 5000 + b"}", 422),
}


@pytest.fixture(scope="module")
def doors() -> list[Door]:
    """All routes."""
    return all_doors(source.read())


@pytest.fixture
async def admin(sign: SignIn) -> dict[str, str]:
    """Somebody who may do everything here."""
    return await sign(Role.VENUE_ADMIN.value)


def bad(answer: httpx.Response, what: str, *allowed: int) -> Iterator[str]:
    """What is wrong with a refusal."""
    status = answer.status_code
    if status >= 500 or (allowed and status not in allowed):
        yield f"{what}: {status} {answer.text[:300]}"
    elif status >= 400:
        body = answer.json() if answer.headers["content-type"] == MEDIA else {}
        if not (body.get("code") and body.get("trace_id") and body.get("status") == status):
            yield f"{what}: {status} {answer.headers['content-type']} {answer.text[:300]}"


def outside(door: Door, answer: httpx.Response) -> Iterator[str]:
    """What of a good answer is not as the document says."""
    if answer.is_success:
        told = door.operation["responses"].get(str(answer.status_code))
        if told is None:
            yield f"{door.route.name}: {answer.status_code} is not documented"
            return
        [content] = told["content"].values()
        schema = {**content["schema"], "components": door.document["components"]}
        for error in Draft202012Validator(schema).iter_errors(answer.json()):
            yield f"{door.route.name}: {error.instance_path} {error.message[:200]}"


def writing(doors: list[Door]) -> list[Door]:
    """Routes that take JSON."""
    return [one for one in doors if one.route.method in {"POST", "PUT", "PATCH"} and not one.is_upload]


@pytest.mark.parametrize("kind", BROKEN)
async def test_a_body_that_is_no_sound_json_is_refused(
    client: httpx.AsyncClient, admin: dict[str, str], doors: list[Door], kind: str
) -> None:
    body, status = BROKEN[kind]
    found: list[str] = []
    for one in writing(doors):
        answer = await client.request(one.route.method, one.url(), content=body, headers={**admin, **JSON})
        found += bad(answer, one.route.name, status)
    assert not found, "\n".join(found)


async def test_another_media_type_is_refused(
    client: httpx.AsyncClient, admin: dict[str, str], doors: list[Door]
) -> None:
    found: list[str] = []
    for one in writing(doors):
        for media in ("text/plain", "application/x-www-form-urlencoded", "application/xml", "multipart/form-data", ""):
            headers = {**admin, "content-type": media}
            answer = await client.request(one.route.method, one.url(), content=b'{"a": 1}', headers=headers)
            found += bad(answer, f"{one.route.name} {media}", 415)
    assert not found, "\n".join(found)


async def test_a_nul_in_path_or_query_and_a_query_of_ten_thousand_parts_are_refused(
    client: httpx.AsyncClient, admin: dict[str, str], doors: list[Door]
) -> None:
    found: list[str] = []
    for one in doors:
        url = one.url().partition("?")[0]
        body = orjson.dumps(one.body()) if one.has_body else None
        for place in (
            f"{url}%00",
            f"{url}?limit=%00",
            f"{url}?%00=1",
            f"{url}?" + "&".join(["a=1"] * 10_000),
        ):
            answer = await client.request(one.route.method, place, content=body, headers={**admin, **JSON})
            found += bad(answer, place[:80], 404, 422)
    assert not found, "\n".join(found)


async def test_a_query_name_that_is_not_known_is_refused(
    client: httpx.AsyncClient, admin: dict[str, str], doors: list[Door]
) -> None:
    found: list[str] = []
    for one in (door for door in doors if door.route.permission and not door.prefixes):
        url = one.url()
        body = orjson.dumps(one.body()) if one.has_body else None
        place = f"{url}{'&' if '?' in url else '?'}no_such=1"
        answer = await client.request(one.route.method, place, content=body, headers={**admin, **JSON})
        found += bad(answer, place, *((403,) if one.route.permission in OPERATORS else (422,)))
    assert not found, "\n".join(found)


async def test_a_query_with_strange_values_is_never_an_error_of_ours(
    client: httpx.AsyncClient, admin: dict[str, str], doors: list[Door], hotel: Hotel
) -> None:
    found: list[str] = []
    ids = {"prp": hotel.property_id}
    for one in doors:
        names = [part["name"] for part in one.operation.get("parameters", ()) if part["in"] == "query"]
        url, body = one.url(ids), orjson.dumps(one.body(ids)) if one.has_body else None
        for name in names:
            for value in QUERY:
                place = f"{url}{'&' if '?' in url else '?'}{name}={value}"
                answer = await client.request(one.route.method, place, content=body, headers={**admin, **JSON})
                found += [*bad(answer, place[:200]), *outside(one, answer)]
    assert not found, "\n".join(found)


async def test_strange_values_in_every_field_are_never_an_error_of_ours(
    client: httpx.AsyncClient, admin: dict[str, str], doors: list[Door], hotel: Hotel
) -> None:
    ids = await _things(client, admin, hotel)
    found: list[str] = []
    for one in (door for door in writing(doors) if door.has_body and "/auth/" not in door.route.path):
        good = one.body(ids)
        for name in _fields(one):
            for value in STRANGE:
                body = {**(good if isinstance(good, dict) else {}), name: value}
                content = json.dumps(body)
                answer = await client.request(
                    one.route.method, one.url(ids), content=content, headers={**admin, **JSON, "if-match": '"1-0"'}
                )
                found += [*bad(answer, f"{one.route.name} {name}={str(value)[:40]!r}"), *outside(one, answer)]
        for body in (*STRANGE[:4], [], [1], {"no_such_field": 1}):
            answer = await client.request(
                one.route.method, one.url(ids), content=orjson.dumps(body), headers={**admin, **JSON}
            )
            found += bad(answer, f"{one.route.name} {body!r}"[:100])
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "header", ["authorization", "if-match", "if-none-match", "idempotency-key", "x-correlation-id", "content-length"]
)
async def test_strange_headers_are_never_an_error_of_ours(
    client: httpx.AsyncClient, admin: dict[str, str], hotel: Hotel, header: str
) -> None:
    found: list[str] = []
    body = {"property_id": encode("prp", hotel.property_id), "number": "1", "room_type": "K"}
    for value in (
        b"",
        b"\xff\xfe",
        b"x" * 9000,
        b'W/"',
        b'"99999999999999999999999-0"',
        b'"-1-0"',
        b"Bearer ",
        b"Bearer a.b.c",
        b"Bearer \xf0",
        b"Basic Og==",
        b"*",
        b"-5",
    ):
        for method, path in (("POST", "/rooms"), ("GET", "/rooms")):
            headers = {name.encode(): one.encode() for name, one in {**admin, **JSON}.items()} | {
                header.encode(): value
            }
            answer = await client.request(
                method, path, content=orjson.dumps(body) if method == "POST" else None, headers=headers
            )
            found += bad(answer, f"{method} {header}: {value[:40]!r}")
    assert not found, "\n".join(found)


async def _things(client: httpx.AsyncClient, admin: dict[str, str], hotel: Hotel) -> dict[str, Any]:
    """A room and a task that are really there, so that the fields are looked at."""
    place = {"property_id": encode("prp", hotel.property_id)}
    room = (await client.post("/rooms", json={**place, "number": "9", "room_type": "K"}, headers=admin)).json()["id"]
    body = {**place, "type": "turndown", "room_id": room}
    task = (await client.post("/tasks", json=body, headers=admin)).json()["id"]
    return {"prp": hotel.property_id, "spc": decode("spc", room), "tsk": decode("tsk", task)}


def _fields(door: Door) -> list[str]:
    schema = door.operation["requestBody"]["content"]["application/json"]["schema"]
    if "$ref" in schema:
        schema = door.document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return sorted(
        {
            *schema.get("properties", {}),
            *(("specversion", "id", "data", "time", "type") if "/events" in door.route.path else ()),
        }
    )


async def test_bookings_of_impossible_or_far_days_are_never_an_error_of_ours(
    client: httpx.AsyncClient, admin: dict[str, str], hotel: Hotel
) -> None:
    found: list[str] = []
    headers = {**admin, "content-type": "application/cloudevents+json"}
    days = (
        "0001-01-01",
        "9999-12-31",
        "2026-02-30",
        "0001-01-01T00:00:00+23:59",
        "9999-12-31T23:59:59-23:59",
        HUGE,
        [],
        "",
    )
    for number, (arrival, departure) in enumerate(itertools.product(days, days)):
        data = {"booking_reference": f"R{number}", "arrival": arrival, "departure": departure}
        event = {"specversion": "1.0", "id": f"{number}", "source": "/pms", "type": "booking.created", "data": data}
        event["propertyid"] = encode("prp", hotel.property_id)
        answer = await client.post("/events", content=json.dumps(event), headers=headers)
        found += bad(answer, f"{arrival} to {departure}", 202, 422)
    assert not found, "\n".join(found)
