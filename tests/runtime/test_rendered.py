"""Records kept as JSON: in order, each once, bounded."""

from __future__ import annotations

from collections.abc import Hashable

import orjson

from serai.runtime.http.rendered import Rendered

Line = tuple[str, int]
"""A name and a version."""


def _name(line: Line) -> Hashable:
    return line[0]


class House:
    """Records at their newest, and how often they were asked for."""

    def __init__(self, **versions: int) -> None:
        self.versions = versions
        self.asked: list[str] = []

    async def load(self, missing: list[Line]) -> list[tuple[Line, dict[str, int]]]:
        self.asked += [name for name, _ in missing]
        found = [(name, self.versions[name]) for name, _ in reversed(missing) if name in self.versions]
        return [(line, {line[0]: line[1]}) for line in found]

    async def show(self, kept: Rendered, *lines: Line) -> list[dict[str, int]]:
        return orjson.loads(orjson.dumps(await kept.of(lines, lambda one: one, self.load, _name)))


async def test_what_was_shown_is_not_loaded_again_until_its_key_changes() -> None:
    kept, house = Rendered(), House(a=1, b=1)
    assert await house.show(kept, ("a", 1), ("b", 1)) == [{"a": 1}, {"b": 1}]
    assert await house.show(kept, ("b", 1), ("a", 1)) == [{"b": 1}, {"a": 1}]
    assert house.asked == ["a", "b"]
    house.versions["a"] = 2
    assert await house.show(kept, ("a", 2), ("b", 1)) == [{"a": 2}, {"b": 1}]
    assert house.asked == ["a", "b", "a"]


async def test_one_that_changed_meanwhile_is_kept_as_what_it_is_and_one_that_went_is_left_out() -> None:
    kept, house = Rendered(), House(a=2)
    assert await house.show(kept, ("a", 1), ("gone", 1)) == [{"a": 2}]
    assert await house.show(kept, ("a", 2)) == [{"a": 2}]
    assert house.asked == ["a", "gone"]


async def test_no_more_are_kept_than_said_and_the_longest_unasked_goes_first() -> None:
    kept, house = Rendered(most=2), House(a=1, b=1, c=1)
    for name in ("a", "b", "a", "c", "a", "b"):
        await house.show(kept, (name, 1))
    assert house.asked == ["a", "b", "c", "b"]
