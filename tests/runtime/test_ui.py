"""The web app's files: compressed, kept, and never in the way of the API."""

from __future__ import annotations

import gzip
from pathlib import Path

import httpx
import pytest

from serai import assembly
from serai.asgi import create_app
from serai.runtime.http.ui import CSP, Ui
from tests.conftest import SECRET

PAGE, SCRIPT = b"<!doctype html><title>Serai</title>", b"console.log('a room')\n" * 100
NOWHERE = "postgresql://nobody@127.0.0.1:1/none"


def client(folder: Path) -> httpx.AsyncClient:
    """The application with what was built in a folder; nothing of it asks the database."""
    app = create_app(assembly.build(NOWHERE, NOWHERE, SECRET))
    app.router.default = Ui(app.router.default._absent, folder)  # pyright: ignore[reportFunctionMemberAccess]
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test")


@pytest.fixture
def built(tmp_path: Path) -> Path:
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_bytes(PAGE)
    (tmp_path / ".source-sha256").write_bytes(b"of no use to anybody")
    (tmp_path / "assets" / "main-1a2b.js").write_bytes(SCRIPT)
    (tmp_path / "assets" / "main-1a2b.js.gz").write_bytes(gzip.compress(SCRIPT))
    return tmp_path


async def test_every_address_of_the_app_is_its_page_under_a_strict_policy(built: Path) -> None:
    async with client(built) as http:
        for path in ("/", "/board", "/work-orders/mnt_1?look=dirty"):
            page = await http.get(path)
            assert (page.status_code, page.content) == (200, PAGE)
            assert page.headers["content-security-policy"] == CSP.decode()
            assert page.headers["cache-control"] == "no-cache"
            assert page.headers["x-content-type-options"] == "nosniff"
        head = await http.head("/board")
    assert (head.status_code, head.content, head.headers["content-length"]) == (200, b"", str(len(PAGE)))


async def test_what_is_named_by_its_content_is_kept_for_ever_and_comes_compressed(built: Path) -> None:
    async with client(built) as http:
        packed = await http.get("/assets/main-1a2b.js", headers={"accept-encoding": "br, gzip;q=0.5"})
        plain = await http.get("/assets/main-1a2b.js", headers={"accept-encoding": "identity"})
    assert packed.content == plain.content == SCRIPT
    assert (packed.headers["content-encoding"], plain.headers.get("content-encoding")) == ("gzip", None)
    assert int(packed.headers["content-length"]) < len(SCRIPT) / 5
    assert {one.headers["cache-control"] for one in (packed, plain)} == {"public, max-age=31536000, immutable"}
    assert packed.headers["content-type"] == "text/javascript; charset=utf-8"


@pytest.mark.parametrize(
    "path",
    ["/assets/gone-3c4d.js", "/.source-sha256", "/../pyproject.toml", "/%2e%2e/pyproject.toml", "/api/v1/nothing"],
)
async def test_what_is_not_there_is_not_the_page(built: Path, path: str) -> None:
    async with client(built) as http:
        answer = await http.get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert "default-src 'none'; frame-ancestors 'none'" in answer.headers["content-security-policy"]


async def test_nothing_is_posted_to_a_page(built: Path) -> None:
    async with client(built) as http:
        assert (await http.post("/board", json={})).status_code == 404


async def test_without_a_built_app_the_first_page_says_so_and_others_are_absent(tmp_path: Path) -> None:
    async with client(tmp_path / "nothing") as http:
        first, other = await http.get("/"), await http.get("/board")
    assert "make ui" in first.text
    assert (first.status_code, other.status_code) == (200, 404)
