"""What comes in and goes out: strict bodies, TypeIDs, path ids."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import fields
from functools import cache
from typing import Any, cast
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, ConfigDict, WithJsonSchema, model_validator
from starlette.convertors import Convertor, register_url_convertor

from serai.kernel.ids import decode, encode
from serai.kernel.text import text

_WORDS = (
    "ten prp spc sty stf tsk evt rse key ses chk inb dlq con shf spf rte dsc phn fil idp idl mnt vnd "
    "win nte tme mtk dsp slp prt pus stm ast mtr mrd bgt cst mcat vin ntf dlv nst"
)
PREFIXES = tuple(_WORDS.split())
_HUMP = re.compile(r"(?<=[a-z0-9])([A-Z])")


def snake(name: str) -> str:
    """`assetId` → `asset_id`; snake_case stays."""
    return _HUMP.sub(lambda hump: "_" + hump[1].lower(), name)


class Body(BaseModel):
    """A request body: unknown fields are refused, camelCase is accepted, both spellings at once are not."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, allow_inf_nan=False, defer_build=True)

    @model_validator(mode="before")
    @classmethod
    def _one_spelling(cls, value: Any) -> Any:
        if not isinstance(value, Mapping):
            return value
        plain: dict[str, Any] = {}
        for key, one in value.items():  # pyright: ignore[reportUnknownVariableType]
            name = snake(str(key))  # pyright: ignore[reportUnknownArgumentType]
            if name in plain:
                raise ValueError(text("{name} is given twice", name=name))
            plain[name] = one
        return plain


class Out(BaseModel):
    """An answer: closed, snake_case."""

    model_config = ConfigDict(extra="forbid", from_attributes=True, defer_build=True)


def shown(data: Any, version: int | None = None, actions: Sequence[str] | None = None) -> dict[str, Any]:
    """A public record for an answer: a new dict of its fields, with its version and what the caller may do, if given.

    What is inside of them stays as it is: the writer of JSON knows records, and copying a large one costs a request.
    """
    found = {name: getattr(data, name) for name in _names(cast("type[Any]", type(data)))}
    if version is not None:
        found["version"] = version
    if actions is not None:
        found["allowed_actions"] = actions
    return found


@cache
def _names(record: type[Any]) -> tuple[str, ...]:
    return tuple(one.name for one in fields(record))


def Id(prefix: str) -> Any:  # noqa: N802  # reads as a type: Annotated[UUID, Id("spc")]
    """Metadata for a UUID that is written as a TypeID with this prefix (or as a UUID)."""

    def read(value: Any) -> Any:
        return decode(prefix, value) if isinstance(value, str) else value

    return _IdMeta(prefix, BeforeValidator(read))


class _IdMeta:
    """Both halves of an id: how it is read and how it is documented."""

    def __init__(self, prefix: str, reader: BeforeValidator) -> None:
        self._reader = reader
        self._schema = WithJsonSchema(
            {"type": "string", "pattern": f"^{pattern(prefix)}$", "examples": [encode(prefix, UUID(int=0))]}
        )

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        return self._reader.__get_pydantic_core_schema__(source, handler)

    def __get_pydantic_json_schema__(self, core: Any, handler: Any) -> Any:
        return self._schema.__get_pydantic_json_schema__(core, handler)


def pattern(prefix: str) -> str:
    """The form of an id in a path or a document: a TypeID of this prefix or a UUID."""
    plain = "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"
    return f"(?:{prefix}_[0-7][0-9a-hjkmnp-tv-z]{{25}}|{plain})"


class _PathId(Convertor[UUID]):
    prefix = ""

    def convert(self, value: str) -> UUID:
        return decode(self.prefix, value)

    def to_string(self, value: UUID) -> str:
        return encode(self.prefix, value)


for _prefix in PREFIXES:
    _kind = type(f"_{_prefix}", (_PathId,), {"prefix": _prefix, "regex": pattern(_prefix)})
    register_url_convertor(_prefix, _kind())
