"""What is said, in which language, by which channel and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from string import Template
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from serai.areas.notifications import model
from serai.areas.notifications.model import (
    LANGUAGES,
    WORDS,
    Delivery,
    DeliveryState,
    LinkTo,
    Outlet,
    Outsider,
    Tell,
    Topic,
)
from serai.kernel.errors import Conflict, Invalid, Stale
from serai.kernel.hours import Hours

KABUL = ZoneInfo("Asia/Kabul")
NIGHT = datetime(2026, 3, 2, 19, 30, tzinfo=UTC)
"""Monday, midnight in Kabul."""
IDS = [UUID(int=n) for n in range(1, 9)]
TOM = replace(model.settings_for(UUID(int=8), UUID(int=9)), version=1)
WORD = Tell(UUID(int=7), Topic.ORDER_ASSIGNED, {"number": "4", "title": "No water", "place": "101"}, "mnt_1")
EVERY_NIGHT = (Hours((1, 2, 3, 4, 5, 6, 7), "22:00", "24:00"), Hours((1, 2, 3, 4, 5, 6, 7), "00:00", "07:00"))


def delivery(**more: Any) -> Delivery:
    settings = replace(TOM, channels=(Outlet.SMS,), phone="+93700123456")
    [made] = model.tell(IDS, WORD, settings, "Tom", KABUL, NIGHT).deliveries
    return replace(made, **more)


@pytest.mark.parametrize("topic", list(Topic))
def test_every_topic_is_said_in_every_language_with_the_same_placeholders(topic: Topic) -> None:
    assert len(WORDS[topic]) == len(LANGUAGES)
    spoken = [set(Template("\n".join(pair)).get_identifiers()) for pair in WORDS[topic]]
    assert all(one == spoken[0] for one in spoken)


def test_what_people_wrote_is_put_in_as_it_is_and_cut() -> None:
    subject, body = model.said(
        Topic.ORDER_ASSIGNED, "en", {"number": "4", "title": "$number {0} %s\n<b>", "place": "x" * 600}
    )
    assert subject == "No. 4 is yours"
    assert body == f"{'x' * 500}: $number {{0}} %s\n<b>"
    assert model.said(Topic.ORDER_ASSIGNED, "en", {"title": "No Wi-Fi"}) == ("No. - is yours", "No Wi-Fi")
    assert model.said(Topic.ORDER_ASSIGNED, "ps", {})[0] == "شمېره - تاسو ته وسپارل شوه"
    assert model.said(Topic.ORDER_ASSIGNED, "de", {"number": "4"})[0] == "No. 4 is yours"


def test_one_is_told_here_and_by_the_channels_that_one_turned_on() -> None:
    assert model.tell(IDS, WORD, TOM, "Tom", KABUL, NIGHT).deliveries == ()
    on = replace(TOM, channels=(Outlet.SMS, Outlet.EMAIL, Outlet.PUSH), phone="+93700123456", email="t@x.org")
    said = model.tell(IDS, WORD, on, "Tom", KABUL, NIGHT)
    assert [(one.channel, one.address, one.state) for one in said.deliveries] == [
        ("sms", "+93700123456", "queued"), ("email", "t@x.org", "queued"),
    ]  # fmt: skip
    assert (said.notice.staff_id, said.notice.subject, said.notice.about) == (TOM.staff_id, "No. 4 is yours", "mnt_1")
    assert "+93700123456" not in str(said.events)


def test_what_is_not_urgent_waits_for_the_end_of_quiet_hours() -> None:
    quiet = replace(TOM, channels=(Outlet.SMS,), phone="+93700123456", quiet=EVERY_NIGHT)
    morning = datetime(2026, 3, 3, 2, 30, tzinfo=UTC)
    [waits] = model.tell(IDS, WORD, quiet, "Tom", KABUL, NIGHT).deliveries
    assert (waits.state, waits.due_at, waits.queued_at) == (DeliveryState.WAITING, morning, None)
    [goes] = model.tell(IDS, replace(WORD, urgent=True), quiet, "Tom", KABUL, NIGHT).deliveries
    assert (goes.state, goes.due_at) == (DeliveryState.QUEUED, None)
    assert model.after_quiet(EVERY_NIGHT, KABUL, morning) is None
    late = NIGHT - timedelta(hours=1)
    assert model.after_quiet(EVERY_NIGHT, KABUL, late) == morning, "over midnight"
    awake = model.go(waits, morning).record
    assert (awake.state, awake.due_at, awake.queued_at, awake.version) == (DeliveryState.QUEUED, None, morning, 2)


def test_somebody_outside_is_told_in_the_hours_that_they_gave() -> None:
    omar = Outsider("Omar", Outlet.WHATSAPP, "+93700123456", "fa-AF", (Hours((2,), "09:00", "12:00"),))
    said = model.tell_outside(IDS, TOM.tenant_id, WORD, omar, KABUL, NIGHT)
    assert said.deliveries[0].due_at == datetime(2026, 3, 3, 4, 30, tzinfo=UTC)
    assert said.notice.staff_id is None
    assert model.when_open((), KABUL, NIGHT) is None
    assert model.when_open((Hours((2,), "00:00", "01:00"),), KABUL, NIGHT) is None, "now"
    assert model.when_open((Hours((2,), "05:00", "05:00"),), KABUL, NIGHT) is None, "never"
    urgent = model.tell_outside(IDS, TOM.tenant_id, replace(WORD, urgent=True), omar, KABUL, NIGHT)
    assert urgent.deliveries[0].due_at is None


def test_a_link_is_no_part_of_what_is_kept() -> None:
    to = LinkTo("v", "dispatch", UUID(int=4), NIGHT)
    omar = Outsider("Omar", Outlet.SMS, "+93700123456")
    cmd = replace(WORD, topic=Topic.VENDOR_ORDER, link=to)
    [one] = model.tell_outside(IDS, TOM.tenant_id, cmd, omar, KABUL, NIGHT).deliveries
    assert one.body.endswith(model.HERE)
    assert one.link == to


def test_a_delivery_is_sent_given_up_or_old_and_can_be_sent_again() -> None:
    one = delivery()
    assert not model.too_old(one, NIGHT + timedelta(hours=1))
    assert model.too_old(one, NIGHT + timedelta(hours=1, seconds=1))
    assert (model.given_up(one, NIGHT + timedelta(minutes=9)), model.given_up(one, NIGHT + timedelta(minutes=10))) == (
        False, True,
    )  # fmt: skip
    assert model.given_up(delivery(queued_at=None), NIGHT)
    assert model.sent(one, NIGHT).record.state is DeliveryState.SENT
    lost = model.failed(one, "It is out.", NIGHT).record
    assert (lost.state, lost.error, lost.ended_at) == (DeliveryState.FAILED, "It is out.", NIGHT)
    old = model.expire(one, NIGHT).record
    for gone in (lost, old):
        back = model.again(gone, NIGHT + timedelta(days=1)).record
        assert (back.state, back.error, back.queued_at) == (DeliveryState.QUEUED, None, NIGHT + timedelta(days=1))
    with pytest.raises(Conflict):
        model.again(one, NIGHT)


def test_how_one_wants_to_be_told_is_sound() -> None:
    with pytest.raises(Stale):
        model.change(TOM, TOM, 0, TOM.tenant_id)
    assert not model.change(TOM, TOM, 1, TOM.tenant_id).changed
    bad = replace(TOM, channels=(Outlet.SMS, Outlet.TELEGRAM), language="xx", quiet=(Hours((1,), "09:00", "08:00"),))
    with pytest.raises(Invalid) as refused:
        model.change(TOM, bad, 1, TOM.tenant_id)
    assert [one.pointer for one in refused.value.faults] == ["/channels", "/channels", "/language", "/quiet/0"]
    after = model.change(TOM, replace(TOM, language="ps"), 1, TOM.tenant_id)
    assert (after.record.version, after.events[0].data.language) == (2, "ps")
