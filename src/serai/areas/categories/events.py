"""The facts about categories."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from serai.kernel.event import EventType


@dataclass(frozen=True, slots=True)
class CategoryData:
    """A trade; `names` by language, `skill` is what somebody has who does such work."""

    id: str
    code: str
    names: Mapping[str, str]
    skill: str
    active: bool


UPDATED = EventType(
    "maintenance.category.updated.v1", "A trade was added, renamed, put away or had back.", "mcat", CategoryData,
    permission="workorder.read", socketio="category:updated",
)  # fmt: skip

ALL = (UPDATED,)
