"""A stay and how it follows from the newest words about it: pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from serai.areas.stays import events
from serai.kernel.clock import at_local
from serai.kernel.decision import Decision
from serai.kernel.errors import IllegalMove
from serai.kernel.event import Event, EventType, changes
from serai.kernel.ids import encode
from serai.kernel.machine import Machine, Step
from serai.kernel.text import text, word


class State(StrEnum):
    """Where a stay stands; at equal moments the later one in this list wins."""

    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"
    CHECKED_IN = "checked_in"
    COMPLETED = "completed"


RANK: Mapping[State | None, int] = {None: 0, **{state: place for place, state in enumerate(State, 1)}}
FIELDS = (
    "room_id", "room_type", "guest_reference", "guest_name", "arrival", "departure",
    "adults", "children", "vip", "eta", "etd", "service_nights",
)  # fmt: skip
"""What may be said of a stay, besides its state."""
LIVE = (State.CONFIRMED, State.CHECKED_IN)
_GONE = (State.CANCELLED, State.NO_SHOW)
_LOCAL = 10**18
_TICK = timedelta(microseconds=1)
_MOMENT = len("2026-03-02T08:00:00.000000+00:00")
_DAY = len("2026-03-02")

Said = Mapping[str, list[Any]]
"""Name of a field or of a state → [value, stamp]. A stamp sorts by moment, then sequence, rank and key."""


@dataclass(frozen=True, slots=True)
class Stay:
    """One room of one booking. `arrival` and `departure` are instants; `line` counts the rooms from 1.

    `service_nights`: cleaned every so many nights, 0 only on request, None as the property does.
    """

    id: UUID
    tenant_id: UUID
    property_id: UUID
    booking_reference: str
    line: int
    room_id: UUID | None
    room_type: str | None
    guest_reference: str | None
    guest_name: str | None
    arrival: datetime
    departure: datetime
    adults: int
    children: int
    vip: bool
    eta: datetime | None
    etd: datetime | None
    service_nights: int | None
    state: State
    last_event_at: datetime
    said: Said
    version: int


@dataclass(frozen=True, slots=True)
class Hours:
    """The wall times of a property that make instants of days."""

    zone: ZoneInfo
    check_in: time
    check_out: time
    day_use_start: time
    day_use_end: time


@dataclass(frozen=True, slots=True)
class BookingFact:
    """What an event says of a booking.

    `state` None: only fields changed. `about` is said of each of the `lines`, which add their own; without lines
    it is said of all rooms of the booking. Days are `2026-03-02`, instants RFC 3339, `eta` and `etd` also `14:30`.
    `key` and `sequence` tell apart what is said at the same moment.
    """

    property_id: UUID
    booking_reference: str
    state: State | None
    at: datetime
    key: str
    about: Mapping[str, Any] = field(default_factory=dict[str, Any])
    lines: Mapping[int, Mapping[str, Any]] = field(default_factory=dict[int, Mapping[str, Any]])
    sequence: int = 0


@dataclass(frozen=True, slots=True)
class NewStay:
    """Which stay is to be made."""

    id: UUID
    tenant_id: UUID
    property_id: UUID
    booking_reference: str
    line: int


def _step(name: str, sources: tuple[State, ...], to: State, event: EventType) -> Step:
    return Step(name, sources, to, "stay.manage", event.name, door="flow")


MACHINE = Machine(
    "stay",
    State,
    State.CONFIRMED,
    (
        _step("check_in", (State.CONFIRMED,), State.CHECKED_IN, events.STAY_CHECKED_IN),
        _step("complete", LIVE, State.COMPLETED, events.STAY_COMPLETED),
        _step("cancel", (*LIVE, State.NO_SHOW), State.CANCELLED, events.STAY_CANCELLED),
        _step("no_show", (*LIVE, State.CANCELLED), State.NO_SHOW, events.STAY_NO_SHOW),
        _step("reinstate", _GONE, State.CONFIRMED, events.STAY_UPDATED),
        _step("come_after_all", _GONE, State.CHECKED_IN, events.STAY_CHECKED_IN),
        _step("leave_after_all", _GONE, State.COMPLETED, events.STAY_COMPLETED),
    ),
)
_TYPES = {one.name: one for one in events.ALL}
_EVENT = {(source, one.to): _TYPES[one.event] for one in MACHINE.steps for source in one.sources}


def words(
    state: State | None, at: datetime, key: str, about: Mapping[str, Any], sequence: int = 0
) -> dict[str, list[Any]]:
    """What is said, each word with its stamp."""
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    stamp = f"{moment}|{sequence:019d}|{RANK[state]}|{key}"
    said: dict[str, list[Any]] = {name: [value, stamp] for name, value in about.items()}
    said["heard"] = [True, stamp]
    if state is not None:
        said[state.value] = [True, stamp]
    return said


def join(one: Said, other: Said) -> dict[str, list[Any]]:
    """The newest word about everything; any order and any number of repeats give the same."""
    newest = dict(one)
    for name, told in other.items():
        if name not in newest or _age(newest[name]) < _age(told):
            newest[name] = told
    return newest


def _age(word: list[Any]) -> tuple[str, str]:
    return word[1], str(word[0])


def _at(word: list[Any]) -> datetime:
    return datetime.fromisoformat(word[1][:_MOMENT])


def state_of(said: Said) -> State:
    """The state that the claims amount to.

    Who has left has left. A cancellation or a no-show holds until a newer confirmation or check-in; a confirmation
    never undoes a check-in. At equal moments: completed > checked_in > no_show > cancelled > confirmed.
    """
    at = {state: said[state.value][1][:_MOMENT] for state in State if state.value in said}
    if State.COMPLETED in at:
        return State.COMPLETED
    gone = max((one for one in _GONE if one in at), key=lambda one: (at[one], RANK[one]), default=None)
    if gone and at.get(State.CONFIRMED, "") <= at[gone] and at.get(State.CHECKED_IN, "") < at[gone]:
        return gone
    return State.CHECKED_IN if State.CHECKED_IN in at else State.CONFIRMED


def begin(new: NewStay, said: Said, hours: Hours) -> Decision[Stay]:
    """Make a stay of what has been said so far: created, and where it stands by now."""
    stay = Stay(
        **{name: getattr(new, name) for name in NewStay.__slots__},
        **_fields(said, hours),
        room_id=_room(said),
        state=State.CONFIRMED,
        last_event_at=_at(said["heard"]),
        said=said,
        version=1,
    )
    decision = Decision(stay, (_event(events.STAY_CREATED, None, stay),))
    return _towards(decision, state=state_of(said))


def hear(stay: Stay, said: Said, hours: Hours) -> Decision[Stay]:
    """Take in what is said: older words give way to newer ones, and fill what nobody newer spoke of.

    Without events the record may still differ: something was repeated later, and that later is kept.
    """
    joined = join(stay.said, said)
    if joined == stay.said:
        return Decision(stay)
    fields = _fields(joined, hours)
    quiet = replace(stay, said=joined, last_event_at=_at(joined["heard"]), guest_name=fields["guest_name"])
    decision = _towards(Decision(quiet), **fields)
    return _towards(_towards(decision, room_id=_room(joined)), state=state_of(joined))


def _towards(decision: Decision[Stay], **fields: Any) -> Decision[Stay]:
    """The next version with these fields and its event; the same decision when they hold already."""
    before = decision.record
    after = replace(before, **fields)
    if after == before:
        return decision
    kind = events.STAY_UPDATED
    if "room_id" in fields:
        kind = events.STAY_MOVED
    if "state" in fields:
        kind = _EVENT[before.state, after.state]
    after = replace(after, version=before.version + 1)
    return Decision(after, (*decision.events, _event(kind, before, after)))


def check_in(stay: Stay, at: datetime, key: str, hours: Hours) -> Decision[Stay]:
    """The guest has come; nothing changes when that is known. `key` says who told."""
    return _arrive(stay, "check_in", State.CHECKED_IN, at, key, hours)


def complete(stay: Stay, at: datetime, key: str, hours: Hours) -> Decision[Stay]:
    """The guest has left; nothing changes when that is known."""
    return _arrive(stay, "complete", State.COMPLETED, at, key, hours)


def _arrive(stay: Stay, step: str, to: State, at: datetime, key: str, hours: Hours) -> Decision[Stay]:
    if stay.state is to:
        return Decision(stay)
    MACHINE.take(step, stay)
    return hear(stay, words(to, at, key, {}, _LOCAL), hours)


def amend(stay: Stay, about: Mapping[str, Any], now: datetime, key: str, hours: Hours) -> Decision[Stay]:
    """Set fields by hand, as the newest word; refused once the stay is over or off."""
    if stay.state not in LIVE:
        raise IllegalMove(
            text("The stay is {state}.", state=word(stay.state)),
            state=stay.state.value,
            allowed=list(MACHINE.open(stay)),
        )
    return hear(stay, words(None, max(now, stay.last_event_at + _TICK), key, about, _LOCAL), hours)


def _room(said: Said) -> UUID | None:
    room = _value(said, "room_id")
    return None if room is None else UUID(room)


def _value(said: Said, name: str, otherwise: Any = None) -> Any:
    return said[name][0] if name in said else otherwise


def _fields(said: Said, hours: Hours) -> dict[str, Any]:
    arrival, departure = _during(said, hours)
    return {
        "room_type": _value(said, "room_type"),
        "guest_reference": _value(said, "guest_reference"),
        "guest_name": _value(said, "guest_name"),
        "arrival": arrival,
        "departure": departure,
        "adults": _value(said, "adults", 1),
        "children": _value(said, "children", 0),
        "vip": bool(_value(said, "vip")),
        "eta": _expected(_value(said, "eta"), arrival, hours.zone),
        "etd": _expected(_value(said, "etd"), departure, hours.zone),
        "service_nights": _value(said, "service_nights"),
    }


def _during(said: Said, hours: Hours) -> tuple[datetime, datetime]:
    """The instants of the stay: days get the property's hours, a stay of no night its day-use hours.

    What was not said follows what was: the other end's day, or the day of the oldest word.
    """
    oldest = min(_at(word) for word in said.values()).isoformat()
    start = _value(said, "arrival") or _value(said, "departure") or oldest
    end = _value(said, "departure") or start
    first, last = _day_of(start, hours.zone), _day_of(end, hours.zone)
    if "arrival" not in said:
        start = first.isoformat()
    if "departure" not in said:
        end = last.isoformat()
    day_use = first == last
    arrival = _moment(start, hours.day_use_start if day_use else hours.check_in, hours.zone)
    departure = _moment(end, hours.day_use_end if day_use else hours.check_out, hours.zone)
    if arrival == departure:
        arrival, departure = (at_local(first, wall, hours.zone) for wall in (hours.day_use_start, hours.day_use_end))
    return arrival, max(arrival, departure)


def _day_of(text: str, zone: ZoneInfo) -> date:
    if len(text) == _DAY:
        return date.fromisoformat(text)
    return datetime.fromisoformat(text).astimezone(zone).date()


def _moment(text: str, wall: time, zone: ZoneInfo) -> datetime:
    if len(text) == _DAY:
        return at_local(date.fromisoformat(text), wall, zone)
    return datetime.fromisoformat(text).astimezone(UTC)


def _expected(text: str | None, day: datetime, zone: ZoneInfo) -> datetime | None:
    if text is None:
        return None
    if len(text) < _DAY:
        return at_local(day.astimezone(zone).date(), time.fromisoformat(text), zone)
    return datetime.fromisoformat(text).astimezone(UTC)


_PRIVATE = ("said", "guest_name", "last_event_at")


def payload(stay: Stay) -> events.StayPayload:
    """The stay as others see it."""
    return events.StayPayload(
        id=encode("sty", stay.id),
        property_id=encode("prp", stay.property_id),
        room_id=None if stay.room_id is None else encode("spc", stay.room_id),
        state=stay.state.value,
        **{name: getattr(stay, name) for name in _PUBLIC},
    )


_PUBLIC = tuple(name for name in events.StayPayload.__slots__ if name not in {"id", "property_id", "room_id", "state"})


def _event(kind: EventType, before: Stay | None, after: Stay) -> Event:
    changed = {name: pair for name, pair in changes(before, after).items() if name not in _PRIVATE}
    return Event(kind, after.property_id, after.id, after.version, payload(after), changed)
