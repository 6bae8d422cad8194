"""Who takes which task: balanced by the minutes left, then by floor, with reasons."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from serai.kernel.text import Text, text, word

NEAR: Final = 15
"""Attendants whose minutes left differ by less are equal; then the floor decides."""
_NEVER: Final = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Job:
    """A task to give out: its minutes, where it is, the next arrival there, and the skill that it takes."""

    id: UUID
    minutes: int
    priority: int
    floor: str | None = None
    room: str | None = None
    arrival_at: datetime | None = None
    due_at: datetime | None = None
    skill: str | None = None


@dataclass(frozen=True, slots=True)
class Hand:
    """An attendant: the minutes left after what is already theirs, the floors they work on, what they can.

    Without a skill nothing is known, and they can do everything.
    """

    id: UUID
    name: str
    minutes: int
    floors: frozenset[str] = frozenset()
    skills: frozenset[str] = frozenset()

    def can(self, job: Job) -> bool:
        """Whether they can do it."""
        return job.skill is None or not self.skills or job.skill in self.skills


@dataclass(frozen=True, slots=True)
class Choice:
    """A task, who takes it (None: nobody can), and why."""

    task_id: UUID
    staff_id: UUID | None
    reason: Text


def plan(jobs: Iterable[Job], hands: Sequence[Hand], zone: ZoneInfo) -> list[Choice]:
    """One choice a job: arrivals first, then priority, then due; nobody gets more than their minutes.

    The reasons say times of day as the clocks of `zone` show them.
    """
    left = {one.id: one for one in hands}
    return [_choose(job, left, zone) for job in sorted(jobs, key=_order)]


def _order(job: Job) -> tuple[bool, datetime, int, datetime, UUID]:
    return (job.arrival_at is None, job.arrival_at or _NEVER, -job.priority, job.due_at or _NEVER, job.id)


def _choose(job: Job, left: dict[UUID, Hand], zone: ZoneInfo) -> Choice:
    skilled = [one for one in left.values() if one.can(job)]
    able = [one for one in skilled if one.minutes >= job.minutes]
    if not able:
        return Choice(job.id, None, _why_not(job, left, skilled))
    most = max(one.minutes for one in able)
    equal = [one for one in able if most - one.minutes < NEAR]
    here = [one for one in equal if job.floor in one.floors]
    taker = min(here or equal, key=lambda one: (-one.minutes, one.id))
    floors = taker.floors | {job.floor} if job.floor else taker.floors
    left[taker.id] = replace(taker, minutes=taker.minutes - job.minutes, floors=floors)
    why = _why(job, taker, at_home=bool(here), alone=len(able) == 1)
    if job.arrival_at is not None:
        at = f"{job.arrival_at.astimezone(zone):%H:%M}"
        why = text("A guest is expected at {at}. {why}", at=at, why=why)
    return Choice(job.id, taker.id, why)


def _why_not(job: Job, left: dict[UUID, Hand], skilled: Sequence[Hand]) -> Text:
    if not left:
        return text("Nobody is on shift.")
    if not skilled:
        return text("Nobody on shift does {skill}.", skill=word(job.skill or ""))
    return text("Nobody has {minutes} minutes left.", minutes=job.minutes)


def _why(job: Job, taker: Hand, *, at_home: bool, alone: bool) -> Text:
    if alone:
        return text("Only {name} has {minutes} minutes left.", name=taker.name, minutes=job.minutes)
    if at_home:
        return text(
            "{name} has {minutes} minutes left and works on floor {floor}.",
            name=taker.name,
            minutes=taker.minutes,
            floor=job.floor,
        )
    return text("{name} has the most time left, {minutes} minutes.", name=taker.name, minutes=taker.minutes)
