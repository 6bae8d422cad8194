"""The web app's files, served from memory: compressed once, kept by browsers."""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

FOLDER: Final = Path(__file__).parents[2] / "ui"
"""Where it is, if it was built."""
OURS: Final = ("/api/", "/socket.io", "/health", "/metrics", "/docs", "/redoc", "/openapi.json")
"""Paths that are never a page."""
PORTAL: Final = ("/v/", "/p/", "/r/")
"""Of people without an account: a vendor's order, a place with a code, a report. They have a page of their own."""
CSP: Final = (
    b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; font-src 'self'; "
    b"connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; "
    b"frame-ancestors 'none'"
)
_FOREVER, _ASK = b"public, max-age=31536000, immutable", b"no-cache"
_WAYS: Final = (("br", b"br"), ("gz", b"gzip"))
UNBUILT: Final = (
    b"<!doctype html><html lang=en><meta charset=utf-8><title>Serai</title><h1>The web app is not built</h1>"
    b"<p>The API works. <code>make ui</code> builds the web app; then start again.</p></html>"
)


@dataclass(frozen=True, slots=True)
class File:
    """A file's bytes, plain and as they are sent, and how long it is kept."""

    media: bytes
    plain: bytes
    packed: tuple[tuple[bytes, bytes], ...]
    keep: bytes


class Ui:
    """Answers what no route did: a file, the page for any other address of the app, or as before."""

    def __init__(self, absent: ASGIApp, folder: Path = FOLDER) -> None:
        """All files are read now; `absent` answers what is none of them."""
        self._absent = absent
        self._files = {f"/{path.relative_to(folder).as_posix()}": _file(path, folder) for path in _sources(folder)}
        self._page = self._files.get("/index.html") or File(b"text/html; charset=utf-8", UNBUILT, (), _ASK)
        self._portal = self._files.get("/portal.html") or self._page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Only GET and HEAD of what is not the API's."""
        path = scope["path"] if scope["type"] == "http" else ""
        if not path or scope["method"] not in {"GET", "HEAD"} or path.startswith(OURS):
            await self._absent(scope, receive, send)
            return
        found = self._files.get(path) or self._page_of(path)
        if found is None:
            await self._absent(scope, receive, send)
            return
        body, way = _chosen(found, Headers(scope=scope).get("accept-encoding", ""))
        scope["csp"] = CSP
        headers = [
            (b"content-type", found.media), (b"content-length", str(len(body)).encode()),
            (b"cache-control", found.keep), (b"vary", b"accept-encoding"),
        ]  # fmt: skip
        if way:
            headers.append((b"content-encoding", way))
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})

    def _page_of(self, path: str) -> File | None:
        """The app knows its own addresses; what looks like a file that is not there is none of them."""
        if path != "/" and (not self._files or "." in path.rpartition("/")[2]):
            return None
        return self._portal if path.startswith(PORTAL) else self._page


def _sources(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    packed = {f".{end}" for end, _ in _WAYS}
    return [
        one for one in sorted(folder.rglob("*")) if one.is_file() and one.name[0] != "." and one.suffix not in packed
    ]


def _file(path: Path, folder: Path) -> File:
    media = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    if media.startswith("text/") or media.endswith(("javascript", "json", "svg+xml")):
        media += "; charset=utf-8"
    beside = ((name, path.with_name(f"{path.name}.{end}")) for end, name in _WAYS)
    packed = tuple((name, one.read_bytes()) for name, one in beside if one.exists())
    is_named_by_content = path.parent == folder / "assets"
    return File(media.encode(), path.read_bytes(), packed, _FOREVER if is_named_by_content else _ASK)


def _chosen(found: File, accepted: str) -> tuple[bytes, bytes]:
    known = {one.partition(";")[0].strip() for one in accepted.split(",")}
    for name, body in found.packed:
        if name.decode() in known:
            return body, name
    return found.plain, b""
