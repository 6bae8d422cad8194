"""Uploads for tests: the good, the broken and the hostile."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Iterator

from PIL import Image


def picture(kind: str, size: tuple[int, int] = (640, 480), mode: str = "RGB", **more: object) -> bytes:
    """A picture with something on it."""
    made = Image.linear_gradient("L").resize(size).convert(mode)
    if mode == "RGBA":
        made.putalpha(128)
    out = io.BytesIO()
    made.save(out, kind, **more)
    return out.getvalue()


def claiming(width: int, height: int) -> bytes:
    """A PNG of a few bytes that claims to be this large."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4) + name + data + zlib.crc32(name + data).to_bytes(4)

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    )


def zipped() -> bytes:
    """An archive with a script in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("evil.html", "<script>alert(1)</script>")
    return out.getvalue()


OTHER = [
        b"x", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", b"<html><script>alert(1)</script>",
        zipped(), b"MZ" + bytes(200), b"\x7fELF" + bytes(200), b"#!/bin/sh\n", b" %PDF-1.7", b"\0" * 1000,
        picture("GIF"), picture("BMP"), picture("TIFF"), picture("ICO", (32, 32)), picture("PPM"),
]  # fmt: skip
"""What is no picture and no document, whatever it says."""


def damaged(count: int) -> Iterator[bytes]:
    """Pictures that broke on their way; the same in every run."""
    chance = random.Random(5)
    whole = {kind: picture(kind, (120, 90)) for kind in ("JPEG", "PNG", "WEBP")}
    for n in range(count):
        body = bytearray(whole[("JPEG", "PNG", "WEBP")[n % 3]])
        if n % 2:
            del body[chance.randrange(12, len(body)) :]
        for _ in range(chance.randrange(1, 20)):
            body[chance.randrange(len(body))] = chance.randrange(256)
        yield bytes(body)
