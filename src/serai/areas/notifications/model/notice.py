"""Notices, their deliveries, and how people want to be told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from serai.areas.notifications import events
from serai.areas.notifications.model.words import LANGUAGES, Topic, said
from serai.kernel.decision import Decision
from serai.kernel.errors import Conflict, Fault, Invalid, Stale
from serai.kernel.event import Event, changes
from serai.kernel.hours import Hours, hours_faults, open_hours
from serai.kernel.ids import encode
from serai.kernel.text import text, word

HERE: Final = "{link}"
"""Stands in a text where its link is put when it is sent."""
FRESH: Final = timedelta(hours=1)
"""How long a delivery is worth sending, from the moment at which it may go."""
PATIENCE: Final = timedelta(minutes=10)
"""How long a gateway is asked again and again."""
_LONGEST_QUIET: Final = timedelta(days=8)


class Outlet(StrEnum):
    """A channel to the outside."""

    EMAIL = "email"
    SMS = "sms"
    WHATSAPP = "whatsapp"
    TELEGRAM = "telegram"
    PUSH = "push"


class DeliveryState(StrEnum):
    """Where it stands: waits for quiet hours to end, on its way, out, or not; old is not sent any more."""

    WAITING = "waiting"
    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"
    OLD = "old"


@dataclass(frozen=True, slots=True)
class NoticeSettings:
    """How a person wants to be told, beside in the program."""

    id: UUID
    tenant_id: UUID
    staff_id: UUID
    version: int = 0
    channels: tuple[Outlet, ...] = ()
    email: str | None = None
    phone: str | None = None
    telegram: str | None = None
    push: str | None = None
    language: str = "en"
    quiet: tuple[Hours, ...] = ()
    on_shift_only: bool = True


@dataclass(frozen=True, slots=True)
class LinkTo:
    """A signed link: the page, what it is good for, about which record, until when."""

    page: str
    purpose: str
    id: UUID
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Notice:
    """One word to one person (`staff_id`), or to somebody outside."""

    id: UUID
    tenant_id: UUID
    property_id: UUID
    staff_id: UUID | None
    to_name: str
    topic: Topic
    about: str | None
    subject: str
    body: str
    urgent: bool
    created_at: datetime
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class Delivery:
    """A notice on its way outside. `due_at` is when it may go, `queued_at` when it went on its way.

    `ended_at` is when it was out, or given up; `link` is signed when it is sent, so that no log keeps it.
    """

    id: UUID
    tenant_id: UUID
    property_id: UUID
    version: int
    notice_id: UUID
    topic: Topic
    about: str | None
    to_name: str
    channel: Outlet
    address: str
    subject: str
    body: str
    link: LinkTo | None
    state: DeliveryState
    due_at: datetime | None
    queued_at: datetime | None
    error: str | None
    created_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Tell:
    """What is to be said, and about what. What is `urgent` passes quiet hours; `link` is what `$link` becomes."""

    property_id: UUID
    topic: Topic
    params: Mapping[str, str]
    about: str | None = None
    urgent: bool = False
    link: LinkTo | None = None


@dataclass(frozen=True, slots=True)
class Outsider:
    """Somebody outside, with the one channel and address at which to be told."""

    name: str
    channel: Outlet
    address: str
    language: str = "en"
    open: tuple[Hours, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """A notice, and what goes outside."""

    notice: Notice
    deliveries: tuple[Delivery, ...] = ()
    events: tuple[Event, ...] = field(default=())


def settings_for(tenant_id: UUID, staff_id: UUID) -> NoticeSettings:
    """How somebody is told who never said: in the program alone."""
    return NoticeSettings(uuid5(staff_id, "notice-settings"), tenant_id, staff_id)


def address(settings: NoticeSettings, channel: Outlet) -> str | None:
    """Where somebody is reached by a channel, if they said."""
    return {
        Outlet.EMAIL: settings.email, Outlet.SMS: settings.phone, Outlet.WHATSAPP: settings.phone,
        Outlet.TELEGRAM: settings.telegram, Outlet.PUSH: settings.push,
    }[channel]  # fmt: skip


def change(before: NoticeSettings, after: NoticeSettings, version: int, stream: UUID) -> Decision[NoticeSettings]:
    """How somebody wants to be told from now on. Refused: a channel without an address, no language of ours."""
    if before.version != version:
        raise Stale
    faults = [
        Fault("/channels", text("{channel} needs an address", channel=one.value))
        for one in after.channels
        if address(after, one) is None
    ]
    if after.language not in LANGUAGES:
        faults.append(Fault("/language", text("one of {languages}", languages=LANGUAGES)))
    faults += hours_faults("quiet", after.quiet)
    if faults:
        raise Invalid(faults=faults)
    after = replace(after, version=before.version)
    if after == before:
        return Decision(before)
    after = replace(after, version=before.version + 1)
    told = events.NoticeSettingsData(
        encode("nst", after.id), tuple(one.value for one in after.channels), after.language, after.on_shift_only
    )
    return Decision(after, (Event(events.SETTINGS_CHANGED, stream, after.id, after.version, told),))


def tell(ids: Sequence[UUID], cmd: Tell, settings: NoticeSettings, name: str, zone: ZoneInfo, now: datetime) -> Said:
    """A notice to a person, and a delivery for each channel that they turned on; `ids` are enough for all."""
    subject, body = said(cmd.topic, settings.language, {**cmd.params, "link": HERE})
    notice = Notice(
        ids[0], settings.tenant_id, cmd.property_id, settings.staff_id, name, cmd.topic, cmd.about, subject, body,
        cmd.urgent, now, None,
    )  # fmt: skip
    due = None if cmd.urgent else after_quiet(settings.quiet, zone, now)
    made = [
        _delivery(born, notice, cmd.link, one, found, due, now)
        for born, one in zip(ids[1:], settings.channels, strict=False)
        if (found := address(settings, one)) is not None
    ]
    return Said(notice, tuple(made), tuple(_fact(None, one) for one in made))


def tell_outside(ids: Sequence[UUID], tenant_id: UUID, cmd: Tell, who: Outsider, zone: ZoneInfo, now: datetime) -> Said:
    """A notice to somebody outside, within the hours in which they may be called."""
    subject, body = said(cmd.topic, who.language, {**cmd.params, "link": HERE})
    notice = Notice(
        ids[0], tenant_id, cmd.property_id, None, who.name, cmd.topic, cmd.about, subject, body, cmd.urgent, now, None
    )
    due = None if cmd.urgent else when_open(who.open, zone, now)
    made = _delivery(ids[1], notice, cmd.link, who.channel, who.address, due, now)
    return Said(notice, (made,), (_fact(None, made),))


def after_quiet(quiet: Sequence[Hours], zone: ZoneInfo, now: datetime) -> datetime | None:
    """When quiet hours end, if they hold now; where they never end, after eight days."""
    end = now
    for begins, ends in open_hours(now, now + _LONGEST_QUIET, quiet, zone) if quiet else ():
        if begins > end:
            break
        end = ends
    return end if end > now else None


def when_open(hours: Sequence[Hours], zone: ZoneInfo, now: datetime) -> datetime | None:
    """When hours begin that do not hold now; None: they hold, or there are none."""
    if not hours:
        return None
    begins, _ = next(open_hours(now, now + _LONGEST_QUIET, hours, zone), (now, now))
    return begins if begins > now else None


def go(delivery: Delivery, now: datetime) -> Decision[Delivery]:
    """Its time has come."""
    return _told(delivery, replace(delivery, state=DeliveryState.QUEUED, due_at=None, queued_at=now))


def sent(delivery: Delivery, now: datetime) -> Decision[Delivery]:
    """It is out."""
    return _told(delivery, replace(delivery, state=DeliveryState.SENT, error=None, ended_at=now))


def failed(delivery: Delivery, error: str, now: datetime) -> Decision[Delivery]:
    """It did not get out, and is not tried again."""
    return _told(delivery, replace(delivery, state=DeliveryState.FAILED, error=error, ended_at=now))


def too_old(delivery: Delivery, now: datetime) -> bool:
    """Whether it is not worth sending any more: a restore brings back what was on its way then."""
    return delivery.queued_at is not None and now - delivery.queued_at > FRESH


def given_up(delivery: Delivery, now: datetime) -> bool:
    """Whether a gateway that still fails is not asked again."""
    return delivery.queued_at is None or now - delivery.queued_at >= PATIENCE


def expire(delivery: Delivery, now: datetime) -> Decision[Delivery]:
    """It has become old."""
    return _told(delivery, replace(delivery, state=DeliveryState.OLD, due_at=None, ended_at=now))


def again(delivery: Delivery, now: datetime) -> Decision[Delivery]:
    """Send once more what failed or became old."""
    if delivery.state not in {DeliveryState.FAILED, DeliveryState.OLD}:
        raise Conflict(text("The delivery is {state}.", state=word(delivery.state)), state=delivery.state.value)
    return _told(delivery, replace(delivery, state=DeliveryState.QUEUED, error=None, ended_at=None, queued_at=now))


def data(one: Delivery) -> events.DeliveryData:
    """The public record."""
    return events.DeliveryData(
        encode("dlv", one.id), encode("prp", one.property_id), encode("ntf", one.notice_id),
        one.topic.value, one.about, one.to_name, one.channel.value, one.state.value, one.due_at, one.error,
        one.created_at, one.ended_at,
    )  # fmt: skip


def _delivery(  # what goes where, and when
    born: UUID, notice: Notice, link: LinkTo | None, channel: Outlet, to: str, due: datetime | None, now: datetime
) -> Delivery:
    state = DeliveryState.QUEUED if due is None else DeliveryState.WAITING
    return Delivery(
        born, notice.tenant_id, notice.property_id, 1, notice.id, notice.topic, notice.about, notice.to_name, channel,
        to, notice.subject, notice.body, link, state, due, None if due else now, None, now, None,
    )  # fmt: skip


def _told(before: Delivery, after: Delivery) -> Decision[Delivery]:
    after = replace(after, version=before.version + 1)
    return Decision(after, (_fact(before, after),))


def _fact(before: Delivery | None, after: Delivery) -> Event:
    hidden = {"address", "subject", "body", "link"}
    told = {name: pair for name, pair in changes(before, after).items() if name not in hidden}
    return Event(events.DELIVERY_CHANGED, after.property_id, after.id, after.version, data(after), told)
