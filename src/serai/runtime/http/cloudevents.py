"""CloudEvents 1.0 over HTTP become messages: structured, binary and batch.

The `cloudevents` package reads no batches (its issue 130) and lets wrong attributes pass, so these lines are ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, cast
from urllib.parse import unquote

import orjson

from serai.kernel.errors import Fault, Invalid, TooLarge
from serai.kernel.text import text
from serai.runtime.events.inbox import Message

MOST = 500
"""Events in a batch that are accepted."""
_LENGTHS = {"id": 200, "source": 500, "type": 200}
_OPTIONAL = {"tenantid": 100, "propertyid": 100, "correlationid": 64}
_LARGEST_SEQUENCE = 10**18


class NotACloudEvent(Invalid):
    """This is not a CloudEvent 1.0 with JSON data."""

    code = "not_a_cloud_event"


def read(headers: Mapping[str, str], body: bytes) -> tuple[list[Message], bool]:
    """The messages of a request whose body is sound JSON, and whether they came as a batch.

    `application/json` without `ce-` headers is read by its shape: a list is a batch, an object structured.
    """
    media = headers.get("content-type", "").partition(";")[0].strip().lower()
    if "ce-id" in headers or "ce-specversion" in headers:
        return [_message(_from_headers(headers, body), "")], False
    content: Any = orjson.loads(body) if body else None
    if isinstance(content, list) and media != "application/cloudevents+json":
        events = cast("list[Any]", content)
        if len(events) > MOST:
            raise TooLarge(text("A batch may have {most} events at the most.", most=MOST))
        return [_message(event, f"/{place}") for place, event in enumerate(events)], True
    if media == "application/cloudevents-batch+json":
        raise NotACloudEvent("A batch is a list of events.")
    return [_message(content, "")], False


def _from_headers(headers: Mapping[str, str], body: bytes) -> dict[str, Any]:
    event: dict[str, Any] = {}
    for name, value in headers.items():
        if name.startswith("ce-"):
            try:
                event[name.removeprefix("ce-")] = unquote(value, errors="strict")
            except UnicodeError:
                raise NotACloudEvent(faults=[Fault(f"/headers/{name}", "is not percent-encoded UTF-8")]) from None
    event["data"] = orjson.loads(body) if body else None
    return event


def _message(event: Any, where: str) -> Message:
    if not isinstance(event, dict):
        raise NotACloudEvent(faults=[Fault(where or "/", "is not an object")])
    attributes = cast("dict[str, Any]", event)
    faults: list[Fault] = []
    if attributes.get("specversion") != "1.0":
        faults.append(Fault(f"{where}/specversion", "must be 1.0"))
    if "data_base64" in attributes:
        faults.append(Fault(f"{where}/data_base64", "send JSON in `data`"))
    for name, longest in _LENGTHS.items():
        if not _sound(attributes.get(name), longest):
            faults.append(Fault(f"{where}/{name}", text("1 to {most} printable characters", most=longest)))
    for name, longest in _OPTIONAL.items():
        if attributes.get(name) is not None and not _sound(attributes[name], longest):
            faults.append(Fault(f"{where}/{name}", text("1 to {most} printable characters", most=longest)))
    at = _instant(attributes.get("time"), f"{where}/time", faults)
    if faults:
        raise NotACloudEvent(faults=faults)
    return Message(
        id=attributes["id"],
        source=attributes["source"],
        type=attributes["type"],
        at=at,
        data=attributes.get("data"),
        tenant=attributes.get("tenantid"),
        property=attributes.get("propertyid"),
        correlation=attributes.get("correlationid"),
        sequence=_sequence(attributes.get("sequence")),
    )


def _sound(value: Any, longest: int) -> bool:
    return isinstance(value, str) and 1 <= len(value) <= longest and value.isprintable()


def _instant(text: Any, where: str, faults: list[Fault]) -> datetime | None:
    if text is None:
        return None
    try:
        at = datetime.fromisoformat(text)
        at.astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        at = None
    if at is None or at.tzinfo is None:
        faults.append(Fault(where, "is not an RFC 3339 instant with an offset"))
        return None
    return at


def _sequence(value: Any) -> int:
    """The order within the source, where it is a number; other orders are not ours to know."""
    text = str(value)
    return int(text) if text.isdecimal() and len(text) < len(str(_LARGEST_SEQUENCE)) else 0
