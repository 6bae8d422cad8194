"""Whether published events keep their word: fields are added, never taken."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Schema = dict[str, Any]


def breaks(before: Schema, after: Schema) -> list[str]:
    """What the first AsyncAPI document promises and the second does not."""
    return sorted(set(_all(before)) - set(_all(after)))


def _all(document: Schema) -> Iterator[str]:
    schemas = document["components"]["schemas"]
    for name in document["channels"]:
        if name not in schemas:
            yield f"{name} is taken"
    for name in ("CloudEvent", *(one for one in document["channels"] if one in schemas)):
        yield f"{name} is published"
        yield from _promises(name, schemas[name], schemas)


def _promises(where: str, schema: Schema, schemas: Schema) -> Iterator[str]:
    """Each promise as a sentence; of a value that may be of several kinds, the promise names them all."""
    schema = _resolved(schema, schemas)
    yield f"{where} is {_kind(schema, schemas)}"
    for value in schema.get("enum", ()):
        yield f"{where} may be {value}"
    for key in schema.get("required", ()):
        yield f"{where}.{key} is always there"
    for key, one in schema.get("properties", {}).items():
        yield from _promises(f"{where}.{key}", one, schemas)
    if "items" in schema:
        yield from _promises(f"{where}[]", schema["items"], schemas)
    for part in (*schema.get("allOf", ()), *schema.get("anyOf", ())):
        yield from (one for one in _promises(where, part, schemas) if not one.startswith(f"{where} is "))


def _kind(schema: Schema, schemas: Schema) -> str:
    if options := schema.get("anyOf"):
        return " or ".join(sorted({_kind(_resolved(one, schemas), schemas) for one in options}))
    if "allOf" in schema:
        return "object"
    if "const" in schema:
        return f"always {schema['const']}"
    return " ".join(filter(None, (schema.get("type", "anything"), schema.get("format"))))


def _resolved(schema: Schema, schemas: Schema) -> Schema:
    return schemas[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
