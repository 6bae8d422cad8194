"""TypeIDs: a prefix that names the kind and a UUIDv7, stored as `uuid`."""

from __future__ import annotations

import secrets
import time
from uuid import UUID

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_VALUE = {letter: number for number, letter in enumerate(_ALPHABET)}
_LENGTH = 26


class BadId(ValueError):
    """This is not an id of the kind asked for."""


def new_id(milliseconds: int | None = None) -> UUID:
    """A UUIDv7 (RFC 9562 5.7): 48 bits of Unix milliseconds, then chance. It tells its birth: never a secret."""
    ms = time.time_ns() // 1_000_000 if milliseconds is None else milliseconds
    chance = secrets.randbits(74)
    value = (ms & (1 << 48) - 1) << 80 | 0x7 << 76 | (chance >> 62) << 64 | 0b10 << 62 | chance & (1 << 62) - 1
    return UUID(int=value)


def encode(prefix: str, value: UUID) -> str:
    """`prefix_` and 26 letters of Crockford's base 32 (TypeID 0.3)."""
    number = value.int
    letters = [""] * _LENGTH
    for place in range(_LENGTH - 1, -1, -1):
        letters[place] = _ALPHABET[number & 31]
        number >>= 5
    return f"{prefix}_{''.join(letters)}"


def decode(prefix: str, text: str) -> UUID:
    """The UUID of a TypeID with this prefix, or of a plain UUID; anything else is `BadId`."""
    head, underscore, tail = text.rpartition("_")
    if not underscore:
        return _plain(prefix, text)
    if head != prefix or len(tail) != _LENGTH or tail[0] > "7":
        raise BadId(f"expected an id that begins with {prefix}_")
    number = 0
    for letter in tail:
        if letter not in _VALUE:
            raise BadId(f"expected an id that begins with {prefix}_")
        number = number << 5 | _VALUE[letter]
    return UUID(int=number)


def _plain(prefix: str, text: str) -> UUID:
    try:
        value = UUID(text)
    except ValueError:
        value = None
    if value is None or str(value) != text.lower():  # UUID() also takes braces, urn: and misplaced hyphens
        raise BadId(f"expected an id that begins with {prefix}_, or a UUID")
    return value
