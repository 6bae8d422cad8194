"""Sentences for people, which remember how they were made."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final, Self

_NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})


class Text(str):
    """An English sentence with its template and what stands in it, so that a reader can be told in another language.

    Whoever knows of no languages reads it as the English string that it is.
    """

    __slots__ = ("params", "template")
    template: str
    params: Mapping[str, Any]

    def __new__(cls, template: str, params: Mapping[str, Any] = _NOTHING, english: str | None = None) -> Self:
        """`english` is given where somebody else has written the sentence already."""
        made = super().__new__(cls, filled(template, params) if english is None else english)
        made.template, made.params = template, params
        return made

    def __getnewargs__(self) -> tuple[str, dict[str, Any], str]:  # pyright: ignore[reportIncompatibleMethodOverride]
        """A copy is as it was."""
        return self.template, dict(self.params), str(self)


def text(template: str, /, **params: object) -> Text:
    """The sentence of a template such as "There is a category {code}.".

    Of what stands in it, sentences and words are translated too, numbers get the reader's digits, lists his commas;
    other strings (names, codes, the numbers of rooms, times of day) stay as they are.
    """
    return Text(template, params)


def word(code: str) -> Text:
    """A code of ours, such as `in_progress`, as the words that people say for it."""
    return Text(code.replace("_", " ").lower())


def filled(template: str, params: Mapping[str, Any]) -> str:
    """The template in English."""
    if not params:
        return template
    return template.format_map({name: _plain(one) for name, one in params.items()})


def _plain(one: Any) -> Any:
    return ", ".join(map(str, one)) if isinstance(one, list | tuple) else one  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
