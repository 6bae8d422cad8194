"""CloudEvents become messages in each of three forms, or are refused."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import orjson
import pytest

from serai.kernel.errors import TooLarge
from serai.runtime.events.inbox import Message
from serai.runtime.http.cloudevents import MOST, NotACloudEvent, read

STRUCTURED = {"content-type": "application/cloudevents+json; charset=utf-8"}
BATCH = {"content-type": "application/cloudevents-batch+json"}
PLAIN = {"content-type": "application/json"}
EVENT: dict[str, Any] = {"specversion": "1.0", "id": "7", "source": "/pms", "type": "booking.created", "data": {"a": 1}}


def structured(**more: Any) -> Message:
    return read(STRUCTURED, orjson.dumps({**EVENT, **more}))[0][0]


def faults(**more: Any) -> list[str]:
    with pytest.raises(NotACloudEvent) as refused:
        structured(**more)
    return [one.pointer for one in refused.value.faults]


def test_a_structured_event_is_read() -> None:
    message = structured(
        time="2026-03-02T08:00:00+01:00", tenantid="ten_1", propertyid="prp_1", correlationid="c", sequence="12", more=1
    )
    at = datetime(2026, 3, 2, 7, tzinfo=UTC)
    assert message == Message("7", "/pms", "booking.created", at, {"a": 1}, "ten_1", "prp_1", "c", 12)


def test_a_binary_event_is_read_from_its_headers() -> None:
    headers = {"content-type": "application/json", "ce-specversion": "1.0", "ce-id": "7", "ce-source": "/p%C3%A9"}
    messages, batch = read({**headers, "ce-type": "booking.created", "ce-propertyid": "prp_1"}, b'{"a": 1}')
    assert messages == [Message("7", "/pé", "booking.created", None, {"a": 1}, property="prp_1")]
    assert not batch


def test_a_binary_event_may_have_no_data() -> None:
    headers = {f"ce-{name}": str(value) for name, value in EVENT.items() if name != "data"}
    assert read(headers, b"")[0][0].data is None


def test_a_header_that_is_no_utf8_is_refused() -> None:
    headers = {"ce-specversion": "1.0", "ce-id": "7", "ce-source": "%FF", "ce-type": "x"}
    with pytest.raises(NotACloudEvent) as refused:
        read(headers, b"")
    assert refused.value.faults[0].pointer == "/headers/ce-source"


@pytest.mark.parametrize("headers", [BATCH, PLAIN])
def test_a_batch_is_read_in_its_order(headers: dict[str, str]) -> None:
    messages, batch = read(headers, orjson.dumps([EVENT, {**EVENT, "id": "8"}]))
    assert [one.id for one in messages] == ["7", "8"]
    assert batch
    assert read(headers, b"[]") == ([], True)


def test_plain_json_is_read_by_its_shape() -> None:
    messages, batch = read(PLAIN, orjson.dumps(EVENT))
    assert (messages[0].id, batch) == ("7", False)


def test_a_batch_that_is_no_list_and_a_list_that_is_no_batch_are_refused() -> None:
    with pytest.raises(NotACloudEvent):
        read(BATCH, orjson.dumps(EVENT))
    with pytest.raises(NotACloudEvent):
        read(STRUCTURED, orjson.dumps([EVENT]))
    with pytest.raises(NotACloudEvent):
        read(STRUCTURED, b"")


def test_a_batch_too_large_is_refused() -> None:
    with pytest.raises(TooLarge):
        read(BATCH, orjson.dumps([EVENT] * (MOST + 1)))


def test_a_wrong_event_in_a_batch_is_pointed_at() -> None:
    with pytest.raises(NotACloudEvent) as refused:
        read(BATCH, orjson.dumps([EVENT, {**EVENT, "id": ""}]))
    assert [one.pointer for one in refused.value.faults] == ["/1/id"]


def test_every_wrong_attribute_is_named() -> None:
    assert faults(specversion="0.3", id=7, source=" \n", type="x" * 201, tenantid=5) == [
        "/specversion", "/id", "/source", "/type", "/tenantid",
    ]  # fmt: skip
    assert faults(data_base64="e30=") == ["/data_base64"]


@pytest.mark.parametrize("time", ["yesterday", "2026-03-02", "2026-03-02T08:00:00", "0001-01-01T00:00:00+14:00", 5])
def test_a_time_without_an_instant_is_refused(time: Any) -> None:
    assert faults(time=time) == ["/time"]


@pytest.mark.parametrize("sequence", ["A1", -3, None, "9" * 19, 1.5, "²"])
def test_a_sequence_that_is_no_small_number_says_nothing(sequence: Any) -> None:
    assert structured(sequence=sequence).sequence == 0
