"""Rows become frozen records: fields are columns by name."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable, Sequence
from datetime import datetime
from enum import StrEnum
from functools import cache
from operator import itemgetter
from typing import Any, Protocol, TypeVar, cast
from uuid import UUID

Record = TypeVar("Record")
Convert = Callable[[Any], Any]
Plan = tuple[Callable[["Columns"], Sequence[Any]], tuple[tuple[int, Convert], ...]]
_TEXT: dict[Any, Convert] = {datetime: datetime.fromisoformat, UUID: UUID}


class Columns(Protocol):
    """A row, or a mapping: columns by name."""

    def __getitem__(self, name: str, /) -> Any:
        """The column of that name."""
        ...


class Saved(typing.Generic[Record]):
    """How records of one kind are written to their table: every field is a column.

    The statements are for `Work.save`; `fixed` are the fields that no change touches.
    """

    def __init__(self, table: str, record: type[Record], fixed: Sequence[str]) -> None:
        """Names come from our own declarations."""
        self.names = tuple(one.name for one in dataclasses.fields(cast("Any", record)))
        self._changing = tuple(name for name in self.names if name not in {"id", "tenant_id", *fixed})
        places = ", ".join(f"${place}" for place in range(1, len(self.names) + 1))
        changes = ", ".join(f"{name} = ${place}" for place, name in enumerate(self._changing, 4))
        self._insert = f"insert into app.{table} ({', '.join(self.names)}) values ({places}) returning id"  # noqa: S608  # own names
        self._update = (
            f"update app.{table} set {changes} where tenant_id = $1 and id = $2 and version = $3 returning id"  # noqa: S608  # own names
        )

    def insert(self, made: Record) -> tuple[Any, ...]:
        """The statement that saves a new one, and its values."""
        return self._insert, *(getattr(made, name) for name in self.names)

    def update(self, after: Record, version: int) -> tuple[Any, ...]:
        """The statement that saves a change to the version that was read, and its values."""
        key: Any = after
        return self._update, key.tenant_id, key.id, version, *(getattr(after, name) for name in self._changing)


def into(record: type[Record], row: Columns) -> Record:
    """The record made of the row's columns; a missing column is a KeyError."""
    return _into(record, row, nested=False)


def _into(record: type[Record], row: Columns, *, nested: bool) -> Record:
    read, conversions = _plan(record, nested=nested)
    values = list(read(row))
    for place, convert in conversions:
        values[place] = convert(values[place])
    return record(*values)


@cache
def _plan(record: type[Any], *, nested: bool) -> Plan:
    """How to read all columns at once, in the order of the fields, and which of them to convert.

    A `nested` record comes of JSON, where instants and ids are text.
    """
    hints = typing.get_type_hints(record)
    names = [one.name for one in dataclasses.fields(record)]
    found = ((place, _converter(hints[name], nested=nested)) for place, name in enumerate(names))
    conversions = tuple((place, convert) for place, convert in found if convert is not None)
    if len(names) == 1:
        return lambda row: (row[names[0]],), conversions
    return cast("Callable[[Columns], Sequence[Any]]", itemgetter(*names)), conversions


def _converter(hint: Any, *, nested: bool) -> Convert | None:
    if nested and hint in _TEXT:
        return _TEXT[hint]
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        inner = [one for one in arguments if one is not type(None)]
        convert = _converter(inner[0], nested=nested) if len(inner) == 1 else None
        return None if convert is None else (lambda value: None if value is None else convert(value))
    if origin in (tuple, frozenset):
        each = _converter(arguments[0], nested=nested) if arguments else None
        gather = cast("Convert", origin)
        return gather if each is None else (lambda values: gather(map(each, values)))
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint
    if dataclasses.is_dataclass(cast("object", hint)):
        inside = cast("type[Any]", hint)
        return lambda value: _into(inside, value, nested=True)
    return None
