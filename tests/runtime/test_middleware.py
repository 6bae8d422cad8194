"""Bodies are bounded and sound before anything reads them."""

from __future__ import annotations

from uuid import UUID

import pytest

from serai.kernel.errors import Invalid
from serai.runtime.http.bodies import Body, snake
from serai.runtime.http.etag import matches, tag, version_of
from serai.runtime.http.lists import ListQuery, page
from serai.runtime.http.middleware import DEEPEST, check


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"\xff\xfe",
        b'{"a": 1, "a": 2}',
        b'{"a": NaN}',
        b'{"a": Infinity}',
        b'{"a": "\\u0000"}',
        b'{"a": "\\ud800"}',
        b"[" * (DEEPEST + 1) + b"]" * (DEEPEST + 1),
        b"[" * 100_000,
    ],
)
def test_json_that_is_not_sound_is_refused(body: bytes) -> None:
    with pytest.raises(Invalid):
        check(body)


def test_sound_json_passes() -> None:
    check('{"a": [1, 2.5, null, "آسا"], "b": {"c": true}}'.encode())


class Thing(Body):
    asset_id: str


def test_both_spellings_are_accepted_alone_and_refused_together() -> None:
    assert Thing.model_validate({"assetId": "a"}) == Thing.model_validate({"asset_id": "a"})
    with pytest.raises(ValueError, match="given twice"):
        Thing.model_validate({"assetId": "a", "asset_id": "b"})


def test_unknown_fields_are_refused() -> None:
    with pytest.raises(ValueError, match="Extra inputs"):
        Thing.model_validate({"asset_id": "a", "role": "admin"})


@pytest.mark.parametrize(("camel", "expected"), [("assetId", "asset_id"), ("dateFrom", "date_from"), ("a_b", "a_b")])
def test_names_become_snake_case(camel: str, expected: str) -> None:
    assert snake(camel) == expected


def test_a_tag_carries_the_version() -> None:
    mine = tag(7, b"{}")
    assert version_of(mine) == 7
    assert matches(f'"1-0", {mine}', mine)
    assert not matches(None, mine)
    with pytest.raises(Invalid):
        version_of("*")


def test_a_cursor_leads_behind_the_last_item_and_a_forged_one_is_refused() -> None:
    first = page([1, 2, 3], ListQuery(limit=2), lambda one: (one,))
    assert first.items == [1, 2]
    assert ListQuery(limit=2, cursor=first.next_cursor).after(int) == (2,)
    assert page([3], ListQuery(limit=2), lambda one: (one,)).next_cursor is None
    for forged in ("!", "bnVsbA", "WyJhIl0", "WzEsMl0"):
        with pytest.raises(Invalid):
            ListQuery(cursor=forged).after(int)
    with pytest.raises(Invalid):
        ListQuery(cursor="WzVd").after(UUID)  # [5]


def test_a_sort_that_is_not_named_is_refused() -> None:
    assert ListQuery().sorted_by(("due_at", "priority")) == "due_at"
    with pytest.raises(Invalid):
        ListQuery(sort="password").sorted_by(("due_at",))
