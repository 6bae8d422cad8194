"""Signed links: good for one purpose, one record, until an instant."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serai.kernel.errors import NotFound
from serai.runtime.links import Link, Links

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
OURS = Links("s" * 32, "https://inn.example/")
ABOUT = Link(UUID(int=1), UUID(int=2))


def test_a_link_is_read_as_it_was_signed_and_is_short() -> None:
    token = OURS.sign("dispatch", ABOUT, NOW + timedelta(hours=1))
    assert len(token) == 70
    assert OURS.read("dispatch", token, NOW) == ABOUT
    assert OURS.url("v", token) == f"https://inn.example/v/{token}"
    for_ever = OURS.sign("place", ABOUT)
    assert OURS.read("place", for_ever, NOW + timedelta(days=36_500)) == ABOUT


def test_a_link_ends_at_its_instant() -> None:
    token = OURS.sign("dispatch", ABOUT, NOW)
    assert OURS.read("dispatch", token, NOW - timedelta(seconds=1)) == ABOUT
    with pytest.raises(NotFound):
        OURS.read("dispatch", token, NOW)


@pytest.mark.parametrize("other", [Links("t" * 32, ""), OURS])
def test_a_link_of_another_key_or_purpose_opens_nothing(other: Links) -> None:
    token = OURS.sign("dispatch", ABOUT)
    with pytest.raises(NotFound):
        other.read("place", token, NOW)
    if other is not OURS:
        with pytest.raises(NotFound):
            other.read("dispatch", token, NOW)


@given(st.integers(0, 69), st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"))
def test_a_changed_link_opens_nothing(place: int, letter: str) -> None:
    token = OURS.sign("dispatch", ABOUT)
    changed = token[:place] + letter + token[place + 1 :]
    if changed == token:
        return
    try:
        found = OURS.read("dispatch", changed, NOW)
    except NotFound:
        return
    assert place == 69, "the last letter has bits that mean nothing"
    assert found == ABOUT


@given(st.text(max_size=100))
def test_what_is_no_link_opens_nothing(text: str) -> None:
    with pytest.raises(NotFound):
        OURS.read("dispatch", text, NOW)
