"""All events: their names, their payloads, and the envelope in which they leave."""

from __future__ import annotations

import json
import re
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import jsonschema_rs
import pytest

from serai import assembly
from serai.cli.gen import asyncapi, compat
from serai.cli.gen.source import Source
from serai.kernel.event import EventType
from serai.runtime.events.catalog import Incoming
from serai.runtime.http.bodies import PREFIXES
from tests.contracts.examples import example

EVENTS = tuple(assembly.catalog())
NAMED = pytest.mark.parametrize("event", EVENTS, ids=[one.name for one in EVENTS])
SHORT = {
    "housekeeping.task.created.v1": "task.created",
    "housekeeping.task.completed.v1": "task.completed",
    "housekeeping.task.delayed.v1": "task.delayed",
    "property.room.ready.v1": "room.ready",
    "maintenance.work_order.resolved.v1": "maintenance.resolved",
}
"""What the neighbours of the first hour listen to."""
SECRETS = re.compile("password|secret|token|hash|pin$|guest_name")


@pytest.fixture(scope="session")
def document(told: Source) -> dict[str, Any]:
    """The AsyncAPI document."""
    return asyncapi.document(told)


def test_published_events_keep_the_word_of_the_committed_document(document: dict[str, Any]) -> None:
    committed = Path(__file__).parents[2] / "contracts/asyncapi.json"
    before = json.loads(committed.read_text(encoding="utf-8"))
    assert compat.breaks(before, document) == []
    assert document == before


def test_every_name_is_declared_by_one_slice_and_used_once() -> None:
    names = [one.name for slice_ in assembly.SLICES for one in slice_.events]
    assert len(names) == len(set(names)) == len(EVENTS)
    told_once = [one.rabbitmq for one in EVENTS if one.rabbitmq]
    assert len(told_once) == len(set(told_once))


def test_the_short_names_of_the_neighbours_are_kept() -> None:
    assert {one.name: one.rabbitmq for one in EVENTS if one.rabbitmq} == SHORT


@NAMED
def test_an_event_is_named_and_told_as_the_others(event: EventType) -> None:
    assert re.fullmatch(r"[a-z_]+(\.[a-z_]+){1,3}\.v[1-9]", event.name)
    assert event.summary.endswith(".")
    assert event.subject in PREFIXES
    assert event.socketio is None or re.fullmatch(r"[a-z-]+:[a-z-]+", event.socketio)


@NAMED
def test_a_payload_is_a_closed_frozen_record_without_secrets(event: EventType) -> None:
    assert is_dataclass(event.payload)
    assert event.payload.__dataclass_params__.frozen  # type: ignore[attr-defined]
    names = {one.name for one in fields(event.payload)}
    assert names & {"id", "space_id"}
    assert not [name for name in names if SECRETS.search(name)]


@NAMED
def test_the_envelope_is_as_the_document_says(event: EventType, document: dict[str, Any]) -> None:
    components = {"components": document["components"]}
    data = example({"$ref": f"#/components/schemas/{event.name}"}, components)
    data.pop("changed")
    fact = Incoming(
        id=uuid4(), type=event.name, tenant_id=UUID(int=1), stream=UUID(int=2), position=1, subject=uuid4(), version=1,
        data=data, changes={"state": [None, "open"]}, actor="Ana", at=datetime(2026, 3, 2, tzinfo=UTC),
        correlation="c", cause=uuid4(),
    )  # fmt: skip
    envelope = json.loads(json.dumps(assembly.catalog().envelope(fact)))
    payload = document["components"]["messages"][event.name]["payload"]
    jsonschema_rs.validator_for({**payload, **components}).validate(envelope)
    del envelope["data"][fields(event.payload)[0].name]
    with pytest.raises(jsonschema_rs.ValidationError):
        jsonschema_rs.validator_for({**payload, **components}).validate(envelope)
