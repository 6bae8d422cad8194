"""What a vendor wrote, in words that people use."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from serai.kernel.clock import at_local


class Word(StrEnum):
    """What a vendor says."""

    ACCEPT = "accept"
    DECLINE = "decline"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Reply:
    """What was understood: the word (None: unclear), a promised time, the order's number if it was written."""

    word: Word | None
    promised_at: datetime | None = None
    number: int | None = None


NOON: Final = 12
_DIGITS: Final = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")
_NUMBER: Final = re.compile(r"(?:#|no\.?\s*|شماره\s*|شمېره\s*)(\d{1,7})")
_CLOCK: Final = re.compile(r"\b([01]?\d|2[0-3])[:.]([0-5]\d)\s*(am|pm)?|\b(1[0-2]|[1-9])\s*(am|pm)\b")
_WORDS: Final = (
    (Word.DECLINE, re.compile(r"^(2|no|nope|cannot|can't|can not|sorry|نه|نخیر|نمی ?توانم|نشم ?کولای)\b")),
    (Word.DONE, re.compile(r"^(3|done|finished|ready|fixed|تمام|خلاص|شد|وشو)\b")),
    (Word.ACCEPT, re.compile(r"^(1|yes|ok|okay|sure|coming|i come|i'll be|بلی|بله|درست|می ?آیم|هو|سمه ده|راځم)\b")),
)


def understand(text: str, now: datetime, zone: ZoneInfo) -> Reply:
    """The word with which it begins; a time alone is a promise. A time that has passed today is tomorrow's."""
    said = " ".join(text.translate(_DIGITS).casefold().split())
    found = _NUMBER.search(said)
    number = int(found[1]) if found else None
    said = _NUMBER.sub("", said).strip(" ,.-")
    at = _clock(said, now, zone)
    word = next((word for word, pattern in _WORDS if pattern.search(said)), None)
    if word is Word.ACCEPT or (word is None and at is not None):
        return Reply(Word.ACCEPT, at, number)
    return Reply(word, None, number)


def _clock(said: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    found = _CLOCK.search(said)
    if found is None:
        return None
    hour, minute, half = int(found[1] or found[4]), int(found[2] or 0), found[3] or found[5]
    if half and not 1 <= hour <= NOON:
        return None  # 15:00 pm is no time
    wall = time(hour % NOON + NOON * (half == "pm") if half else hour, minute)
    today = now.astimezone(zone).date()
    at = at_local(today, wall, zone)
    return at if at > now else at_local(today + timedelta(days=1), wall, zone)
