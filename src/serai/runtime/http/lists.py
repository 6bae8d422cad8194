"""Keyset lists: limit, cursor, sort."""

from __future__ import annotations

import base64
import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Annotated, Any, Generic, TypeVar

import orjson
from fastapi import Depends, Query

from serai.kernel.errors import Fault, Invalid
from serai.kernel.text import text

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """Some items, the cursor of the next page (None at the end), and the count if it was asked for."""

    items: Sequence[Item]
    next_cursor: str | None = None
    total: int | None = None


class ListQuery:
    """The query of every list."""

    def __init__(
        self,
        limit: Annotated[int, Query(ge=1, le=200, description="How many items at the most.")] = 50,
        cursor: Annotated[str | None, Query(max_length=500, description="`next_cursor` of the page before.")] = None,
        sort: Annotated[str | None, Query(max_length=50, description="One of the sorts this list names.")] = None,
        count: Annotated[bool, Query(description="Also answer `total`.")] = False,  # noqa: FBT002
    ) -> None:
        """Read by FastAPI from the query string."""
        self.limit, self.cursor, self.sort, self.count = limit, cursor, sort, count

    def sorted_by(self, allowed: Sequence[str]) -> str:
        """The sort asked for, or the first allowed one; others are refused."""
        sort = self.sort or allowed[0]
        if sort not in allowed:
            raise Invalid(faults=[Fault("/query/sort", text("one of: {allowed}", allowed=allowed))])
        return sort

    def after(self, *kinds: Callable[[str], Any]) -> tuple[Any, ...] | None:
        """The key behind which the page begins, each part read by its kind; None for the first page."""
        if self.cursor is None:
            return None
        try:
            parts = orjson.loads(base64.urlsafe_b64decode(self.cursor + "=" * (-len(self.cursor) % 4)))
            return tuple(None if part is None else kind(part) for kind, part in zip(kinds, parts, strict=True))
        except (ValueError, TypeError, OverflowError, AttributeError):  # UUID(5) is the last of them
            raise Invalid(faults=[Fault("/query/cursor", "is not a cursor of this list")]) from None


@cache
def asked(query: type[Any]) -> Any:
    """The dependency that reads this class of query; left to itself, FastAPI makes such an object in a thread."""

    async def read(**given: Any) -> Any:
        return query(**given)

    read.__signature__ = inspect.signature(query, eval_str=True)  # pyright: ignore[reportFunctionMemberAccess]
    return Depends(read)


def page(
    items: Sequence[Item], query: ListQuery, key: Callable[[Item], tuple[Any, ...]], total: int | None = None
) -> Page[Item]:
    """The page of `limit + 1` fetched items: the surplus one only tells that there is more."""
    if len(items) <= query.limit:
        return Page(items, None, total)
    kept = items[: query.limit]
    parts = [None if part is None else _plain(part) for part in key(kept[-1])]
    return Page(kept, base64.urlsafe_b64encode(orjson.dumps(parts)).decode().rstrip("="), total)


def _plain(part: Any) -> str:
    return part.isoformat() if isinstance(part, datetime | date) else str(part)
