"""How urgent a task is: a sum whose parts are shown, and when it next changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

HIGHEST: Final = 100
BASE: Final = {
    "checkout_cleaning": 30,
    "stay_over_cleaning": 20,
    "deep_cleaning": 10,
    "arrival_check": 30,
    "vacant_check": 10,
    "inspection": 30,
    "turndown": 20,
    "linen_change": 15,
    "public_area_cleaning": 15,
    "restocking": 10,
    "maintenance_repair": 25,
    "laundry": 10,
    "flush": 15,
    "custom": 15,
}
"""The points of each type of task, before anything else is known."""
_HOUR: Final = timedelta(hours=1)
_DUE: Final = (
    (timedelta(0), 25, "overdue"),
    (_HOUR / 2, 20, "due within 30 minutes"),
    (_HOUR, 15, "due within an hour"),
    (2 * _HOUR, 10, "due within two hours"),
    (4 * _HOUR, 5, "due within four hours"),
)
_ARRIVAL: Final = (
    (timedelta(0), 20, "the guest is expected now"),
    (_HOUR, 17, "the guest comes within an hour"),
    (2 * _HOUR, 14, "the guest comes within two hours"),
    (4 * _HOUR, 10, "the guest comes within four hours"),
    (12 * _HOUR, 6, "the guest comes within twelve hours"),
)
_VIP: Final = 10
_QUEUE: Final = 20
_WAITING_AN_HOUR: Final = 2
_WAITING_MOST: Final = 10
PINS: Final = {"low": 15, "normal": 40, "high": 65, "urgent": 90}
"""The number that a level stands for when it is pinned by its name."""


class Level(StrEnum):
    """The priority as people say it."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"


@dataclass(frozen=True, slots=True)
class Scene:
    """What the sum depends on. `arrival_at` is the ETA of the next arrival in the room, or its arrival."""

    type: str
    opened_at: datetime
    due_at: datetime | None = None
    arrival_at: datetime | None = None
    vip: bool = False
    queued: bool = False
    pinned: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the sum and why it is there."""

    name: str
    points: int
    why: str


@dataclass(frozen=True, slots=True)
class Score:
    """0 to 100, the parts that add up to it, and the next moment at which it changes by itself."""

    value: int
    parts: tuple[Part, ...]
    changes_at: datetime | None


def level(value: int) -> Level:
    """The name of a number: under 25 low, under 50 normal, under 75 high, else urgent."""
    return (Level.LOW, Level.NORMAL, Level.HIGH, Level.URGENT)[min(3, value // 25)]


def score(scene: Scene, now: datetime) -> Score:
    """The priority at `now`; the parts always add up to the value."""
    if scene.pinned is not None:
        return Score(scene.pinned, (Part("pinned", scene.pinned, "set by hand"),), None)
    parts = [Part("type", BASE[scene.type], scene.type.replace("_", " "))]
    moments: list[datetime] = []
    for name, moment, steps in (("due", scene.due_at, _DUE), ("arrival", scene.arrival_at, _ARRIVAL)):
        if moment is not None:
            part, change = _nearness(name, moment, steps, now)
            parts += part
            moments += change
    if scene.vip:
        parts.append(Part("vip", _VIP, "the next guest is a VIP"))
    if scene.queued:
        parts.append(Part("queue", _QUEUE, "a guest waits for this room"))
    part, change = _waiting(scene.opened_at, now)
    total = sum(one.points for one in [*parts, *part])
    over = [Part("limit", HIGHEST - total, "the most there is")] if total > HIGHEST else []
    return Score(min(total, HIGHEST), (*parts, *part, *over), min([*moments, *change], default=None))


def _nearness(
    name: str, moment: datetime, steps: tuple[tuple[timedelta, int, str], ...], now: datetime
) -> tuple[list[Part], list[datetime]]:
    """The step that has been reached, and the moment of the next one."""
    reached: list[Part] = []
    ahead: list[datetime] = []
    for before, points, why in steps:
        if moment - before <= now:
            reached = [Part(name, points, why)]
            break
        ahead = [moment - before]
    return reached, ahead


def _waiting(since: datetime, now: datetime) -> tuple[list[Part], list[datetime]]:
    hours = min(_WAITING_MOST // _WAITING_AN_HOUR, max(0, (now - since) // _HOUR))
    points = hours * _WAITING_AN_HOUR
    part = [Part("waiting", points, f"it waits for {hours} h or more")] if points else []
    return part, ([since + (hours + 1) * _HOUR] if points < _WAITING_MOST else [])
