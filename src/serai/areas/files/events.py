"""The facts about files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from serai.kernel.event import EventType


@dataclass(frozen=True, slots=True)
class FileData:
    """A picture or a document; its content is asked for apart. `size` is in bytes, width and height in pixels."""

    id: str
    property_id: str
    name: str
    media_type: str
    size: int
    width: int | None
    height: int | None
    scan: str
    attached_to: str | None
    added_at: datetime
    added_by: str


_file = partial(EventType, subject="fil", payload=FileData, permission="file.read")
ADDED = _file("property.file.added.v1", "A file was uploaded.")
ATTACHED = _file("property.file.attached.v1", "A file became part of something.")
SCANNED = _file("property.file.scanned.v1", "The virus scanner has looked at a file, later than it came.")
REMOVED = _file("property.file.removed.v1", "A file was removed, or nothing needed it.")

ALL = (ADDED, ATTACHED, SCANNED, REMOVED)
