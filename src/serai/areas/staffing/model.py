"""Shifts, skills and rates: what they are, how a shift goes, who is available."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from serai.areas.staffing import events
from serai.kernel.decision import Decision
from serai.kernel.errors import Fault, Invalid, Stale
from serai.kernel.event import Event, changes
from serai.kernel.ids import encode
from serai.kernel.machine import Machine, Step
from serai.kernel.money import Money
from serai.kernel.text import text

LONGEST: Final = timedelta(hours=16)
FARTHEST: Final = timedelta(days=366)
MOST_WORDS: Final = 50
LONGEST_WORD: Final = 60
"""Letters of a skill or a language."""
_WORD = re.compile(r"[a-z]+(_[a-z0-9]+){0,5}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")


class ShiftState(StrEnum):
    """Where a shift stands."""

    PLANNED = "planned"
    STARTED = "started"
    ENDED = "ended"
    CANCELLED = "cancelled"
    MISSED = "missed"


LIVE: Final = (ShiftState.PLANNED, ShiftState.STARTED)
MACHINE: Final = Machine(
    "shift",
    ShiftState,
    ShiftState.PLANNED,
    (
        Step("start", (ShiftState.PLANNED,), ShiftState.STARTED, "shift.work", events.STARTED.name),
        Step("end", (ShiftState.STARTED,), ShiftState.ENDED, "shift.work", events.ENDED.name),
        Step("cancel", (ShiftState.PLANNED,), ShiftState.CANCELLED, "roster.manage", events.CANCELLED.name),
        Step("miss", LIVE, ShiftState.MISSED, "roster.manage", events.MISSED.name),
    ),
)
_TOLD = {one.name: one for one in events.SHIFT}


@dataclass(frozen=True, slots=True)
class Shift:
    """When somebody works in a property, `[starts_at, ends_at)`, with the minutes of breaks in it."""

    id: UUID
    tenant_id: UUID
    property_id: UUID
    version: int
    staff_id: UUID
    state: ShiftState
    starts_at: datetime
    ends_at: datetime
    break_minutes: int
    started_at: datetime | None = None
    ended_at: datetime | None = None
    reason: str | None = None
    external_code: str | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """What somebody can do (types of task, categories of work), in which languages; version 0: nobody has said."""

    id: UUID
    tenant_id: UUID
    staff_id: UUID
    version: int = 0
    skills: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    external_code: str | None = None


@dataclass(frozen=True, slots=True)
class Rate:
    """What an hour costs from an instant on, until the next one."""

    id: UUID
    tenant_id: UUID
    staff_id: UUID
    valid_from: datetime
    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Available:
    """Somebody who is on shift, and how many minutes of it are left."""

    staff_id: UUID
    minutes: int
    ends_at: datetime
    skills: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PlanShift:
    """A new shift. `started` says that the work began with it (told by another system)."""

    property_id: UUID
    staff_id: UUID
    starts_at: datetime
    ends_at: datetime
    break_minutes: int = 0
    external_code: str | None = None
    started: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """The fields to change, by name, and the version they were read at."""

    version: int
    fields: Mapping[str, Any] = field(default_factory=dict[str, Any])


def plan(shift_id: UUID, tenant_id: UUID, cmd: PlanShift) -> Decision[Shift]:
    """A new shift; hours that nobody can work are refused."""
    made = Shift(
        shift_id, tenant_id, cmd.property_id, 1, cmd.staff_id, ShiftState.PLANNED,
        cmd.starts_at, cmd.ends_at, cmd.break_minutes, external_code=cmd.external_code,
    )  # fmt: skip
    _check(made)
    first = _event(events.PLANNED, None, made)
    if not cmd.started:
        return Decision(made, (first,))
    begun = replace(made, version=2, state=ShiftState.STARTED, started_at=made.starts_at)
    return Decision(begun, (first, _event(events.STARTED, made, begun)))


def change(shift: Shift, cmd: Change) -> Decision[Shift]:
    """The shift at other hours; one that is over stays as it was."""
    if shift.version != cmd.version:
        raise Stale
    if shift.state not in LIVE:
        raise Invalid("The shift is over.", faults=[Fault("/starts_at", "the shift is over")])
    after = replace(shift, **cmd.fields)
    _check(after)
    if after == shift:
        return Decision(shift)
    after = replace(after, version=shift.version + 1)
    return Decision(after, (_event(events.UPDATED, shift, after),))


def start(shift: Shift, now: datetime, reason: str | None = None) -> Decision[Shift]:
    """Somebody begins to work."""
    return _take("start", shift, reason, started_at=now)


def end(shift: Shift, now: datetime, reason: str | None = None) -> Decision[Shift]:
    """The work is over."""
    return _take("end", shift, reason, ended_at=now)


def cancel(shift: Shift, _: datetime, reason: str | None = None) -> Decision[Shift]:
    """The shift does not take place."""
    return _take("cancel", shift, reason)


def miss(shift: Shift, _: datetime, reason: str | None = None) -> Decision[Shift]:
    """Somebody does not come, or goes home ill."""
    return _take("miss", shift, reason)


def _take(name: str, shift: Shift, reason: str | None, **stamps: datetime) -> Decision[Shift]:
    """A step; one that was taken already is a success that changes nothing."""
    step = MACHINE.step(name)
    if shift.state.value == step.to.value:
        return Decision(shift)
    state = ShiftState(MACHINE.take(name, shift))
    after = replace(shift, version=shift.version + 1, state=state, reason=reason or shift.reason, **stamps)
    return Decision(after, (_event(_TOLD[step.event], shift, after),))


def edit_profile(profile: Profile, property_id: UUID, cmd: Change) -> Decision[Profile]:
    """What somebody can do now; words of another form are refused. `property_id` is the stream it is told in."""
    if profile.version != cmd.version:
        raise Stale
    after = replace(profile, **cmd.fields)
    faults = _words("/skills", after.skills, _WORD, text("names kinds of work, such as deep_cleaning or plumbing"))
    faults += _words("/languages", after.languages, _LANGUAGE, text("names languages (ISO 639), such as fa or pt-PT"))
    if faults:
        raise Invalid(faults=faults)
    if after == profile:
        return Decision(profile)
    after = replace(after, version=profile.version + 1)
    told = Event(events.PROFILE, property_id, after.id, after.version, profile_data(after), changes(profile, after))
    return Decision(after, (told,))


def set_rate(rate: Rate, earlier: Sequence[Rate], stream: UUID) -> Decision[Rate]:
    """A new hourly rate; below zero, in no currency, or not after the last one is refused."""
    money = Money(rate.amount, rate.currency)
    if money.amount < 0:
        raise Invalid(faults=[Fault("/amount", "is zero or more")])
    if any(one.valid_from >= rate.valid_from for one in earlier):
        raise Invalid(faults=[Fault("/valid_from", "later than the rate before it: what was paid stays")])
    data = events.RateData(
        encode("rte", rate.id), encode("stf", rate.staff_id), rate.valid_from, str(rate.amount), rate.currency
    )
    return Decision(rate, (Event(events.RATE, stream, rate.id, 1, data, changes(None, rate)),))


def rate_at(rates: Sequence[Rate], at: datetime) -> Rate | None:
    """The rate that held at an instant; None before the first."""
    return max((one for one in rates if one.valid_from <= at), key=lambda one: one.valid_from, default=None)


def available(shift: Shift, profile: Profile | None, at: datetime) -> Available | None:
    """Who works in the shift: the minutes from that instant to its end, less the breaks in proportion; or None.

    A planned shift counts as it stands: not everybody says that they began.
    """
    if shift.state not in LIVE or at >= shift.ends_at:
        return None
    whole, left = shift.ends_at - shift.starts_at, shift.ends_at - max(at, shift.starts_at)
    minutes = int((left - timedelta(minutes=shift.break_minutes) * (left / whole)) / timedelta(minutes=1))
    if profile is None:
        return Available(shift.staff_id, minutes, shift.ends_at)
    return Available(shift.staff_id, minutes, shift.ends_at, frozenset(profile.skills), frozenset(profile.languages))


def shift_data(shift: Shift) -> events.ShiftData:
    """The public record of a shift."""
    return events.ShiftData(
        encode("shf", shift.id), encode("prp", shift.property_id), encode("stf", shift.staff_id), shift.state.value,
        shift.starts_at, shift.ends_at, shift.break_minutes, shift.started_at, shift.ended_at, shift.reason,
        shift.external_code,
    )  # fmt: skip


def profile_data(profile: Profile) -> events.ProfileData:
    """The public record of a profile."""
    return events.ProfileData(
        encode("spf", profile.id), encode("stf", profile.staff_id), list(profile.skills), list(profile.languages),
        profile.external_code,
    )  # fmt: skip


def _event(kind: Any, before: Shift | None, after: Shift) -> Event:
    return Event(kind, after.property_id, after.id, after.version, shift_data(after), changes(before, after))


def _check(shift: Shift) -> None:
    length = shift.ends_at - shift.starts_at
    faults: list[Fault] = []
    if not timedelta(0) < length <= LONGEST:
        faults.append(Fault("/ends_at", "after the start, 16 hours later at most"))
    elif not 0 <= shift.break_minutes * 60 < length.total_seconds():
        faults.append(Fault("/break_minutes", "shorter than the shift"))
    if faults:
        raise Invalid(faults=faults)


def _words(where: str, words: Sequence[str], form: re.Pattern[str], wanted: str) -> list[Fault]:
    if len(words) > MOST_WORDS or len(set(words)) < len(words):
        return [Fault(where, text("{most} at most, each once", most=MOST_WORDS))]
    return [] if all(len(one) <= LONGEST_WORD and form.fullmatch(one) for one in words) else [Fault(where, wanted)]
