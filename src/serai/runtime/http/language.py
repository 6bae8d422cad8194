"""The reader's language: asked for by Accept-Language, used for every sentence."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextvars import ContextVar
from decimal import Decimal
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Final

from serai.kernel.text import Text

SPOKEN: Final = ("en", "fa", "ps", "ur", "ar")
"""English is what the sentences are written in, for programs; `serai/words` has what people read, and English
only where the sentence itself will not do."""
_ALSO: Final = {"prs": "fa", "pus": "ps", "pbt": "ps", "fas": "fa", "per": "fa", "ara": "ar", "urd": "ur", "eng": "en"}
_DIGITS: Final = {one: str.maketrans("0123456789.", "۰۱۲۳۴۵۶۷۸۹\u066b") for one in ("fa", "ps")}
"""As the web app writes numbers: Urdu and Arabic with the digits of English."""
_LONGEST: Final = 200
_asked: ContextVar[str | None] = ContextVar("language", default=None)


@lru_cache(1024)
def negotiated(header: str) -> str:
    """The language of ours that an Accept-Language likes best (RFC 9110 12.5.4); English where it likes none."""
    best, most = "en", 0.0
    for one in header[:_LONGEST].lower().split(","):
        tag, _, rest = one.partition(";")
        start = tag.strip().partition("-")[0]
        language = "en" if start == "*" else _ALSO.get(start, start)
        weight = _weight(rest)
        if language in SPOKEN and weight > most:
            best, most = language, weight
    return best


def _weight(rest: str) -> float:
    name, _, value = rest.partition("=")
    try:
        return float(value) if name.strip() == "q" else 1.0
    except ValueError:
        return 0.0


def listen(header: str | None) -> None:
    """Note in which language this request wants its answer."""
    _asked.set(None if header is None else negotiated(header))


def language() -> str:
    """The language of this request's answer."""
    return _asked.get() or "en"


def said(sentence: str) -> str:
    """The sentence in the language of this request; as it was written where none was asked for."""
    asked = _asked.get()
    return sentence if asked is None else _said(sentence, asked)


def _said(sentence: str, asked: str) -> str:
    template = sentence.template if isinstance(sentence, Text) else sentence
    found = catalogue(asked).get(template)
    if found is None:
        return str(sentence)
    if not isinstance(sentence, Text) or not sentence.params:
        return found
    return found.format_map({name: _shown(one, asked) for name, one in sentence.params.items()})


def _shown(one: Any, asked: str) -> str:
    if isinstance(one, Text):
        return _said(one, asked)
    if isinstance(one, list | tuple):
        return (", " if asked == "en" else "، ").join(_shown(part, asked) for part in one)  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
    if isinstance(one, int | float | Decimal):
        return str(one).removesuffix(".0").translate(_DIGITS.get(asked, {}))
    return str(one)


@cache
def catalogue(asked: str) -> Mapping[str, str]:
    """What a language says for each English template; read when it is first asked for."""
    return json.loads((files("serai") / "words" / f"{asked}.json").read_text("utf-8"))
