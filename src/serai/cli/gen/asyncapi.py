"""The AsyncAPI 3.0 document of all events, published and taken."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import TypeAdapter

from serai.cli.gen.source import Source
from serai.kernel.event import EventType
from serai.runtime.events.catalog import PREFIX

EXCHANGE = "hospitality_platform"
SCHEMAS = "#/components/schemas/"
_TEXT = {"type": "string"}
ENVELOPE: dict[str, Any] = {
    "title": "CloudEvents 1.0 envelope",
    "type": "object",
    "required": [
        "specversion", "id", "source", "type", "subject", "time", "datacontenttype", "dataschema", "tenantid",
        "correlationid", "actor", "sequence", "data",
    ],
    "properties": {
        "specversion": {"const": "1.0"},
        "id": {**_TEXT, "description": "evt_…; the same event delivered again has the same id."},
        "source": {**_TEXT, "format": "uri-reference", "description": "/serai/<tenant> or /serai/<tenant>/<property>."},
        "type": {**_TEXT, "description": f"`{PREFIX}` and the name in the catalogue."},
        "subject": {**_TEXT, "description": "The TypeID of the record that the event is about."},
        "time": {**_TEXT, "format": "date-time", "description": "When it happened."},
        "datacontenttype": {"const": "application/json"},
        "dataschema": {**_TEXT, "format": "uri-reference"},
        "tenantid": _TEXT,
        "propertyid": {**_TEXT, "description": "Absent on events of the whole tenant."},
        "correlationid": {**_TEXT, "description": "One for all that follows from one request."},
        "causationid": {**_TEXT, "description": "The event that this one follows from."},
        "actor": _TEXT,
        "sequence": {"type": "integer", "minimum": 1, "description": "The record's version after the event."},
        "data": {"type": "object"},
    },
}  # fmt: skip


def document(house: Source) -> dict[str, Any]:
    """The whole document."""
    info, taken = house.openapi["info"], sorted(house.consumes, key=lambda one: one.name)
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": f"{info['title']} events",
            "version": info["version"],
            "description": "Published after commit, at least once, in order of `sequence` per subject. Taken once, "
            "whatever way and however often they come.",
        },
        "defaultContentType": "application/cloudevents+json",
        "channels": {one.name: _channel(one) for one in house.events}
        | {f"in.{one.name}": _way_in(one) for one in taken},
        "operations": {one.name: _operation(one.name, "send") for one in house.events}
        | {f"in.{one.name}": _operation(f"in.{one.name}", "receive") for one in taken},
        "components": {
            "messages": {one.name: _message(one) for one in house.events}
            | {f"in.{one.name}": _taken(one) for one in taken},
            "schemas": {"CloudEvent": ENVELOPE, **schemas(house.events), **said(taken)},
        },
    }


def schemas(events: tuple[EventType, ...]) -> dict[str, Any]:
    """The schema of each event's data by the event's name, and of each payload by its own."""
    adapters = [(one.name, "serialization", TypeAdapter(one.payload)) for one in events]
    found, shared = TypeAdapter.json_schemas(adapters, ref_template=SCHEMAS + "{model}")  # pyright: ignore[reportArgumentType]
    told = {"type": "array", "items": _TEXT, "description": "The names of what changed."}
    changed = {"type": "object", "required": ["changed"], "properties": {"changed": told}}
    data = {name: {"allOf": [schema, changed]} for (name, _), schema in found.items()}
    return dict(sorted({**data, **shared.get("$defs", {})}.items()))


def _channel(event: EventType) -> dict[str, Any]:
    routing = {"is": "routingKey", "exchange": {"name": EXCHANGE, "type": "topic", "durable": True}}
    names = {"rabbitmq": event.rabbitmq, "redis": event.redis, "socketio": event.socketio}
    return {
        "address": PREFIX + event.name,
        "summary": event.summary,
        "messages": {"event": {"$ref": f"#/components/messages/{event.name}"}},
        "bindings": {"amqp": routing},
        **{f"x-{transport}": name for transport, name in names.items() if name},
    }


def said(taken: Sequence[Any]) -> dict[str, Any]:
    """The schema of what each neighbour says, by its own name."""
    shapes = {one.said.__name__: one.said for one in taken}
    found, shared = TypeAdapter.json_schemas(
        [(name, "validation", TypeAdapter(shape)) for name, shape in shapes.items()], ref_template=SCHEMAS + "{model}"
    )
    return {name: schema for (name, _), schema in found.items() if "$ref" not in schema} | shared.get("$defs", {})


def _way_in(one: Any) -> dict[str, Any]:
    return {
        "address": one.name,
        "summary": one.summary,
        "messages": {"event": {"$ref": f"#/components/messages/in.{one.name}"}},
        "x-also": list(one.aliases),
    }


def _taken(one: Any) -> dict[str, Any]:
    return {
        "name": one.name,
        "summary": one.summary,
        "description": "In a CloudEvents envelope, or bare: then the routing key or channel is the name.",
        "payload": {"$ref": SCHEMAS + one.said.__name__},
    }


def _operation(name: str, action: str) -> dict[str, Any]:
    channel = f"#/channels/{name}"
    return {"action": action, "channel": {"$ref": channel}, "messages": [{"$ref": f"{channel}/messages/event"}]}


def _message(event: EventType) -> dict[str, Any]:
    own = {"type": {"const": PREFIX + event.name}, "data": {"$ref": SCHEMAS + event.name}}
    return {
        "name": event.name,
        "summary": event.summary,
        "contentType": "application/cloudevents+json",
        **({"x-permission": event.permission} if event.permission else {}),
        "payload": {"allOf": [{"$ref": f"{SCHEMAS}CloudEvent"}, {"type": "object", "properties": own}]},
    }
