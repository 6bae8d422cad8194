"""Records already written as JSON: lists show the same ones over and over."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable, Iterable, Sequence
from typing import Any, TypeVar

import orjson

from serai.runtime.wire import to_json

Item = TypeVar("Item")
MOST = 20_000
"""Records kept at a time, 1 to 2 kB each; what was not asked for longest goes."""


class Rendered:
    """Each under a key that says all that its answer depends on, so that none is ever stale."""

    def __init__(self, most: int = MOST) -> None:
        """Nothing is kept yet."""
        self._kept: OrderedDict[Hashable, orjson.Fragment] = OrderedDict()
        self._most = most

    async def of(
        self,
        items: Sequence[Item],
        key: Callable[[Item], Hashable],
        load: Callable[[list[Item]], Awaitable[Iterable[tuple[Item, Any]]]],
        name: Callable[[Item], Hashable],
    ) -> list[orjson.Fragment]:
        """The items in their order; those not kept are loaded and shown by `load`, all at once.

        `load` gives each with the item that it was read with, which may be newer than the one asked for; one that
        it does not give is left out. `name` is what the two have in common.
        """
        found = [self._get(key(one)) for one in items]
        missing = [one for one, fragment in zip(items, found, strict=True) if fragment is None]
        if not missing:
            return [one for one in found if one is not None]
        fresh = {name(item): self._put(key(item), shown) for item, shown in await load(missing)}
        both = (fragment or fresh.get(name(one)) for one, fragment in zip(items, found, strict=True))
        return [one for one in both if one is not None]

    def _get(self, key: Hashable) -> orjson.Fragment | None:
        fragment = self._kept.get(key)
        if fragment is not None:
            self._kept.move_to_end(key)
        return fragment

    def _put(self, key: Hashable, shown: Any) -> orjson.Fragment:
        fragment = self._kept[key] = orjson.Fragment(to_json(shown))
        if len(self._kept) > self._most:
            self._kept.popitem(last=False)
        return fragment
