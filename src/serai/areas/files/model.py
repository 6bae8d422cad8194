"""A file's record: what it is, whose it is, and until when it is kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from serai.areas.files import events
from serai.areas.files.events import FileData
from serai.kernel.actor import Actor
from serai.kernel.decision import Decision
from serai.kernel.errors import Conflict
from serai.kernel.event import Event, EventType, changes
from serai.kernel.ids import encode

LOOSE: Final = timedelta(hours=24)
"""How long a file is kept that nothing has taken."""


class Scan(StrEnum):
    """What is known of a file's safety. Nobody gets a pending one; one that is not scanned had no scanner to wait for.

    Infected ones are removed.
    """

    NOT_SCANNED = "not_scanned"
    PENDING = "pending"
    CLEAN = "clean"
    INFECTED = "infected"


@dataclass(frozen=True, slots=True)
class NewFile:
    """What was found out about an upload. `size` is in bytes, width and height in pixels."""

    id: UUID
    property_id: UUID
    name: str
    media_type: str
    size: int
    sha256: bytes
    scan: Scan
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True, slots=True)
class File:
    """A file. `attached_to` is the id of what it is part of; one that is part of nothing goes at `expires_at`."""

    id: UUID
    tenant_id: UUID
    property_id: UUID
    name: str
    media_type: str
    size: int
    sha256: bytes
    width: int | None
    height: int | None
    scan: Scan
    attached_to: str | None
    added_at: datetime
    added_by: str
    adder_id: UUID | None
    removed_at: datetime | None
    expires_at: datetime | None
    version: int


def add(new: NewFile, actor: Actor, now: datetime) -> Decision[File]:
    """A file that is part of nothing yet."""
    made = File(
        new.id, actor.tenant_id, new.property_id, new.name, new.media_type, new.size, new.sha256, new.width, new.height,
        new.scan, None, now, actor.name, actor.id, None, now + LOOSE, 1,
    )  # fmt: skip
    return Decision(made, (Event(events.ADDED, made.property_id, made.id, 1, data(made), changes(None, made)),))


def attach(file: File, subject: str) -> Decision[File]:
    """It is part of something from now on; one that is part of something else is refused."""
    if file.attached_to == subject:
        return Decision(file)
    if file.attached_to is not None:
        raise Conflict("This file belongs to something else already.")
    after = replace(file, attached_to=subject, expires_at=None, version=file.version + 1)
    return Decision(after, (_event(events.ATTACHED, file, after),))


def scanned(file: File, found: Scan) -> Decision[File]:
    """The scanner looked at a file that waited for it."""
    if file.scan is not Scan.PENDING:
        return Decision(file)
    after = replace(file, scan=found, version=file.version + 1)
    return Decision(after, (_event(events.SCANNED, file, after),))


def remove(file: File, now: datetime) -> Decision[File]:
    """Nobody sees it any more; its bytes go a little later."""
    if file.removed_at is not None:
        return Decision(file)
    after = replace(file, removed_at=now, expires_at=now, version=file.version + 1)
    return Decision(after, (_event(events.REMOVED, file, after),))


def may_remove(file: File, actor: Actor) -> bool:
    """Who added a loose file, or who manages files."""
    mine = file.adder_id is not None and file.adder_id == actor.id and file.attached_to is None
    return mine or actor.may("file.manage", file.property_id)


def keys(tenant_id: UUID, file_id: UUID) -> tuple[str, str]:
    """Where its bytes are kept, and those of its thumbnail."""
    return f"{tenant_id}/{file_id}", f"{tenant_id}/{file_id}.thumb"


def data(file: File) -> FileData:
    """What is told of it."""
    return FileData(
        encode("fil", file.id), encode("prp", file.property_id), file.name, file.media_type, file.size, file.width,
        file.height, file.scan, file.attached_to, file.added_at, file.added_by,
    )  # fmt: skip


def _event(kind: EventType, before: File, after: File) -> Event:
    return Event(kind, after.property_id, after.id, after.version, data(after), changes(before, after))
