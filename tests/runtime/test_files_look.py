"""What an upload really is: a corpus of the good, the broken and the hostile."""

from __future__ import annotations

import io
import random
import struct
import time
import zipfile
import zlib

import pytest
from PIL import Image

from serai.kernel.errors import Invalid, Refusal
from serai.runtime.files.look import LONGEST_EDGE, PDF, SMALL, NotAPicture, look, name_of

GPS = 0x8825
ORIENTATION = 0x0112


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


@pytest.mark.parametrize(
    ("kind", "mode", "media"),
    [
        ("JPEG", "RGB", "image/jpeg"), ("JPEG", "L", "image/jpeg"), ("JPEG", "CMYK", "image/jpeg"),
        ("PNG", "RGB", "image/png"), ("PNG", "RGBA", "image/png"), ("PNG", "P", "image/png"), ("PNG", "1", "image/png"),
        ("WEBP", "RGB", "image/webp"), ("WEBP", "RGBA", "image/webp"),
    ],
)  # fmt: skip
def test_a_picture_stays_what_it_is_and_gets_a_thumbnail(kind: str, mode: str, media: str) -> None:
    seen = look(picture(kind, mode=mode))
    assert (seen.media_type, seen.width, seen.height) == (media, 640, 480)
    whole, small = Image.open(io.BytesIO(seen.body)), Image.open(io.BytesIO(seen.thumbnail or b""))
    assert (whole.format, whole.size, small.format, max(small.size)) == (kind, (640, 480), "WEBP", SMALL)
    assert ("A" in whole.getbands()) == (mode == "RGBA")


def test_where_and_with_what_it_was_taken_is_gone_and_it_stands_upright() -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[0x010F] = "Camera of Rosa"
    exif.get_ifd(GPS)[2] = (34.0, 31.0, 0.0)
    for kind in ("JPEG", "PNG", "WEBP"):
        given = picture(kind, exif=exif)
        assert b"Camera of Rosa" in given
        seen = look(given)
        assert (seen.width, seen.height) == (480, 640)
        assert not Image.open(io.BytesIO(seen.body)).getexif()
        assert b"Camera of Rosa" not in seen.body + (seen.thumbnail or b"")


def test_a_large_picture_is_made_smaller_and_one_that_claims_too_much_is_not_decoded() -> None:
    seen = look(picture("JPEG", (LONGEST_EDGE + 904, 1000)))
    assert (seen.width, seen.height) == (LONGEST_EDGE, 819)
    for size in ((50_000, 50_000), (2**31 - 1, 2**31 - 1), (40_000_001, 1)):
        began = time.process_time()
        with pytest.raises(Invalid):
            look(claiming(*size))
        assert time.process_time() - began < 1


@pytest.mark.parametrize("tail", [zipped(), b"<script>alert(1)</script>", b"<?php system($_GET[0]);"])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_hides_behind_a_picture(kind: str, tail: bytes) -> None:
    seen = look(picture(kind) + tail)
    assert tail[:12] not in seen.body


@pytest.mark.parametrize(
    "body",
    [
        b"x", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", b"<html><script>alert(1)</script>",
        zipped(), b"MZ" + bytes(200), b"\x7fELF" + bytes(200), b"#!/bin/sh\n", b" %PDF-1.7", b"\0" * 1000,
        picture("GIF"), picture("BMP"), picture("TIFF"), picture("ICO", (32, 32)), picture("PPM"),
    ],
)  # fmt: skip
def test_other_things_are_not_taken(body: bytes) -> None:
    with pytest.raises(NotAPicture):
        look(body)


def test_a_document_is_kept_as_it_is() -> None:
    seen = look(b"%PDF-1.7\n...")
    assert (seen.media_type, seen.body, seen.width, seen.thumbnail) == (PDF, b"%PDF-1.7\n...", None, None)


def test_three_hundred_damaged_pictures_are_taken_or_refused_and_nothing_else() -> None:
    chance = random.Random(5)
    whole = {kind: picture(kind, (120, 90)) for kind in ("JPEG", "PNG", "WEBP")}
    refused = 0
    for n in range(300):
        body = bytearray(whole[("JPEG", "PNG", "WEBP")[n % 3]])
        if n % 2:
            del body[chance.randrange(12, len(body)) :]
        for _ in range(chance.randrange(1, 20)):
            body[chance.randrange(len(body))] = chance.randrange(256)
        try:
            seen = look(bytes(body))
        except Refusal:
            refused += 1
        else:
            Image.open(io.BytesIO(seen.body)).load()
    assert 100 < refused < 300


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("bath.jpg", "bath.jpg"), ("../../etc/passwd", "passwd"), ("C:\\Users\\rosa\\a.png", "a.png"),
        ("a\0b.png", "ab.png"), ("invoice\u202egpj.exe", "invoicegpj.exe"), ("عکس اتاق.jpg", "عکس اتاق.jpg"),
        ("e\u0301.jpg", "é.jpg"), (" .hidden ", "hidden"), ("x" * 300, "x" * 120),
        ("a\r\nSet-Cookie: b", "aSet-Cookie: b"),
    ],
)  # fmt: skip
def test_a_name_is_shown_without_tricks(given: str, kept: str) -> None:
    assert name_of(given) == kept


@pytest.mark.parametrize("given", ["", "   ", "..", "/", "a/", "\u200b", "\\"])
def test_what_is_no_name_is_refused(given: str) -> None:
    with pytest.raises(Invalid):
        name_of(given)
