"""The facts about checklist templates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from serai.kernel.event import EventType


@dataclass(frozen=True, slots=True)
class TemplateData:
    """What is looked at during one type of task."""

    id: str
    property_id: str
    name: str
    task_type: str
    items: list[dict[str, Any]]
    active: bool


CREATED = EventType("housekeeping.checklist.created.v1", "A checklist template was made.", "chk", TemplateData)
UPDATED = EventType("housekeeping.checklist.updated.v1", "A checklist template was changed.", "chk", TemplateData)

ALL = (CREATED, UPDATED)
