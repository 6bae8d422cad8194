"""What vendors write, in the words that people use."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serai.areas.vendors.model import Reply, Word, understand

KABUL = ZoneInfo("Asia/Kabul")
NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
"""12:30 in Kabul."""


@pytest.mark.parametrize(
    ("text", "word", "number"),
    [
        ("Yes", Word.ACCEPT, None),
        ("1", Word.ACCEPT, None),
        ("بلی", Word.ACCEPT, None),
        ("هو، راځم", Word.ACCEPT, None),
        ("OK for no. 12", Word.ACCEPT, 12),
        ("شماره ۷ بلی", Word.ACCEPT, 7),  # noqa: RUF001  # a digit of Dari
        ("#4 done", Word.DONE, 4),
        ("تمام", Word.DONE, None),
        ("No, sorry", Word.DECLINE, None),
        ("نه", Word.DECLINE, None),
        ("Who is this?", None, None),
        ("yesterday I was ill", None, None),
        ("", None, None),
    ],
)
def test_the_first_word_says_it(text: str, word: Word | None, number: int | None) -> None:
    assert understand(text, NOW, KABUL) == Reply(word, None, number)


@pytest.mark.parametrize(
    ("text", "local"),
    [
        ("I'll be there at 5pm", "2026-03-02 17:00"),
        ("17:15", "2026-03-02 17:15"),
        ("yes 9.30", "2026-03-03 09:30"),
        ("بلی ساعت ۱۴:۰۰", "2026-03-02 14:00"),  # noqa: RUF001  # as above
        ("ok 12am", "2026-03-03 00:00"),
        ("12:45 pm", "2026-03-02 12:45"),
    ],
)
def test_a_time_is_a_promise_in_the_hotels_own_time(text: str, local: str) -> None:
    reply = understand(text, NOW, KABUL)
    assert reply.word is Word.ACCEPT
    assert reply.promised_at is not None
    assert f"{reply.promised_at.astimezone(KABUL):%Y-%m-%d %H:%M}" == local


def test_what_is_no_time_is_none() -> None:
    assert understand("15:00 pm", NOW, KABUL) == Reply(None)
    assert understand("no, not before 17:00", NOW, KABUL) == Reply(Word.DECLINE)


@given(st.text(max_size=200))
def test_whatever_is_written_breaks_nothing(text: str) -> None:
    reply = understand(text, NOW, KABUL)
    assert reply.promised_at is None or reply.promised_at > NOW
