"""Safe headers on every answer, and nothing to read about us outside the demo."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator
from dataclasses import replace

import httpx
import pytest

from serai.asgi import create_app
from serai.runtime.http.middleware import LARGEST
from serai.runtime.http.problems import MEDIA
from serai.runtime.work import House
from tests.conftest import SignIn

WANTED = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "strict-transport-security": "max-age=31536000; includeSubDomains",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
}
HIDDEN = ("/docs", "/redoc", "/openapi.json", "/metrics", "/docs/oauth2-redirect", "/docs/assets/swagger-ui.css")


@pytest.fixture
async def outside(house: House) -> AsyncGenerator[httpx.AsyncClient]:
    """The same house, not as a demo; its metrics have a token."""
    app = create_app(replace(house, demo=False), metrics_token="a token of the operator")
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        yield client


async def test_every_answer_has_the_safe_headers_once(client: httpx.AsyncClient, sign: SignIn) -> None:
    headers = await sign("venue_admin")
    json = {**headers, "content-type": "application/json"}
    answers = {
        200: await client.get("/me", headers=headers),
        401: await client.get("/me"),
        404: await client.get("/nothing"),
        405: await client.put("/me", headers=headers),
        413: await client.post("/rooms", content=b"x" * (LARGEST + 1), headers=json),
        415: await client.post("/rooms", content=b"{}", headers={**headers, "content-type": "text/plain"}),
        422: await client.post("/rooms", content=b"{", headers=json),
        403: await client.get("/audit", headers=await sign("housekeeper")),
    }
    tag = {"if-none-match": answers[200].headers["etag"]}
    answers[304] = await client.get("/me", headers={**headers, **tag})
    for status, answer in answers.items():
        assert answer.status_code == status, answer.text
        for name, value in WANTED.items():
            assert answer.headers.get_list(name) == [value], f"{status} {name}"
        assert len(answer.headers.get_list("x-correlation-id")) == 1
        assert "server" not in answer.headers


async def test_an_error_of_ours_says_nothing_of_itself_and_has_the_headers(house: House) -> None:
    app = create_app(house)

    @app.get("/broken")
    async def broken() -> None:
        raise ValueError("select secret from app.staff")

    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        answer = await client.get("/broken", headers={"x-correlation-id": "mine-1"})
    assert (answer.status_code, answer.headers["content-type"]) == (500, MEDIA)
    assert (answer.json()["code"], answer.json()["trace_id"]) == ("internal", "mine-1")
    assert "secret" not in answer.text
    assert {name: answer.headers[name] for name in WANTED} == WANTED


async def test_the_database_gone_is_told_as_unavailable(house: House) -> None:
    await house.db.close()
    transport = httpx.ASGITransport(create_app(house), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        answer = await client.get("/health/ready")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
    assert answer.headers["content-type"] == MEDIA


@pytest.mark.parametrize("path", HIDDEN)
async def test_outside_the_demo_nothing_tells_about_us(outside: httpx.AsyncClient, path: str) -> None:
    for headers in ({}, {"authorization": "Bearer wrong"}, {"authorization": "Bearer ö".encode("latin-1")}):
        answer = await outside.get(path, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
        assert {name: answer.headers[name] for name in WANTED} == WANTED


async def test_the_demos_pages_come_from_our_own_server(house: House) -> None:
    transport = httpx.ASGITransport(create_app(replace(house, demo=True)))
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        page = await client.get("/docs")
        assert (page.status_code, "default-src 'none'" in page.headers["content-security-policy"]) == (200, False)
        assets = set(re.findall(r'(?:src|href)="([^"]+)"', page.text))
        assert len(assets) >= 3
        for path in (*assets, "/openapi.json"):
            assert (path[0], (await client.get(path)).status_code) == ("/", 200), path


async def test_metrics_are_for_who_has_the_token(outside: httpx.AsyncClient) -> None:
    answer = await outside.get("/metrics", headers={"authorization": "Bearer a token of the operator"})
    assert (answer.status_code, "serai" in answer.text) == (200, True)


async def test_a_refusal_is_said_in_the_language_that_is_asked_for(client: httpx.AsyncClient, sign: SignIn) -> None:
    headers = await sign("housekeeper")
    dari = await client.get("/audit", headers={**headers, "accept-language": "fa-AF, en;q=0.5"})
    english = await client.get("/audit", headers=headers)
    assert (
        (dari.status_code, dari.json()["code"]) == (english.status_code, english.json()["code"]) == (403, "forbidden")
    )
    assert dari.json()["detail"] == "برای این کار اجازهٔ audit.read لازم است."
    assert english.json()["detail"] == "You need the permission audit.read for this."
    assert [one.headers["content-language"] for one in (dari, english)] == ["fa", "en"]
    assert dari.headers["vary"] == english.headers["vary"] == "Accept-Language"


async def test_faults_and_errors_of_the_edge_are_said_in_that_language_too(
    client: httpx.AsyncClient, sign: SignIn
) -> None:
    headers = {**await sign("venue_admin"), "accept-language": "ar"}
    wrong = await client.get("/tasks?limit=0", headers=headers)
    assert "1 على الأقل" in [one["message"] for one in wrong.json()["errors"]]
    broken = await client.post("/rooms", content=b"{", headers={**headers, "content-type": "application/json"})
    assert broken.json()["detail"].startswith("متن الطلب ليس JSON سليمًا: ")
    assert (await client.get("/nothing", headers=headers)).json()["detail"] == "لا شيء هنا."
