"""Whose a message is, when it was, and what of it is kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from serai.kernel.ids import encode
from serai.runtime.events.inbox import Message, StaleEvent, is_foreign, is_ours, timely, without_names

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
TENANT = UUID(int=1)
OURS = encode("ten", TENANT)


def test_a_message_of_the_future_is_no_later_than_five_minutes_from_now() -> None:
    assert timely(Message("1", "s", "t", NOW + timedelta(days=1)), NOW).at == NOW + timedelta(minutes=5)
    assert timely(Message("1", "s", "t", NOW - timedelta(days=1)), NOW).at == NOW - timedelta(days=1)
    assert timely(Message("1", "s", "t"), NOW).at == NOW


def test_a_message_of_long_ago_is_stale() -> None:
    assert timely(Message("1", "s", "t", NOW - timedelta(days=90)), NOW)
    with pytest.raises(StaleEvent):
        timely(Message("1", "s", "t", NOW - timedelta(days=90, seconds=1)), NOW)


def test_our_own_messages_are_known_by_their_source() -> None:
    assert is_ours(Message("1", f"/serai/{OURS}", "t"), TENANT)
    assert is_ours(Message("1", f"/serai/{OURS}/prp_x", "t"), TENANT)
    assert not is_ours(Message("1", f"/serai/{OURS}x", "t"), TENANT)
    assert not is_ours(Message("1", "/pms", "t"), TENANT)


@pytest.mark.parametrize(
    ("tenant", "foreign"),
    [(None, False), (OURS, False), (str(TENANT), False), (str(UUID(int=2)), True), ("the other one", True)],
)
def test_a_message_that_names_another_tenant_is_foreign(tenant: str | None, foreign: bool) -> None:  # noqa: FBT001
    assert is_foreign(Message("1", "s", "t", tenant=tenant), TENANT) is foreign


def test_what_tells_who_a_guest_is_is_left_out_at_every_depth() -> None:
    data = {
        "guestName": "Ada", "room_number": "101", "guest_id": "g1", "contact": {"email": "a@b", "e_mail": "a@b"},
        "rooms": [{"first_name": "Ada", "line": 1}], "surname": "L",
    }  # fmt: skip
    left = {"room_number": "101", "guest_id": "g1", "contact": {}, "rooms": [{"line": 1}]}
    assert without_names(data) == left
