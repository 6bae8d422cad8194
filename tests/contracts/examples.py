"""The least value that a JSON schema allows, for calls and events of every kind."""

from __future__ import annotations

from typing import Any
from uuid import UUID

FORMATS = {
    "date-time": "2026-03-02T08:00:00+00:00",
    "date": "2026-03-02",
    "time": "08:00:00",
    "uuid": str(UUID(int=0)),
    "email": "ana@example.com",
}


def example(schema: dict[str, Any], document: dict[str, Any]) -> Any:
    """A value with the required fields alone; of several kinds the first."""
    if "$ref" in schema:
        return example(schema_at(schema["$ref"], document), document)
    if "allOf" in schema:
        merged: dict[str, Any] = {}
        for part in schema["allOf"]:
            merged |= example(part, document)
        return merged
    for options in (schema.get("anyOf"), schema.get("oneOf")):
        if options:
            return example(options[0], document)
    said = [schema[name] for name in ("const", "default") if name in schema]
    said += [value for name in ("examples", "enum") for value in schema.get(name, ())[:1]]
    return said[0] if said else _plain(schema, document)


def schema_at(pointer: str, document: dict[str, Any]) -> dict[str, Any]:
    """What a `#/…` reference means."""
    found: Any = document
    for part in pointer.removeprefix("#/").split("/"):
        found = found[part]
    return found


def _plain(schema: dict[str, Any], document: dict[str, Any]) -> Any:
    kind = schema.get("type")
    if kind == "object":
        properties = schema.get("properties", {})
        return {name: example(properties[name], document) for name in schema.get("required", ()) if name in properties}
    if kind == "array":
        return [example(schema.get("items", {}), document)] * schema.get("minItems", 0)
    if kind in {"integer", "number"}:
        return max(schema.get("minimum", 1), schema.get("exclusiveMinimum", 0) + 1)
    if kind == "string":
        return FORMATS.get(schema.get("format", ""), "x" * max(1, schema.get("minLength", 1)))
    return kind == "boolean" or None
