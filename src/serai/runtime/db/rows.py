"""Rows become frozen records: fields are columns by name."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import cache
from operator import itemgetter
from typing import Any, Protocol, TypeVar, cast

Record = TypeVar("Record")
Convert = Callable[[Any], Any]


class Columns(Protocol):
    """A row, or a mapping: columns by name."""

    def __getitem__(self, name: str, /) -> Any:
        """The column of that name."""
        ...


def into(record: type[Record], row: Columns) -> Record:
    """The record made of the row's columns; a missing column is a KeyError."""
    read, conversions = _plan(record)
    values = list(read(row))
    for place, convert in conversions:
        values[place] = convert(values[place])
    return record(*values)


@cache
def _plan(record: type[Any]) -> tuple[Callable[[Columns], Sequence[Any]], tuple[tuple[int, Convert], ...]]:
    """How to read all columns at once, in the order of the fields, and which of them to convert."""
    hints = typing.get_type_hints(record)
    names = [one.name for one in dataclasses.fields(record)]
    found = ((place, _converter(hints[name])) for place, name in enumerate(names))
    conversions = tuple((place, convert) for place, convert in found if convert is not None)
    if len(names) == 1:
        return lambda row: (row[names[0]],), conversions
    return cast("Callable[[Columns], Sequence[Any]]", itemgetter(*names)), conversions


def _converter(hint: Any) -> Convert | None:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        inner = [one for one in arguments if one is not type(None)]
        convert = _converter(inner[0]) if len(inner) == 1 else None
        return None if convert is None else (lambda value: None if value is None else convert(value))
    if origin in (tuple, frozenset):
        each = _converter(arguments[0]) if arguments else None
        gather = cast("Convert", origin)
        return gather if each is None else (lambda values: gather(map(each, values)))
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint
    if dataclasses.is_dataclass(cast("object", hint)):
        nested = cast("type[Any]", hint)
        return lambda value: into(nested, value)
    return None
