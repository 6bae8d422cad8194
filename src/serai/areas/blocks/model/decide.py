"""What becomes of a window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from serai.areas.blocks import events
from serai.areas.blocks.model.life import MACHINE
from serai.areas.blocks.model.window import (
    LIVE,
    ChangeWindow,
    Hold,
    Holder,
    Kind,
    Lane,
    Place,
    ReturnStatus,
    Schedule,
    Touched,
    Window,
    WindowState,
    strictest,
)
from serai.kernel.actor import Actor
from serai.kernel.decision import Decision
from serai.kernel.errors import Conflict, Fault, Invalid, Stale
from serai.kernel.event import Event, EventType, changes
from serai.kernel.ids import encode, encode_some
from serai.kernel.text import text, word

LONGEST: Final = timedelta(days=3 * 366)
_INTERNAL: Final = frozenset({"changed_at", "due_at"})


def schedule(new_id: UUID, cmd: Schedule, place: Place, actor: Actor, now: datetime) -> Decision[Window]:
    """A planned window. Refused: one that begins in the past, ends before it begins, or lasts over three years."""
    starts = now if cmd.starts_at is None else cmd.starts_at
    if starts < now:
        raise Invalid(faults=[Fault("/starts_at", "lies in the past; leave it out to begin now")])
    made = _new(new_id, actor, place, (Lane.PLAN, cmd.kind), (starts, cmd.ends_at), cmd.reason_code, now)
    made = replace(made, remarks=cmd.remarks, return_status=cmd.return_status, emergency=cmd.emergency)
    _sound(made, now)
    return Decision(made, (_event(events.SCHEDULED, None, made),))


def hold(new_id: UUID, cmd: Hold, place: Place, ends_at: datetime, actor: Actor, now: datetime) -> Decision[Window]:
    """A fault's window, from now on, with its first holder."""
    made = _new(new_id, actor, place, (Lane.FAULT, cmd.kind), (now, ends_at), cmd.reason_code, now)
    made = replace(made, holders=(Holder(cmd.order_id, cmd.kind),))
    return Decision(made, (_event(events.SCHEDULED, None, made),))


def join(window: Window, cmd: Hold, now: datetime) -> Decision[Window]:
    """One more holder, or one that asks for something else by now; a later end extends the window."""
    others = tuple(one for one in window.holders if one.order_id != cmd.order_id)
    here = Holder(cmd.order_id, cmd.kind)
    holders = window.holders if here in window.holders else (*others, here)
    ends_at = window.ends_at if cmd.until is None else max(window.ends_at, cmd.until)
    return _updated(window, replace(window, holders=holders, kind=_kind(holders), ends_at=ends_at), now)


def leave(window: Window, order_id: str, now: datetime) -> Decision[Window]:
    """A holder is done. With the last one the window ends: completed if it was active, else it never was."""
    holders = tuple(one for one in window.holders if one.order_id != order_id)
    if holders == window.holders:
        return Decision(window)
    if holders:
        return _updated(window, replace(window, holders=holders, kind=_kind(holders)), now)
    free = replace(window, holders=())
    if window.state is WindowState.ACTIVE:
        return _ended(window, free, now, now)
    after = replace(free, state=WindowState.CANCELLED, ended_at=now)
    return _told(events.CANCELLED, window, after, now)


def wait(window: Window, now: datetime) -> Decision[Window]:
    """Its time has come, and somebody is in the room or about to be."""
    return _told(events.PENDING, window, replace(window, state=WindowState(MACHINE.take("wait", window))), now)


def start(window: Window, now: datetime) -> Decision[Window]:
    """The space is closed."""
    state = WindowState(MACHINE.take("start", window))
    return _told(events.STARTED, window, replace(window, state=state, started_at=now), now)


def force(window: Window, reason: str, now: datetime) -> Decision[Window]:
    """The space is closed now, whoever is in it."""
    state = WindowState(MACHINE.take("force", window))
    starts = min(window.starts_at, now)
    after = replace(window, state=state, started_at=now, starts_at=starts, forced=True, reason=reason)
    return _told(events.STARTED, window, after, now)


def complete(window: Window, now: datetime) -> Decision[Window]:
    """The space is back, at the end of the window or earlier."""
    MACHINE.take("complete", window)
    return _ended(window, window, min(window.ends_at, now), now)


def cancel(window: Window, reason: str, now: datetime) -> Decision[Window]:
    """It never was."""
    state = WindowState(MACHINE.take("cancel", window))
    return _told(events.CANCELLED, window, replace(window, state=state, reason=reason, ended_at=now), now)


def change(window: Window, cmd: ChangeWindow, now: datetime) -> Decision[Window]:
    """Change what is described, or when it ends. A change meanwhile by somebody else is refused."""
    if window.version != cmd.version:
        raise Stale
    if window.state not in LIVE:
        raise Conflict(text("The window is {state}.", state=word(window.state)), state=window.state.value)
    after = replace(window, **cmd.fields)
    faults: list[Fault] = []
    if after.starts_at != window.starts_at and (window.state is not WindowState.SCHEDULED or after.starts_at < now):
        faults.append(Fault("/starts_at", "moves only before it begins, and not into the past"))
    if after.kind is not window.kind and window.holders:
        faults.append(Fault("/kind", "follows from the work orders that hold it"))
    if faults:
        raise Invalid(faults=faults)
    _sound(after, now)
    return _updated(window, after, now)


def extend(window: Window, ends_at: datetime, now: datetime) -> Decision[Window]:
    """Its end has passed and work orders still hold it."""
    return _updated(window, replace(window, ends_at=ends_at), now)


def meet(window: Window, touched: Sequence[Touched], now: datetime) -> Decision[Window]:
    """Whose stays it touches by now. Told as a conflict where one is new, else as a change."""
    if set(touched) == set(window.touched):
        return Decision(window)
    kind = events.CONFLICT_FOUND if set(touched) - set(window.touched) else events.UPDATED
    return _told(kind, window, replace(window, touched=tuple(touched)), now)


def data(window: Window) -> events.WindowData:
    """The public record."""
    own = encode("spc", window.space_id)
    return events.WindowData(
        encode("win", window.id), encode("prp", window.property_id), own, own, window.room_number,
        encode_some("win", window.group_id), window.lane.value, window.kind.value, window.state.value,
        window.reason_code, window.remarks, window.return_status.value, window.starts_at, window.ends_at,
        window.emergency, window.forced,
        tuple(events.HolderData(one.order_id, one.kind.value) for one in window.holders),
        tuple(events.TouchedData(**asdict(one)) for one in window.touched),
        window.reason, window.started_at, window.ended_at,
    )  # fmt: skip


def _new(
    new_id: UUID, actor: Actor, place: Place, what: tuple[Lane, Kind], span: tuple[datetime, datetime],
    reason_code: str, now: datetime,
) -> Window:  # fmt: skip
    lane, kind = what
    return Window(
        id=new_id, tenant_id=actor.tenant_id, property_id=place.property_id, version=1, space_id=place.space_id,
        room_number=place.room_number, group_id=place.group_id, lane=lane, kind=kind, state=WindowState.SCHEDULED,
        reason_code=reason_code, remarks=None, return_status=ReturnStatus.DIRTY,
        starts_at=span[0], ends_at=span[1], emergency=False, forced=False, holders=(), touched=(), reason=None,
        started_at=None, ended_at=None, due_at=span[0], changed_at=now,
    )  # fmt: skip


def _sound(window: Window, now: datetime) -> None:
    if window.ends_at <= max(window.starts_at, now):
        raise Invalid(faults=[Fault("/ends_at", "lies after the beginning, and after now")])
    if window.ends_at - window.starts_at > LONGEST:
        raise Invalid(faults=[Fault("/ends_at", "lies at most three years after the beginning")])


def _kind(holders: Sequence[Holder]) -> Kind:
    return strictest([one.kind for one in holders])


def _ended(before: Window, after: Window, at: datetime, now: datetime) -> Decision[Window]:
    ended = replace(after, state=WindowState.COMPLETED, ends_at=max(at, after.starts_at), ended_at=now)
    return _told(events.COMPLETED, before, ended, now)


def _updated(before: Window, after: Window, now: datetime) -> Decision[Window]:
    return Decision(before) if after == before else _told(events.UPDATED, before, after, now)


def _told(kind: EventType, before: Window, after: Window, now: datetime) -> Decision[Window]:
    due = after.starts_at if after.state is WindowState.SCHEDULED else after.ends_at
    due_at = due if after.state in LIVE else None
    after = replace(after, version=before.version + 1, changed_at=now, due_at=due_at)
    return Decision(after, (_event(kind, before, after),))


def _event(kind: EventType, before: Window | None, after: Window) -> Event:
    changed = {name: pair for name, pair in changes(before, after).items() if name not in _INTERNAL}
    return Event(kind, after.property_id, after.id, after.version, data(after), changed)
