"""The pages of docs/reference: events, machines, permissions, settings, errors."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from serai.access.identity.service import Role, book
from serai.cli.gen import asyncapi
from serai.cli.gen.source import Source
from serai.kernel.machine import Machine, Step

_NOTE = "<!-- Made by `make gen` from the code; edit the code. -->\n"
_ABOUT_EVENTS = """\
Published after commit, at least once, in order of `sequence` per subject, as CloudEvents 1.0. `type` is `melmastoon.`
and the name; `data` is the record after the change, and `changed` names what differs."""
_ABOUT_ERRORS = """\
Every error is `application/problem+json` (RFC 9457). Programs decide on `code`; `detail` is for people, and `errors`
points into the input."""


_ABOUT_TAKEN = """\
By HTTP, RabbitMQ, Redis and Pub/Sub, in a CloudEvents envelope or bare, in snake_case or camelCase; each once. A name
that is not here is parked, not lost. How: [receive events](../howto/receive-events.md)."""


def pages(house: Source) -> dict[str, str]:
    """Every page: its name and its text."""
    made = {
        "events": _events(house),
        "machines": _machines(house),
        "permissions": _permissions(house),
        "routes": _routes(house),
        "settings": _settings(house),
        "errors": _errors(house),
    }
    index = [f"- [{text[0].removeprefix('# ')}]({name}.md)" for name, text in made.items()]
    made["index"] = ["# Reference", "These pages are made from the code.", "\n".join(index)]
    return {name: _NOTE + "\n" + "\n\n".join(parts) + "\n" for name, parts in made.items()}


def permission_table(house: Source) -> dict[str, Any]:
    """The permissions with their roles and routes, and the routes that need none."""
    held = book(house.permissions).permissions
    return {
        "roles": [role.value for role in Role],
        "permissions": [
            {
                "name": one.name,
                "summary": one.summary,
                "roles": [role.value for role in Role if one.name in held[role]],
                "routes": [route.name for route in house.routes if route.permission == one.name],
            }
            for one in house.permissions
        ],
        "public": [{"route": one.name, "reason": one.public} for one in house.routes if one.public],
    }


def _events(house: Source) -> list[str]:
    rows = [(f"[`{one.name}`](#{one.payload.__name__.lower()})", one.summary, one.rabbitmq, one.redis, one.socketio)
            for one in house.events]  # fmt: skip
    parts = [
        "# Events",
        _ABOUT_EVENTS,
        _table(("name", "when", "RabbitMQ", "Redis", "Socket.IO"), rows),
    ]
    taken = sorted(house.consumes, key=lambda one: one.name)
    rows = [(f"`{one.name}`", one.summary, ", ".join(f"`{alias}`" for alias in one.aliases),
             f"[{one.said.__name__}](#{one.said.__name__.lower()})") for one in taken]  # fmt: skip
    parts += ["## What is taken from neighbours", _ABOUT_TAKEN, _table(("name", "what it does", "also", "says"), rows)]
    said = asyncapi.said(taken)
    for name in sorted(said):
        rows = [(f"`{field}`", _kind(one), one.get("description")) for field, one in said[name]["properties"].items()]
        parts += [f"## {name}", said[name].get("description", ""), _table(("field", "type", "meaning"), rows)]
    schemas = asyncapi.schemas(house.events)
    for payload in sorted({one.payload.__name__ for one in house.events}):
        schema = schemas[payload]
        rows = [(f"`{name}`", _kind(one), one.get("description")) for name, one in schema["properties"].items()]
        parts += [f"## {payload}", schema.get("description", ""), _table(("field", "type", "meaning"), rows)]
    return parts


def _machines(house: Source) -> list[str]:
    return ["# State machines", *(part for one in house.machines for part in _machine(one))]


def _machine(machine: Machine) -> Iterator[str]:
    def row(step: Step) -> tuple[str, ...]:
        sources = ", ".join(source.value for source in step.sources)
        return f"`{step.name}`", sources, step.to.value, f"`{step.permission}`", f"`{step.event}`", step.door

    yield f"## {machine.name.replace('_', ' ').capitalize()}"
    yield f"```mermaid\n{machine.mermaid()}```"
    yield _table(("step", "from", "to", "permission", "event", "by"), map(row, machine.steps))


def _permissions(house: Source) -> list[str]:
    held = book(house.permissions).permissions
    rows = [(f"`{one.name}`", one.summary, *("●" if one.name in held[role] else "" for role in Role))
            for one in house.permissions]  # fmt: skip
    return [
        "# Roles and permissions",
        "What each role may do by default, in the properties where it is held.",
        _table(("permission", "what", *(role.value.replace("_", " ") for role in Role)), rows),
    ]


def _routes(house: Source) -> list[str]:
    rows = [(f"`{one.name}`", one.summary, f"`{one.permission}`" if one.permission else f"public: {one.public}")
            for one in house.routes]  # fmt: skip
    return ["# Routes", "Their bodies and answers are in `contracts/openapi.json`, and at `/docs` of the demo.",
            _table(("route", "what", "needs"), rows)]  # fmt: skip


def _settings(house: Source) -> list[str]:
    rows = [
        (", ".join(f"`{name}`" for name in one.get("x-names", [key])), _kind(one),
         _shown(one.get("default")), one.get("description"))
        for key, one in house.settings["properties"].items()
    ]  # fmt: skip
    return ["# Settings", house.settings.get("description", ""), _table(("name", "type", "default", "meaning"), rows)]


def _errors(house: Source) -> list[str]:
    rows = [(str(one.status), f"`{one.code}`", (one.__doc__ or "").strip().splitlines()[0]) for one in house.refusals]
    return [
        "# Errors",
        _ABOUT_ERRORS,
        _table(("status", "code", "meaning"), dict.fromkeys(rows)),
    ]


def _kind(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return schema["$ref"].rpartition("/")[2]
    if options := schema.get("anyOf"):
        return " or ".join(dict.fromkeys(_kind(one) for one in options))
    if values := schema.get("enum"):
        return ", ".join(map(str, values))
    if schema.get("type") == "array":
        return f"list of {_kind(schema.get('items', {}))}"
    return str(schema.get("format") or schema.get("type") or schema.get("const") or "any")


def _shown(value: Any) -> str:
    if value is None or value == []:
        return ""
    return f"`{value}`" if isinstance(value, str) else f"`{json.dumps(value)}`"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str | None]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join((cell or "").replace("|", "\\|") for cell in line) + " |" for line in lines)
