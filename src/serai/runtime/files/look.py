"""What an upload really is: decided by its content, and made anew.

OWASP ASVS 5.0 V5.2: pictures are decoded and written anew, without EXIF and places; other types are not taken. A PDF
is kept as it came and only ever handed out as an attachment.
"""

from __future__ import annotations

import io
import unicodedata
import warnings
from dataclasses import dataclass

from serai.kernel.errors import Fault, Invalid, UnsupportedMedia
from serai.kernel.text import text

LARGEST = 10_485_760
"""Bytes of an upload."""
MOST_PIXELS = 40_000_000
_TOO_MANY = text("A picture may have {most} megapixels at the most.", most=MOST_PIXELS // 1_000_000)
LONGEST_EDGE = 4096
"""Pixels; a larger picture is made smaller."""
SMALL = 320
"""Pixels of a thumbnail's longer edge."""
PDF = "application/pdf"
_KINDS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
TYPES = (*_KINDS.values(), PDF)
LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Seen:
    """What is kept of an upload. A PDF has no size in pixels and no thumbnail (which is WebP)."""

    media_type: str
    body: bytes
    width: int | None = None
    height: int | None = None
    thumbnail: bytes | None = None


class NotAPicture(UnsupportedMedia):
    """Only JPEG, PNG and WebP pictures and PDF documents are taken."""


def look(body: bytes) -> Seen:
    """Decide what it is. Blocks for as long as decoding takes: call it in a thread."""
    if body.startswith(b"%PDF-"):
        return Seen(PDF, body)
    from PIL import Image, ImageOps, UnidentifiedImageError  # noqa: PLC0415  # only who handles files loads it

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(body), formats=tuple(_KINDS)) as opened:
                kind = opened.format or ""
                if opened.width * opened.height > MOST_PIXELS:
                    raise Invalid(_TOO_MANY)
                picture = ImageOps.exif_transpose(opened)
                picture = picture.convert("RGBA" if picture.has_transparency_data and kind != "JPEG" else "RGB")
    except UnidentifiedImageError:
        raise NotAPicture from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Invalid(_TOO_MANY) from None
    except (OSError, ValueError, SyntaxError, IndexError, TypeError, EOFError, MemoryError, OverflowError):
        raise Invalid("This picture is broken.") from None
    picture.info.clear()
    picture.thumbnail((LONGEST_EDGE, LONGEST_EDGE))
    whole = _write(picture, kind)
    width, height = picture.size
    picture.thumbnail((SMALL, SMALL))
    return Seen(_KINDS[kind], whole, width, height, _write(picture, "WEBP"))


def _write(picture: object, kind: str) -> bytes:
    out = io.BytesIO()
    options = {"JPEG": {"quality": 85, "optimize": True}, "WEBP": {"quality": 82}, "PNG": {"optimize": False}}[kind]
    picture.save(out, kind, **options)  # type: ignore[attr-defined]  # a PIL.Image, loaded above
    return out.getvalue()


def name_of(given: str) -> str:
    """A file's name as it is shown: no folders, no control or bidirectional characters; an empty one is refused."""
    last = given.replace("\\", "/").rpartition("/")[2]
    plain = "".join(one for one in unicodedata.normalize("NFC", last) if unicodedata.category(one)[0] != "C")
    plain = plain.strip(" .")[:LONGEST_NAME].strip()
    if not plain:
        raise Invalid(faults=[Fault("/query/name", "is no name of a file")])
    return plain
