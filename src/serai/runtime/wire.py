"""JSON as it is stored and sent."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import orjson


def to_json(value: Any) -> bytes:
    """JSON bytes of a payload: dates, ids and enums become strings, other objects their text."""
    return orjson.dumps(value, default=_plain, option=orjson.OPT_NON_STR_KEYS)


def _plain(value: Any) -> Any:
    if isinstance(value, (frozenset, set)):
        return sorted(value)  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
    if isinstance(value, UUID):
        return str(UUID(int=value.int))
    return str(value)
