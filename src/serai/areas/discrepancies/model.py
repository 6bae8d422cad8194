"""Sleep, skip, person: what differs, since when, and how it was cleared up."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from serai.areas.discrepancies import events
from serai.areas.spaces.model import Occupancy
from serai.kernel.actor import Actor
from serai.kernel.decision import Decision
from serai.kernel.event import Event, EventType, changes
from serai.kernel.ids import encode, encode_some
from serai.kernel.machine import Machine, Step

AGREED: Final = "Housekeeping and the front desk say the same again."


class Kind(StrEnum):
    """What differs."""

    SLEEP = "sleep"
    SKIP = "skip"
    PERSON = "person"


class DiscrepancyState(StrEnum):
    """Whether somebody still has to look."""

    OPEN = "open"
    RESOLVED = "resolved"


MACHINE: Final = Machine(
    "discrepancy",
    DiscrepancyState,
    DiscrepancyState.OPEN,
    (
        Step(
            "resolve", (DiscrepancyState.OPEN,), DiscrepancyState.RESOLVED, "discrepancy.resolve", events.RESOLVED.name
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class View:
    """Who is in a room, as somebody says; `persons` None: not counted."""

    occupancy: Occupancy
    persons: int | None = None


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """One difference at one room; a room has one open at most."""

    id: UUID
    tenant_id: UUID
    property_id: UUID
    version: int
    room_id: UUID
    kind: Kind
    state: DiscrepancyState
    seen_occupancy: Occupancy
    seen_persons: int | None
    told_occupancy: Occupancy
    told_persons: int | None
    stay_id: UUID | None
    note: str | None
    found_at: datetime
    found_by: str
    resolved_at: datetime | None = None
    resolved_by: str | None = None
    resolution: str | None = None

    @property
    def seen(self) -> View:
        """What housekeeping saw."""
        return View(self.seen_occupancy, self.seen_persons)


@dataclass(frozen=True, slots=True)
class Place:
    """The room in which it is."""

    tenant_id: UUID
    property_id: UUID
    room_id: UUID
    stay_id: UUID | None


def compare(seen: View, told: View) -> Kind | None:
    """Sleep: the desk says occupied, housekeeping vacant; skip: the reverse; person: the heads differ."""
    if seen.occupancy is not told.occupancy:
        return Kind.SLEEP if told.occupancy is Occupancy.OCCUPIED else Kind.SKIP
    counted = seen.persons is not None and told.persons is not None
    if seen.occupancy is Occupancy.OCCUPIED and counted and seen.persons != told.persons:
        return Kind.PERSON
    return None


def find(
    new_id: UUID, place: Place, kind: Kind, seen: View, told: View, note: str | None, actor: Actor, now: datetime
) -> Decision[Discrepancy]:
    """A difference that nobody knew of."""
    made = Discrepancy(
        new_id, place.tenant_id, place.property_id, 1, place.room_id, kind, DiscrepancyState.OPEN,
        seen.occupancy, seen.persons, told.occupancy, told.persons, place.stay_id, note, now, actor.name,
    )  # fmt: skip
    return Decision(made, (_event(events.FOUND, None, made),))


def look_again(
    known: Discrepancy, kind: Kind | None, seen: View, told: View, note: str | None, actor: Actor, now: datetime
) -> Decision[Discrepancy]:
    """Somebody looked again, or the desk says something else: it may be another difference by now, or none."""
    if kind is None:
        return resolve(known, AGREED, actor, now)
    after = replace(
        known, kind=kind, seen_occupancy=seen.occupancy, seen_persons=seen.persons, note=note or known.note,
        told_occupancy=told.occupancy, told_persons=told.persons,
    )  # fmt: skip
    if after == known:
        return Decision(known)
    after = replace(after, version=known.version + 1)
    return Decision(after, (_event(events.FOUND, known, after),))


def resolve(known: Discrepancy, resolution: str, actor: Actor, now: datetime) -> Decision[Discrepancy]:
    """It is cleared up; a second word changes nothing."""
    if known.state is DiscrepancyState.RESOLVED:
        return Decision(known)
    state = DiscrepancyState(MACHINE.take("resolve", known))
    after = replace(
        known, version=known.version + 1, state=state,
        resolved_at=now, resolved_by=actor.name, resolution=resolution,
    )  # fmt: skip
    return Decision(after, (_event(events.RESOLVED, known, after),))


def data(one: Discrepancy) -> events.DiscrepancyData:
    """The public record."""
    return events.DiscrepancyData(
        encode("dsc", one.id), encode("prp", one.property_id), encode("spc", one.room_id), one.kind.value,
        one.state.value, one.seen_occupancy.value, one.seen_persons, one.told_occupancy.value, one.told_persons,
        encode_some("sty", one.stay_id), one.note, one.found_at, one.found_by,
        one.resolved_at, one.resolved_by, one.resolution,
    )  # fmt: skip


def _event(kind: EventType, before: Discrepancy | None, after: Discrepancy) -> Event:
    return Event(kind, after.property_id, after.id, after.version, data(after), changes(before, after))
