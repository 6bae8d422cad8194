"""The facts about checklist templates."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
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


_template = partial(EventType, subject="chk", payload=TemplateData, permission="checklist.read")
CREATED = _template("housekeeping.checklist.created.v1", "A checklist template was made.")
UPDATED = _template("housekeeping.checklist.updated.v1", "A checklist template was changed.")

ALL = (CREATED, UPDATED)
