"""TypeIDs: a prefix that names the kind and a UUIDv7, stored as `uuid`."""

from __future__ import annotations

import secrets
import time
from functools import lru_cache
from uuid import UUID

from serai.kernel.text import text

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_VALUE = {letter: number for number, letter in enumerate(_ALPHABET)}
_TWO = tuple(first + second for first in _ALPHABET for second in _ALPHABET)
_LENGTH = 26


class BadId(ValueError):
    """This is not an id of the kind asked for."""


class _Births:
    """The last birth of this process: those of one millisecond follow each other in small steps of chance.

    RFC 9562 6.2, method 2: a batch is in the order in which it was made, and packs to half the size.
    """

    def __init__(self) -> None:
        self._ms = -1
        self._chance = 0

    def next(self, ms: int) -> int:
        chance = self._chance + 1 + secrets.randbits(16)
        if ms != self._ms or chance >> 74:
            chance = secrets.randbits(74)
        self._ms, self._chance = ms, chance
        return chance


_births = _Births()


def new_id(milliseconds: int | None = None) -> UUID:
    """A UUIDv7 (RFC 9562 5.7): 48 bits of Unix milliseconds, then chance. It tells its birth: never a secret."""
    ms = time.time_ns() // 1_000_000 if milliseconds is None else milliseconds
    chance = _births.next(ms)
    value = (ms & (1 << 48) - 1) << 80 | 0x7 << 76 | (chance >> 62) << 64 | 0b10 << 62 | chance & (1 << 62) - 1
    return UUID(int=value)


@lru_cache(16_384)  # the ids of a hotel's day are written over and over
def encode(prefix: str, value: UUID) -> str:
    """`prefix_` and 26 letters of Crockford's base 32 (TypeID 0.3), taken two at a time."""
    n, two = value.int, _TWO
    return (
        f"{prefix}_{two[n >> 120]}{two[n >> 110 & 1023]}{two[n >> 100 & 1023]}{two[n >> 90 & 1023]}"
        f"{two[n >> 80 & 1023]}{two[n >> 70 & 1023]}{two[n >> 60 & 1023]}{two[n >> 50 & 1023]}{two[n >> 40 & 1023]}"
        f"{two[n >> 30 & 1023]}{two[n >> 20 & 1023]}{two[n >> 10 & 1023]}{two[n & 1023]}"
    )


def encode_some(prefix: str, value: UUID | None) -> str | None:
    """The same, of what may be absent."""
    return None if value is None else encode(prefix, value)


def decode(prefix: str, written: str) -> UUID:
    """The UUID of a TypeID with this prefix, or of a plain UUID; anything else is `BadId`."""
    head, underscore, tail = written.rpartition("_")
    if not underscore:
        return _plain(prefix, written)
    if head != prefix or len(tail) != _LENGTH or tail[0] > "7":
        raise BadId(text("expected an id that begins with {prefix}_", prefix=prefix))
    number = 0
    for letter in tail:
        if letter not in _VALUE:
            raise BadId(text("expected an id that begins with {prefix}_", prefix=prefix))
        number = number << 5 | _VALUE[letter]
    return UUID(int=number)


def _plain(prefix: str, written: str) -> UUID:
    try:
        value = UUID(written)
    except ValueError:
        value = None
    if value is None or str(value) != written.lower():  # UUID() also takes braces, urn: and misplaced hyphens
        raise BadId(text("expected an id that begins with {prefix}_, or a UUID", prefix=prefix))
    return value
