"""What an upload really is: a corpus of the good, the broken and the hostile."""

from __future__ import annotations

import io
import time

import pytest
from PIL import Image

from serai.kernel.errors import Invalid, Refusal
from serai.runtime.files.look import LONGEST_EDGE, PDF, SMALL, NotAPicture, look, name_of
from tests.uploads import OTHER, claiming, damaged, picture, zipped

GPS = 0x8825
ORIENTATION = 0x0112


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


@pytest.mark.parametrize("body", OTHER)
def test_other_things_are_not_taken(body: bytes) -> None:
    with pytest.raises(NotAPicture):
        look(body)


def test_a_document_is_kept_as_it_is() -> None:
    seen = look(b"%PDF-1.7\n...")
    assert (seen.media_type, seen.body, seen.width, seen.thumbnail) == (PDF, b"%PDF-1.7\n...", None, None)


def test_three_hundred_damaged_pictures_are_taken_or_refused_and_nothing_else() -> None:
    refused = 0
    for body in damaged(300):
        try:
            seen = look(body)
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
