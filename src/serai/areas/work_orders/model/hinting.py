"""Who should get an order, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from serai.kernel.text import text, word


@dataclass(frozen=True, slots=True)
class Technician:
    """Somebody who does such work. `skills` None: not known; `on_shift` None: nobody keeps a roster."""

    staff_id: UUID
    name: str
    on_shift: bool | None
    skills: frozenset[str] | None
    open_minutes: int


@dataclass(frozen=True, slots=True)
class Hint:
    """Somebody who could get the order: whether at once, and the reasons; the best comes first."""

    staff_id: UUID
    name: str
    fits: bool
    open_minutes: int
    reasons: tuple[str, ...]


def hints(people: Iterable[Technician], skill: str) -> list[Hint]:
    """All of them, the best first: on shift, has the skill, has the least to do."""

    def rank(one: Technician) -> tuple[bool, int, int, str]:
        return one.on_shift is False, -_skilled(one, skill), one.open_minutes, one.name

    return [_hint(one, skill) for one in sorted(people, key=rank)]


def _skilled(one: Technician, skill: str) -> int:
    """2 has it, 1 nobody knows, 0 has others."""
    return 1 if not one.skills else 2 if skill in one.skills else 0


def _hint(one: Technician, skill: str) -> Hint:
    level = _skilled(one, skill)
    shift = {True: text("On shift."), False: text("Not on shift."), None: text("Nobody keeps a roster.")}[one.on_shift]
    can = (
        text("Has other skills than {skill}.", skill=word(skill)),
        text("Skills are not known."),
        text("Has the skill {skill}.", skill=word(skill)),
    )[level]
    busy = text("Has nothing else to do.")
    if one.open_minutes:
        busy = text("{minutes} minutes of open work.", minutes=one.open_minutes)
    return Hint(one.staff_id, one.name, one.on_shift is not False and level > 0, one.open_minutes, (shift, can, busy))
